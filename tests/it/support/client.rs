//! A browser without a window and without scripts.

use super::form::Form;
use super::http::http;
use super::make::PASSWORD;
use super::{Page, TestApp};
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::{RequestBuilder, Url, redirect};
use std::sync::Arc;

/// A browser with its cookies and the panel's address.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    jar: Arc<Jar>,
    base: String,
}

impl TestApp {
    /// Returns a browser without a session.
    pub fn browser(&self) -> Client {
        Client::at(&self.url(""))
    }

    /// Returns a browser with a session of this account.
    pub async fn sign_in_as(&self, login_name: &str, password: &str) -> Client {
        let client = self.browser();
        let response = client.sign_in(login_name, password).await;
        assert_eq!(response.status, 303, "{login_name} cannot sign in: {}", response.said());
        client
    }

    /// Returns a browser with a session of an account with the tests' usual password.
    pub async fn signed_in(&self, login_name: &str) -> Client {
        self.sign_in_as(login_name, PASSWORD).await
    }
}

impl Client {
    /// Returns a browser for the panel at this URL.
    pub fn at(base: &str) -> Self {
        let jar = Arc::new(Jar::default());
        // Each request has its own connection. The server may close an idle connection just when
        // the client reuses it.
        let http = http()
            .cookie_provider(jar.clone())
            .redirect(redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self { http, jar, base: base.trim_end_matches('/').to_owned() }
    }

    /// Fetches a page with any status.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request("GET", path)).await
    }

    /// Fetches a page. Asserts the status 200.
    pub async fn open(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{}", page.said());
        page
    }

    /// Returns a request, for tests of requests that browsers do not send.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    pub async fn send(&self, request: RequestBuilder) -> Page {
        Page::read(request.send().await.unwrap()).await
    }

    pub async fn post(&self, form: &Form) -> Page {
        self.post_raw(&form.action, form.body()).await
    }

    /// Sends a form with a file field. Empty bytes mean that no file was selected.
    pub async fn upload(&self, form: &Form, file: &[u8]) -> Page {
        self.send(self.request("POST", &form.action).multipart(multipart(form, file))).await
    }

    /// Fetches a page. Returns `None` if the server sends no complete response.
    pub async fn try_get(&self, path: &str) -> Option<Page> {
        Page::try_read(self.request("GET", path).send().await.ok()?).await
    }

    /// Sends a form. Returns `None` if the server sends no complete response.
    pub async fn try_post(&self, form: &Form) -> Option<Page> {
        let request = self
            .request("POST", &form.action)
            .header("content-type", "application/x-www-form-urlencoded");
        Page::try_read(request.body(form.body()).send().await.ok()?).await
    }

    /// Posts an arbitrary form body.
    pub async fn post_raw(&self, path: &str, body: String) -> Page {
        self.send(
            self.request("POST", path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body),
        )
        .await
    }

    /// Opens a page and returns its form that posts to `action`, filled in but not sent.
    pub async fn form(&self, path: &str, action: &str) -> Form {
        self.open(path).await.form(action)
    }

    /// Opens a page, fills in its form that posts to `action`, and sends it.
    pub async fn submit(&self, path: &str, action: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.form(path, action).await;
        self.post(&typed.iter().fold(form, |form, (name, value)| form.with(name, value))).await
    }

    /// Opens a page and sends a form that must succeed. Returns the page that the response
    /// redirects to.
    pub async fn submit_and_follow(
        &self,
        path: &str,
        action: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        let response = self.submit(path, action, typed).await;
        self.follow(&response).await
    }

    /// Opens the page that a response redirects to. Asserts that it is a redirect.
    pub async fn follow(&self, response: &Page) -> Page {
        assert_eq!(response.status, 303, "no redirect: {}", response.said());
        self.open(response.location()).await
    }

    /// Signs in. Returns the response.
    pub async fn sign_in(&self, login_name: &str, password: &str) -> Page {
        self.submit("/login", "/login", &[("loginname", login_name), ("password", password)]).await
    }

    /// Returns the session cookie as the browser would send it.
    pub fn cookie(&self) -> Option<String> {
        self.cookies().into_iter().find(|cookie| cookie.starts_with("clientele="))
    }

    /// Returns the cookie that marks this browser as a known device of an account.
    pub fn device_cookie(&self) -> Option<String> {
        self.cookies().into_iter().find(|cookie| cookie.contains("clientele_device_"))
    }

    fn cookies(&self) -> Vec<String> {
        let url: Url = self.base.parse().unwrap();
        let sent = self.jar.cookies(&url).map(|value| value.to_str().unwrap().to_owned());
        sent.unwrap_or_default()
            .split("; ")
            .filter(|cookie| !cookie.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    }

    /// Adds a cookie.
    pub fn set_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.base.parse().unwrap());
    }
}

/// Returns a form with a file field, as a browser encodes it.
pub fn multipart(form: &Form, file: &[u8]) -> reqwest::multipart::Form {
    let name = if file.is_empty() { "" } else { "customers.csv" };
    let part = reqwest::multipart::Part::bytes(file.to_vec())
        .file_name(name)
        .mime_str("text/csv")
        .unwrap();
    let start = reqwest::multipart::Form::new().part("file", part);
    form.fields.iter().fold(start, |all, (name, value)| all.text(name.clone(), value.clone()))
}

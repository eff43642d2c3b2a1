//! A browser without a window and without scripts.

use super::form::Form;
use super::http::http;
use super::make::PASSWORD;
use super::{Page, TestApp};
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::{RequestBuilder, Url, redirect};
use std::sync::Arc;

/// One browser: its cookies, and where it points.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    jar: Arc<Jar>,
    base: String,
}

impl TestApp {
    /// A browser nobody has signed in with.
    pub fn browser(&self) -> Client {
        Client::at(&self.url(""))
    }

    /// A browser with which somebody has signed in.
    pub async fn sign_in_as(&self, login_name: &str, password: &str) -> Client {
        let client = self.browser();
        let answer = client.sign_in(login_name, password).await;
        assert_eq!(answer.status, 303, "{login_name} cannot sign in: {}", answer.said());
        client
    }

    /// The same with the password that tests give to everybody.
    pub async fn signed_in(&self, login_name: &str) -> Client {
        self.sign_in_as(login_name, PASSWORD).await
    }
}

impl Client {
    /// A browser for the panel at this address.
    pub fn at(base: &str) -> Self {
        let jar = Arc::new(Jar::default());
        // Each request has a connection of its own: one that is kept may be closed by the server at
        // the very moment it is used again, and which of the two is first depends on how busy the
        // machine is.
        let http = http()
            .cookie_provider(jar.clone())
            .redirect(redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self { http, jar, base: base.trim_end_matches('/').to_owned() }
    }

    /// Fetches a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request("GET", path)).await
    }

    /// Fetches a page that must be there.
    pub async fn open(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{}", page.said());
        page
    }

    /// A bare request, for what no browser does.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        Page::read(request.send().await.unwrap()).await
    }

    /// Sends a form.
    pub async fn post(&self, form: &Form) -> Page {
        self.post_raw(&form.action, form.body()).await
    }

    /// Sends a form as one that carries a file does; without bytes none was chosen.
    pub async fn upload(&self, form: &Form, file: &[u8]) -> Page {
        self.send(self.request("POST", &form.action).multipart(multipart(form, file))).await
    }

    /// Fetches a page, if anybody answers.
    pub async fn try_get(&self, path: &str) -> Option<Page> {
        Page::try_read(self.request("GET", path).send().await.ok()?).await
    }

    /// Sends a form, if anybody answers.
    pub async fn try_post(&self, form: &Form) -> Option<Page> {
        let request = self
            .request("POST", &form.action)
            .header("content-type", "application/x-www-form-urlencoded");
        Page::try_read(request.body(form.body()).send().await.ok()?).await
    }

    /// Posts the body of a form, whatever it is.
    pub async fn post_raw(&self, path: &str, body: String) -> Page {
        self.send(
            self.request("POST", path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body),
        )
        .await
    }

    /// Opens a page and fills the form on it that posts to `action`; not sent yet.
    pub async fn form(&self, path: &str, action: &str) -> Form {
        self.open(path).await.form(action)
    }

    /// Opens a page, fills the form on it that posts to `action`, and sends it, as a person would.
    pub async fn submit(&self, path: &str, action: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.form(path, action).await;
        self.post(&typed.iter().fold(form, |form, (name, value)| form.with(name, value))).await
    }

    /// Opens a page, sends a form on it that must succeed, and follows to the page that says so.
    pub async fn submit_and_follow(
        &self,
        path: &str,
        action: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        let answer = self.submit(path, action, typed).await;
        self.follow(&answer).await
    }

    /// Goes where a redirect points.
    pub async fn follow(&self, answer: &Page) -> Page {
        assert_eq!(answer.status, 303, "no redirect: {}", answer.said());
        self.open(answer.location()).await
    }

    /// Signs in; gives the answer.
    pub async fn sign_in(&self, login_name: &str, password: &str) -> Page {
        self.submit("/login", "/login", &[("loginname", login_name), ("password", password)]).await
    }

    /// The session cookie as the browser would send it.
    pub fn cookie(&self) -> Option<String> {
        self.cookies().into_iter().find(|cookie| cookie.starts_with("clientele="))
    }

    /// The cookie that makes this browser known to an account.
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

    /// Takes over a cookie from elsewhere.
    pub fn set_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.base.parse().unwrap());
    }
}

/// What a browser makes of a form with a field for a file.
pub fn multipart(form: &Form, file: &[u8]) -> reqwest::multipart::Form {
    let name = if file.is_empty() { "" } else { "customers.csv" };
    let part = reqwest::multipart::Part::bytes(file.to_vec())
        .file_name(name)
        .mime_str("text/csv")
        .unwrap();
    let start = reqwest::multipart::Form::new().part("file", part);
    form.fields.iter().fold(start, |all, (name, value)| all.text(name.clone(), value.clone()))
}

//! A client of the JSON API, as scripts use it: Basic authentication, a command, parameters.

use super::TestApp;
use super::http::http;
use clientele::domain::api_key::ApiKeySettings;
use clientele::services::digest;
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::cell::Cell;

thread_local! {
    static ADDRESS: Cell<&'static str> = const { Cell::new("/api") };
}

/// Runs a test whose clients use the path for Froxlor's clients.
pub fn at_the_compatible_address(test: impl FnOnce()) {
    struct ResetAddress;
    impl Drop for ResetAddress {
        fn drop(&mut self) {
            ADDRESS.set("/api");
        }
    }
    let _reset = ResetAddress;
    ADDRESS.set("/api.php");
    test();
}

/// Repeats tests of a module at the path for Froxlor's clients, because commands have the same
/// results there.
macro_rules! same_at_the_compatible_address {
    ($($test:ident),+ $(,)?) => {
        mod compatible {
            $(#[test]
            fn $test() {
                $crate::support::api::at_the_compatible_address(super::$test);
            })+
        }
    };
}
pub(crate) use same_at_the_compatible_address;

/// A client with an API key and a path.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    path: &'static str,
    /// The key, sent as user name.
    pub key: String,
    /// The secret, sent as password.
    pub secret: String,
}

/// A response of the API.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl TestApp {
    /// Returns a client with a new key of the account, without restrictions.
    pub async fn api(&self, login_name: &str) -> Api {
        self.api_with(login_name, ApiKeySettings::default()).await
    }

    /// Returns a client with a new key of the account with these settings.
    pub async fn api_with(&self, login_name: &str, settings: ApiKeySettings) -> Api {
        let login = self.actor(login_name).await.login();
        let number = self.count("api_keys", "1 = 1").await;
        let (key, secret) =
            (format!("key-{number}-of-{login_name}"), format!("secret-{number}-of-{login_name}"));
        let (now, hash) = (self.now(), digest(&secret));
        let written = self
            .app
            .db
            .write(async |tx| db::api_keys::insert(tx, login, &key, &hash, &settings, now).await)
            .await;
        written.unwrap_or_else(|error: db::DbError| panic!("{error}"));
        self.api_as(&key, &secret)
    }

    /// Returns a client with this key and secret, which need not exist.
    pub fn api_as(&self, key: &str, secret: &str) -> Api {
        let http = http().pool_max_idle_per_host(0).build().unwrap();
        Api {
            http,
            base: self.url(""),
            path: ADDRESS.get(),
            key: key.to_owned(),
            secret: secret.to_owned(),
        }
    }
}

impl Api {
    /// Returns the same client at the path for Froxlor's clients.
    pub fn compatible(&self) -> Self {
        Self { path: "/api.php", ..self.clone() }
    }

    /// Returns the same client at the strict path.
    pub fn strict(&self) -> Self {
        Self { path: "/api", ..self.clone() }
    }

    /// Calls a command.
    pub async fn call(&self, command: &str, params: Value) -> Reply {
        self.raw(json!({ "command": command, "params": params }).to_string()).await
    }

    /// Sends a body unchanged.
    pub async fn raw(&self, body: impl Into<reqwest::Body>) -> Reply {
        self.send(self.post(self.path).body(body)).await
    }

    /// Calls a command that must succeed. Returns its data.
    #[track_caller]
    pub fn data(
        &self,
        command: &'static str,
        params: Value,
    ) -> impl Future<Output = Value> + use<> {
        let (api, place) = (self.clone(), std::panic::Location::caller());
        async move {
            let reply = api.call(command, params.clone()).await;
            assert_eq!(reply.status, 200, "{place}: {command} {params}: {}", reply.body);
            reply.body["data"].clone()
        }
    }

    /// Calls a command that must fail. Returns status and code, such as `400 email-invalid`.
    pub async fn refusal(&self, command: &str, params: Value) -> String {
        let reply = self.call(command, params).await;
        assert_ne!(reply.status, 200, "{command} succeeded: {}", reply.body);
        reply.refusal()
    }

    /// Returns a POST request with the key, which the caller completes.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request("POST", path)
    }

    /// Returns a request with the key and this method, which the caller completes.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.http
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
            .basic_auth(&self.key, Some(&self.secret))
    }

    /// Returns a request without a key, which the caller completes.
    pub fn bare(&self, method: &str, path: &str) -> RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    /// Sends a request. Asserts that the response is JSON.
    pub async fn send(&self, request: RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers, path) = (
            response.status().as_u16(),
            response.headers().clone(),
            response.url().path().to_owned(),
        );
        assert_eq!(headers["content-type"], "application/json", "status {status}");
        let text = response.text().await.unwrap();
        let body: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let members: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let expected: &[&str] = match (status, body.get("warnings")) {
            (200, None) => &["data"],
            // Froxlor's envelope has no warnings (docs/compatibility.md#diff-54).
            (200, Some(_)) if path != "/api.php" => &["data", "warnings"],
            _ => &["message", "error", "fields"],
        };
        assert_eq!(members, expected, "{path}: {body}");
        Reply { status, headers, body }
    }
}

impl Reply {
    /// Returns status and code, such as `400 email-invalid`.
    pub fn refusal(&self) -> String {
        assert!(
            self.body["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty() && !text.contains('⟦')),
            "{}",
            self.body
        );
        format!("{} {}", self.status, self.body["error"].as_str().unwrap())
    }

    /// Returns the fields with validation errors and their codes, such as `email: email-invalid`.
    pub fn fields(&self) -> Vec<String> {
        let fields = self.body["fields"].as_object().unwrap();
        let codes = |list: &Value| {
            list.as_array()
                .unwrap()
                .iter()
                .map(|code| code.as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        fields
            .iter()
            .flat_map(|(name, list)| {
                codes(list).into_iter().map(move |code| format!("{name}: {code}"))
            })
            .collect()
    }

    /// Returns a header as text, or the empty text if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

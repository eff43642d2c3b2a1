//! A webhook endpoint on the loopback.

use super::TestApp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A received request.
#[derive(Clone, Debug)]
pub struct Received {
    /// The first line: method, path, protocol.
    pub line: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Received {
    /// Returns the body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Returns the event and the customer's login name.
    pub fn event_and_customer(&self) -> (String, String) {
        let json = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&json["type"]), text(&json["data"]["loginname"]))
    }

    /// Returns the message id, which repeated deliveries of an event share.
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// Returns whether the request is signed with this secret according to Standard Webhooks.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(
            format!("{}.{}.{}", self.id(), self.headers["webhook-timestamp"], self.body).as_bytes(),
        );
        self.headers["webhook-signature"]
            == format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// An endpoint that runs until the tests end.
#[derive(Clone)]
pub struct Endpoint {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    /// Status of responses, with optional header lines.
    response: Arc<Mutex<String>>,
}

impl Endpoint {
    /// Starts an endpoint on a free port.
    pub fn start() -> Self {
        Self::start_on(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    /// Starts an endpoint on this listener.
    pub fn start_on(listener: TcpListener) -> Self {
        let address = listener.local_addr().unwrap();
        let endpoint = Self {
            address,
            received: Arc::default(),
            response: Arc::new(Mutex::new("204 No Content".to_owned())),
        };
        let handler = endpoint.clone();
        std::thread::spawn(move || {
            listener.incoming().flatten().for_each(|stream| handler.handle(stream));
        });
        endpoint
    }

    /// Sets the status of further responses, with optional header lines.
    pub fn respond_with(&self, status: &str) {
        status.clone_into(&mut self.response.lock().unwrap());
    }

    /// Returns the URL of the endpoint.
    pub fn url(&self) -> String {
        format!("http://{}/endpoint?of=events", self.address)
    }

    /// Returns all requests so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Returns the events so far with the login names of their customers.
    pub fn events(&self) -> Vec<(String, String)> {
        self.received().iter().map(Received::event_and_customer).collect()
    }

    /// Reads a request, stores it, and responds.
    fn handle(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            // Disconnect clients that do not speak HTTP.
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        let header = |line: &String| {
            line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        };
        let headers: HashMap<String, String> = lines.iter().skip(1).filter_map(header).collect();
        let length =
            headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let received = Received {
            line: lines[0].clone(),
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        self.received.lock().unwrap().push(received);
        let response = self.response.lock().unwrap().clone();
        drop(
            stream.write_all(
                format!("HTTP/1.1 {response}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .as_bytes(),
            ),
        );
    }
}

impl TestApp {
    /// Adds a webhook for all events in the panel, and allows private addresses. Returns its id and
    /// secret.
    pub async fn webhook(&self, url: &str) -> (i64, String) {
        self.set("webhooks.allow_private", "1").await;
        let label = match self.count("webhooks", "1 = 1").await {
            0 => "Web server".to_owned(),
            others => format!("Web server {}", others + 1),
        };
        let page = self
            .signed_in("admin")
            .await
            .submit("/webhooks/new", "/webhooks", &[("label", &label), ("url", url)])
            .await;
        assert_eq!(page.status, 200, "{}", page.said());
        let secret = page.first("#new-secret").expect("the secret is shown");
        (self.number("SELECT MAX(id) FROM webhooks").await, secret)
    }
}

//! Posts one request to addresses that were checked. No redirect is followed, no proxy is used, and
//! only the status of the response is read.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::load_native_certs;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
use url::Url;

/// Time limit of a request, from connecting to the end of the response.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Headers that identify and sign a delivery.
pub(super) struct Headers {
    pub id: String,
    /// Time of the attempt, in UNIX seconds.
    pub timestamp: i64,
    pub signature: String,
}

/// The reason why a request got no response.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    #[error("The endpoint does not respond ({0})")]
    Connection(String),
    #[error("The endpoint does not respond (no response in time)")]
    Timeout,
    #[error("The endpoint's certificate is not trusted, or it does not speak TLS: {0}")]
    Tls(String),
    #[error("TLS cannot be used: {0}. Install the package ca-certificates, or set SSL_CERT_FILE")]
    Setup(String),
    #[error("The endpoint does not speak HTTP: {0}")]
    Http(String),
    #[error("The request cannot be made: {0}")]
    Request(String),
}

/// Posts a body and returns the status of the response.
pub(super) async fn post(
    url: &Url,
    addresses: &[SocketAddr],
    headers: &Headers,
    body: String,
) -> Result<u16, PostError> {
    let tls =
        if url.scheme() == "https" { tls_with_native_roots().await? } else { tls_without_roots()? };
    let client = client(tls, addresses).map_err(|error| PostError::Request(cause(&error)))?;
    let response = request(&client, url, headers, body).send().await;
    response.map(|response| response.status().as_u16()).map_err(|error| classify(&error))
}

/// Returns a client for one delivery. It connects to these addresses, whatever the host name
/// resolves to in the meantime, and closes its connection when it is dropped.
fn client(tls: ClientConfig, addresses: &[SocketAddr]) -> reqwest::Result<Client> {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(Pinned(addresses.to_vec()))
        .no_proxy()
        .redirect(Policy::none())
        .timeout(TIME_LIMIT)
        .user_agent(concat!("Clientele/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Resolves every name to the addresses that were checked.
struct Pinned(Vec<SocketAddr>);

impl Resolve for Pinned {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

fn request(client: &Client, url: &Url, headers: &Headers, body: String) -> RequestBuilder {
    client
        .post(url.clone())
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", &headers.id)
        .header("webhook-timestamp", headers.timestamp)
        .header("webhook-signature", &headers.signature)
        .body(body)
}

/// Maps an error to the step that failed: building the request, connecting, TLS, waiting for the
/// response, or HTTP.
fn classify(error: &reqwest::Error) -> PostError {
    let os_error = chain(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .find(|cause| cause.raw_os_error().is_some());
    match os_error.map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            PostError::Connection("connection refused".to_owned())
        }
        _ if error.is_timeout() => PostError::Timeout,
        _ if error.is_builder() => PostError::Request(cause(error)),
        Some(_) if error.is_connect() => PostError::Connection(cause(error)),
        // The TCP connection was established, so the TLS handshake failed.
        None if error.is_connect() => PostError::Tls(cause(error)),
        _ => PostError::Http(cause(error)),
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Returns the text of the innermost error: the outer ones repeat the URL.
fn cause(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Returns TLS settings with the machine's trusted certificates. They are cached once there are
/// any: certificates may be installed while the program runs.
async fn tls_with_native_roots() -> Result<ClientConfig, PostError> {
    static CONFIG: OnceCell<ClientConfig> = OnceCell::const_new();
    // Reading hundreds of certificate files would block every other job of this thread.
    let read = || async {
        tokio::task::spawn_blocking(|| tls_config(native_roots()?))
            .await
            .map_err(|error| PostError::Setup(error.to_string()))?
    };
    CONFIG.get_or_try_init(read).await.cloned()
}

fn native_roots() -> Result<RootCertStore, PostError> {
    let found = load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let why = found.errors.first().map_or_else(
            || "the machine has no trusted certificates".to_owned(),
            ToString::to_string,
        );
        return Err(PostError::Setup(why));
    }
    Ok(roots)
}

/// Returns TLS settings for plain HTTP requests. These need no certificates, and the machine may
/// have none.
fn tls_without_roots() -> Result<ClientConfig, PostError> {
    tls_config(RootCertStore::empty())
}

fn tls_config(roots: RootCertStore) -> Result<ClientConfig, PostError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| PostError::Setup(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn dropped_requests_close_their_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = Url::parse(&format!("http://{address}/hook")).unwrap();
        let headers =
            Headers { id: "evt_1".to_owned(), timestamp: 1, signature: "v1,x".to_owned() };
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut sent = Vec::new();
            while !sent.ends_with(b"{}") {
                assert_ne!(stream.read_buf(&mut sent).await.unwrap(), 0, "the request comes first");
            }
            stream
        };
        let addresses = [address];
        let mut stream = tokio::select! {
            outcome = post(&url, &addresses, &headers, "{}".to_owned()) => panic!("the server sent no response: {outcome:?}"),
            stream = server => stream,
        };
        assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn the_name_of_the_host_is_not_resolved_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = Url::parse(&format!("http://no-such-host.invalid:{}/", address.port())).unwrap();
        let headers =
            Headers { id: "evt_1".to_owned(), timestamp: 1, signature: "v1,x".to_owned() };
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut sent = Vec::new();
            while !sent.ends_with(b"{}") {
                assert_ne!(stream.read_buf(&mut sent).await.unwrap(), 0, "the request comes first");
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            String::from_utf8(sent).unwrap()
        };
        let addresses = [address];
        let request = post(&url, &addresses, &headers, "{}".to_owned());
        let (status, sent) = tokio::join!(request, server);
        assert_eq!(status.unwrap(), 204);
        assert!(
            sent.contains(&format!("host: no-such-host.invalid:{}\r\n", address.port())),
            "{sent}"
        );
    }
}

//! One request to addresses that were checked: no redirect is followed, no proxy asked, and of the answer only the status is
//! read.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls_native_certs::load_native_certs;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::{Position, Url};

/// From the first packet to the status.
const TIME: Duration = Duration::from_secs(10);

/// What is sent beside the body.
pub(super) struct Headers {
    pub id: String,
    pub seconds: i64,
    pub signature: String,
}

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    #[error("The receiver does not answer ({0})")]
    Connection(std::io::Error),
    #[error("The receiver does not answer (no answer in time)")]
    Slow,
    #[error("The receiver's certificate is not trusted, or it speaks no TLS: {0}")]
    Tls(std::io::Error),
    #[error("The receiver does not speak HTTP: {0}")]
    Http(#[from] hyper::Error),
    #[error("The request cannot be made: {0}")]
    Request(#[from] http::Error),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Posts a body and gives the status of the answer.
pub(super) async fn post(url: &Url, addresses: &[SocketAddr], headers: &Headers, body: String) -> Result<u16, PostError> {
    tokio::time::timeout(TIME, exchange(url, addresses, headers, body)).await.unwrap_or(Err(PostError::Slow))
}

async fn exchange(url: &Url, addresses: &[SocketAddr], headers: &Headers, body: String) -> Result<u16, PostError> {
    let tcp = TcpStream::connect(addresses).await.map_err(PostError::Connection)?;
    let stream: Box<dyn Stream> = if url.scheme() == "https" { Box::new(encrypted(url, tcp).await?) } else { Box::new(tcp) };
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let request = request(url, headers, body)?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    driven.abort();
    Ok(answer?.status().as_u16())
}

async fn encrypted(url: &Url, tcp: TcpStream) -> Result<tokio_rustls::client::TlsStream<TcpStream>, PostError> {
    let invalid = |error| PostError::Tls(std::io::Error::new(std::io::ErrorKind::InvalidInput, error));
    // An address of version 6 stands in brackets in a URL.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(invalid)?;
    let config = tls().ok_or_else(|| PostError::Tls(std::io::Error::other("TLS cannot be set up")))?;
    TlsConnector::from(config).connect(name, tcp).await.map_err(PostError::Tls)
}

/// Whom the machine trusts; read once.
fn tls() -> Option<Arc<ClientConfig>> {
    static CONFIG: OnceLock<Option<Arc<ClientConfig>>> = OnceLock::new();
    let make = || {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(load_native_certs().certs);
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        Some(Arc::new(builder.with_safe_default_protocol_versions().ok()?.with_root_certificates(roots).with_no_client_auth()))
    };
    CONFIG.get_or_init(make).clone()
}

fn request(url: &Url, headers: &Headers, body: String) -> Result<Request<String>, http::Error> {
    Request::post(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(USER_AGENT, concat!("Clientele/", env!("CARGO_PKG_VERSION")))
        .header(CONTENT_TYPE, "application/json")
        .header(CONTENT_LENGTH, body.len())
        .header("webhook-id", &headers.id)
        .header("webhook-timestamp", headers.seconds)
        .header("webhook-signature", &headers.signature)
        .body(body)
}

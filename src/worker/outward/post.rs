//! One request to addresses that were checked: no redirect is followed, no proxy asked, and of the
//! answer only the status is read.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls_native_certs::load_native_certs;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
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
    #[error("TLS cannot be used: {0}. Install the package ca-certificates, or set SSL_CERT_FILE.")]
    Setup(String),
    #[error("The receiver does not speak HTTP: {0}")]
    Http(#[from] hyper::Error),
    #[error("The request cannot be made: {0}")]
    Request(#[from] http::Error),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Posts a body and gives the status of the answer.
pub(super) async fn post(
    url: &Url,
    addresses: &[SocketAddr],
    headers: &Headers,
    body: String,
) -> Result<u16, PostError> {
    tokio::time::timeout(TIME, exchange(url, addresses, headers, body))
        .await
        .unwrap_or(Err(PostError::Slow))
}

async fn exchange(
    url: &Url,
    addresses: &[SocketAddr],
    headers: &Headers,
    body: String,
) -> Result<u16, PostError> {
    let tcp = TcpStream::connect(addresses).await.map_err(PostError::Connection)?;
    let stream: Box<dyn Stream> =
        if url.scheme() == "https" { Box::new(encrypted(url, tcp).await?) } else { Box::new(tcp) };
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut answer = pin!(sender.send_request(request(url, headers, body)?));
    // The connection is driven here and not by a task of its own: it is closed when nobody waits
    // for the answer any more.
    let answer = tokio::select! {
        biased;
        answer = &mut answer => answer?,
        ended = connection => {
            ended?;
            answer.await?
        }
    };
    Ok(answer.status().as_u16())
}

async fn encrypted(
    url: &Url,
    tcp: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, PostError> {
    let invalid =
        |error| PostError::Tls(std::io::Error::new(std::io::ErrorKind::InvalidInput, error));
    // An address of version 6 stands in brackets in a URL.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(invalid)?;
    TlsConnector::from(tls().await?).connect(name, tcp).await.map_err(PostError::Tls)
}

/// Returns the TLS settings with the certificates that the machine trusts. They are read once there
/// are any: a machine without certificates may get them while the program runs.
async fn tls() -> Result<Arc<ClientConfig>, PostError> {
    static CONFIG: OnceCell<Arc<ClientConfig>> = OnceCell::const_new();
    // Reading hundreds of files would hold up every other job of this thread.
    let read = || async {
        tokio::task::spawn_blocking(read_tls)
            .await
            .map_err(|error| PostError::Setup(error.to_string()))?
    };
    CONFIG.get_or_try_init(read).await.cloned()
}

fn read_tls() -> Result<Arc<ClientConfig>, PostError> {
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
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| PostError::Setup(error.to_string()))?;
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn the_connection_is_closed_when_nobody_waits_for_the_answer_any_more() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = Url::parse(&format!("http://{address}/hook")).unwrap();
        let headers = Headers { id: "evt_1".to_owned(), seconds: 1, signature: "v1,x".to_owned() };
        let silent = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut sent = Vec::new();
            while !sent.ends_with(b"{}") {
                assert_ne!(stream.read_buf(&mut sent).await.unwrap(), 0, "the request comes first");
            }
            stream
        };
        let addresses = [address];
        let mut stream = tokio::select! {
            answer = post(&url, &addresses, &headers, "{}".to_owned()) => panic!("nobody answered: {answer:?}"),
            stream = silent => stream,
        };
        assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0);
    }
}

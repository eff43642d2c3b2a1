//! Webhooks over TLS, sent by the real program, which trusts the machine's certificate authorities.

use crate::support::authority::{Authority, authority};
use crate::support::program::Installation;
use crate::support::wait::until;
use rcgen::{CertificateParams, KeyPair};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Starts an endpoint named `localhost` with a certificate of this authority, which responds 204.
/// Returns its port.
async fn start_endpoint(issuer: &Authority) -> u16 {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = config
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut buffer = [0; 4096];
            if stream.read(&mut buffer).await.is_ok() {
                drop(
                    stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await,
                );
                drop(stream.shutdown().await);
            }
        }
    });
    port
}

#[tokio::test]
async fn a_certificate_is_accepted_if_the_machine_trusts_its_issuer() {
    let (trusted, unknown) = (authority(), authority());
    let installation = Installation::new();
    let roots = installation.path().join("roots.pem");
    std::fs::write(&roots, trusted.pem()).unwrap();
    let installation = installation.with("SSL_CERT_FILE", &roots.display().to_string());
    let program = installation.serve().await;
    let client = program.browser();
    client.sign_in("admin", &program.first_password().unwrap()).await;
    client.submit_and_follow("/settings", "/settings", &[("webhooks.allow_private", "1")]).await;
    let ports = [start_endpoint(&trusted).await, start_endpoint(&unknown).await];
    for (id, port) in (1..).zip(ports) {
        let typed = [("label", &*format!("x{id}")), ("url", &format!("https://localhost:{port}/"))];
        assert_eq!(client.submit("/webhooks/new", "/webhooks", &typed).await.status, 200);
        client.submit_and_follow("/webhooks", &format!("/webhooks/{id}/test"), &[]).await;
    }
    let rows = until("both responses", Duration::from_secs(20), async || {
        let rows = client.open("/webhooks/deliveries").await.all("tr[data-delivery]");
        (rows[1].contains("Delivered") && rows[0].contains("not trusted")).then_some(rows)
    })
    .await;
    assert!(rows[1].contains("204"), "{rows:?}");
}

#[tokio::test]
async fn certificates_installed_while_the_program_runs_are_trusted() {
    let trusted = authority();
    let installation = Installation::new();
    let roots = installation.path().join("roots.pem");
    std::fs::write(&roots, "").unwrap();
    // Without this, certificate directories of the test's environment would be read, too.
    let installation =
        installation.with("SSL_CERT_FILE", &roots.display().to_string()).with("SSL_CERT_DIR", "");
    let program = installation.serve().await;
    let client = program.browser();
    client.sign_in("admin", &program.first_password().unwrap()).await;
    client.submit_and_follow("/settings", "/settings", &[("webhooks.allow_private", "1")]).await;
    let url = format!("https://localhost:{}/", start_endpoint(&trusted).await);
    assert_eq!(
        client.submit("/webhooks/new", "/webhooks", &[("label", "x"), ("url", &url)]).await.status,
        200
    );
    client.submit_and_follow("/webhooks", "/webhooks/1/test", &[]).await;
    let row_with = async |text: &'static str| {
        until(text, Duration::from_secs(20), async || {
            client
                .open("/webhooks/deliveries")
                .await
                .all("tr[data-delivery]")
                .into_iter()
                .find(|row| row.contains(text))
        })
        .await
    };
    let row = row_with("TLS cannot be used").await;
    assert!(row.contains("the machine has no trusted certificates"), "{row}");
    std::fs::write(&roots, trusted.pem()).unwrap();
    let job = client
        .open("/jobs?kind=deliver_webhook")
        .await
        .attr("form[action$='/run']", "action")
        .unwrap();
    client.submit_and_follow("/jobs?kind=deliver_webhook", &job, &[]).await;
    row_with("204").await;
}

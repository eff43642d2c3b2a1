//! TLS to mail servers and databases: invalid certificates are refused wherever TLS is used.

use crate::support::authority::{Authority, authority};
use crate::support::mariadb;
use crate::support::program::{Installation, said};
use clientele::domain::mysql::AdminUrl;
use db::mysql_admin::Server;
use rcgen::{CertificateParams, KeyPair};
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Issues a certificate for a server with this name. Returns it with its key.
fn certificate(by: &Authority, name: &str) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    (CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, by).unwrap(), key)
}

/// The way in which a mail server offers TLS.
#[derive(Clone, Copy, PartialEq)]
enum Offer {
    Never,
    StartTls,
    AtOnce,
}

/// Responds to commands until the client disconnects or requests TLS. Returns whether it requested
/// TLS.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    greets: bool,
    offers_tls: bool,
) -> std::io::Result<bool> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.write_all(b"220 mail.example\r\n").await?;
    }
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let response: &[u8] = match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" if offers_tls => b"250-mail.example\r\n250 STARTTLS\r\n",
            "STARTTLS" if offers_tls => b"220 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 mail.example\r\n",
        };
        stream.write_all(response).await?;
        if line.starts_with("STARTTLS") {
            return Ok(true);
        }
        line.clear();
    }
    Ok(false)
}

/// Starts a mail server with a certificate for this name. Returns its port.
async fn mail_server(by: &Authority, name: &str, offer: Offer) -> u16 {
    let (certificate, key) = certificate(by, name);
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
        while let Ok((mut stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let starts_plain = offer != Offer::AtOnce;
                if starts_plain
                    && !converse(&mut stream, true, offer == Offer::StartTls).await.unwrap_or(false)
                {
                    return;
                }
                if let Ok(stream) = acceptor.accept(stream).await {
                    drop(converse(stream, !starts_plain, false).await);
                }
            });
        }
    });
    port
}

/// Returns the output of `doctor` for a mail server, on a machine that trusts this authority.
async fn doctor(roots: &Path, url: String) -> String {
    let roots = roots.display().to_string();
    let check = move || {
        let installation =
            Installation::new().with("SSL_CERT_FILE", &roots).with("CLIENTELE_SMTP_URL", &url);
        assert!(installation.run(&["demo", "--customers", "1"]).status.success());
        said(&installation.run(&["doctor"]))
    };
    tokio::task::spawn_blocking(check).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_with_an_invalid_certificate_is_refused() {
    let (trusted, unknown) = (authority(), authority());
    let dir = tempfile::tempdir().unwrap();
    let roots = dir.path().join("roots.pem");
    std::fs::write(&roots, trusted.pem()).unwrap();
    let good = [
        format!(
            "smtp://localhost:{}?tls=required",
            mail_server(&trusted, "localhost", Offer::StartTls).await
        ),
        format!(
            "smtp://localhost:{}?tls=opportunistic",
            mail_server(&trusted, "localhost", Offer::StartTls).await
        ),
        format!(
            "smtp://localhost:{}?tls=opportunistic",
            mail_server(&trusted, "localhost", Offer::Never).await
        ),
        format!(
            "smtp://localhost:{}?tls=none",
            mail_server(&unknown, "localhost", Offer::StartTls).await
        ),
        format!("smtps://localhost:{}", mail_server(&trusted, "localhost", Offer::AtOnce).await),
    ];
    let bad = [
        format!(
            "smtp://localhost:{}?tls=required",
            mail_server(&unknown, "localhost", Offer::StartTls).await
        ),
        format!(
            "smtp://localhost:{}?tls=opportunistic",
            mail_server(&unknown, "localhost", Offer::StartTls).await
        ),
        format!(
            "smtp://localhost:{}?tls=required",
            mail_server(&trusted, "other.example", Offer::StartTls).await
        ),
        format!(
            "smtp://localhost:{}?tls=required",
            mail_server(&trusted, "localhost", Offer::Never).await
        ),
        format!("smtps://localhost:{}", mail_server(&unknown, "localhost", Offer::AtOnce).await),
    ];
    for url in good {
        let output = doctor(&roots, url.clone()).await;
        assert!(output.contains("Everything is in order"), "{url}: {output}");
        assert_eq!(
            output.contains("without TLS"),
            url.ends_with("=none"),
            "doctor reports missing TLS: {output}"
        );
    }
    for url in bad {
        let output = doctor(&roots, url.clone()).await;
        assert!(output.contains("mail delivery fails"), "{url}: {output}");
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn a_database_server_with_an_invalid_certificate_is_refused() {
    let (own, other) = (authority(), authority());
    let dir = tempfile::tempdir().unwrap();
    let [ca, wrong] = [("ca.pem", &own), ("wrong.pem", &other)].map(|(name, authority)| {
        let path = dir.path().join(name);
        std::fs::write(&path, authority.pem()).unwrap();
        path.display().to_string()
    });
    let (certificate, key) = certificate(&own, "localhost");
    let port = mariadb::start_with_tls(&certificate.pem(), &key.serialize_pem());
    let open = async |host: &str, options: &str| {
        let url = AdminUrl::parse(&format!(
            "mysql://tester:{}@{host}:{port}{options}",
            mariadb::PASSWORD
        ))
        .unwrap();
        let mut server = Server::open(&url).await.map_err(|error| error.to_string())?;
        server.probe().await.map_err(|error| error.to_string())
    };
    for (host, options) in [
        ("localhost", format!("?ssl-ca={ca}")),
        ("localhost", format!("?ssl-mode=VERIFY_IDENTITY&ssl-ca={ca}")),
        ("127.0.0.1", format!("?ssl-mode=verify_ca&ssl-ca={ca}")),
        ("127.0.0.1", "?ssl-mode=required".to_owned()),
        ("127.0.0.1", String::new()),
    ] {
        assert!(open(host, &options).await.unwrap().contains("MariaDB"), "{host}{options}");
    }
    for (host, options, reason) in [
        ("localhost", "?ssl-mode=verify_identity".to_owned(), "UnknownIssuer"),
        ("localhost", format!("?ssl-ca={wrong}"), "invalid peer certificate"),
        ("127.0.0.1", format!("?ssl-ca={ca}"), "invalid peer certificate"),
        ("localhost", format!("?ssl-ca={}", dir.path().display()), "is not a regular file"),
        ("localhost", "?ssl-ca=/dev/zero".to_owned(), "its ssl-ca cannot be used"),
    ] {
        let error = open(host, &options).await.unwrap_err();
        assert!(
            error.contains(reason) && !error.contains(mariadb::PASSWORD),
            "{host}{options}: {error}"
        );
    }
    // The program's own database, and the source of an import.
    let url = format!("mysql://tester:{}@localhost:{port}/mysql?ssl-ca={wrong}", mariadb::PASSWORD);
    let refused = Installation::new().with("CLIENTELE_DATABASE_URL", &url).run(&["migrate"]);
    assert!(
        !refused.status.success() && said(&refused).contains("certificate"),
        "{}",
        said(&refused)
    );
    let refused = Installation::new().with("CLIENTELE_IMPORT_FROM", &url).run(&[
        "import",
        "froxlor",
        "--dry-run",
    ]);
    assert!(
        !refused.status.success() && said(&refused).contains("certificate"),
        "{}",
        said(&refused)
    );
}

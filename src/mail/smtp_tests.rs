//! Tests against a real SMTP server on this machine.

use super::*;
use jiff::Timestamp;
use lettre::message::Mailbox;
use mailin::response::{AUTHENTICATION_REQUIRED, INTERNAL_ERROR, NO_MAILBOX, OK};
use mailin::{Handler, Response};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

#[path = "../../tests/support/smtp.rs"]
mod server;

#[derive(Clone, Default)]
struct TestServer(Arc<Mutex<Vec<String>>>);

impl TestServer {
    fn open(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        server::serve(listener, self.clone());
        address
    }

    fn record(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Handler for TestServer {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        self.record(format!("from {from}"));
        OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        match to.split('@').next() {
            Some("nobody") => NO_MAILBOX,
            Some("busy") => INTERNAL_ERROR,
            Some("stranger") => AUTHENTICATION_REQUIRED,
            _ => {
                self.record(format!("to {to}"));
                OK
            }
        }
    }

    fn data(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.record(String::from_utf8_lossy(bytes).trim_end().to_owned());
        Ok(())
    }
}

fn mail(to: &str) -> OutgoingMail {
    OutgoingMail {
        id: "job-1".to_owned(),
        to: Mailbox::new(None, to.parse().unwrap()),
        reply_to: None,
        language: "en",
        subject: "Hello".to_owned(),
        text: "plain\n.\nafter the dot\n".to_owned(),
        html: "<p>html</p>\n".to_owned(),
    }
}

#[tokio::test]
async fn server_responses_determine_the_type_of_error() {
    let test_server = TestServer::default();
    let url = format!("smtp://{}", test_server.open()).parse().unwrap();
    let mailer = Mailer::smtp("Panel <panel@host.example>".parse().unwrap(), &url).unwrap();
    mailer.probe().await.unwrap();
    mailer.send(&mail("zoe@kunden.example"), Timestamp::UNIX_EPOCH).await.unwrap();
    let lines = test_server.0.lock().unwrap().clone();
    for line in [
        "from panel@host.example",
        "to zoe@kunden.example",
        "Message-ID: <job-1@host.example>",
        "after the dot",
        "<p>html</p>",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:#?}");
    }
    for to in ["nobody@x.example", "busy@x.example", "stranger@x.example", "zoë@x.example"] {
        let error = mailer.send(&mail(to), Timestamp::UNIX_EPOCH).await.unwrap_err();
        let is_expected = match to {
            "nobody@x.example" => matches!(error, MailError::Permanent(_)),
            "busy@x.example" => matches!(error, MailError::Temporary(_)),
            "stranger@x.example" => matches!(error, MailError::Refused(_)),
            // This server does not support addresses with characters other than ASCII.
            _ => matches!(error, MailError::Invalid(_)),
        };
        assert!(is_expected, "{to}: {error:?}");
    }
    // The connection is still usable after a rejection.
    mailer.send(&mail("max@kunden.example"), Timestamp::UNIX_EPOCH).await.unwrap();
}

#[tokio::test]
async fn missing_tls_or_sign_in_is_reported_as_refused() {
    let address = TestServer::default().open();
    // The test server supports neither sign-in nor TLS.
    for url in [format!("smtp://panel:tiger@{address}"), format!("smtp://{address}?tls=required")] {
        let mailer =
            Mailer::smtp("Panel <panel@host.example>".parse().unwrap(), &url.parse().unwrap())
                .unwrap();
        let error =
            mailer.send(&mail("zoe@kunden.example"), Timestamp::UNIX_EPOCH).await.unwrap_err();
        assert!(matches!(error, MailError::Refused(_)), "{url}: {error:?}");
        let error = mailer.probe().await.unwrap_err();
        assert!(matches!(error, MailError::Refused(_)), "{url}: {error:?}");
    }
}

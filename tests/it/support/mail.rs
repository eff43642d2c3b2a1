//! Mails in memory, and mail servers on the loopback.

use super::{TestApp, database};
use clientele::mail::Mailer;
use clientele::worker::Worker;
use mail_parser::MessageParser;
use mailin::response::{INTERNAL_ERROR, OK};
use mailin::{Handler, Response};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

#[path = "../../support/smtp.rs"]
mod smtp;

/// A received mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub from: String,
    pub subject: String,
    /// The plain text part.
    pub text: String,
    pub html: String,
    pub raw: String,
}

impl Mail {
    /// Parses a mail in its transport form.
    pub fn parse(raw: &str) -> Self {
        let message = MessageParser::default().parse(raw.as_bytes()).expect("this is no mail");
        let address = |list: Option<&mail_parser::Address<'_>>| {
            list.and_then(|list| list.first())
                .and_then(|first| first.address())
                .unwrap_or_default()
                .to_owned()
        };
        Self {
            to: address(message.to()),
            from: address(message.from()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            raw: raw.to_owned(),
        }
    }
}

impl TestApp {
    /// Returns a worker of the program that keeps mails in memory.
    pub fn worker(&self) -> Worker {
        self.worker_with(self.mailer.clone())
    }

    /// Returns a worker of the program with this mailer.
    pub fn worker_with(&self, mailer: Mailer) -> Worker {
        Worker::new(self.app.clone(), mailer)
    }

    /// Runs all due jobs. Returns their number.
    pub async fn worker_run(&self) -> usize {
        self.worker().run_until_empty().await.unwrap()
    }

    /// Returns every mail in memory, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.inbox.mails().iter().map(|mail| Mail::parse(&mail.raw)).collect()
    }

    /// Returns the last mail in memory.
    pub fn last_mail(&self) -> Mail {
        self.mails().pop().expect("no mail was sent")
    }

    /// Returns the places in the database that contain this text unencrypted.
    pub fn find_in_database(&self, text: &str) -> Vec<String> {
        database::find_text(&self.fresh, text)
    }
}

/// Returns the generated password in the text of a mail.
pub fn mailed_password(text: &str) -> String {
    let good = |word: &&str| {
        word.len() == 14
            && word.chars().all(|c| c.is_ascii_alphanumeric())
            && word.chars().any(|c| c.is_ascii_digit())
    };
    text.split_whitespace().find(good).unwrap_or_else(|| panic!("no password: {text}")).to_owned()
}

/// A mail server on the loopback.
#[derive(Clone)]
pub struct SmtpServer {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    /// Starts a server on a free port.
    pub fn start() -> Self {
        Self::start_on(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    /// Starts a server on this listener. It runs until the tests end.
    pub fn start_on(listener: TcpListener) -> Self {
        let address = listener.local_addr().unwrap();
        let mails = Arc::new(Mutex::new(Vec::new()));
        smtp::serve(listener, Receiver { all: mails.clone(), current: Vec::new() });
        Self { address, mails }
    }

    /// Returns the URL of this server, as in `CLIENTELE_SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Returns a mailer for this server.
    pub fn mailer(&self) -> Mailer {
        mailer(&self.url())
    }

    /// Returns the received mails.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().iter().map(|raw| Mail::parse(raw)).collect()
    }
}

/// Returns a mailer for the server with this URL.
pub fn mailer(url: &str) -> Mailer {
    Mailer::smtp("Clientele <noreply@example.com>".parse().unwrap(), &url.parse().unwrap()).unwrap()
}

/// A mail server that refuses every recipient with this reply.
pub struct RefusingServer(SocketAddr);

impl RefusingServer {
    /// Starts a server on a free port.
    pub fn start(reply: &'static str) -> Self {
        use std::io::{BufRead as _, BufReader, Write as _};
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut out = stream.try_clone().unwrap();
                drop(out.write_all(b"220 test\r\n"));
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let said = if line.starts_with("RCPT") { reply } else { "250 ok" };
                    drop(out.write_all(format!("{said}\r\n").as_bytes()));
                }
            }
        });
        Self(address)
    }

    /// Returns the URL of this server, as in `CLIENTELE_SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.0)
    }
}

/// Returns an address that no process listens on.
pub fn unused_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[derive(Clone)]
struct Receiver {
    all: Arc<Mutex<Vec<String>>>,
    current: Vec<u8>,
}

impl Handler for Receiver {
    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.current.clear();
        OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.current.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        match String::from_utf8(std::mem::take(&mut self.current)) {
            Ok(mail) => {
                self.all.lock().unwrap().push(mail);
                OK
            }
            Err(_) => INTERNAL_ERROR,
        }
    }
}

//! Ways for a mail to leave.

use super::message::Wire;
use super::{MailError, OutgoingMail, outbox};
use config::{Settings, SmtpUrl};
use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::response::Category;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::error::Elapsed;

/// Until the server answers a single command.
const ANSWER: Duration = Duration::from_secs(10);
/// Until the whole exchange is over, whatever the server does.
const EXCHANGE: Duration = Duration::from_mins(1);

/// Sends mails, all from one sender. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
    Memory(Inbox),
}

impl Mailer {
    /// As the settings have it: by a mail server, or else into the outbox. To be called inside a
    /// runtime.
    ///
    /// # Errors
    /// Where the URL of the mail server cannot be used.
    pub fn from_settings(settings: &Settings) -> Result<Self, MailError> {
        match &settings.smtp_url {
            Some(url) => Self::smtp(settings.mail_from.clone(), url),
            None => Ok(Self::files(settings.mail_from.clone(), settings.outbox_dir())),
        }
    }

    /// By a mail server. Connections are kept for the next mail. To be called inside a runtime.
    ///
    /// # Errors
    /// Where the URL cannot be used.
    pub fn smtp(from: Mailbox, url: &SmtpUrl) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .map_err(|error| failed(&error))?;
        let pool = PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30));
        Ok(Self { from, way: Way::Smtp(builder.timeout(Some(ANSWER)).pool_config(pool).build()) })
    }

    /// Into files.
    #[must_use]
    pub const fn files(from: Mailbox, dir: PathBuf) -> Self {
        Self { from, way: Way::Files(dir) }
    }

    /// Into memory, for tests.
    #[must_use]
    pub fn memory(from: Mailbox) -> (Self, Inbox) {
        let inbox = Inbox::default();
        (Self { from, way: Way::Memory(inbox.clone()) }, inbox)
    }

    /// Sends a mail; `at` is its date.
    ///
    /// # Errors
    /// Where it did not leave, and whether there is use in trying again.
    pub async fn send(&self, mail: &OutgoingMail, at: Timestamp) -> Result<(), MailError> {
        let message = mail.message(&self.from, at, Wire::EightBit)?;
        match &self.way {
            Way::Smtp(transport) => {
                match tokio::time::timeout(EXCHANGE, transport.send(message)).await {
                    // Nothing was sent: the server says that it takes ASCII only.
                    Ok(Err(error)) if error.is_client() => {
                        in_time(transport.send(mail.message(&self.from, at, Wire::SevenBit)?))
                            .await
                            .map(drop)
                    }
                    sent => timely(sent).map(drop),
                }
            }
            Way::Files(dir) => {
                outbox::write(dir.clone(), outbox::name(mail, at), message.formatted()).await
            }
            Way::Memory(inbox) => {
                let raw = String::from_utf8_lossy(&message.formatted()).into_owned();
                inbox.lock().push(ReceivedMail { mail: mail.clone(), raw });
                Ok(())
            }
        }
    }

    /// Whether a mail could leave now, for `doctor`.
    ///
    /// # Errors
    /// Why not.
    pub async fn probe(&self) -> Result<(), MailError> {
        match &self.way {
            Way::Smtp(transport) => {
                let alive = in_time(transport.test_connection()).await?;
                if alive {
                    Ok(())
                } else {
                    Err(MailError::Unreachable("the mail server closed the connection".to_owned()))
                }
            }
            Way::Files(dir) => outbox::probe(dir.clone()).await,
            Way::Memory(_) => Ok(()),
        }
    }
}

async fn in_time<T>(
    exchange: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, MailError> {
    timely(tokio::time::timeout(EXCHANGE, exchange).await)
}

fn timely<T>(
    outcome: Result<Result<T, lettre::transport::smtp::Error>, Elapsed>,
) -> Result<T, MailError> {
    match outcome {
        Ok(result) => result.map_err(|error| failed(&error)),
        Err(_) => Err(MailError::Unreachable(format!(
            "the mail server took longer than {} seconds",
            EXCHANGE.as_secs()
        ))),
    }
}

/// Only what the server says about this mail is final. What it says about us (530 to 538: sign in
/// first, wrong password …) is for the provider to repair; the mail waits meanwhile.
fn failed(error: &lettre::transport::smtp::Error) -> MailError {
    let about_us = error.status().is_some_and(|code| code.category == Category::Unspecified3);
    let text = error.to_string();
    // 421: the server is about to close.
    let closes = error.status().is_some_and(|code| code.to_string() == "421");
    match error.status() {
        _ if error.is_client() || (error.is_permanent() && !about_us) => MailError::Permanent(text),
        Some(_) if !about_us && !closes => MailError::Temporary(text),
        _ => MailError::Unreachable(text),
    }
}

/// What a [`Mailer::memory`] has sent.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Arc<Mutex<Vec<ReceivedMail>>>);

impl Inbox {
    /// Every mail so far, in the order of sending.
    #[must_use]
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<ReceivedMail>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A mail in an [`Inbox`].
#[derive(Clone, Debug)]
pub struct ReceivedMail {
    /// As it was given.
    pub mail: OutgoingMail,
    /// As it would have left.
    pub raw: String,
}

//! Transports for emails.

use super::message::BodyEncoding;
use super::{MailError, OutgoingMail, outbox};
use config::{Settings, SmtpUrl};
use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::response::Category;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::error::Elapsed;

/// Time limit for the response to a single SMTP command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);
/// Time limit for sending a whole email, whatever the server does.
const SEND_TIMEOUT: Duration = Duration::from_mins(1);

/// Sends emails, all from one sender. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

#[derive(Clone, Debug)]
enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
    Memory(Inbox),
}

impl Mailer {
    /// Returns a mailer for the configured mail server, or for the outbox if none is configured.
    /// Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// If the URL of the mail server is not valid.
    pub fn from_settings(settings: &Settings) -> Result<Self, MailError> {
        match &settings.smtp_url {
            Some(url) => Self::smtp(settings.mail_from.clone(), url),
            None => Ok(Self::files(settings.mail_from.clone(), settings.outbox_dir())),
        }
    }

    /// Returns a mailer for a mail server. It keeps connections open for the next emails. Must be
    /// called inside a Tokio runtime.
    ///
    /// # Errors
    /// If the URL is not valid.
    pub fn smtp(from: Mailbox, url: &SmtpUrl) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .map_err(|error| mail_error(&error))?;
        let pool = PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30));
        Ok(Self {
            from,
            transport: Transport::Smtp(
                builder.timeout(Some(COMMAND_TIMEOUT)).pool_config(pool).build(),
            ),
        })
    }

    /// Returns a mailer that writes files.
    #[must_use]
    pub const fn files(from: Mailbox, dir: PathBuf) -> Self {
        Self { from, transport: Transport::Files(dir) }
    }

    /// Returns a mailer that stores emails in memory, for tests.
    #[must_use]
    pub fn memory(from: Mailbox) -> (Self, Inbox) {
        let inbox = Inbox::default();
        (Self { from, transport: Transport::Memory(inbox.clone()) }, inbox)
    }

    /// Sends an email with the date `at`.
    ///
    /// # Errors
    /// The variant of [`MailError`] tells whether another attempt is useful.
    pub async fn send(&self, mail: &OutgoingMail, at: Timestamp) -> Result<(), MailError> {
        let message = mail.message(&self.from, at, BodyEncoding::EightBit)?;
        match &self.transport {
            Transport::Smtp(transport) => {
                match tokio::time::timeout(SEND_TIMEOUT, transport.send(message)).await {
                    // The server may not support 8BITMIME. Nothing was sent yet.
                    Ok(Err(error)) if error.is_client() => {
                        let message = mail.message(&self.from, at, BodyEncoding::SevenBit)?;
                        send_seven_bit(transport, message).await
                    }
                    sent => flatten_timeout(sent).map(drop),
                }
            }
            Transport::Files(dir) => {
                outbox::write(dir.clone(), outbox::name(mail, at), message.formatted()).await
            }
            Transport::Memory(inbox) => {
                let raw = String::from_utf8_lossy(&message.formatted()).into_owned();
                inbox.lock().push(ReceivedMail { mail: mail.clone(), raw });
                Ok(())
            }
        }
    }

    /// Tests whether an email could be sent now, for `doctor`.
    ///
    /// # Errors
    /// The reason why it could not.
    pub async fn probe(&self) -> Result<(), MailError> {
        match &self.transport {
            Transport::Smtp(transport) => test_connection(transport).await,
            Transport::Files(dir) => outbox::probe(dir.clone()).await,
            Transport::Memory(_) => Ok(()),
        }
    }
}

/// Sends a message of ASCII text.
///
/// lettre reports a server that cannot carry this email and a server that lacks what the settings
/// require (TLS, a way to sign in) as the same type of error. A connection without an email tells
/// them apart: if it works, the email is the cause.
async fn send_seven_bit(
    transport: &AsyncSmtpTransport<Tokio1Executor>,
    message: Message,
) -> Result<(), MailError> {
    match tokio::time::timeout(SEND_TIMEOUT, transport.send(message)).await {
        Ok(Err(error)) if error.is_client() => {
            test_connection(transport).await?;
            Err(MailError::Invalid(error.to_string()))
        }
        sent => flatten_timeout(sent).map(drop),
    }
}

/// Connects and signs in, unless a connection is already open.
async fn test_connection(transport: &AsyncSmtpTransport<Tokio1Executor>) -> Result<(), MailError> {
    if with_timeout(transport.test_connection()).await? {
        Ok(())
    } else {
        Err(MailError::Unreachable("the mail server closed the connection".to_owned()))
    }
}

async fn with_timeout<T>(
    exchange: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, MailError> {
    flatten_timeout(tokio::time::timeout(SEND_TIMEOUT, exchange).await)
}

fn flatten_timeout<T>(
    outcome: Result<Result<T, lettre::transport::smtp::Error>, Elapsed>,
) -> Result<T, MailError> {
    match outcome {
        Ok(result) => result.map_err(|error| mail_error(&error)),
        Err(_) => Err(MailError::Unreachable(format!(
            "the mail server took longer than {} seconds",
            SEND_TIMEOUT.as_secs()
        ))),
    }
}

/// Classifies an SMTP error. Only a rejection of this email is permanent. If the server rejects the
/// client (530 to 538: sign in first, wrong password, …) or lacks what the settings require, the
/// provider must correct the settings; emails stay queued until then.
fn mail_error(error: &lettre::transport::smtp::Error) -> MailError {
    let text = error.to_string();
    match error.status() {
        None if error.is_client() => MailError::Refused(text),
        None => MailError::Unreachable(text),
        // 421: the server is about to close the connection.
        Some(code) if code.category == Category::Unspecified3 || code.to_string() == "421" => {
            MailError::Refused(text)
        }
        Some(_) if error.is_permanent() => MailError::Permanent(text),
        Some(_) => MailError::Temporary(text),
    }
}

/// The emails that a [`Mailer::memory`] has sent.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Arc<Mutex<Vec<ReceivedMail>>>);

impl Inbox {
    /// Returns the emails in the order in which they were sent.
    #[must_use]
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<ReceivedMail>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An email in an [`Inbox`].
#[derive(Clone, Debug)]
pub struct ReceivedMail {
    /// The email as it was passed to the mailer.
    pub mail: OutgoingMail,
    /// The message as an SMTP server would receive it.
    pub raw: String,
}

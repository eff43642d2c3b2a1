//! Emails: their content and their delivery.
//!
//! Each of the [emails](kinds) is composed for its recipient ([`MailContext`]) in their language,
//! as HTML and as plain text. The [`Mailer`] sends it to a mail server, or writes it to the outbox
//! if none is configured.

mod exact;
pub mod kinds;
mod mailer;
mod message;
mod outbox;
#[cfg(test)]
mod smtp_tests;
mod template;
#[cfg(test)]
mod tests;
mod wrap;

pub use mailer::{Inbox, Mailer, ReceivedMail};
pub use message::OutgoingMail;
pub use template::{MailContext, MailTemplate, protect_whitespace};

/// The reason why an email was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// No email can be sent: the mail server or the outbox cannot be reached.
    #[error("{0}")]
    Unreachable(String),
    /// No email can be sent: the mail server responds, but accepts none from this installation. It
    /// rejects the credentials, does not offer what the settings require (TLS, a way to sign in),
    /// or is about to close the connection.
    #[error("{0}")]
    Refused(String),
    /// The server rejected this email temporarily.
    #[error("{0}")]
    Temporary(String),
    /// The server rejected this email permanently.
    #[error("{0}")]
    Permanent(String),
    /// This email can never be sent, and was not passed to the server: it cannot be composed or
    /// encoded, or an address is not valid.
    #[error("{0}")]
    Invalid(String),
}

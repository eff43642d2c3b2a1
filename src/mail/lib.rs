//! Mails: what they say, and how they leave.
//!
//! One file and one folder of templates a mail ([`welcome`], [`new_password`], [`password_reset`],
//! [`password_changed`], [`email_changed`]); each is composed for somebody ([`Head`]) in his
//! language, as HTML and as plain text. The [`Mailer`] hands it to a mail server, or writes it into
//! the outbox where there is none.

pub mod email_changed;
mod exact;
mod letter;
pub mod login_names;
mod mailer;
mod message;
pub mod new_password;
mod outbox;
pub mod own;
pub mod password_changed;
pub mod password_reset;
#[cfg(test)]
mod smtp_tests;
#[cfg(test)]
mod tests;
pub mod welcome;
mod wrap;

pub use letter::{Head, Letter, in_text};
pub use mailer::{Inbox, Mailer, ReceivedMail};
pub use message::OutgoingMail;

/// A mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// No mail leaves: the server cannot be reached, or does not let us in.
    #[error("{0}")]
    Unreachable(String),
    /// This one may go later, says the server.
    #[error("{0}")]
    Temporary(String),
    /// It will never go as it is.
    #[error("{0}")]
    Permanent(String),
}

impl MailError {
    /// Whether there is no use in trying again.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        matches!(self, Self::Permanent(_))
    }
}

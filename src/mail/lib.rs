//! Mails: what they say, and how they leave.
//!
//! Each of the [mails](kinds) is composed for its recipient ([`Head`]) in their language, as HTML and
//! as plain text. The [`Mailer`] hands it to a mail server, or writes it into
//! the outbox where there is none.

mod exact;
pub mod kinds;
mod letter;
mod mailer;
mod message;
mod outbox;
#[cfg(test)]
mod smtp_tests;
#[cfg(test)]
mod tests;
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

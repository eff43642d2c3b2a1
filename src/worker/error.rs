//! Errors of jobs.

use anyhow::anyhow;
use files::homes::HomeError;
use mail::MailError;
use services::ServiceError;
use services::mysql_servers::RemoteError;
use tokio::task::JoinError;

/// The reason why a job failed. Admins read the text; it never contains a secret.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// A later attempt may succeed.
    #[error(transparent)]
    Retry(anyhow::Error),
    /// An admin has to act before another attempt.
    #[error("{0:#}")]
    GiveUp(anyhow::Error),
    #[error("the worker is stopping")]
    Interrupted,
}

impl From<ServiceError> for JobError {
    fn from(error: ServiceError) -> Self {
        Self::Retry(match error {
            ServiceError::Db(error) => anyhow::Error::new(error).context("The database failed"),
            error => error.into(),
        })
    }
}

impl From<JoinError> for JobError {
    fn from(error: JoinError) -> Self {
        Self::Retry(anyhow!("The program failed ({error})"))
    }
}

impl From<RemoteError> for JobError {
    fn from(error: RemoteError) -> Self {
        match error {
            RemoteError::Retry(error) => Self::Retry(error),
            RemoteError::GiveUp(error) => Self::GiveUp(error),
            RemoteError::Interrupted => Self::Interrupted,
            RemoteError::Service(error) => error.into(),
        }
    }
}

impl From<HomeError> for JobError {
    fn from(error: HomeError) -> Self {
        match error {
            HomeError::Refused(_) => Self::GiveUp(error.into()),
            HomeError::Failed { .. } => Self::Retry(error.into()),
            HomeError::Stopped => Self::Interrupted,
        }
    }
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        let text = mail_error_text(&error);
        match error {
            MailError::Unreachable(_) | MailError::Refused(_) | MailError::Temporary(_) => {
                Self::Retry(anyhow!(text))
            }
            MailError::Permanent(_) | MailError::Invalid(_) => Self::GiveUp(anyhow!(text)),
        }
    }
}

/// Returns the text that admins read about an email that was not sent.
pub(super) fn mail_error_text(error: &MailError) -> String {
    match error {
        MailError::Unreachable(text) => unreachable_text(text),
        MailError::Refused(text) => format!("The mail server does not accept emails: {text}"),
        MailError::Temporary(text) => format!("The email could not be sent: {text}"),
        MailError::Permanent(text) => format!("The email was rejected: {text}"),
        MailError::Invalid(text) => format!("The email cannot be sent: {text}"),
    }
}

/// Returns the text for a mail server that was not reached. Only the texts of such errors are
/// searched for words: a response of the server may contain the same words.
fn unreachable_text(text: &str) -> String {
    let lower = text.to_lowercase();
    match ["connection refused", "timed out", "timeout", "dns", "lookup", "unreachable"]
        .into_iter()
        .find(|word| lower.contains(word))
    {
        Some("connection refused") => {
            "The mail server does not respond (connection refused)".to_owned()
        }
        Some("timed out" | "timeout") => {
            "The mail server does not respond (no response in time)".to_owned()
        }
        Some(_) => format!("The mail server cannot be found: {text}"),
        None => format!("The email could not be sent: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_errors_have_readable_texts() {
        let unreachable = "Connection error: Connection refused (os error 111)";
        let late = "network error: timed out";
        let unknown = "Connection error: failed to lookup address information: Name not known";
        let full = "transient error (451): 4.3.0 Temporary lookup failure";
        let password = "permanent error (535): 5.7.8 DNS lookup of your account failed";
        let nobody = "permanent error (550): no such user";
        let long = "internal client error: server does not support SMTPUTF8";
        for (error, gives_up, text) in [
            (
                MailError::Unreachable(unreachable.to_owned()),
                false,
                "The mail server does not respond (connection refused)".to_owned(),
            ),
            (
                MailError::Unreachable(late.to_owned()),
                false,
                "The mail server does not respond (no response in time)".to_owned(),
            ),
            (
                MailError::Unreachable(unknown.to_owned()),
                false,
                format!("The mail server cannot be found: {unknown}"),
            ),
            (
                MailError::Refused(password.to_owned()),
                false,
                format!("The mail server does not accept emails: {password}"),
            ),
            (
                MailError::Temporary(full.to_owned()),
                false,
                format!("The email could not be sent: {full}"),
            ),
            (
                MailError::Permanent(nobody.to_owned()),
                true,
                format!("The email was rejected: {nobody}"),
            ),
            (
                MailError::Invalid(long.to_owned()),
                true,
                format!("The email cannot be sent: {long}"),
            ),
        ] {
            let error = JobError::from(error);
            assert_eq!(error.to_string(), text);
            assert_eq!(matches!(error, JobError::GiveUp(_)), gives_up, "{text}");
        }
    }
}

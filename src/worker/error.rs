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
    fn from(panic: JoinError) -> Self {
        Self::Retry(anyhow!("The program failed ({panic})"))
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
        match error {
            MailError::Unreachable(text) | MailError::Temporary(text) => {
                Self::Retry(anyhow!(readable(&text)))
            }
            MailError::Permanent(text) | MailError::Invalid(text) => {
                Self::GiveUp(anyhow!("The email was rejected: {text}"))
            }
        }
    }
}

/// Returns the text that admins read when the mail server fails.
pub(super) fn readable(text: &str) -> String {
    let lower = text.to_lowercase();
    match ["connection refused", "timed out", "timeout", "dns", "lookup", "unreachable"]
        .into_iter()
        .find(|sign| lower.contains(sign))
    {
        Some("connection refused") => {
            "The mail server does not answer (connection refused)".to_owned()
        }
        Some("timed out" | "timeout") => {
            "The mail server does not answer (no response in time)".to_owned()
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
        let temporary =
            |text: &str| JobError::from(MailError::Temporary(text.to_owned())).to_string();
        let refused = "Connection error: Connection refused (os error 111)";
        assert_eq!(temporary(refused), "The mail server does not answer (connection refused)");
        assert_eq!(
            temporary("network error: timed out"),
            "The mail server does not answer (no response in time)"
        );
        assert_eq!(
            temporary("transient error (451): later"),
            "The email could not be sent: transient error (451): later"
        );
        let permanent =
            JobError::from(MailError::Permanent("permanent error (550): no such user".to_owned()));
        assert!(matches!(permanent, JobError::GiveUp(_)));
        assert_eq!(
            permanent.to_string(),
            "The email was rejected: permanent error (550): no such user"
        );
    }
}

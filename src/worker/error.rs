//! Why a job did not end well.

use anyhow::anyhow;
use files::homes::HomeError;
use mail::MailError;
use services::ServiceError;
use services::mysql_servers::RemoteError;

/// Why a job did not end well. The text is read by admins, and never holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may do better later.
    #[error(transparent)]
    TryAgain(anyhow::Error),
    /// There is no use in trying again before somebody has looked.
    #[error("{0:#}")]
    GiveUp(anyhow::Error),
    /// The worker is stopping.
    #[error("the worker is stopping")]
    Interrupted,
}

impl From<ServiceError> for JobError {
    fn from(error: ServiceError) -> Self {
        Self::TryAgain(match error {
            ServiceError::Db(error) => anyhow::Error::new(error).context("The database failed"),
            error => error.into(),
        })
    }
}

impl From<RemoteError> for JobError {
    fn from(error: RemoteError) -> Self {
        match error {
            RemoteError::Retry(error) => Self::TryAgain(error),
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
            HomeError::Failed { .. } => Self::TryAgain(error.into()),
            HomeError::Stopped => Self::Interrupted,
        }
    }
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Unreachable(text) | MailError::Temporary(text) => {
                Self::TryAgain(anyhow!(readable(&text)))
            }
            MailError::Permanent(text) => Self::GiveUp(anyhow!("The mail is refused: {text}")),
        }
    }
}

/// What admins read when the mail server fails.
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
            "The mail server does not answer (no answer in time)".to_owned()
        }
        Some(_) => format!("The mail server cannot be found: {text}"),
        None => format!("The mail could not be sent: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admins_read_what_is_wrong() {
        let temporary =
            |text: &str| JobError::from(MailError::Temporary(text.to_owned())).to_string();
        let refused = "Connection error: Connection refused (os error 111)";
        assert_eq!(temporary(refused), "The mail server does not answer (connection refused)");
        assert_eq!(
            temporary("network error: timed out"),
            "The mail server does not answer (no answer in time)"
        );
        assert_eq!(
            temporary("transient error (451): later"),
            "The mail could not be sent: transient error (451): later"
        );
        let permanent =
            JobError::from(MailError::Permanent("permanent error (550): no such user".to_owned()));
        assert!(matches!(permanent, JobError::GiveUp(_)));
        assert_eq!(
            permanent.to_string(),
            "The mail is refused: permanent error (550): no such user"
        );
    }
}

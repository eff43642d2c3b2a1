//! From a row to the job it is.

use super::attempt::Bench;
use super::homes::HomeError;
use super::{create_home, drop_mysql_databases, imports, measure_usage, outward, remove_home, send_email_changed, send_login_names};
use super::{
    send_new_password, send_password_changed, send_password_reset, send_welcome, set_home_quota, sync_mysql_account, sync_mysql_server,
};
use anyhow::anyhow;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::DbError;
use db::jobs::JobRow;
use db::mysql_admin::{ServerError, Unquotable};
use domain::secret::Secret;
use mail::MailError;
use services::ServiceError;
use services::jobs::Job;

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

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::TryAgain(anyhow::Error::new(error).context("The database failed"))
    }
}

impl From<ServiceError> for JobError {
    fn from(error: ServiceError) -> Self {
        Self::TryAgain(error.into())
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

impl From<ServerError> for JobError {
    fn from(error: ServerError) -> Self {
        match error {
            ServerError::Unreachable(_) => Self::TryAgain(anyhow::Error::new(error).context("The MySQL server cannot be reached")),
            ServerError::Refused(_) => Self::TryAgain(anyhow::Error::new(error).context("The MySQL server refused")),
            ServerError::Unquotable(_) => Self::GiveUp(error.into()),
        }
    }
}

impl From<Unquotable> for JobError {
    fn from(error: Unquotable) -> Self {
        Self::GiveUp(error.into())
    }
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Unreachable(text) | MailError::Temporary(text) => Self::TryAgain(anyhow!(readable(&text))),
            MailError::Permanent(text) => Self::GiveUp(anyhow!("The mail is refused: {text}")),
        }
    }
}

/// What admins read when the mail server fails.
pub(super) fn readable(text: &str) -> String {
    let lower = text.to_lowercase();
    match ["connection refused", "timed out", "timeout", "dns", "lookup", "unreachable"].into_iter().find(|sign| lower.contains(sign)) {
        Some("connection refused") => "The mail server does not answer (connection refused)".to_owned(),
        Some("timed out" | "timeout") => "The mail server does not answer (no answer in time)".to_owned(),
        Some(_) => format!("The mail server cannot be found: {text}"),
        None => format!("The mail could not be sent: {text}"),
    }
}

/// Runs the job of a row.
pub(super) async fn run(bench: &Bench, row: &JobRow) -> Result<(), JobError> {
    let job: Job = serde_json::from_str(&row.payload).map_err(|error| JobError::GiveUp(anyhow!("The job cannot be read: {error}")))?;
    if job.kind() != row.kind {
        return Err(JobError::GiveUp(anyhow!("The job says it is {}, and its row says {}", job.kind(), row.kind)));
    }
    match &job {
        Job::CreateHome { customer, login_name, guid, default_index } => {
            create_home::run(bench, *customer, login_name, *guid, *default_index).await
        }
        Job::RemoveHome { login_name, .. } => remove_home::run(bench, row, login_name).await,
        Job::SendWelcome { customer } => send_welcome::run(bench, row, *customer, secret(bench, row, &job)?).await,
        Job::SendNewPassword { customer } => send_new_password::run(bench, row, *customer, secret(bench, row, &job)?).await,
        Job::SendPasswordReset { login } => send_password_reset::run(bench, row, *login, &secret(bench, row, &job)?).await,
        Job::SendPasswordChanged { login } => send_password_changed::run(bench, row, *login).await,
        Job::SendLoginNames { to, login } => send_login_names::run(bench, row, to, *login).await,
        Job::SendEmailChanged { login, to, is_new, with_password } => {
            send_email_changed::run(bench, row, *login, to, (*is_new, *with_password)).await
        }
        Job::SyncMysqlAccount { customer, login_name, server } => sync_mysql_account::run(bench, *customer, login_name, *server).await,
        Job::SetHomeQuota { customer } => set_home_quota::run(bench, *customer).await,
        Job::CheckImport { run } => imports::check(bench, *run).await,
        Job::AddImport { run } => imports::add(bench, row, *run).await,
        Job::MeasureUsage => measure_usage::run(bench).await,
        Job::SyncMysqlServer { server } => sync_mysql_server::run(bench, *server).await,
        Job::DropMysqlDatabases { server, databases, .. } => drop_mysql_databases::run(bench, *server, databases).await,
        Job::DeliverWebhook { delivery, .. } => outward::webhook::run(bench, *delivery).await,
        Job::FindHooks { event, .. } => outward::hook::find(bench, *event).await,
        Job::RunHook { delivery, .. } => outward::hook::run(bench, *delivery).await,
    }
}

/// What is sealed beside the job.
fn secret(bench: &Bench, row: &JobRow, job: &Job) -> Result<Secret, JobError> {
    let sealed = row.sealed.as_ref().ok_or_else(|| JobError::GiveUp(anyhow!("What was sealed for this job is gone")))?;
    let opened = STANDARD.decode(sealed).ok().and_then(|sealed| bench.app.env.sealer.open_secret(&job.seal_context(), &sealed).ok());
    opened.ok_or_else(|| JobError::GiveUp(anyhow!("What is sealed for this job cannot be opened: was the secret key replaced?")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admins_read_what_is_wrong() {
        let temporary = |text: &str| JobError::from(MailError::Temporary(text.to_owned())).to_string();
        let refused = "Connection error: Connection refused (os error 111)";
        assert_eq!(temporary(refused), "The mail server does not answer (connection refused)");
        assert_eq!(temporary("network error: timed out"), "The mail server does not answer (no answer in time)");
        assert_eq!(temporary("transient error (451): later"), "The mail could not be sent: transient error (451): later");
        let permanent = JobError::from(MailError::Permanent("permanent error (550): no such user".to_owned()));
        assert!(matches!(permanent, JobError::GiveUp(_)));
        assert_eq!(permanent.to_string(), "The mail is refused: permanent error (550): no such user");
    }
}

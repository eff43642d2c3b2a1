//! Jobs: work that must happen after a commit. Their rows are written in the transaction of the
//! change. The functions fail only if the database does, except where their docs say more.

mod abandon;
pub mod kinds;
mod listing;
mod manage;
pub mod queue;

pub use abandon::AbandonReason;
pub use kinds::{Job, JobKind};
pub use listing::{
    counts, existing_kinds, find_late, find_unfinished, late_threshold, listing, queue_depths,
};
pub use manage::{discard, run_now, run_now_all};

use super::{Command, Outcome, sealed};
use auth::seal::Sealer;
use db::jobs::NewJob;
use domain::customer::Customer;
use domain::id::{CustomerId, JobId};
use domain::secret::Secret;

impl Job {
    /// Returns the order key. Jobs with the same key run one after the other, in the order in which
    /// they were enqueued.
    fn order(&self) -> Option<String> {
        match self {
            Self::FindHooks { customer, .. } => Some(format!("hooks/{customer}")),
            Self::DeliverWebhook { order, .. } | Self::RunHook { order, .. } => order.clone(),
            Self::CreateHome { customer, .. }
            | Self::RemoveHome { customer, .. }
            | Self::SetHomeQuota { customer } => Some(format!("home/{customer}")),
            _ => None,
        }
    }

    const fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::CreateHome { customer, .. }
            | Self::RemoveHome { customer, .. }
            | Self::SendWelcome { customer }
            | Self::SendNewPassword { customer }
            | Self::SetHomeQuota { customer }
            | Self::SyncMysqlAccount { customer, .. }
            | Self::DropMysqlDatabases { customer, .. } => Some(*customer),
            // Resellers see only the jobs of their customers. The last three kinds count as jobs of
            // no customer, because resellers must not see which systems the provider notifies.
            Self::SendPasswordReset { .. }
            | Self::SendPasswordChanged { .. }
            | Self::SendEmailChanged { .. }
            | Self::SendLoginNames { .. }
            | Self::SyncMysqlServer { .. }
            | Self::MeasureUsage
            | Self::CheckImport { .. }
            | Self::AddImport { .. }
            | Self::DeliverWebhook { .. }
            | Self::FindHooks { .. }
            | Self::RunHook { .. } => None,
        }
    }

    /// Returns the context that a secret of this job is sealed with. The secret cannot be opened
    /// for a job of another kind.
    fn seal_context(&self) -> String {
        format!("job/{}", self.kind().name())
    }

    /// Opens the secret that was sealed for this job. Returns `None` if it was sealed with another
    /// key or for another kind.
    #[must_use]
    pub fn open_secret(&self, sealer: &Sealer, stored: &str) -> Option<Secret> {
        sealed::open(sealer, &self.seal_context(), stored)
    }
}

/// Enqueues a job. `subject` names the job for people, such as a login name. A secret is stored
/// sealed, and erased once the job is done.
///
/// # Errors
/// [`ServiceError::Internal`](crate::ServiceError::Internal) if the secret cannot be sealed.
pub async fn enqueue(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<()> {
    enqueue_returning_id(cmd, job, subject, secret).await.map(drop)
}

/// Enqueues a job as [`enqueue`] does, and returns its id.
pub(super) async fn enqueue_returning_id(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<JobId> {
    Ok(db::jobs::enqueue(cmd.tx, new_job(cmd, job, subject, secret)?, cmd.at).await?)
}

/// Enqueues many jobs, each from [`new_job`].
pub(super) async fn enqueue_all(cmd: Command<'_>, new: Vec<NewJob>) -> Outcome<()> {
    Ok(db::jobs::enqueue_all(cmd.tx, new, cmd.at).await?)
}

/// Returns a job to be enqueued, with its secret sealed.
///
/// # Errors
/// If sealing fails.
pub(super) fn new_job(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<NewJob> {
    let seal =
        |secret: &Secret| sealed::seal(&cmd.env.sealer, &job.seal_context(), secret.expose());
    Ok(NewJob {
        kind: job.kind().rules(),
        order: job.order(),
        customer: job.customer(),
        subject: subject.to_owned(),
        payload: serde_json::to_string(job).map_err(anyhow::Error::from)?,
        sealed: secret.map(seal).transpose()?,
    })
}

/// Enqueues a job that reads its target state when it runs. It replaces jobs with the same payload
/// that are queued or were given up.
pub async fn enqueue_replacing(cmd: Command<'_>, job: &Job, subject: &str) -> Outcome<()> {
    let payload = serde_json::to_string(job).map_err(anyhow::Error::from)?;
    db::jobs::delete_superseded(cmd.tx, job.kind().name(), job.customer(), &payload).await?;
    enqueue(cmd, job, subject, None).await
}

/// Deletes the jobs of emails with an outdated password of a customer, unless they are running or
/// done.
pub async fn cancel_password_emails(cmd: Command<'_>, customer: CustomerId) -> Outcome<()> {
    db::jobs::cancel(
        cmd.tx,
        customer,
        &[JobKind::SendWelcome, JobKind::SendNewPassword].map(JobKind::name),
    )
    .await?;
    Ok(())
}

/// Deletes the jobs that a customer who is being deleted no longer needs, unless they are running
/// or done.
pub async fn cancel_for_customer(cmd: Command<'_>, customer: &Customer) -> Outcome<()> {
    db::jobs::cancel(
        cmd.tx,
        customer.id,
        &[
            JobKind::CreateHome,
            JobKind::SetHomeQuota,
            JobKind::SendWelcome,
            JobKind::SendNewPassword,
        ]
        .map(JobKind::name),
    )
    .await?;
    Ok(())
}

//! Jobs: what must happen after a commit. Their rows are written in the transaction of the change.

mod abandon;
pub mod kinds;
mod listing;
mod manage;
pub mod queue;

pub use abandon::Abandoned;
pub use kinds::{Job, JobKind};
pub use listing::{counts, depths, kinds_of, late, listing, open_of, stuck};
pub use manage::{discard, run_now, run_now_all};

use super::{Command, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::jobs::NewJob;
use domain::customer::Customer;
use domain::id::{CustomerId, JobId};
use domain::secret::Secret;

impl Job {
    /// Jobs of one such key run one after the other, in the order in which they were written.
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
            // Whom the provider tells of his customers is his own affair: only those who see all
            // see the last three.
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

    /// With what a secret of this job is bound to when it is sealed: it opens for no other kind.
    #[must_use]
    pub fn seal_context(&self) -> String {
        format!("job/{}", self.kind().name())
    }
}

/// Writes a job; `subject` is what people read of it. A secret is stored sealed, and erased once
/// the job is done.
///
/// # Errors
/// The database's.
pub async fn enqueue(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<()> {
    write(cmd, job, subject, secret).await.map(drop)
}

/// The same; gives the job's id.
///
/// # Errors
/// The database's.
pub(super) async fn write(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<JobId> {
    Ok(db::jobs::enqueue(cmd.tx, new_job(cmd, job, subject, secret)?, cmd.at).await?)
}

/// Writes many jobs, each made by [`new_job`].
///
/// # Errors
/// The database's.
pub(super) async fn enqueue_all(cmd: Command<'_>, new: Vec<NewJob>) -> Outcome<()> {
    Ok(db::jobs::enqueue_all(cmd.tx, new, cmd.at).await?)
}

/// A job to be written, with its secret sealed.
///
/// # Errors
/// That sealing failed.
pub(super) fn new_job(
    cmd: Command<'_>,
    job: &Job,
    subject: &str,
    secret: Option<&Secret>,
) -> Outcome<NewJob> {
    let seal =
        |secret: &Secret| cmd.env.sealer.seal(&job.seal_context(), secret.expose().as_bytes());
    let sealed = secret
        .map(seal)
        .transpose()
        .map_err(anyhow::Error::from)?
        .map(|sealed| STANDARD.encode(sealed));
    Ok(NewJob {
        kind: job.kind().rules(),
        order: job.order(),
        customer: job.customer(),
        subject: subject.to_owned(),
        payload: serde_json::to_string(job).map_err(anyhow::Error::from)?,
        sealed,
    })
}

/// Writes a job that reads for itself what should be, in place of one of the same words that nobody
/// has begun: whatever that one was to see, this one sees too.
///
/// # Errors
/// The database's.
pub async fn enqueue_anew(cmd: Command<'_>, job: &Job, subject: &str) -> Outcome<()> {
    let payload = serde_json::to_string(job).map_err(anyhow::Error::from)?;
    db::jobs::supersede(cmd.tx, job.kind().name(), job.customer(), &payload).await?;
    enqueue(cmd, job, subject, None).await
}

/// Withdraws mails that still wait with a password of a customer which no longer holds.
///
/// # Errors
/// The database's.
pub async fn withdraw_passwords(cmd: Command<'_>, customer: CustomerId) -> Outcome<()> {
    db::jobs::cancel(
        cmd.tx,
        customer,
        &[JobKind::SendWelcome, JobKind::SendNewPassword].map(JobKind::name),
    )
    .await?;
    Ok(())
}

/// Removes what nobody has begun of a customer who goes.
///
/// # Errors
/// The database's.
pub async fn cancel_for(cmd: Command<'_>, customer: &Customer) -> Outcome<()> {
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

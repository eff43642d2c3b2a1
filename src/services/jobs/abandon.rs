//! Jobs that were given up or discarded. Everything that depends on them ends in the same
//! transaction.

use super::{Job, JobKind};
use crate::customers::import::run;
use crate::{Command, Outcome};
use domain::job::StoredJob;

/// The reason why a job will not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbandonReason {
    /// The worker gave it up.
    GivenUp,
    /// A manager discarded it.
    Discarded,
}

/// Gives up a job whose lease the worker holds. Returns whether the worker still held the lease.
pub(super) async fn give_up(
    cmd: Command<'_>,
    row: &StoredJob,
    lease: &str,
    reason: &str,
) -> Outcome<bool> {
    if !db::jobs::give_up(cmd.tx, row.id, lease, reason, cmd.at).await? {
        return Ok(false);
    }
    end_dependents(cmd, row, AbandonReason::GivenUp).await?;
    Ok(true)
}

/// Releases the jobs that wait for this one, and ends everything that depends on it.
pub(super) async fn end_dependents(
    cmd: Command<'_>,
    row: &StoredJob,
    reason: AbandonReason,
) -> Outcome<()> {
    if let Some(order) = &row.order {
        db::jobs::release_followers(cmd.tx, order, row.id, cmd.at).await?;
    }
    match serde_json::from_str::<Job>(&row.payload) {
        Ok(job) => job.end_dependents(cmd, reason).await,
        Err(error) => {
            tracing::warn!(job = row.id.0, kind = row.kind, %error, "abandoned a job with an unreadable payload");
            end_dependents_of_unreadable(cmd, row, reason).await
        }
    }
}

/// Ends what depends on a job whose payload cannot be read. Only an import can be found without the
/// payload.
async fn end_dependents_of_unreadable(
    cmd: Command<'_>,
    row: &StoredJob,
    reason: AbandonReason,
) -> Outcome<()> {
    if [JobKind::CheckImport, JobKind::AddImport].iter().any(|kind| kind.name() == row.kind) {
        // The subject of an import is the login name of the account that uploaded the file.
        run::mark_abandoned_by_login_name(cmd, &row.subject, row.created_at, reason).await
    } else {
        Ok(())
    }
}

impl Job {
    /// Ends everything that depends on this job. The match names every kind, so the author of a new
    /// kind must decide whether anything depends on it.
    async fn end_dependents(&self, cmd: Command<'_>, reason: AbandonReason) -> Outcome<()> {
        match self {
            Self::CheckImport { run } | Self::AddImport { run } => {
                run::mark_abandoned(cmd, *run, reason).await
            }
            // A delivery shows the state of its job.
            Self::DeliverWebhook { .. } | Self::FindHooks { .. } | Self::RunHook { .. }
            // The jobs page lists these jobs until they are done, and can run them again. The
            // customer's page lists those of the customer.
            | Self::CreateHome { .. }
            | Self::RemoveHome { .. }
            | Self::SetHomeQuota { .. }
            | Self::SyncMysqlAccount { .. }
            | Self::SyncMysqlServer { .. }
            | Self::DropMysqlDatabases { .. }
            // Nothing depends on these jobs.
            | Self::SendWelcome { .. }
            | Self::SendNewPassword { .. }
            | Self::SendPasswordReset { .. }
            | Self::SendPasswordChanged { .. }
            | Self::SendEmailChanged { .. }
            | Self::SendLoginNames { .. }
            | Self::MeasureUsage => Ok(()),
        }
    }
}

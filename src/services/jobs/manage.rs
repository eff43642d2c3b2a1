//! Trying a job again, or dropping it.

use super::abandon::{Abandoned, abandoned};
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Noun, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::id::JobId;
use domain::job::StoredJob;
use serde_json::json;

/// Lets a waiting or failed job run now.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such job to be run.
pub async fn run_now(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    let job = find(cmd, by, id).await?;
    if !db::jobs::run_now(cmd.tx, id, cmd.at).await? {
        return Err(ServiceError::NotFound(Noun::Job));
    }
    note(cmd, by, &job, Action::JobRunNow).await?;
    Ok(job)
}

/// Lets every failed job of one kind run now; gives how many that were.
///
/// # Errors
/// The database's.
pub async fn run_now_all(cmd: Command<'_>, by: &Manager, kind: &str) -> Outcome<u64> {
    let count = db::jobs::run_now_all(cmd.tx, by.scope(), kind, cmd.at).await?;
    if count > 0 {
        let target = Target::system(kind);
        let change = Change {
            action: Action::JobAllRunNow,
            before: None,
            after: Some(json!({ "jobs": count })),
        };
        audit::record(cmd, &Actor::Manager(by.clone()), &target, change).await?;
    }
    Ok(count)
}

/// Drops a waiting or failed job, with what it holds sealed.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such job to be dropped.
pub async fn discard(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    let job = find(cmd, by, id).await?;
    if !db::jobs::discard(cmd.tx, id).await? {
        return Err(ServiceError::NotFound(Noun::Job));
    }
    abandoned(cmd, &job, Abandoned::Discarded).await?;
    note(cmd, by, &job, Action::JobDiscarded).await?;
    Ok(job)
}

async fn find(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    db::jobs::find(cmd.tx, by.scope(), id).await?.ok_or(ServiceError::NotFound(Noun::Job))
}

async fn note(cmd: Command<'_>, by: &Manager, job: &StoredJob, action: Action) -> Outcome<()> {
    let target =
        Target::other("job", job.id.0, &format!("{} {}", job.kind, job.subject), Some(by.id()));
    audit::record(cmd, &Actor::Manager(by.clone()), &target, Change::of(action)).await
}

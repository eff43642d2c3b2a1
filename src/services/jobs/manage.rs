//! Commands of managers that run jobs now or discard them.

use super::abandon::{AbandonReason, end_dependents};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Noun, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::id::JobId;
use domain::job::{JobState, StoredJob};
use domain::validation::{ErrorCode, ValidationError};
use serde_json::json;

/// Makes a waiting or failed job due now.
///
/// # Errors
/// [`ServiceError::NotFound`] if there is no such job in the manager's scope;
/// [`ServiceError::Refused`] with `job-running` or `job-done` if it is running or done, or with
/// `busy` if a worker has just ended its attempt.
pub async fn run_now(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    let job = find(cmd, by, id).await?;
    if !db::jobs::run_now(cmd.tx, id, cmd.at).await? {
        return Err(refusal(cmd, by, id).await);
    }
    record(cmd, by, &job, Action::JobRunNow).await?;
    Ok(job)
}

/// Makes every failed job of one kind in the manager's scope due now. Returns their number.
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

/// Discards a waiting or failed job together with its sealed secret.
///
/// # Errors
/// [`ServiceError::NotFound`] if there is no such job in the manager's scope;
/// [`ServiceError::Refused`] with `job-running` or `job-done` if it is running or done, or with
/// `busy` if a worker has just ended its attempt.
pub async fn discard(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    let job = find(cmd, by, id).await?;
    if !db::jobs::discard(cmd.tx, id).await? {
        return Err(refusal(cmd, by, id).await);
    }
    end_dependents(cmd, &job, AbandonReason::Discarded).await?;
    record(cmd, by, &job, Action::JobDiscarded).await?;
    Ok(job)
}

async fn find(cmd: Command<'_>, by: &Manager, id: JobId) -> Outcome<StoredJob> {
    db::jobs::find(cmd.tx, by.scope(), id).await?.ok_or(ServiceError::NotFound(Noun::Job))
}

/// Returns the reason why a job that is neither waiting nor failed cannot be changed.
async fn refusal(cmd: Command<'_>, by: &Manager, id: JobId) -> ServiceError {
    let code = match find(cmd, by, id).await.map(|job| job.state) {
        Ok(JobState::Running) => ErrorCode::JobRunning,
        Ok(JobState::Done) => ErrorCode::JobDone,
        // Its worker has just ended the attempt.
        Ok(JobState::Waiting | JobState::Failed) => ErrorCode::Busy,
        Err(error) => return error,
    };
    ServiceError::Refused(ValidationError::new(code))
}

async fn record(cmd: Command<'_>, by: &Manager, job: &StoredJob, action: Action) -> Outcome<()> {
    let target = Target::other(
        TargetKind::Job,
        job.id.0,
        &format!("{} {}", job.kind, job.subject),
        Some(by.id()),
    );
    audit::record(cmd, &Actor::Manager(by.clone()), &target, Change::of(action)).await
}

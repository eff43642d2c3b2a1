//! One attempt at a job: extends the lease while the job runs, and records the result.

use super::context::{JobContext, Lease};
use super::error::JobError;
use super::run;
use domain::job::StoredJob;
use services::Outcome;
use services::jobs::queue::{self, AttemptResult, MAX_ATTEMPTS};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout_at};

/// Interval between two extensions of the lease while the job runs.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Maximum time between two extensions of the lease. Afterwards, the lease counts as lost: the job
/// is dropped before another worker may begin it.
const LEASE_TIMEOUT: Duration = Duration::from_secs(50);
/// Maximum length of a stored reason, in bytes.
const MAX_REASON: usize = 500;

/// Runs a claimed job and records the result.
pub(super) async fn perform(context: &JobContext, row: StoredJob, lease: &str) {
    let result = if row.attempts > MAX_ATTEMPTS {
        Some(AttemptResult::GiveUp(format!(
            "The job was started {} times and never finished; see the log of the worker",
            row.attempts - 1
        )))
    } else {
        attempt(context, &row, lease).await
    };
    let Some(result) = result else {
        tracing::warn!(
            job = row.id.0,
            kind = row.kind,
            "the lease was lost; another worker may have the job"
        );
        return;
    };
    match &result {
        AttemptResult::Done => {
            tracing::info!(job = row.id.0, kind = row.kind, subject = row.subject, "done");
        }
        AttemptResult::Retry(reason) => tracing::warn!(
            job = row.id.0,
            kind = row.kind,
            attempt = row.attempts,
            reason,
            "failed"
        ),
        AttemptResult::GiveUp(reason) => tracing::error!(
            job = row.id.0,
            kind = row.kind,
            attempt = row.attempts,
            reason,
            "given up"
        ),
        AttemptResult::Interrupted => {
            tracing::info!(job = row.id.0, kind = row.kind, "returned to the queue");
        }
    }
    record(context, &row, lease, &result).await;
}

/// Runs a job. Returns `None` if the lease was lost: another worker may have the job and record its
/// result.
async fn attempt(context: &JobContext, row: &StoredJob, lease: &str) -> Option<AttemptResult> {
    // The job is a task of its own, so that a panic ends this job only. Dropping the set aborts the
    // task.
    let mut running = JoinSet::new();
    let is_long = Arc::new(AtomicBool::new(false));
    let job_context = JobContext {
        lease: Lease { token: lease.to_owned(), is_long: is_long.clone() },
        ..context.clone()
    };
    let job = row.clone();
    running.spawn_local(async move { run::run(&job_context, &job).await });
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut lease_deadline = Instant::now() + LEASE_TIMEOUT;
    loop {
        tokio::select! {
            Some(outcome) = running.join_next() => {
                let outcome = outcome.map_err(JobError::from).flatten();
                return Some(classify(outcome, row.attempts));
            }
            () = context.aborted.cancelled() => return Some(AttemptResult::Interrupted),
            () = sleep_until(lease_deadline) => {
                if !is_long.load(Ordering::Relaxed) {
                    return None;
                }
                lease_deadline = Instant::now() + LEASE_TIMEOUT;
            }
            ticked_at = heartbeat.tick() => match timeout_at(lease_deadline, send_heartbeat(context, row, lease, &is_long)).await {
                Ok(Ok(true)) => lease_deadline = ticked_at + LEASE_TIMEOUT,
                // The job began its long transaction while the heartbeat waited for the database.
                Err(_) if is_long.load(Ordering::Relaxed) => {}
                Ok(Ok(false)) | Err(_) => return None,
                Ok(Err(error)) => tracing::warn!(job = row.id.0, %error, "the lease could not be extended"),
            },
        }
    }
}

/// Extends the lease, unless it was extended for a long transaction. Returns whether the worker
/// still holds it.
async fn send_heartbeat(
    context: &JobContext,
    row: &StoredJob,
    lease: &str,
    is_long: &AtomicBool,
) -> Outcome<bool> {
    if is_long.load(Ordering::Relaxed) {
        Ok(true)
    } else {
        queue::extend_lease(&context.app, row.id, lease).await
    }
}

/// Maps the outcome of the job to the result of the attempt. The last attempt is not retried.
fn classify(outcome: Result<(), JobError>, attempts: u32) -> AttemptResult {
    match outcome {
        Ok(()) => AttemptResult::Done,
        Err(JobError::Interrupted) => AttemptResult::Interrupted,
        Err(JobError::Retry(error)) if attempts < MAX_ATTEMPTS => {
            AttemptResult::Retry(reason(&error))
        }
        Err(JobError::Retry(error) | JobError::GiveUp(error)) => {
            AttemptResult::GiveUp(reason(&error))
        }
    }
}

/// Returns the error text for admins: one line of limited length.
fn reason(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() > MAX_REASON {
        line.truncate(line.floor_char_boundary(MAX_REASON));
        line.push('…');
    }
    line
}

/// Records the result. A failed write is retried twice. If it fails again, the lease expires and
/// the job runs once more.
async fn record(context: &JobContext, row: &StoredJob, lease: &str, result: &AttemptResult) {
    for pause in [Duration::from_millis(200), Duration::from_secs(2), Duration::ZERO] {
        match queue::end(&context.app, row, lease, result).await {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!(job = row.id.0, "the result was not recorded: the lease was lost");
                return;
            }
            Err(error) => {
                tracing::warn!(job = row.id.0, %error, "the result could not be recorded");
            }
        }
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_one_line_of_limited_length() {
        let error = anyhow::anyhow!("inner\nline").context("ü".repeat(600));
        let reason = reason(&error);
        assert!(reason.len() <= MAX_REASON + 3 && !reason.contains('\n'));
        assert_eq!(super::reason(&anyhow::anyhow!("a\n b").context("c")), "c: a b");
    }
}

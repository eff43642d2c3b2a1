//! One attempt at a job: the lease is kept alive while it runs, and how it ended is noted.

use super::context::{JobContext, Lease};
use super::error::JobError;
use super::run;
use domain::job::StoredJob;
use services::Outcome;
use services::jobs::queue::{self, Ending, MAX_ATTEMPTS};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout_at};

/// How often the lease is prolonged meanwhile.
const BEAT: Duration = Duration::from_secs(20);
/// A lease that could not be prolonged for so long is as good as lost: the job is left before
/// somebody else may begin it.
const HOLD: Duration = Duration::from_secs(50);
/// Longest reason that is kept.
const REASON: usize = 500;

enum Ended {
    Done,
    TryAgain(String),
    GiveUp(String),
    HandBack,
    /// Somebody else has the job by now.
    Lost,
}

/// Runs a claimed job, and notes how it ended.
pub(super) async fn perform(context: &JobContext, row: StoredJob, lease: &str) {
    let ended = if row.attempts > MAX_ATTEMPTS {
        Ended::GiveUp(format!(
            "It was begun {} times and never ended; the log of the worker may tell why",
            row.attempts - 1
        ))
    } else {
        attempt(context, &row, lease).await
    };
    match &ended {
        Ended::Done => {
            tracing::info!(job = row.id.0, kind = row.kind, subject = row.subject, "done");
        }
        Ended::TryAgain(reason) => tracing::warn!(
            job = row.id.0,
            kind = row.kind,
            attempt = row.attempts,
            reason,
            "failed"
        ),
        Ended::GiveUp(reason) => tracing::error!(
            job = row.id.0,
            kind = row.kind,
            attempt = row.attempts,
            reason,
            "given up"
        ),
        Ended::HandBack => tracing::info!(job = row.id.0, kind = row.kind, "handed back"),
        Ended::Lost => tracing::warn!(
            job = row.id.0,
            kind = row.kind,
            "its lease ran out; somebody else has it"
        ),
    }
    note(context, &row, lease, &ended).await;
}

async fn attempt(context: &JobContext, row: &StoredJob, lease: &str) -> Ended {
    // A task of its own, so that a panic ends this job and nothing else; dropping the set aborts
    // it.
    let mut running = JoinSet::new();
    let is_long = Arc::new(AtomicBool::new(false));
    let own = JobContext {
        lease: Lease { token: lease.to_owned(), is_long: is_long.clone() },
        ..context.clone()
    };
    let job = row.clone();
    running.spawn_local(async move { run::run(&own, &job).await });
    let mut beat = interval_at(Instant::now() + BEAT, BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut holds_until = Instant::now() + HOLD;
    loop {
        tokio::select! {
            Some(outcome) = running.join_next() => return match outcome {
                Ok(Ok(())) => Ended::Done,
                Ok(Err(error)) => ended_by(error, row.attempts),
                Err(panic) => ended_by(JobError::TryAgain(anyhow::anyhow!("The program failed ({panic})")), row.attempts),
            },
            () = context.over.cancelled() => return Ended::HandBack,
            () = sleep_until(holds_until) => {
                if !is_long.load(Ordering::Relaxed) {
                    return Ended::Lost;
                }
                holds_until = Instant::now() + HOLD;
            }
            begun = beat.tick() => match timeout_at(holds_until, beat_once(context, row, lease, &is_long)).await {
                Ok(Ok(true)) => holds_until = begun + HOLD,
                // It began its long transaction while the heartbeat waited for the database.
                Err(_) if is_long.load(Ordering::Relaxed) => {}
                Ok(Ok(false)) | Err(_) => return Ended::Lost,
                Ok(Err(error)) => tracing::warn!(job = row.id.0, %error, "the lease could not be prolonged"),
            },
        }
    }
}

/// Prolongs the lease, unless that was done for long.
async fn beat_once(
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

fn ended_by(error: JobError, attempts: u32) -> Ended {
    match error {
        JobError::Interrupted => Ended::HandBack,
        JobError::GiveUp(error) => Ended::GiveUp(reason(&error)),
        JobError::TryAgain(error) if attempts >= MAX_ATTEMPTS => Ended::GiveUp(reason(&error)),
        JobError::TryAgain(error) => Ended::TryAgain(reason(&error)),
    }
}

/// The error as admins read it: one line, not too long.
fn reason(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() > REASON {
        line.truncate(line.floor_char_boundary(REASON));
        line.push('…');
    }
    line
}

/// A note that cannot be written is tried again a few times; after that the lease runs out, and the
/// job is run once more.
async fn note(context: &JobContext, row: &StoredJob, lease: &str, ended: &Ended) {
    for wait in [Duration::from_millis(200), Duration::from_secs(2), Duration::ZERO] {
        match write(context, row, lease, ended).await {
            Ok(true) => return,
            Ok(false) => {
                if !matches!(ended, Ended::Lost) {
                    tracing::warn!(
                        job = row.id.0,
                        "how it ended was not noted: its lease had run out"
                    );
                }
                return;
            }
            Err(error) => tracing::warn!(job = row.id.0, %error, "how it ended could not be noted"),
        }
        tokio::time::sleep(wait).await;
    }
}

async fn write(context: &JobContext, row: &StoredJob, lease: &str, ended: &Ended) -> Outcome<bool> {
    let ending = match ended {
        Ended::Done => Ending::Done,
        Ended::TryAgain(reason) => Ending::Retry(reason),
        Ended::GiveUp(reason) => Ending::GiveUp(reason),
        Ended::HandBack => Ending::HandBack,
        // Another worker has the job: there is nothing to note.
        Ended::Lost => return Ok(false),
    };
    queue::end(&context.app, row, lease, ending).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_one_line_and_not_too_long() {
        let error = anyhow::anyhow!("inner\nline").context("ü".repeat(600));
        let reason = reason(&error);
        assert!(reason.len() <= REASON + 3 && !reason.contains('\n'));
        assert_eq!(super::reason(&anyhow::anyhow!("a\n b").context("c")), "c: a b");
    }
}

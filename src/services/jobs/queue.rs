//! The queue as workers use it: a worker claims a job by a lease, extends the lease while the job
//! runs, and ends the job. The functions fail only if the database does.

use super::abandon::give_up;
use crate::app::App;
use crate::{Command, Origin, Outcome};
use db::jobs::ClaimFilter;
use db::{DbError, Tx};
use domain::clock::later;
use domain::id::JobId;
use domain::job::{KindRules, StoredJob};
use domain::random::{RandomSource, hex_token, random_below};
use jiff::SignedDuration;

/// Duration of a lease after the job was claimed, or after the lease was extended.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Duration of a lease after it was extended for a long transaction.
const LONG_LEASE: SignedDuration = SignedDuration::from_mins(15);
/// Number of random bytes in a lease token.
const TOKEN_BYTES: usize = 16;
/// Pauses after the first, second … failure, in seconds. The last one repeats.
const PAUSES: [u32; 6] = [10, 30, 120, 600, 3600, 21_600];
/// Number of attempts after which a job is given up. Together, they take about two days.
pub const MAX_ATTEMPTS: u32 = 14;

/// The result of an attempt.
#[derive(Clone, Debug)]
pub enum AttemptResult {
    Done,
    /// The attempt failed for this reason; the job is retried after a pause.
    Retry(String),
    /// The job is given up for this reason.
    GiveUp(String),
    /// The attempt was interrupted and does not count.
    Interrupted,
}

/// Claims the next due job of these kinds. Returns the job with its lease token.
pub async fn claim(
    app: &App,
    kinds: &[&'static KindRules],
) -> Outcome<Option<(StoredJob, String)>> {
    let (now, reader) = (app.env.clock.now(), app.db.reader());
    let skip_locked = app.db.skips_locked().await?;
    let filter = ClaimFilter { kinds, now, skip_locked };
    // Usually no job is due. A read outside a transaction is enough to see that.
    if !db::jobs::has_due_job(&reader, filter).await? {
        return Ok(None);
    }
    let token = hex_token(app.env.random.as_ref(), TOKEN_BYTES);
    let claim = async |tx: &Tx| db::jobs::claim(tx, filter, &token, later(now, LEASE)).await;
    let claimed = app.db.write(claim).await?;
    Ok(claimed.map(|job| (job, token)))
}

/// Extends the lease of a running job. Returns whether the worker still held the lease.
pub async fn extend_lease(app: &App, job: JobId, token: &str) -> Outcome<bool> {
    extend(app, job, token, LEASE).await
}

/// Extends the lease of a running job for a transaction of up to 15 minutes. Returns whether the
/// worker still held the lease.
pub async fn extend_lease_for_transaction(app: &App, job: JobId, token: &str) -> Outcome<bool> {
    extend(app, job, token, LONG_LEASE).await
}

async fn extend(app: &App, job: JobId, token: &str, duration: SignedDuration) -> Outcome<bool> {
    let ends_at = later(app.env.clock.now(), duration);
    Ok(app.db.write(async |tx: &Tx| db::jobs::extend_lease(tx, job, token, ends_at).await).await?)
}

/// Ends an attempt. Returns whether the worker still held the lease. Jobs with the same order key
/// wait while the job is retried, and may run when it is done or given up.
pub async fn end(app: &App, job: &StoredJob, token: &str, result: &AttemptResult) -> Outcome<bool> {
    let (id, now) = (job.id, app.env.clock.now());
    let held = match result {
        AttemptResult::Done => {
            let done = async |tx: &Tx| {
                let held = db::jobs::mark_done(tx, id, token, now).await?;
                if held && let Some(order) = &job.order {
                    db::jobs::release_followers(tx, order, id, now).await?;
                }
                Ok(held)
            };
            app.db.write::<_, DbError>(done).await?
        }
        AttemptResult::Retry(reason) => {
            let retry_at = later(now, pause(job.attempts, app.env.random.as_ref()));
            let retry = async |tx: &Tx| {
                let held = db::jobs::retry(tx, id, token, reason, retry_at).await?;
                if held && let Some(order) = &job.order {
                    db::jobs::delay_followers(tx, order, id, retry_at).await?;
                }
                Ok(held)
            };
            app.db.write::<_, DbError>(retry).await?
        }
        AttemptResult::GiveUp(reason) => {
            let give_up = async |cmd: Command<'_>| give_up(cmd, job, token, reason).await;
            app.change(&Origin::worker(), give_up).await?
        }
        AttemptResult::Interrupted => {
            app.db.write(async |tx: &Tx| db::jobs::return_to_queue(tx, id, token).await).await?
        }
    };
    Ok(held)
}

/// Returns the pause after this number of attempts. Up to a fifth is added at random, so that jobs
/// that failed together are not retried together.
fn pause(attempts: u32, random: &dyn RandomSource) -> SignedDuration {
    let step = usize::try_from(attempts.max(1) - 1).unwrap_or(usize::MAX).min(PAUSES.len() - 1);
    let seconds = PAUSES[step];
    SignedDuration::from_secs(i64::from(seconds + random_below(random, seconds / 5 + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::random::SeededRandom;

    #[test]
    fn pauses_grow_and_end_after_two_days() {
        let random = SeededRandom::new(1);
        let pauses: Vec<_> =
            (1..MAX_ATTEMPTS).map(|attempt| pause(attempt, &random).as_secs()).collect();
        assert!((10..=12).contains(&pauses[0]) && (30..=36).contains(&pauses[1]), "{pauses:?}");
        assert!(pauses[5..].iter().all(|pause| (21_600..=25_920).contains(pause)));
        let hours = pauses.iter().sum::<i64>() / 3600;
        assert!((48..=60).contains(&hours), "{hours} hours");
    }
}

//! Removes rows that are no longer used.

use super::app::App;
use super::kept_forms::RETENTION;
use super::{Outcome, schedules};
use db::{DbError, Tx};
use domain::job::JobState;
use jiff::SignedDuration;

/// Interval between two removals of old rows.
const EVERY: SignedDuration = SignedDuration::from_mins(10);
/// Retention of submitted forms. During this time, a repeated submission leads to the result of the
/// first.
const SUBMISSIONS: SignedDuration = SignedDuration::from_hours(2 * 24);
/// Retention of the networks and devices of an account's sign-ins.
const SOURCES: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Retention of completed jobs.
const DONE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Retention of jobs and deliveries that were given up. During this time, they can be retried.
/// Their sealed secrets are removed with them.
const FAILED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Retention of an outage without another attempt to reach the system.
const UNTRIED: SignedDuration = SignedDuration::from_hours(24);

/// Removes old rows, unless another worker did so within the last ten minutes.
pub async fn remove_old_rows_when_due(app: &App) -> Outcome<()> {
    if schedules::claim_period(app, "tidy", EVERY).await? {
        remove_old_rows(app).await?;
    }
    Ok(())
}

/// Removes old rows and returns their number.
pub async fn remove_old_rows(app: &App) -> Outcome<u64> {
    let now = app.env.clock.now();
    let ago = |age: SignedDuration| now.checked_sub(age).unwrap_or(jiff::Timestamp::MIN);
    // Each table has its own transaction, so that no table is locked longer than its own rows need.
    let mut rows = remove(app, async |tx| db::sessions::delete_expired(tx, now).await).await?;
    rows += remove(app, async |tx| db::password_resets::delete_expired(tx, now).await).await?;
    rows += remove(app, async |tx| db::imports::delete_expired(tx, now).await).await?;
    rows += remove(app, async |tx| db::import_runs::delete_expired(tx, now).await).await?;
    rows += remove(app, async |tx| db::throttles::delete_expired(tx, now).await).await?;
    rows += remove(app, async |tx| db::kept_forms::delete_before(tx, ago(RETENTION)).await).await?;
    rows +=
        remove(app, async |tx| db::sign_in_sources::delete_before(tx, ago(SOURCES)).await).await?;
    rows +=
        remove(app, async |tx| db::submissions::delete_before(tx, ago(SUBMISSIONS)).await).await?;
    rows += remove(app, async |tx| db::jobs::delete_finished(tx, JobState::Done, ago(DONE)).await)
        .await?;
    rows +=
        remove(app, async |tx| db::jobs::delete_finished(tx, JobState::Failed, ago(FAILED)).await)
            .await?;
    rows += remove(app, async |tx| db::outages::delete_before(tx, ago(UNTRIED)).await).await?;
    rows += remove(app, async |tx| db::deliveries::delete_before(tx, ago(FAILED)).await).await?;
    if rows > 0 {
        tracing::debug!(rows, "old rows removed");
    }
    Ok(rows)
}

async fn remove(app: &App, work: impl AsyncFn(&Tx) -> Result<u64, DbError>) -> Outcome<u64> {
    Ok(app.db.write(work).await?)
}

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
///
/// # Errors
/// The first failure. It is logged like the others, and the rows of the other tables are removed.
pub async fn remove_old_rows(app: &App) -> Outcome<u64> {
    let now = app.env.clock.now();
    let ago = |age: SignedDuration| now.checked_sub(age).unwrap_or(jiff::Timestamp::MIN);
    let mut removal = Removal { app, rows: 0, failure: None };
    removal.of("sessions", async |tx| db::sessions::delete_expired(tx, now).await).await;
    removal
        .of("password resets", async |tx| db::password_resets::delete_expired(tx, now).await)
        .await;
    removal.of("uploaded files", async |tx| db::imports::delete_expired(tx, now).await).await;
    removal.of("imports", async |tx| db::import_runs::delete_expired(tx, now).await).await;
    removal.of("throttles", async |tx| db::throttles::delete_expired(tx, now).await).await;
    removal
        .of("kept forms", async |tx| db::kept_forms::delete_before(tx, ago(RETENTION)).await)
        .await;
    removal
        .of("sign-ins", async |tx| db::sign_in_sources::delete_before(tx, ago(SOURCES)).await)
        .await;
    removal
        .of("submissions", async |tx| db::submissions::delete_before(tx, ago(SUBMISSIONS)).await)
        .await;
    for (what, state, age) in
        [("done jobs", JobState::Done, DONE), ("given-up jobs", JobState::Failed, FAILED)]
    {
        removal.of(what, async |tx| db::jobs::delete_finished(tx, state, ago(age)).await).await;
    }
    removal.of("outages", async |tx| db::outages::delete_before(tx, ago(UNTRIED)).await).await;
    removal.of("deliveries", async |tx| db::deliveries::delete_before(tx, ago(FAILED)).await).await;
    let Removal { rows, failure, .. } = removal;
    if rows > 0 {
        tracing::debug!(rows, "old rows removed");
    }
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(rows),
    }
}

/// A removal of old rows.
struct Removal<'a> {
    app: &'a App,
    rows: u64,
    /// The first failure.
    failure: Option<DbError>,
}

impl Removal<'_> {
    /// Removes the old rows of one table. Each table has its own transaction, so that no table is
    /// locked longer than its own rows need. A failure does not keep the rows of other tables.
    async fn of(&mut self, what: &str, work: impl AsyncFn(&Tx) -> Result<u64, DbError>) {
        match self.app.db.write(work).await {
            Ok(rows) => self.rows += rows,
            Err(error) => {
                tracing::warn!(what, %error, "old rows could not be removed");
                if self.failure.is_none() {
                    self.failure = Some(error);
                }
            }
        }
    }
}

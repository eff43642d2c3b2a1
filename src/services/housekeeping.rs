//! Removes rows that are no longer used.

use super::app::App;
use super::kept_forms::RETENTION;
use super::{Outcome, schedules};
use db::{DbError, Tx};
use domain::job::JobState;
use jiff::SignedDuration;

/// Interval between two removals of old rows.
const INTERVAL: SignedDuration = SignedDuration::from_mins(10);
/// Retention of the tokens of submitted forms. During this time, a repeated submission leads to the
/// result of the first.
const SUBMISSION_RETENTION: SignedDuration = SignedDuration::from_hours(2 * 24);
/// Retention of the networks and devices of an account's sign-ins.
const SOURCE_RETENTION: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Retention of completed jobs.
const DONE_JOB_RETENTION: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Retention of jobs that were given up, and of events with their deliveries. During this time, the
/// jobs can be retried. Their sealed secrets are removed with them.
const FAILED_JOB_RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Retention of an outage after the last failed attempt to reach the system.
const OUTAGE_RETENTION: SignedDuration = SignedDuration::from_hours(24);

/// Removes old rows, unless another worker did so within the last ten minutes.
pub async fn remove_old_rows_when_due(app: &App) -> Outcome<()> {
    if schedules::claim_period(app, "tidy", INTERVAL).await? {
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
    removal.remove_from("sessions", async |tx| db::sessions::delete_expired(tx, now).await).await;
    removal
        .remove_from("password resets", async |tx| {
            db::password_resets::delete_expired(tx, now).await
        })
        .await;
    removal
        .remove_from("uploaded files", async |tx| db::imports::delete_expired(tx, now).await)
        .await;
    removal.remove_from("imports", async |tx| db::import_runs::delete_expired(tx, now).await).await;
    removal.remove_from("throttles", async |tx| db::throttles::delete_expired(tx, now).await).await;
    removal
        .remove_from("kept forms", async |tx| {
            db::kept_forms::delete_before(tx, ago(RETENTION)).await
        })
        .await;
    removal
        .remove_from("sign-ins", async |tx| {
            db::sign_in_sources::delete_before(tx, ago(SOURCE_RETENTION)).await
        })
        .await;
    removal
        .remove_from("submissions", async |tx| {
            db::submissions::delete_before(tx, ago(SUBMISSION_RETENTION)).await
        })
        .await;
    for (what, state, age) in [
        ("completed jobs", JobState::Done, DONE_JOB_RETENTION),
        ("given-up jobs", JobState::Failed, FAILED_JOB_RETENTION),
    ] {
        removal
            .remove_from(what, async |tx| db::jobs::delete_finished(tx, state, ago(age)).await)
            .await;
    }
    removal
        .remove_from("outages", async |tx| {
            db::outages::delete_before(tx, ago(OUTAGE_RETENTION)).await
        })
        .await;
    removal
        .remove_from("deliveries", async |tx| {
            db::deliveries::delete_before(tx, ago(FAILED_JOB_RETENTION)).await
        })
        .await;
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
    /// locked longer than its own rows need. A failure does not prevent the removal of rows of
    /// other tables.
    async fn remove_from(&mut self, what: &str, delete: impl AsyncFn(&Tx) -> Result<u64, DbError>) {
        match self.app.db.write(delete).await {
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

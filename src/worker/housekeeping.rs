//! Removes what nobody needs any more.

use crate::context::later;
use db::jobs::JobState;
use db::{DbError, Tx};
use jiff::SignedDuration;
use services::app::App;
use services::kept_forms::KEPT_FOR;

/// How long sent forms are remembered, so that a second post finds the first one's result.
const SUBMISSIONS: SignedDuration = SignedDuration::from_hours(2 * 24);
/// How long it is known from where an account was signed in to.
const SOURCES: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long jobs can be looked at that were done.
const DONE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long jobs can be tried again that were given up; then what they hold sealed goes too.
const FAILED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What nobody has tried to reach for so long may be there again.
const UNTRIED: SignedDuration = SignedDuration::from_hours(24);

/// Removes it; gives how many rows there were.
pub(super) async fn tidy(app: &App) -> Result<u64, DbError> {
    let now = app.env.clock.now();
    let ago = |age: SignedDuration| later(now, -age);
    // One transaction each: no table waits for the others.
    let mut gone = app.db.write(async |tx: &Tx| db::sessions::forget(tx, now).await).await?;
    gone += app.db.write(async |tx: &Tx| db::password_resets::forget(tx, now).await).await?;
    gone += app.db.write(async |tx: &Tx| db::imports::forget(tx, now).await).await?;
    gone += app.db.write(async |tx: &Tx| db::import_runs::forget(tx, now).await).await?;
    gone += app.db.write(async |tx: &Tx| db::throttles::forget(tx, now).await).await?;
    gone += app.db.write(async |tx: &Tx| db::kept_forms::forget(tx, ago(KEPT_FOR)).await).await?;
    gone +=
        app.db.write(async |tx: &Tx| db::sign_in_sources::forget(tx, ago(SOURCES)).await).await?;
    gone +=
        app.db.write(async |tx: &Tx| db::submissions::forget(tx, ago(SUBMISSIONS)).await).await?;
    gone +=
        app.db.write(async |tx: &Tx| db::jobs::forget(tx, JobState::Done, ago(DONE)).await).await?;
    gone += app
        .db
        .write(async |tx: &Tx| db::jobs::forget(tx, JobState::Failed, ago(FAILED)).await)
        .await?;
    gone += app.db.write(async |tx: &Tx| db::outages::forget(tx, ago(UNTRIED)).await).await?;
    gone += app.db.write(async |tx: &Tx| db::deliveries::forget(tx, ago(FAILED)).await).await?;
    if gone > 0 {
        tracing::debug!(rows = gone, "old rows removed");
    }
    Ok(gone)
}

//! Recurring work. Of all workers, the first to ask takes a turn.

use super::app::App;
use super::jobs::{self, Job};
use super::{Command, Origin, Outcome, ServiceError};
use db::Tx;
use jiff::SignedDuration;

/// A job that is queued once in every period.
#[derive(Clone, Copy, Debug)]
pub struct Recurring {
    /// Length of a period.
    pub every: SignedDuration,
    /// Returns the job; its kind names the schedule.
    pub job: fn() -> Job,
}

/// Every recurring job.
pub const RECURRING: &[Recurring] =
    &[Recurring { every: SignedDuration::from_hours(24), job: || Job::MeasureUsage }];

/// Queues the jobs whose period has begun. A job of the same kind that is still waiting or running
/// is not queued twice.
///
/// # Errors
/// The database's.
pub async fn enqueue_due(app: &App, recurring: &[Recurring]) -> Outcome<()> {
    for one in recurring {
        let job = (one.job)();
        let kind = job.kind().name();
        if !may_be_due(app, kind).await? {
            continue;
        }
        app.change(&Origin::worker(), async |cmd: Command<'_>| {
            if db::schedules::due(cmd.tx, kind, "", cmd.at, one.every).await?
                && !db::jobs::any_open(cmd.tx, kind).await?
            {
                jobs::enqueue(cmd, &job, "", None).await?;
            }
            Ok::<_, ServiceError>(())
        })
        .await?;
    }
    Ok(())
}

/// Whether it is the caller's turn: true for one caller in every period.
///
/// # Errors
/// The database's.
pub async fn take_turn(app: &App, kind: &str, every: SignedDuration) -> Outcome<bool> {
    if !may_be_due(app, kind).await? {
        return Ok(false);
    }
    let now = app.env.clock.now();
    let take = async |tx: &Tx| db::schedules::due(tx, kind, "", now, every).await;
    Ok(app.db.write(take).await?)
}

/// Cheap, and without a transaction: most of the time nothing is due.
async fn may_be_due(app: &App, kind: &str) -> Outcome<bool> {
    let now = app.env.clock.now();
    Ok(db::schedules::may_be_due(&app.db.reader(), kind, "", now).await?)
}

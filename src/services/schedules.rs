//! Recurring work. In each period, only the first worker that claims the period does the work.

use super::app::App;
use super::jobs::{self, Job};
use super::{Command, Origin, Outcome, ServiceError};
use db::Tx;
use jiff::SignedDuration;

/// A job that is enqueued once in every period.
#[derive(Clone, Copy, Debug)]
pub struct Recurring {
    /// Length of a period.
    pub period: SignedDuration,
    /// Returns the job; its kind names the schedule.
    pub job: fn() -> Job,
}

/// All recurring jobs.
pub const RECURRING: &[Recurring] =
    &[Recurring { period: SignedDuration::from_hours(24), job: || Job::MeasureUsage }];

/// Enqueues the jobs whose period has begun. Skips a job while another one of its kind is queued or
/// running.
pub async fn enqueue_due(app: &App, recurring: &[Recurring]) -> Outcome<()> {
    for schedule in recurring {
        let job = (schedule.job)();
        let kind = job.kind().name();
        if !may_be_due(app, kind).await? {
            continue;
        }
        app.change(&Origin::worker(), async |cmd: Command<'_>| {
            if db::schedules::claim_run(cmd.tx, kind, "", cmd.at, schedule.period).await?
                && !db::jobs::has_waiting_or_running(cmd.tx, kind).await?
            {
                jobs::enqueue(cmd, &job, "", None).await?;
            }
            Ok::<_, ServiceError>(())
        })
        .await?;
    }
    Ok(())
}

/// Claims the current period of a schedule. Returns `true` for only one caller in every period.
pub async fn claim_period(app: &App, schedule: &str, period: SignedDuration) -> Outcome<bool> {
    if !may_be_due(app, schedule).await? {
        return Ok(false);
    }
    let now = app.env.clock.now();
    let claim = async |tx: &Tx| db::schedules::claim_run(tx, schedule, "", now, period).await;
    Ok(app.db.write(claim).await?)
}

/// Returns whether the schedule may be due. Most of the time nothing is due, and this read avoids a
/// transaction then.
async fn may_be_due(app: &App, schedule: &str) -> Outcome<bool> {
    let now = app.env.clock.now();
    Ok(db::schedules::may_be_due(&app.db.reader(), schedule, "", now).await?)
}

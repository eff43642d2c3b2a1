//! What is done again and again, whichever node comes first.

use db::DbError;
use jiff::SignedDuration;
use services::app::App;
use services::jobs::{self, Job};
use services::{Command, ServiceError};

/// A job that is written once in every period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recurring {
    /// How long a period is.
    pub every: SignedDuration,
    /// What is done; its kind names the schedule.
    pub job: fn() -> Job,
}

/// Every job that recurs.
pub(super) const RECURRING: &[Recurring] =
    &[Recurring { every: SignedDuration::from_hours(24), job: || Job::MeasureUsage }];

/// Writes the jobs whose time has come. One that is still under way, or waits for a better time, is
/// not written twice.
pub(super) async fn enqueue_due(app: &App, recurring: &[Recurring]) -> Result<(), ServiceError> {
    for one in recurring {
        let job = (one.job)();
        if !db::schedules::may_be_due(&app.db.reader(), job.kind().name(), "", app.env.clock.now())
            .await?
        {
            continue;
        }
        app.change(&crate::context::origin(), async |cmd: Command<'_>| {
            if db::schedules::due(cmd.tx, job.kind().name(), "", cmd.at, one.every).await?
                && !db::jobs::any_open(cmd.tx, job.kind().name()).await?
            {
                jobs::enqueue(cmd, &job, "", None).await?;
            }
            Ok::<_, ServiceError>(())
        })
        .await?;
    }
    Ok(())
}

/// Whether it is this worker that tidies up now.
pub(super) async fn is_first(
    app: &App,
    kind: &str,
    every: SignedDuration,
) -> Result<bool, DbError> {
    let now = app.env.clock.now();
    if !db::schedules::may_be_due(&app.db.reader(), kind, "", now).await? {
        return Ok(false);
    }
    app.db.write(async |tx| db::schedules::due(tx, kind, "", now, every).await).await
}

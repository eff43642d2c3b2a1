//! The worker's part of a run.

use super::row::state_change;
use super::sealed::seal_report;
use super::state::RunState;
use crate::app::App;
use crate::customers::import::{Report, Stage};
use crate::jobs::AbandonReason;
use crate::{Command, Outcome, ServiceError, View};
use db::Tx;
use db::import_runs::StateChange;
use domain::clock::later;
use domain::id::ImportRunId;
use domain::import_run::ImportRun;
use domain::validation::{ErrorCode, ValidationError};
use jiff::{SignedDuration, Timestamp};

/// Time that a checked file waits for its confirmation, or for being read with another encoding.
const CONFIRMATION_PERIOD: SignedDuration = SignedDuration::from_hours(24);
/// Time that the result can be read.
const RESULT_PERIOD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The result of looking up a run for a job.
#[derive(Debug)]
pub enum RunForJob {
    /// The run is in the state that the job expects.
    Open(Box<ImportRun>),
    /// The run is past that state or does not exist any more. There is nothing to do.
    Past,
    /// The run ended without adding customers, because its job was given up or discarded.
    Abandoned,
}

/// Looks up a run for a job that expects it in this state.
pub async fn find_for_job(
    view: View<'_>,
    id: ImportRunId,
    expected: RunState,
) -> Outcome<RunForJob> {
    let Some(row) = db::import_runs::find(view.on, id).await? else { return Ok(RunForJob::Past) };
    Ok(match RunState::stored(&row.state)? {
        found if found == expected => RunForJob::Open(Box::new(row)),
        RunState::Failed | RunState::Discarded => RunForJob::Abandoned,
        _ => RunForJob::Past,
    })
}

/// Stores the worker's progress.
pub async fn note_progress(app: &App, id: ImportRunId, stage: Stage, done: usize) -> Outcome<()> {
    let write =
        async |tx: &Tx| db::import_runs::record_progress(tx, id, stage.code(), done as u64).await;
    Ok(app.db.write_keeping_cache(write).await?)
}

/// Stores the report of a check.
pub async fn save_report(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    let to = if found.faulty == 0 { RunState::Checked } else { RunState::Faulty };
    end(cmd, row, to, Some(found)).await.map(drop)
}

/// Marks a run as done, in the transaction that adds its customers.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` if another worker has added them.
pub async fn mark_done(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    if end(cmd, row, RunState::Done, Some(found)).await? {
        Ok(())
    } else {
        Err(ServiceError::Refused(ValidationError::new(ErrorCode::AlreadySent)))
    }
}

/// Marks a run as refused, because its sender may not add customers any more.
pub async fn mark_refused(cmd: Command<'_>, row: &ImportRun) -> Outcome<()> {
    end(cmd, row, RunState::Refused, None).await.map(drop)
}

/// Ends a run whose job was given up or discarded. Its owner then sees the reason and can import
/// again.
pub async fn mark_abandoned(cmd: Command<'_>, id: ImportRunId, why: AbandonReason) -> Outcome<()> {
    let Some(row) = db::import_runs::find(cmd.tx, id).await? else { return Ok(()) };
    if !RunState::stored(&row.state)?.is_in_progress() {
        return Ok(());
    }
    abandon(cmd, &row, why).await
}

/// Ends the run of a job that cannot tell its run: the run of this account that was in progress
/// when the job was enqueued. An account has one run in progress at a time, so an older run that is
/// still in progress is the run of this job.
pub async fn mark_abandoned_of(
    cmd: Command<'_>,
    login_name: &str,
    enqueued_at: Timestamp,
    why: AbandonReason,
) -> Outcome<()> {
    let Some(login) = db::logins::find_by_name(cmd.tx, login_name).await? else { return Ok(()) };
    let in_progress = RunState::in_progress_codes();
    let rows = db::import_runs::find_in_state(cmd.tx, login.id, &in_progress).await?;
    for row in rows.into_iter().filter(|row| row.created_at <= enqueued_at) {
        abandon(cmd, &row, why).await?;
    }
    Ok(())
}

async fn abandon(cmd: Command<'_>, row: &ImportRun, why: AbandonReason) -> Outcome<()> {
    let to = match why {
        AbandonReason::GivenUp => RunState::Failed,
        AbandonReason::Discarded => RunState::Discarded,
    };
    end(cmd, row, to, None).await.map(drop)
}

async fn end(
    cmd: Command<'_>,
    row: &ImportRun,
    to: RunState,
    report: Option<&Report>,
) -> Outcome<bool> {
    let report = report.map(|report| seal_report(&cmd.env.sealer, row, report)).transpose()?;
    let keeps_file = to.keeps_file();
    let expires = later(cmd.at, if keeps_file { CONFIRMATION_PERIOD } else { RESULT_PERIOD });
    let change = StateChange { report, is_final: !keeps_file, ..state_change(row, to, expires) };
    Ok(db::import_runs::change_state(cmd.tx, row.id, change, cmd.at).await?)
}

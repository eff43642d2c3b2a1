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

/// Time after which a run that was checked, but not confirmed, is deleted.
const CONFIRMATION_PERIOD: SignedDuration = SignedDuration::from_hours(24);
/// Time after which a run that has ended is deleted.
const RESULT_PERIOD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The result of looking up a run for a job.
#[derive(Debug)]
pub enum RunForJob {
    /// The run is in the state that the job expects.
    Open(Box<ImportRun>),
    /// The run is in another state or does not exist any more. The job has nothing to do.
    NotExpected,
    /// The run ended without adding customers, because its job was given up or discarded.
    Abandoned,
}

/// Looks up a run for a job that expects it in this state.
pub async fn find_for_job(
    view: View<'_>,
    id: ImportRunId,
    expected: RunState,
) -> Outcome<RunForJob> {
    let Some(row) = db::import_runs::find(view.on, id).await? else {
        return Ok(RunForJob::NotExpected);
    };
    Ok(match RunState::from_code(&row.state)? {
        found if found == expected => RunForJob::Open(Box::new(row)),
        RunState::Failed | RunState::Discarded => RunForJob::Abandoned,
        _ => RunForJob::NotExpected,
    })
}

/// Stores the worker's progress.
pub async fn record_progress(app: &App, id: ImportRunId, stage: Stage, done: usize) -> Outcome<()> {
    let write =
        async |tx: &Tx| db::import_runs::record_progress(tx, id, stage.code(), done as u64).await;
    Ok(app.db.write_keeping_cache(write).await?)
}

/// Stores the report of a check, and marks the run as checked or faulty.
pub async fn save_report(cmd: Command<'_>, row: &ImportRun, report: &Report) -> Outcome<()> {
    let to = if report.faulty == 0 { RunState::Checked } else { RunState::Faulty };
    end(cmd, row, to, Some(report)).await.map(drop)
}

/// Marks a run as done, in the transaction that adds its customers.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` if another worker has added them.
pub async fn mark_done(cmd: Command<'_>, row: &ImportRun, report: &Report) -> Outcome<()> {
    if end(cmd, row, RunState::Done, Some(report)).await? {
        Ok(())
    } else {
        Err(ServiceError::Refused(ValidationError::new(ErrorCode::AlreadySent)))
    }
}

/// Marks a run as refused, because its sender may not add customers any more.
pub async fn mark_refused(cmd: Command<'_>, row: &ImportRun) -> Outcome<()> {
    end(cmd, row, RunState::Refused, None).await.map(drop)
}

/// Ends a run whose job was given up or discarded, unless it has already ended or waits for a
/// confirmation. The manager who uploaded the file then sees the reason and can upload it again.
pub async fn mark_abandoned(
    cmd: Command<'_>,
    id: ImportRunId,
    reason: AbandonReason,
) -> Outcome<()> {
    let Some(row) = db::import_runs::find(cmd.tx, id).await? else { return Ok(()) };
    if !RunState::from_code(&row.state)?.is_in_progress() {
        return Ok(());
    }
    abandon(cmd, &row, reason).await
}

/// Ends the run of a job whose payload cannot be read: the run of this account that was in progress
/// when the job was enqueued. An account has one run in progress at a time, so an older run that is
/// still in progress is the run of this job.
pub async fn mark_abandoned_by_login_name(
    cmd: Command<'_>,
    login_name: &str,
    enqueued_at: Timestamp,
    reason: AbandonReason,
) -> Outcome<()> {
    let Some(login) = db::logins::find_by_name(cmd.tx, login_name).await? else { return Ok(()) };
    let in_progress = RunState::in_progress_codes();
    let rows = db::import_runs::find_in_state(cmd.tx, login.id, &in_progress).await?;
    for row in rows.into_iter().filter(|row| row.created_at <= enqueued_at) {
        abandon(cmd, &row, reason).await?;
    }
    Ok(())
}

async fn abandon(cmd: Command<'_>, row: &ImportRun, reason: AbandonReason) -> Outcome<()> {
    let to = match reason {
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

//! The manager's part of an import run: upload, status, confirmation, and a check with another
//! encoding.

use super::row::{WORK_PERIOD, options, state_change};
use super::sealed::{seal_parts, unseal_file, unseal_report};
use super::state::RunState;
use crate::customers::import::{Options, Report, TextEncoding};
use crate::jobs::{self, Job};
use crate::{Command, Env, Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use db::import_runs::{NewRun, StateChange};
use domain::clock::later;
use domain::id::ImportRunId;
use domain::import_run::{ImportRun, ImportRunSummary};
use domain::random;
use domain::validation::{ErrorCode, ValidationError};
use jiff::Timestamp;
use zeroize::Zeroizing;

/// Number of runs in the list of recent runs.
const RECENT_RUNS: u64 = 5;

/// An import run, as shown to the manager who uploaded the file.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: ImportRunId,
    pub state: RunState,
    /// Code of the stage; empty before the first stage.
    pub stage: String,
    /// Number of rows in the file, without the header.
    pub total: u64,
    /// Number of rows that are completed in this stage.
    pub done: u64,
    /// Report of the check, once it is completed.
    pub report: Option<Report>,
    /// Encoding that the manager selected; `None` if it is detected.
    pub encoding: Option<TextEncoding>,
    /// Time of the upload.
    pub created_at: Timestamp,
}

/// Stores a file and enqueues a job for it. The job checks the file or, if `is_checked`, adds its
/// customers. Earlier runs of the manager that are `checked` or `faulty` are removed.
///
/// # Errors
/// [`ServiceError::Refused`] with `import-under-way` while the worker processes another file of the
/// manager.
pub async fn begin(
    cmd: Command<'_>,
    by: &Manager,
    file: &[u8],
    rows: usize,
    options: Options,
    is_checked: bool,
) -> Outcome<ImportRunId> {
    // The lock ensures that only one of two concurrent uploads begins.
    db::logins::lock_row(cmd.tx, by.login()).await?;
    let in_progress = RunState::in_progress_codes();
    if db::import_runs::has_run_in_state(cmd.tx, by.login(), &in_progress).await? {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::ImportUnderWay)));
    }
    db::import_runs::remove(
        cmd.tx,
        by.login(),
        &[RunState::Checked.code(), RunState::Faulty.code()],
    )
    .await?;
    let seal_key = random::token(cmd.env.random.as_ref(), 24);
    let state = if is_checked { RunState::Adding } else { RunState::Checking };
    let parts = seal_parts(&cmd.env.sealer, by.login(), &seal_key, file)?;
    let new = NewRun {
        login: by.login(),
        seal_key: &seal_key,
        state: state.code(),
        total: rows as u64,
        send_passwords: options.send_passwords,
        encoding: options.encoding.map(TextEncoding::code),
        address: &cmd.origin.address,
    };
    let run =
        db::import_runs::insert(cmd.tx, &new, parts, cmd.at, later(cmd.at, WORK_PERIOD)).await?;
    let job = if is_checked { Job::AddImport { run } } else { Job::CheckImport { run } };
    jobs::enqueue(cmd, &job, by.login_name(), None).await?;
    Ok(run)
}

/// The result of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmResult {
    /// The worker will add the customers.
    Begun,
    /// Nothing changed: the run was already confirmed, is being checked again, has validation
    /// errors, or has ended.
    NotConfirmable,
    /// Nothing changed: the file was read with another encoding after the manager saw the report.
    EncodingChanged,
}

/// Confirms a checked file, so that the worker adds its customers. `encoding` is the encoding of
/// the report that the manager saw.
///
/// # Errors
/// [`ServiceError::NotFound`] if the manager has no such run.
pub async fn confirm(
    cmd: Command<'_>,
    by: &Manager,
    id: ImportRunId,
    encoding: Option<TextEncoding>,
) -> Outcome<ConfirmResult> {
    let row = find_own(cmd.view(), by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    let state = RunState::from_code(&row.state)?;
    let is_open = state.keeps_file() || state == RunState::Checking;
    if is_open && options(&row).encoding != encoding {
        return Ok(ConfirmResult::EncodingChanged);
    }
    let change = StateChange {
        from: RunState::Checked.code(),
        ..state_change(&row, RunState::Adding, later(cmd.at, WORK_PERIOD))
    };
    if !db::import_runs::change_state(cmd.tx, row.id, change, cmd.at).await? {
        return Ok(ConfirmResult::NotConfirmable);
    }
    jobs::enqueue(cmd, &Job::AddImport { run: id }, by.login_name(), None).await?;
    Ok(ConfirmResult::Begun)
}

/// Returns the file of a run that is `checked` or `faulty`, to be read with another encoding.
/// Returns `None` if the run is in another state.
///
/// # Errors
/// [`ServiceError::NotFound`] if the manager has no such run.
pub async fn checked_file(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    id: ImportRunId,
) -> Outcome<Option<Zeroizing<Vec<u8>>>> {
    let row = find_own(view, by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    if RunState::from_code(&row.state)?.keeps_file() {
        Ok(Some(unseal_file(view, env, &row).await?))
    } else {
        Ok(None)
    }
}

/// Checks a file again with another encoding. `rows` is the number of rows with that encoding. Does
/// nothing if the run is not `checked` or `faulty` any more.
///
/// # Errors
/// [`ServiceError::NotFound`] if the manager has no such run.
pub async fn check_again(
    cmd: Command<'_>,
    by: &Manager,
    id: ImportRunId,
    encoding: Option<TextEncoding>,
    rows: usize,
) -> Outcome<()> {
    // The lock excludes a concurrent upload of another file.
    db::logins::lock_row(cmd.tx, by.login()).await?;
    let row = find_own(cmd.view(), by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    if !RunState::from_code(&row.state)?.keeps_file() {
        return Ok(());
    }
    let change = state_change(&row, RunState::Checking, later(cmd.at, WORK_PERIOD));
    if db::import_runs::change_state(cmd.tx, row.id, change, cmd.at).await? {
        db::import_runs::set_encoding(
            cmd.tx,
            row.id,
            encoding.map(TextEncoding::code),
            rows as u64,
        )
        .await?;
        jobs::enqueue(cmd, &Job::CheckImport { run: id }, by.login_name(), None).await?;
    }
    Ok(())
}

/// Returns a run of the manager, or `None` if the manager has no such run.
pub async fn find(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    id: ImportRunId,
) -> Outcome<Option<Run>> {
    let Some(row) = find_own(view, by, id).await? else { return Ok(None) };
    Ok(Some(Run {
        id: row.id,
        state: RunState::from_code(&row.state)?,
        stage: row.stage.clone(),
        total: row.total,
        done: row.done,
        report: unseal_report(&env.sealer, &row)?,
        encoding: options(&row).encoding,
        created_at: row.created_at,
    }))
}

/// Returns the manager's last [`RECENT_RUNS`] runs without their reports, the newest first.
pub async fn recent(view: View<'_>, by: &Manager) -> Outcome<Vec<Run>> {
    let rows = db::import_runs::list(view.on, by.login(), RECENT_RUNS).await?;
    // A newer version may have stored a state that this one does not know.
    let run = |row: ImportRunSummary| {
        Some(Run {
            id: row.id,
            state: RunState::from_code(&row.state).ok()?,
            stage: row.stage,
            total: row.total,
            done: row.done,
            report: None,
            encoding: row.encoding.as_deref().and_then(TextEncoding::parse),
            created_at: row.created_at,
        })
    };
    Ok(rows.into_iter().filter_map(run).collect())
}

async fn find_own(view: View<'_>, by: &Manager, id: ImportRunId) -> Outcome<Option<ImportRun>> {
    Ok(db::import_runs::find(view.on, id).await?.filter(|row| row.login == by.login()))
}

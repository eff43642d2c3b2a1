//! Runs: imports of files that are too large to be checked, or added, during a request. The worker
//! does both. The file and its report are sealed, and only its sender can see them.
//!
//! ```text
//! checking → checked → adding → done
//!          ↘ faulty         ↘ faulty (a name was taken meanwhile)
//! ```
//!
//! A checked file (`checked`, `faulty`) can be read with another encoding, which returns the run to
//! `checking`. From `checking` and `adding` a run ends as `failed` or `discarded` if its job is
//! given up or discarded. If a worker is killed, the lease of its job expires. Another worker then
//! repeats the stage from the sealed file.
//!
//! Functions that read a file or a report can also fail because it cannot be unsealed.

use super::report::Report;
use super::{Options, Stage, TextEncoding};
use crate::app::App;
use crate::jobs::{self, Abandoned, Job};
use crate::{Command, Env, Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use auth::seal::Sealer;
use db::Tx;
use db::import_runs::{NewRun, Step};
use domain::chance;
use domain::clock::later;
use domain::fault::{Code, Fault};
use domain::id::ImportRunId;
use domain::import_run::ImportRun;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

/// Bytes of a file that are sealed and stored as one part.
const PART_SIZE: usize = 1 << 20;
/// Time that a checked file waits for its confirmation, or for being read with another encoding.
const CONFIRMATION_PERIOD: SignedDuration = SignedDuration::from_hours(24);
/// Time that a file waits for the worker: a little longer than jobs are retried.
const WORK_PERIOD: SignedDuration = SignedDuration::from_hours(3 * 24);
/// Time that the result can be read.
const RESULT_PERIOD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The state of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// The worker checks the file, or will check it.
    Checking,
    /// The run can be confirmed.
    Checked,
    /// Rows have validation errors. Nothing was added.
    Faulty,
    /// The worker adds the customers, or will add them.
    Adding,
    /// The customers were added.
    Done,
    /// The sender may not add customers any more.
    Refused,
    /// The worker gave up. Nothing was added.
    Failed,
    /// An admin discarded the job. Nothing was added.
    Discarded,
}

impl RunState {
    const ALL: [Self; 8] = [
        Self::Checking,
        Self::Checked,
        Self::Faulty,
        Self::Adding,
        Self::Done,
        Self::Refused,
        Self::Failed,
        Self::Discarded,
    ];

    /// Returns the code, which is stored and is part of the names of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Faulty => "faulty",
            Self::Adding => "adding",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Discarded => "discarded",
        }
    }

    /// Returns whether the worker has to process the run.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Checking | Self::Adding)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A run as its owner sees it.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: ImportRunId,
    pub state: RunState,
    /// Code of the stage; empty before the first stage.
    pub stage: String,
    /// Rows of the file.
    pub total: u64,
    /// Rows that are completed in this stage.
    pub done: u64,
    /// Report of the check, once it is completed.
    pub report: Option<Report>,
    /// Chosen encoding; `None` if it was detected.
    pub encoding: Option<TextEncoding>,
    /// Time of the upload.
    pub created_at: Timestamp,
}

fn part_context(row: &ImportRun, number: usize) -> String {
    format!("import-run {} {} {number}", row.login.0, row.seal_key)
}

fn report_context(row: &ImportRun) -> String {
    format!("import-run-report {} {}", row.login.0, row.seal_key)
}

/// Stores a file and enqueues a job for it. The job checks the file, or adds its customers if the
/// file is already `checked`. Earlier files of the manager that wait for a confirmation are
/// removed.
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
    checked: bool,
) -> Outcome<ImportRunId> {
    // The lock ensures that only one of two concurrent uploads begins.
    db::logins::lock_row(cmd.tx, by.login()).await?;
    let runs = db::import_runs::of(cmd.tx, by.login(), 20).await?;
    if runs.iter().any(|row| RunState::parse(&row.state).is_some_and(RunState::is_under_way)) {
        return Err(ServiceError::Refused(Fault::new(Code::ImportUnderWay)));
    }
    db::import_runs::remove(
        cmd.tx,
        by.login(),
        &[RunState::Checked.code(), RunState::Faulty.code()],
    )
    .await?;
    let seal_key = chance::token(cmd.env.chance.as_ref(), 24);
    let state = if checked { RunState::Adding } else { RunState::Checking };
    let sealed = file.chunks(PART_SIZE).enumerate().map(|(number, part)| {
        let context = format!("import-run {} {seal_key} {number}", by.login().0);
        cmd.env.sealer.seal(&context, part)
    });
    let parts = sealed.collect::<Result<Vec<_>, _>>().map_err(anyhow::Error::from)?;
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
    let job = if checked { Job::AddImport { run } } else { Job::CheckImport { run } };
    jobs::enqueue(cmd, &job, by.login_name(), None).await?;
    Ok(run)
}

/// The result of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The worker will add the customers.
    Begun,
    /// Nothing changed: the run was already confirmed, or is being checked again.
    Already,
    /// Nothing changed: the file was read with another encoding after the manager saw the report.
    Reread,
}

/// Confirms a checked file, so that the worker adds its customers. `encoding` is the one with which
/// the manager saw the file.
///
/// # Errors
/// [`ServiceError::NotFound`] if the manager has no such run.
pub async fn confirm(
    cmd: Command<'_>,
    by: &Manager,
    id: ImportRunId,
    encoding: Option<TextEncoding>,
) -> Outcome<Confirmed> {
    let row = find_own(cmd.view(), by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    let state = state(&row)?;
    let is_open = keeps_file(state) || state == RunState::Checking;
    if is_open && options(&row).encoding != encoding {
        return Ok(Confirmed::Reread);
    }
    let step = Step {
        from: RunState::Checked.code(),
        ..step(&row, RunState::Adding, later(cmd.at, WORK_PERIOD))
    };
    if !db::import_runs::step(cmd.tx, row.id, step, cmd.at).await? {
        return Ok(Confirmed::Already);
    }
    jobs::enqueue(cmd, &Job::AddImport { run: id }, by.login_name(), None).await?;
    Ok(Confirmed::Begun)
}

/// Returns the file of a checked run, to be read with another encoding. Returns `None` if the run
/// is in another state.
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
    if keeps_file(state(&row)?) { Ok(Some(file(view, env, &row).await?)) } else { Ok(None) }
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
    if !keeps_file(state(&row)?) {
        return Ok(());
    }
    let step = step(&row, RunState::Checking, later(cmd.at, WORK_PERIOD));
    if db::import_runs::step(cmd.tx, row.id, step, cmd.at).await? {
        db::import_runs::read_as(cmd.tx, row.id, encoding.map(TextEncoding::code), rows as u64)
            .await?;
        jobs::enqueue(cmd, &Job::CheckImport { run: id }, by.login_name(), None).await?;
    }
    Ok(())
}

/// Returns whether a run in this state keeps its file, to be confirmed or to be read with another
/// encoding.
const fn keeps_file(state: RunState) -> bool {
    matches!(state, RunState::Checked | RunState::Faulty)
}

/// Returns a run of the manager.
pub async fn find(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    id: ImportRunId,
) -> Outcome<Option<Run>> {
    let Some(row) = find_own(view, by, id).await? else { return Ok(None) };
    Ok(Some(Run {
        id: row.id,
        state: state(&row)?,
        stage: row.stage.clone(),
        total: row.total,
        done: row.done,
        report: report(&env.sealer, &row)?,
        encoding: options(&row).encoding,
        created_at: row.created_at,
    }))
}

/// Returns the manager's last five runs without their reports, the newest first.
pub async fn recent(view: View<'_>, by: &Manager) -> Outcome<Vec<Run>> {
    let rows = db::import_runs::of(view.on, by.login(), 5).await?;
    let run = |row: ImportRun| {
        let state = state(&row)?;
        let encoding = options(&row).encoding;
        let (id, stage, total, done, created_at) =
            (row.id, row.stage, row.total, row.done, row.created_at);
        Ok(Run { id, state, stage, total, done, report: None, encoding, created_at })
    };
    rows.into_iter().map(run).collect()
}

async fn find_own(view: View<'_>, by: &Manager, id: ImportRunId) -> Outcome<Option<ImportRun>> {
    Ok(db::import_runs::find(view.on, id).await?.filter(|row| row.login == by.login()))
}

fn state(row: &ImportRun) -> Outcome<RunState> {
    RunState::parse(&row.state)
        .ok_or_else(|| anyhow::anyhow!("an import is in an unknown state: {}", row.state).into())
}

fn report(sealer: &Sealer, row: &ImportRun) -> Outcome<Option<Report>> {
    let Some(sealed) = &row.report else { return Ok(None) };
    let opened = sealer.open(&report_context(row), sealed).map_err(anyhow::Error::from)?;
    Ok(Some(serde_json::from_slice(&opened).map_err(anyhow::Error::from)?))
}

/// The result of looking up a run for a job.
#[derive(Debug)]
pub enum Found {
    /// The run is in the state that the job expects.
    Open(Box<ImportRun>),
    /// The run is past that state or does not exist any more. There is nothing to do.
    Past,
    /// The run ended without adding customers, because its job was given up or discarded.
    Abandoned,
}

/// Looks up a run for a job that expects it in this state.
pub async fn open(view: View<'_>, id: ImportRunId, expected: RunState) -> Outcome<Found> {
    let Some(row) = db::import_runs::find(view.on, id).await? else { return Ok(Found::Past) };
    Ok(match state(&row)? {
        found if found == expected => Found::Open(Box::new(row)),
        RunState::Failed | RunState::Discarded => Found::Abandoned,
        _ => Found::Past,
    })
}

/// Returns the options of the import.
#[must_use]
pub fn options(row: &ImportRun) -> Options {
    Options {
        send_passwords: row.send_passwords,
        encoding: row.encoding.as_deref().and_then(TextEncoding::parse),
    }
}

/// Returns the file of a run.
pub async fn file(view: View<'_>, env: &Env, row: &ImportRun) -> Outcome<Zeroizing<Vec<u8>>> {
    let mut file = Zeroizing::new(Vec::new());
    for number in 0_i32.. {
        let Some(sealed) = db::import_runs::part(view.on, row.id, number).await? else { break };
        let place = part_context(row, usize::try_from(number).unwrap_or_default());
        file.extend_from_slice(&env.sealer.open(&place, &sealed).map_err(anyhow::Error::from)?);
    }
    Ok(file)
}

/// Stores the worker's progress.
pub async fn note_progress(app: &App, id: ImportRunId, stage: Stage, done: usize) -> Outcome<()> {
    let write = async |tx: &Tx| db::import_runs::progress(tx, id, stage.code(), done as u64).await;
    Ok(app.db.write_aside(write).await?)
}

/// Stores the report of a check.
pub async fn found(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    let to = if found.faulty == 0 { RunState::Checked } else { RunState::Faulty };
    end(cmd, row, to, Some(found)).await.map(drop)
}

/// Marks a run as done, in the transaction that adds its customers.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` if another worker has added them.
pub async fn added(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    if end(cmd, row, RunState::Done, Some(found)).await? {
        Ok(())
    } else {
        Err(ServiceError::Refused(Fault::new(Code::AlreadySent)))
    }
}

/// Marks a run as refused, because its sender may not add customers any more.
pub async fn refused(cmd: Command<'_>, row: &ImportRun) -> Outcome<()> {
    end(cmd, row, RunState::Refused, None).await.map(drop)
}

/// Ends a run whose job was given up or discarded. Its owner then sees the reason and can import
/// again.
pub async fn abandoned(cmd: Command<'_>, id: ImportRunId, why: Abandoned) -> Outcome<()> {
    let Some(row) = db::import_runs::find(cmd.tx, id).await? else { return Ok(()) };
    if !state(&row)?.is_under_way() {
        return Ok(());
    }
    let to = match why {
        Abandoned::GivenUp => RunState::Failed,
        Abandoned::Discarded => RunState::Discarded,
    };
    end(cmd, &row, to, None).await.map(drop)
}

/// Returns the step from the run's current state to another.
fn step(row: &ImportRun, to: RunState, expires: Timestamp) -> Step<'_> {
    Step {
        from: &row.state,
        encoding: row.encoding.as_deref(),
        to: to.code(),
        report: None,
        ends: false,
        expires,
    }
}

async fn end(
    cmd: Command<'_>,
    row: &ImportRun,
    to: RunState,
    report: Option<&Report>,
) -> Outcome<bool> {
    let report = match report {
        Some(report) => {
            let text = serde_json::to_vec(report).map_err(anyhow::Error::from)?;
            Some(cmd.env.sealer.seal(&report_context(row), &text).map_err(anyhow::Error::from)?)
        }
        None => None,
    };
    let keeps_file = keeps_file(to);
    let expires = later(cmd.at, if keeps_file { CONFIRMATION_PERIOD } else { RESULT_PERIOD });
    let step = Step { report, ends: !keeps_file, ..step(row, to, expires) };
    Ok(db::import_runs::step(cmd.tx, row.id, step, cmd.at).await?)
}

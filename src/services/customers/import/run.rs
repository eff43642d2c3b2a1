//! Runs: files that are too large to be looked at, or to be added, while somebody waits for the
//! page. The worker does both. A file and what was found in it are sealed, and only whoever sent it
//! sees them.
//!
//! ```text
//! checking → checked → adding → done
//!          ↘ faulty         ↘ faulty (somebody took a name meanwhile)
//! ```
//!
//! A file that was checked (`checked`, `faulty`) can be read with another encoding, which leads
//! back to `checking`. From `checking` and `adding` a run also ends as `failed` or `discarded`,
//! when its job is given up or discarded. A worker that is killed ends nothing: the lease of its
//! job runs out, and another worker begins the same stage anew from the sealed file.

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
use domain::fault::{Code, Fault};
use domain::id::ImportRunId;
use domain::import_run::ImportRun;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

/// Bytes of a file that are sealed and stored together.
const PART: usize = 1 << 20;
/// How long a file that was checked waits for its confirmation, or to be read with another
/// encoding.
const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// How long a file waits for the worker: as long as jobs are tried, and a little more.
const TRIED: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How long the result can be read.
const READ: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// The worker looks at the file, or will.
    Checking,
    /// It can be confirmed.
    Checked,
    /// Rows have faults; nothing was added.
    Faulty,
    /// The worker adds the customers, or will.
    Adding,
    /// They are there.
    Done,
    /// Whoever sent the file may not add customers any more.
    Refused,
    /// The worker gave up; nothing was added.
    Failed,
    /// An admin discarded the job; nothing was added.
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

    /// As stored, and as texts are named.
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

    /// Whether the worker has to do with it.
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
    /// Its id.
    pub id: ImportRunId,
    /// Where it stands.
    pub state: RunState,
    /// Code of the stage; empty before it begins.
    pub stage: String,
    /// Rows of the file.
    pub total: u64,
    /// Rows that are done in this stage.
    pub done: u64,
    /// What was found.
    pub report: Option<Report>,
    /// The encoding that somebody chose.
    pub encoding: Option<TextEncoding>,
    /// When the file was sent.
    pub created_at: Timestamp,
}

fn part_context(row: &ImportRun, number: usize) -> String {
    format!("import-run {} {} {number}", row.login.0, row.seal_key)
}

fn report_context(row: &ImportRun) -> String {
    format!("import-run-report {} {}", row.login.0, row.seal_key)
}

/// Keeps a file and hands it to the worker, to be looked at or, where that was done, to be added at
/// once. Earlier files of the manager that wait go.
///
/// # Errors
/// [`ServiceError::Refused`] with `import-under-way` while the worker has another file of the
/// manager.
pub async fn begin(
    cmd: Command<'_>,
    by: &Manager,
    file: &[u8],
    rows: usize,
    options: Options,
    checked: bool,
) -> Outcome<ImportRunId> {
    // Two files that are sent at the same moment must not both begin.
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
    let sealed = file.chunks(PART).enumerate().map(|(number, part)| {
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
    let run = db::import_runs::insert(cmd.tx, &new, parts, cmd.at, later(cmd.at, TRIED)).await?;
    let job = if checked { Job::AddImport { run } } else { Job::CheckImport { run } };
    jobs::enqueue(cmd, &job, by.login_name(), None).await?;
    Ok(run)
}

/// What came of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The worker will add the customers.
    Begun,
    /// Nothing: the run was confirmed before, or is checked again.
    Already,
    /// Nothing: the file was read with another encoding since it was shown.
    Reread,
}

/// Has the customers of a checked file added, as they were shown: read with this encoding.
///
/// # Errors
/// [`ServiceError::NotFound`] where the manager has no such run.
pub async fn confirm(
    cmd: Command<'_>,
    by: &Manager,
    id: ImportRunId,
    encoding: Option<TextEncoding>,
) -> Outcome<Confirmed> {
    let row = own(cmd.view(), by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    let state = state(&row)?;
    let is_open = keeps_file(state) || state == RunState::Checking;
    if is_open && options(&row).encoding != encoding {
        return Ok(Confirmed::Reread);
    }
    let step = Step {
        from: RunState::Checked.code(),
        ..step(&row, RunState::Adding, later(cmd.at, TRIED))
    };
    if !db::import_runs::step(cmd.tx, row.id, step, cmd.at).await? {
        return Ok(Confirmed::Already);
    }
    jobs::enqueue(cmd, &Job::AddImport { run: id }, by.login_name(), None).await?;
    Ok(Confirmed::Begun)
}

/// The file of a run that was checked, to be read with another encoding. `None` where the run is in
/// another state.
///
/// # Errors
/// [`ServiceError::NotFound`] where the manager has no such run; and that its file cannot be
/// opened.
pub async fn checked_file(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    id: ImportRunId,
) -> Outcome<Option<Zeroizing<Vec<u8>>>> {
    let row = own(view, by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    if keeps_file(state(&row)?) { Ok(Some(file(view, env, &row).await?)) } else { Ok(None) }
}

/// Has a file checked again that was read with another encoding, in which it has so many rows. Does
/// nothing where that cannot be done any more.
///
/// # Errors
/// [`ServiceError::NotFound`] where the manager has no such run.
pub async fn check_again(
    cmd: Command<'_>,
    by: &Manager,
    id: ImportRunId,
    encoding: Option<TextEncoding>,
    rows: usize,
) -> Outcome<()> {
    // Not beside another file that is sent at the same moment.
    db::logins::lock_row(cmd.tx, by.login()).await?;
    let row = own(cmd.view(), by, id).await?.ok_or(ServiceError::NotFound(Noun::Import))?;
    if !keeps_file(state(&row)?) {
        return Ok(());
    }
    let step = step(&row, RunState::Checking, later(cmd.at, TRIED));
    if db::import_runs::step(cmd.tx, row.id, step, cmd.at).await? {
        db::import_runs::read_as(cmd.tx, row.id, encoding.map(TextEncoding::code), rows as u64)
            .await?;
        jobs::enqueue(cmd, &Job::CheckImport { run: id }, by.login_name(), None).await?;
    }
    Ok(())
}

/// Whether the file of a run in this state is kept: to be confirmed, or to be read with another
/// encoding.
const fn keeps_file(state: RunState) -> bool {
    matches!(state, RunState::Checked | RunState::Faulty)
}

/// A run of the manager.
///
/// # Errors
/// The database's, and that its report cannot be opened.
pub async fn find(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    id: ImportRunId,
) -> Outcome<Option<Run>> {
    let Some(row) = own(view, by, id).await? else { return Ok(None) };
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

/// The manager's runs without their reports, the newest first.
///
/// # Errors
/// The database's.
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

async fn own(view: View<'_>, by: &Manager, id: ImportRunId) -> Outcome<Option<ImportRun>> {
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

/// A run as a job finds it.
#[derive(Debug)]
pub enum Found {
    /// In the state that the job expects.
    Open(Box<ImportRun>),
    /// Past that state, or gone: there is nothing to do.
    Past,
    /// Ended without its customers, because its job was given up or discarded.
    Abandoned,
}

/// Finds a run for a job that expects it in this state.
///
/// # Errors
/// The database's.
pub async fn open(view: View<'_>, id: ImportRunId, expected: RunState) -> Outcome<Found> {
    let Some(row) = db::import_runs::find(view.on, id).await? else { return Ok(Found::Past) };
    Ok(match state(&row)? {
        found if found == expected => Found::Open(Box::new(row)),
        RunState::Failed | RunState::Discarded => Found::Abandoned,
        _ => Found::Past,
    })
}

/// How the file is to be imported.
#[must_use]
pub fn options(row: &ImportRun) -> Options {
    Options {
        send_passwords: row.send_passwords,
        encoding: row.encoding.as_deref().and_then(TextEncoding::parse),
    }
}

/// The file of a run.
///
/// # Errors
/// The database's, and that it cannot be opened.
pub async fn file(view: View<'_>, env: &Env, row: &ImportRun) -> Outcome<Zeroizing<Vec<u8>>> {
    let mut file = Zeroizing::new(Vec::new());
    for number in 0_i32.. {
        let Some(sealed) = db::import_runs::part(view.on, row.id, number).await? else { break };
        let place = part_context(row, usize::try_from(number).unwrap_or_default());
        file.extend_from_slice(&env.sealer.open(&place, &sealed).map_err(anyhow::Error::from)?);
    }
    Ok(file)
}

/// Notes how far the worker is.
///
/// # Errors
/// The database's.
pub async fn note_progress(app: &App, id: ImportRunId, stage: Stage, done: usize) -> Outcome<()> {
    let write = async |tx: &Tx| db::import_runs::progress(tx, id, stage.code(), done as u64).await;
    Ok(app.db.write_aside(write).await?)
}

/// Notes what the worker found.
///
/// # Errors
/// The database's.
pub async fn found(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    let to = if found.faulty == 0 { RunState::Checked } else { RunState::Faulty };
    end(cmd, row, to, Some(found)).await.map(drop)
}

/// Notes in the transaction that adds the customers that they are there.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` where somebody else has added them.
pub async fn added(cmd: Command<'_>, row: &ImportRun, found: &Report) -> Outcome<()> {
    if end(cmd, row, RunState::Done, Some(found)).await? {
        Ok(())
    } else {
        Err(ServiceError::Refused(Fault::new(Code::AlreadySent)))
    }
}

/// Notes that whoever sent the file may not add customers any more.
///
/// # Errors
/// The database's.
pub async fn refused(cmd: Command<'_>, row: &ImportRun) -> Outcome<()> {
    end(cmd, row, RunState::Refused, None).await.map(drop)
}

/// Ends a run whose job will not be done, so that its owner reads what happened and can import
/// again.
///
/// # Errors
/// The database's.
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

/// A step from where the run was found.
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
    let expires = later(cmd.at, if keeps_file { WAITS } else { READ });
    let step = Step { report, ends: !keeps_file, ..step(row, to, expires) };
    Ok(db::import_runs::step(cmd.tx, row.id, step, cmd.at).await?)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

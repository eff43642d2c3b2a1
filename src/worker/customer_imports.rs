//! Checks files with many customers, and adds the customers.
//!
//! Both jobs may run again at any time. Checking only reads. Adding is one transaction, which also
//! records that it is done.

use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use auth::actor::{Actor, Manager};
use domain::id::ImportRunId;
use domain::import_run::ImportRun;
use domain::job::StoredJob;
use domain::validation::{ErrorCode, ValidationError};
use futures_util::future::LocalBoxFuture;
use services::app::OwnedView;
use services::customers::import::run::{self, RunForJob, RunState};
use services::customers::import::{self, ExaminedRows, Progress, Report, Sheet, Stage};
use services::{Command, EntryPoint, Origin, Outcome, ServiceError, account};
use std::cell::Cell;
use std::time::Duration;
use tokio::time::Instant;

/// Minimum interval between two updates of a run's progress.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);

/// An import run with its file and its owner.
struct OpenedRun {
    row: ImportRun,
    sheet: Sheet,
    by: Manager,
    origin: Origin,
    snapshot: OwnedView,
}

/// Checks a file and stores the report.
pub(super) async fn check(context: &JobContext, id: ImportRunId) -> Result<(), JobError> {
    let Some(opened) = open(context, id, RunState::Checking).await? else { return Ok(()) };
    let examined = examine(context, &opened).await?;
    store_report(context, &opened, &Report::from(examined.preview(&opened.sheet))).await
}

async fn store_report(
    context: &JobContext,
    opened: &OpenedRun,
    report: &Report,
) -> Result<(), JobError> {
    let store = async |cmd: Command<'_>| run::save_report(cmd, &opened.row, report).await;
    Ok(context.app.change(&opened.origin, store).await?)
}

/// Adds all customers of a file, or none. If a row is no longer valid, stores the report instead.
pub(super) async fn add(
    context: &JobContext,
    job: &StoredJob,
    id: ImportRunId,
) -> Result<(), JobError> {
    let Some(opened) = open(context, id, RunState::Adding).await? else { return Ok(()) };
    let examined = examine(context, &opened).await?;
    let report = Report::from(examined.preview(&opened.sheet));
    if report.faulty > 0 {
        return store_report(context, &opened, &report).await;
    }
    let progress = RunProgress::of(context, id);
    let hashed = examined.hash_passwords(&context.app.env, opened.snapshot.view(), &progress).await;
    let ready = hashed.map_err(|error| job_error(context, error))?;
    run::record_progress(&context.app, id, Stage::Writing, 0).await?;
    if !context.extend_lease_for_transaction(job).await? {
        return Err(JobError::Interrupted);
    }
    let outcome = context.app.change(&opened.origin, async |cmd: Command<'_>| {
        run::mark_done(cmd, &opened.row, &report).await?;
        import::add_all(cmd, &opened.by, &ready).await
    });
    match outcome.await {
        Ok(added) => {
            tracing::info!(import = id.0, customers = added, "customers were imported");
            Ok(())
        }
        Err(ServiceError::Forbidden) => refuse(context, &opened.origin, &opened.row).await,
        Err(
            error @ (ServiceError::Invalid(_)
            | ServiceError::Exhausted(_)
            | ServiceError::Refused(_)),
        ) => {
            // The next attempt checks the file again and reports the row.
            Err(JobError::Retry(anyhow!("Data changed while passwords were hashed ({error})")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn open(
    context: &JobContext,
    id: ImportRunId,
    state: RunState,
) -> Result<Option<OpenedRun>, JobError> {
    let snapshot = context.app.open_view().await?;
    let row = match run::find_for_job(snapshot.view(), id, state).await? {
        RunForJob::Open(row) => *row,
        RunForJob::NotExpected => return Ok(None),
        RunForJob::Abandoned => {
            return Err(JobError::GiveUp(anyhow!(
                "The import has ended without adding customers. Upload the file again"
            )));
        }
    };
    let origin =
        Origin { entry_point: EntryPoint::Web, address: row.address.clone(), acting: None };
    let account = account::find_for_panel(&context.app, row.login).await?;
    let Some(Actor::Manager(by)) = account.map(|account| account.actor) else {
        refuse(context, &origin, &row).await?;
        return Ok(None);
    };
    let file = run::unseal_file(snapshot.view(), &context.app.env, &row).await?;
    let encoding = run::options(&row).encoding;
    let sheet = tokio::task::spawn_blocking(move || Sheet::read(&file, encoding)).await?;
    let sheet =
        sheet.map_err(|_| JobError::GiveUp(anyhow!("The stored file can no longer be read")))?;
    Ok(Some(OpenedRun { row, sheet, by, origin, snapshot }))
}

async fn refuse(context: &JobContext, origin: &Origin, row: &ImportRun) -> Result<(), JobError> {
    Ok(context
        .app
        .change(origin, async |cmd: Command<'_>| run::mark_refused(cmd, row).await)
        .await?)
}

async fn examine(context: &JobContext, opened: &OpenedRun) -> Result<ExaminedRows, JobError> {
    let progress = RunProgress::of(context, opened.row.id);
    let options = run::options(&opened.row);
    let examined = import::examine(
        opened.snapshot.view(),
        &context.app.env,
        &opened.by,
        &opened.sheet,
        options,
        &progress,
    )
    .await;
    examined.map_err(|error| job_error(context, error))
}

/// Maps an error of a run: the worker's stop interrupts the job.
fn job_error(context: &JobContext, error: ServiceError) -> JobError {
    if context.stopping.is_cancelled() { JobError::Interrupted } else { error.into() }
}

/// Records the progress of a run at most once a second, and interrupts the run when the worker
/// stops.
struct RunProgress<'a> {
    context: &'a JobContext,
    run: ImportRunId,
    last_recorded: Cell<Option<Instant>>,
}

impl<'a> RunProgress<'a> {
    fn of(context: &'a JobContext, run: ImportRunId) -> Self {
        Self { context, run, last_recorded: Cell::new(None) }
    }
}

impl Progress for RunProgress<'_> {
    fn step(&self, stage: Stage, done: usize) -> LocalBoxFuture<'_, Outcome<()>> {
        Box::pin(async move {
            if self.context.stopping.is_cancelled() {
                return Err(ServiceError::Refused(ValidationError::new(ErrorCode::Interrupted)));
            }
            if self.last_recorded.get().is_none_or(|at| at.elapsed() >= PROGRESS_INTERVAL) {
                self.last_recorded.set(Some(Instant::now()));
                run::record_progress(&self.context.app, self.run, stage, done).await?;
            }
            Ok(())
        })
    }
}

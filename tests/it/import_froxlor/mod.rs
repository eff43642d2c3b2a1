//! `import froxlor`, from a real MariaDB server.

mod access;
mod conflicts;
mod many;
mod odd;
mod panel;
mod program;
mod schema;

use crate::support::TestApp;
use clientele::services::froxlor::{self, ImportError, Kind, Progress, Report};
use clientele::services::{Command, EntryPoint, Origin};
use db::froxlor::Source;
use panel::Panel;

/// Ignores the progress of an import.
struct Silent;

impl Progress for Silent {
    fn report(&self, _table: &'static str, _done: u64, _all: u64) {}
}

/// Imports a panel, like the command line. Returns the report of a dry run and of conflicts in the
/// error.
async fn try_import(app: &TestApp, panel: &Panel, dry_run: bool) -> Result<Report, ImportError> {
    let source = Source::open(&panel.url).await.unwrap();
    let origin = Origin { entry_point: EntryPoint::Cli, ..TestApp::origin() };
    app.app
        .change(&origin, async |cmd: Command<'_>| {
            froxlor::import(cmd, &source, dry_run, &Silent).await
        })
        .await
}

/// Imports a panel without conflicts.
async fn import(app: &TestApp, panel: &Panel) -> Report {
    try_import(app, panel, false).await.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Runs an import that is rolled back. Returns its report.
async fn import_and_roll_back(app: &TestApp, panel: &Panel, dry_run: bool) -> Report {
    match try_import(app, panel, dry_run).await {
        Err(ImportError::RolledBack(report)) => *report,
        other => panic!("{other:?}"),
    }
}

/// Returns the rows with this kind of irregularity, as `table id`.
fn odd(report: &Report, kind: Kind) -> Vec<String> {
    report
        .findings
        .iter()
        .filter(|odd| odd.kind == kind)
        .map(|odd| format!("{} {}", odd.table, odd.id))
        .collect()
}

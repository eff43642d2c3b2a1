//! `import froxlor`, from a real MariaDB server.

mod access;
mod conflicts;
mod many;
mod odd;
mod panel;
mod program;
mod schema;

use crate::support::TestApp;
use clientele::services::froxlor::{self, Kind, Progress, Report, Stop};
use clientele::services::{Command, Door, Origin};
use db::froxlor::Source;
use panel::Panel;

struct Silent;

impl Progress for Silent {
    fn tell(&self, _table: &'static str, _done: u64, _all: u64) {}
}

/// Imports, as the command line does.
async fn try_import(app: &TestApp, panel: &Panel, dry_run: bool) -> Result<Report, Stop> {
    let source = Source::open(&panel.url).await.unwrap();
    let origin = Origin { door: Door::Cli, ..TestApp::origin() };
    app.app
        .change(&origin, async |cmd: Command<'_>| {
            froxlor::import(cmd, &source, dry_run, &Silent).await
        })
        .await
}

/// Imports what has nothing in its way.
async fn import(app: &TestApp, panel: &Panel) -> Report {
    try_import(app, panel, false).await.unwrap_or_else(|error| panic!("{error:?}"))
}

/// What an import found that was undone.
async fn undone(app: &TestApp, panel: &Panel, dry_run: bool) -> Report {
    match try_import(app, panel, dry_run).await {
        Err(Stop::Undone(report)) => *report,
        other => panic!("{other:?}"),
    }
}

/// The rows of which this was odd: `table id`.
fn odd(report: &Report, kind: Kind) -> Vec<String> {
    report
        .odd
        .iter()
        .filter(|odd| odd.kind == kind)
        .map(|odd| format!("{} {}", odd.table, odd.id))
        .collect()
}

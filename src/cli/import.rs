//! `clientele import froxlor`: imports the data of a Froxlor panel.

use super::setup;
use crate::terminal::print_line;
use anyhow::Context as _;
use auth::seal::SecretKey;
use clap::Subcommand;
use config::{DatabaseKind, DatabaseUrl, Settings};
use domain::random::{OsRandom, hex_token};
use services::Command;
use services::app::App;
use services::database::Database;
use services::froxlor::{self, Finding, ImportError, Progress, Report};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Subcommands of `clientele import`.
#[derive(Debug, Subcommand)]
pub enum ImportSubcommand {
    /// Import the customers of a Froxlor 2.x panel with all their data. A second run adds only new
    /// rows
    Froxlor {
        /// Froxlor's database: `mysql://user:password@host/database`, with the panel's own user or
        /// a read-only one
        #[arg(long, env = "CLIENTELE_IMPORT_FROM", hide_env_values = true)]
        from: String,
        /// Print the report of an import, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Print the report as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Maximum number of lines of a long section in the text report. The JSON report has all lines.
const MAX_LINES: usize = 20;

pub(super) async fn run(
    subcommand: ImportSubcommand,
    settings: Settings,
) -> anyhow::Result<ExitCode> {
    let ImportSubcommand::Froxlor { from, dry_run, json } = subcommand;
    // clap repeats invalid values in its errors, so a password would be printed.
    let from = match from.parse::<DatabaseUrl>() {
        Ok(url) if url.kind() == DatabaseKind::MySql => url,
        _ => {
            eprintln!(
                "clientele: --from must have the form mysql://user:password@host/database (write special characters as %XX)"
            );
            return Ok(ExitCode::from(2));
        }
    };
    let source = froxlor::open(from.expose())
        .await
        .with_context(|| format!("the database {from} cannot be opened"))?;
    let temporary = if dry_run { Some(tempfile::tempdir()?) } else { None };
    let app = match &temporary {
        Some(temporary) => open_for_dry_run(&settings, temporary.path()).await?,
        None => setup::setup(&settings, String::new()).await?.app,
    };
    let progress = ProgressLine::default();
    let import = async |cmd: Command<'_>| froxlor::import(cmd, &source, dry_run, &progress).await;
    let outcome = app.change(&setup::origin(), import).await;
    progress.end();
    let (report, code) = match outcome {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(ImportError::RolledBack(report)) if report.conflicts.is_empty() => {
            (*report, ExitCode::SUCCESS)
        }
        Err(ImportError::RolledBack(report)) => (*report, ExitCode::FAILURE),
        Err(error) => return Err(anyhow::Error::from(error).context("nothing was imported")),
    };
    let text = if json { serde_json::to_string_pretty(&report)? } else { report_to_text(&report) };
    print_line!("{}", text.trim_end());
    Ok(code)
}

/// Opens the database for a dry run, or an empty one in the directory `temporary` if none exists. A
/// dry run creates no other files, and applies no migrations to an existing database.
async fn open_for_dry_run(settings: &Settings, temporary: &Path) -> anyhow::Result<App> {
    let db = if let Some(db) = open_existing(settings).await? {
        db
    } else {
        let db = Database::open(&DatabaseUrl::sqlite(&temporary.join("empty.db"))).await?;
        db.migrate().await?;
        db
    };
    let key = SecretKey::new(&hex_token(&OsRandom, 32).into())?;
    Ok(setup::app(settings, db, &key, String::new()))
}

/// Opens the database. Returns `None` if it does not exist or has no schema yet.
async fn open_existing(settings: &Settings) -> anyhow::Result<Option<Database>> {
    if settings.database_url.is_missing_file() {
        return Ok(None);
    }
    let db = Database::open(&settings.database_url).await?;
    if db.is_new().await? {
        return Ok(None);
    }
    anyhow::ensure!(
        db.pending_migrations().await? == 0,
        "the schema is not up to date; run `clientele migrate` first"
    );
    Ok(Some(db))
}

/// Progress on standard error, a line for each table: updated in place on a terminal, otherwise
/// printed when the table is done.
#[derive(Default)]
struct ProgressLine(Mutex<Option<(&'static str, String)>>);

impl Progress for ProgressLine {
    fn report(&self, table: &'static str, done: u64, all: u64) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_terminal = std::io::stderr().is_terminal();
        if last.as_ref().is_some_and(|(last_table, _)| *last_table != table) {
            finish_line(&mut last, is_terminal);
        }
        let text = format!("{table}: {done} of {all}");
        if is_terminal {
            eprint!("\r\x1b[2K{text}");
            drop(std::io::stderr().flush());
        }
        *last = Some((table, text));
    }
}

impl ProgressLine {
    fn end(&self) {
        finish_line(
            &mut self.0.lock().unwrap_or_else(PoisonError::into_inner),
            std::io::stderr().is_terminal(),
        );
    }
}

fn finish_line(last: &mut Option<(&'static str, String)>, is_terminal: bool) {
    if let Some((_, text)) = last.take() {
        if is_terminal { eprintln!() } else { eprintln!("{text}") }
    }
}

/// Returns the report as text.
fn report_to_text(report: &Report) -> String {
    let mut text = String::new();
    write_report(&mut text, report)
        .unwrap_or_else(|_| unreachable!("writing to a string does not fail"));
    text
}

fn write_report(to: &mut String, report: &Report) -> std::fmt::Result {
    let summary = if !report.conflicts.is_empty() {
        "Nothing was written: ids or names of some rows already belong to other rows here."
    } else if report.dry_run {
        "Dry run: nothing was written. These rows would be imported."
    } else if report.new_rows() == 0 {
        "All rows had been imported before; nothing was written."
    } else {
        "These rows were imported."
    };
    writeln!(to, "{summary}\n")?;
    writeln!(to, "{:<20}{:>12}{:>12}{:>12}{:>12}", "table", "read", "new", "existing", "skipped")?;
    for (table, n) in &report.tables {
        writeln!(to, "{table:<20}{:>12}{:>12}{:>12}{:>12}", n.read, n.new, n.existing, n.skipped)?;
    }
    if report.first_admin_replaced {
        writeln!(
            to,
            "\nThe admin of the first start was replaced. They owned nothing and had never signed in."
        )?;
    }
    let conflicts: Vec<String> =
        report.conflicts.iter().map(|c| format!("{} {}: {}", c.table, c.id, c.detail)).collect();
    write_section(to, "Conflicts", &conflicts, usize::MAX)?;
    let mut by_kind: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    report
        .findings
        .iter()
        .for_each(|finding| by_kind.entry(finding.kind).or_default().push(finding));
    for (kind, findings) in by_kind {
        let line = |finding: &&Finding| {
            let Finding { table, id, detail, .. } = finding;
            let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
            format!("{table} {id}{detail}")
        };
        let lines: Vec<String> = findings.iter().map(line).collect();
        write_section(to, kind.sentence(), &lines, MAX_LINES)?;
    }
    let differences: Vec<String> = report
        .differences
        .iter()
        .map(|d| {
            format!("{} {} {}: stored {}, counted {}", d.table, d.id, d.column, d.stored, d.counted)
        })
        .collect();
    write_section(
        to,
        "counters that were wrong; the counted values were imported",
        &differences,
        MAX_LINES,
    )?;
    write_section(to, "imported settings", &report.settings, usize::MAX)?;
    write_section(
        to,
        "settings without a counterpart here",
        &wrap_names(&report.settings_left),
        usize::MAX,
    )?;
    write_section(
        to,
        "tables with rows, without a counterpart here",
        &wrap_names(&report.tables_left),
        usize::MAX,
    )
}

fn write_section(to: &mut String, title: &str, lines: &[String], max: usize) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{title}:")?;
    for line in lines.iter().take(max) {
        writeln!(to, "  {line}")?;
    }
    if lines.len() > max {
        writeln!(to, "  … and {} more (--json prints all)", lines.len() - max)?;
    }
    Ok(())
}

/// Returns lines of up to five names each.
fn wrap_names(names: &[String]) -> Vec<String> {
    names.chunks(5).map(|some| some.join(", ")).collect()
}

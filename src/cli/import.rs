//! `clientele import froxlor`: brings in everything that a Froxlor panel knows.

use super::setup;
use crate::terminal::say;
use anyhow::Context as _;
use auth::seal::SecretKey;
use clap::Subcommand;
use config::{DatabaseKind, DatabaseUrl, Settings};
use domain::chance::{OsChance, hex_token};
use services::Command;
use services::app::App;
use services::database::Database;
use services::froxlor::{self, Odd, Progress, Report, Stop};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Where to import from.
#[derive(Debug, Subcommand)]
pub enum ImportVerb {
    /// Bring in the customers of a Froxlor 2.x panel with all that is theirs; a second run changes
    /// nothing
    Froxlor {
        /// Its database: `mysql://user:password@host/database`; the panel's own user, or one who
        /// may only read
        #[arg(long, env = "CLIENTELE_IMPORT_FROM", hide_env_values = true)]
        from: String,
        /// Tell what would come, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// The report as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Lines of one kind that a report for people shows; the one for machines shows all.
const SHOWN: usize = 20;

pub(super) async fn run(verb: ImportVerb, settings: Settings) -> anyhow::Result<ExitCode> {
    let ImportVerb::Froxlor { from, dry_run, json } = verb;
    // clap would repeat a wrong value, and its password.
    let from = match from.parse::<DatabaseUrl>() {
        Ok(url) if url.kind() == DatabaseKind::MySql => url,
        _ => {
            eprintln!(
                "clientele: --from must be like mysql://user:password@host/database (special characters written as %XX)"
            );
            return Ok(ExitCode::from(2));
        }
    };
    let source = froxlor::open(from.expose())
        .await
        .with_context(|| format!("the database {from} cannot be opened"))?;
    let place = if dry_run { Some(tempfile::tempdir()?) } else { None };
    let app = match &place {
        Some(place) => looking_only(&settings, place.path()).await?,
        None => setup::setup(&settings, String::new()).await?.app,
    };
    let line = Line::default();
    let work = async |cmd: Command<'_>| froxlor::import(cmd, &source, dry_run, &line).await;
    let outcome = app.change(&setup::origin(), work).await;
    line.end();
    let (report, code) = match outcome {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(Stop::Undone(report)) if report.conflicts.is_empty() => (*report, ExitCode::SUCCESS),
        Err(Stop::Undone(report)) => (*report, ExitCode::FAILURE),
        Err(error) => return Err(anyhow::Error::from(error).context("nothing was imported")),
    };
    let text = if json { serde_json::to_string_pretty(&report)? } else { text(&report) };
    say!("{}", text.trim_end());
    Ok(code)
}

/// The database as it is, or an empty one where there is none yet: looking makes no files and takes
/// no steps of the schema.
async fn looking_only(settings: &Settings, place: &Path) -> anyhow::Result<App> {
    let db = if let Some(db) = there(settings).await? {
        db
    } else {
        let db = Database::open(&DatabaseUrl::sqlite(&place.join("empty.db"))).await?;
        db.migrate().await?;
        db
    };
    let key = SecretKey::new(&hex_token(&OsChance, 32).into())?;
    Ok(setup::app(settings, db, &key, String::new()))
}

/// The database, unless there is none or nothing in it yet.
async fn there(settings: &Settings) -> anyhow::Result<Option<Database>> {
    if settings.database_url.file().is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    let db = Database::open(&settings.database_url).await?;
    if db.is_new().await? {
        return Ok(None);
    }
    anyhow::ensure!(
        db.pending_migrations().await? == 0,
        "the schema is not up to date; `clientele migrate` brings it there"
    );
    Ok(Some(db))
}

/// One line a table on the standard error: in place on a terminal, else when a table is done.
#[derive(Default)]
struct Line(Mutex<Option<(&'static str, String)>>);

impl Progress for Line {
    fn tell(&self, table: &'static str, done: u64, all: u64) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let terminal = std::io::stderr().is_terminal();
        if last.as_ref().is_some_and(|(before, _)| *before != table) {
            finish(&mut last, terminal);
        }
        let text = format!("{table}: {done} of {all}");
        if terminal {
            eprint!("\r\x1b[2K{text}");
            drop(std::io::stderr().flush());
        }
        *last = Some((table, text));
    }
}

impl Line {
    fn end(&self) {
        finish(
            &mut self.0.lock().unwrap_or_else(PoisonError::into_inner),
            std::io::stderr().is_terminal(),
        );
    }
}

fn finish(last: &mut Option<(&'static str, String)>, terminal: bool) {
    if let Some((_, text)) = last.take() {
        if terminal { eprintln!() } else { eprintln!("{text}") }
    }
}

/// The report for people.
fn text(report: &Report) -> String {
    let mut text = String::new();
    write_report(&mut text, report)
        .unwrap_or_else(|_| unreachable!("writing to a string does not fail"));
    text
}

fn write_report(to: &mut String, report: &Report) -> std::fmt::Result {
    let verb = if !report.conflicts.is_empty() {
        "Nothing was written: ids or names of some rows are somebody else's here."
    } else if report.dry_run {
        "Nothing was written; this is what would come."
    } else if report.new_rows() == 0 {
        "Everything was here already; nothing was written."
    } else {
        "This came."
    };
    writeln!(to, "{verb}\n")?;
    writeln!(to, "{:<20}{:>12}{:>12}{:>12}{:>12}", "table", "read", "new", "there", "skipped")?;
    for (table, n) in &report.tables {
        writeln!(to, "{table:<20}{:>12}{:>12}{:>12}{:>12}", n.read, n.new, n.there, n.skipped)?;
    }
    if report.first_admin_replaced {
        writeln!(
            to,
            "\nThe admin of the first start, who owned nothing and had never signed in, made way."
        )?;
    }
    let conflicts: Vec<String> =
        report.conflicts.iter().map(|c| format!("{} {}: {}", c.table, c.id, c.detail)).collect();
    section(to, "Conflicts", &conflicts, usize::MAX)?;
    let mut kinds: BTreeMap<_, Vec<&Odd>> = BTreeMap::new();
    report.odd.iter().for_each(|odd| kinds.entry(odd.kind).or_default().push(odd));
    for (kind, odd) in kinds {
        let colon = |odd: &Odd| {
            if odd.detail.is_empty() { String::new() } else { format!(": {}", odd.detail) }
        };
        let lines: Vec<String> =
            odd.iter().map(|odd| format!("{} {}{}", odd.table, odd.id, colon(odd))).collect();
        section(to, kind.sentence(), &lines, SHOWN)?;
    }
    let differences: Vec<String> = report
        .differences
        .iter()
        .map(|d| {
            format!("{} {} {}: stored {}, counted {}", d.table, d.id, d.column, d.stored, d.counted)
        })
        .collect();
    section(to, "counters that were wrong; what was counted holds here", &differences, SHOWN)?;
    section(to, "settings taken over", &report.settings, usize::MAX)?;
    section(
        to,
        "settings that have no counterpart here",
        &wrapped(&report.settings_left),
        usize::MAX,
    )?;
    section(
        to,
        "tables that have no counterpart here and hold something",
        &wrapped(&report.tables_left),
        usize::MAX,
    )
}

fn section(to: &mut String, title: &str, lines: &[String], most: usize) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{title}:")?;
    for line in lines.iter().take(most) {
        writeln!(to, "  {line}")?;
    }
    if lines.len() > most {
        writeln!(to, "  … and {} more (--json tells all)", lines.len() - most)?;
    }
    Ok(())
}

/// Names, several on a line.
fn wrapped(names: &[String]) -> Vec<String> {
    names.chunks(5).map(|some| some.join(", ")).collect()
}

//! `clientele customers import FILE`: customers out of a CSV file, all or none, as the panel does it.

use crate::app::App;
use crate::cli::terminal::say;
use crate::cli::{setup, terminal};
use crate::domain::actor::{Actor, Manager};
use crate::domain::fault::FieldFaults;
use crate::services::customers::import::{self, Options, Preview, Sheet};
use crate::services::{Command, Outcome, ServiceError};
use anyhow::Context as _;
use serde_json::{Value, json};
use std::io::Read as _;
use std::process::ExitCode;

/// What was typed.
#[derive(Debug)]
pub(super) struct Import {
    /// The file; `-` is standard input.
    pub file: String,
    pub dry_run: bool,
    pub options: Options,
    pub json: bool,
}

pub(super) async fn run(app: &App, actor: &Actor, asked: &Import) -> anyhow::Result<ExitCode> {
    let Actor::Manager(by) = actor else {
        eprintln!("clientele: customers have no customers of their own");
        return Ok(ExitCode::from(3));
    };
    let sheet = match Sheet::read(&read(&asked.file)?) {
        Ok(sheet) => sheet,
        Err(found) => {
            tell_file(&found, asked.json);
            return Ok(ExitCode::from(2));
        }
    };
    let trial = async |cmd: Command<'_>| import::preview(cmd, by, &sheet, asked.options).await;
    let preview = app.trial(&setup::origin(), trial).await?;
    if preview.faulty() > 0 {
        tell(&preview, 0, asked.json);
        return Ok(ExitCode::from(2));
    }
    let added = if asked.dry_run { 0 } else { add(app, by, &sheet, asked.options).await? };
    tell(&preview, added, asked.json);
    Ok(ExitCode::SUCCESS)
}

async fn add(app: &App, by: &Manager, sheet: &Sheet, options: Options) -> Outcome<usize> {
    let look = app.look().await?;
    let ready = import::prepare(&app.env, look.view(), by, sheet, options).await?;
    app.change(&setup::origin(), async |cmd: Command<'_>| -> Result<usize, ServiceError> { import::add_all(cmd, by, &ready).await }).await
}

/// More than any file of customers may have: what is longer is refused by its size, and is not read to its end before.
const MOST: u64 = 64 << 20;

fn read(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == "-" {
        std::io::stdin().lock().take(MOST).read_to_end(&mut bytes).context("standard input cannot be read")?;
    } else {
        let opened = std::fs::File::open(file).and_then(|opened| opened.take(MOST).read_to_end(&mut bytes));
        opened.with_context(|| format!("{file} cannot be read"))?;
    }
    Ok(bytes)
}

/// What is wrong with the file itself.
fn tell_file(found: &FieldFaults, as_json: bool) {
    if as_json {
        say!("{:#}", json!({ "rows": 0, "added": 0, "faults": [{ "row": 1, "columns": codes(found) }] }));
        return;
    }
    for (column, sentence) in terminal::sentences(found) {
        eprintln!("clientele: {}{sentence}", prefix(column));
    }
}

fn tell(preview: &Preview, added: usize, as_json: bool) {
    let wrong = || preview.rows.iter().filter(|row| !row.faults.is_empty());
    if as_json {
        let found: Vec<Value> = wrong().map(|row| json!({ "row": row.number, "columns": codes(&row.faults) })).collect();
        say!("{:#}", json!({ "rows": preview.rows.len(), "added": added, "ignored": preview.ignored, "faults": found }));
        return;
    }
    for row in wrong() {
        for (column, sentence) in terminal::sentences(&row.faults) {
            eprintln!("row {}: {}{sentence}", row.number, prefix(column));
        }
    }
    match preview.faulty() {
        0 if added == 0 => say!("{} customers can be added.", preview.rows.len()),
        0 => say!("{added} customers were added."),
        faulty => eprintln!("clientele: {faulty} of {} rows have faults; nothing was added", preview.rows.len()),
    }
}

fn prefix(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!("{column}: ") }
}

fn codes(found: &FieldFaults) -> Value {
    let list = |list: &[crate::domain::fault::Fault]| list.iter().map(|fault| fault.code).collect::<Vec<_>>();
    found.iter().map(|(column, faults)| (column.to_owned(), json!(list(faults)))).collect::<serde_json::Map<_, _>>().into()
}

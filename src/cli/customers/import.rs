//! `clientele customers import FILE`: adds the customers of a CSV file or an Excel workbook, all or
//! none, like the panel's import.

use crate::terminal::print_line;
use crate::{setup, terminal};
use anyhow::Context as _;
use auth::actor::{Actor, Manager};
use domain::validation::FieldErrors;
use serde_json::{Value, json};
use services::app::{App, OwnedView};
use services::customers::import::{
    self, ExaminedRows, MAX_BYTES, NoProgress, Options, Preview, Sheet,
};
use services::{Command, Outcome, ServiceError};
use std::io::Read as _;
use std::process::ExitCode;

/// Arguments of the command.
#[derive(Debug)]
pub(super) struct ImportArguments {
    /// Path of the file; `-` is standard input.
    pub file: String,
    pub dry_run: bool,
    pub options: Options,
    pub json: bool,
}

pub(super) async fn run(
    app: &App,
    actor: &Actor,
    arguments: &ImportArguments,
) -> anyhow::Result<ExitCode> {
    let Actor::Manager(by) = actor else {
        eprintln!("clientele: a customer account cannot import customers");
        return Ok(ExitCode::from(3));
    };
    let sheet = match Sheet::read(&read(&arguments.file)?, arguments.options.encoding) {
        Ok(sheet) => sheet,
        Err(errors) => {
            print_file_errors(&errors, arguments.json);
            return Ok(ExitCode::from(2));
        }
    };
    let snapshot = app.open_view().await?;
    let examined =
        import::examine(snapshot.view(), &app.env, by, &sheet, arguments.options, &NoProgress)
            .await?;
    let preview = examined.preview(&sheet);
    if preview.count_rows_with_errors() > 0 {
        print_result(&preview, 0, arguments.json);
        return Ok(ExitCode::from(2));
    }
    let added = if arguments.dry_run { 0 } else { add(app, &snapshot, by, examined).await? };
    print_result(&preview, added, arguments.json);
    Ok(ExitCode::SUCCESS)
}

async fn add(
    app: &App,
    snapshot: &OwnedView,
    by: &Manager,
    examined: ExaminedRows,
) -> Outcome<usize> {
    let ready = examined.hash_passwords(&app.env, snapshot.view(), &NoProgress).await?;
    app.change(&setup::origin(), async |cmd: Command<'_>| -> Result<usize, ServiceError> {
        import::add_all(cmd, by, &ready).await
    })
    .await
}

/// Reads a file, up to one byte more than an import accepts.
fn read(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let max = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    if file == "-" {
        std::io::stdin()
            .lock()
            .take(max)
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| format!("{file} cannot be read"))?;
        opened
            .take(max)
            .read_to_end(&mut bytes)
            .with_context(|| format!("{file} cannot be read"))?;
    }
    Ok(bytes)
}

/// Prints the errors of the file itself.
fn print_file_errors(errors: &FieldErrors, as_json: bool) {
    if as_json {
        print_line!(
            "{:#}",
            json!({ "rows": 0, "added": 0, "faults": [{ "row": 1, "columns": codes(errors) }] })
        );
        return;
    }
    for (column, sentence) in terminal::error_messages(errors) {
        eprintln!("clientele: {}{sentence}", prefix(column));
    }
}

fn print_result(preview: &Preview, added: usize, as_json: bool) {
    let rows_with_errors = || preview.rows.iter().filter(|row| !row.errors.is_empty());
    let rows_with_notices = || preview.rows.iter().filter(|row| !row.notices.is_empty());
    if as_json {
        let errors: Vec<Value> = rows_with_errors()
            .map(|row| json!({ "row": row.number, "columns": codes(&row.errors) }))
            .collect();
        let notices: Vec<Value> = rows_with_notices()
            .map(|row| json!({ "row": row.number, "columns": codes(&row.notices) }))
            .collect();
        let (rows, ignored, format) = (preview.rows.len(), &preview.ignored, &preview.format);
        print_line!(
            "{:#}",
            json!({ "rows": rows, "added": added, "ignored": ignored, "format": format, "faults": errors, "notices": notices })
        );
        return;
    }
    for row in rows_with_errors() {
        for (column, sentence) in terminal::error_messages(&row.errors) {
            eprintln!("row {}: {}{sentence}", row.number, prefix(column));
        }
    }
    for row in rows_with_notices() {
        for (column, sentence) in terminal::error_messages(&row.notices) {
            eprintln!("row {}: {}{sentence}", row.number, prefix(column));
        }
    }
    let rows = terminal::with_noun(preview.rows.len() as u64, "customer", "customers");
    match preview.count_rows_with_errors() {
        0 if added == 0 => print_line!("{rows} can be added."),
        0 if added == 1 => print_line!("{rows} was added."),
        0 => print_line!("{rows} were added."),
        invalid => {
            let all = terminal::with_noun(preview.rows.len() as u64, "row", "rows");
            let have = if invalid == 1 { "has" } else { "have" };
            eprintln!("clientele: {invalid} of {all} {have} errors; nothing was added");
        }
    }
}

fn prefix(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!("{column}: ") }
}

fn codes(errors: &FieldErrors) -> Value {
    let list = |list: &[domain::validation::ValidationError]| {
        list.iter().map(|error| error.code).collect::<Vec<_>>()
    };
    errors
        .iter()
        .map(|(column, errors)| (column.to_owned(), json!(list(errors))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

//! The report of an import: the most important rows, and counts.

use super::format::Format;
use super::{PasswordOutcome, Preview, PreviewRow};
use domain::validation::{Argument, FieldErrors, ValidationError};
use serde::{Deserialize, Serialize};

/// Maximum number of rows in a report. Rows with validation errors come first, then rows with
/// warnings.
pub const MAX_REPORT_ROWS: usize = 200;

/// The stored result of a check. It holds codes instead of sentences, since readers may have
/// different languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The first rows, up to [`MAX_REPORT_ROWS`].
    pub rows: Vec<ReportRow>,
    /// Number of rows in the file.
    pub total: usize,
    /// Number of rows with validation errors.
    pub faulty: usize,
    /// Number of rows with warnings.
    pub noticed: usize,
    /// Columns that set nothing.
    pub ignored: Vec<String>,
    pub format: Format,
    /// Number of passwords that are emailed.
    pub mailed: usize,
    /// Number of passwords that are in the file and not emailed.
    pub typed: usize,
    /// Number of generated passwords that are shown to nobody.
    pub unknown: usize,
}

/// A row of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportRow {
    /// Row number as in a spreadsheet.
    pub number: u64,
    /// Requested login name. `None` stands for the next numbered name.
    pub login_name: Option<String>,
    /// Name of the customer as lists show it.
    pub name: String,
    pub email: String,
    pub plan: Option<String>,
    /// Limits by resource name; `None` is unlimited.
    pub limits: Vec<(String, Option<u64>)>,
    /// Validation errors.
    // The name in stored reports of earlier versions.
    #[serde(rename = "faults")]
    pub errors: Vec<StoredError>,
    /// Warnings.
    pub notices: Vec<StoredError>,
}

/// A stored validation error or warning: see [`ValidationError`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredError {
    /// Name of the column; empty for errors of the row itself.
    pub column: String,
    pub code: String,
    /// Arguments of the text, by name.
    pub args: Vec<(String, Argument)>,
}

impl From<Preview> for Report {
    fn from(preview: Preview) -> Self {
        let passwords = |outcome| preview.passwords(outcome);
        let (mailed, typed, unknown) = (
            passwords(PasswordOutcome::Mailed),
            passwords(PasswordOutcome::Typed),
            passwords(PasswordOutcome::NotShown),
        );
        let (total, faulty) = (preview.rows.len(), preview.faulty());
        let noticed = preview.rows.iter().filter(|row| !row.notices.is_empty()).count();
        let (wrong, right): (Vec<_>, Vec<_>) =
            preview.rows.into_iter().partition(|row| !row.errors.is_empty());
        let (odd, plain): (Vec<_>, Vec<_>) =
            right.into_iter().partition(|row| !row.notices.is_empty());
        let rows = wrong
            .into_iter()
            .chain(odd)
            .chain(plain)
            .take(MAX_REPORT_ROWS)
            .map(ReportRow::from)
            .collect();
        Self {
            rows,
            total,
            faulty,
            noticed,
            ignored: preview.ignored,
            format: preview.format,
            mailed,
            typed,
            unknown,
        }
    }
}

impl From<PreviewRow> for ReportRow {
    fn from(row: PreviewRow) -> Self {
        Self {
            number: row.number,
            login_name: row.login_name,
            name: row.name,
            email: row.email,
            plan: row.plan,
            limits: row
                .limits
                .into_iter()
                .map(|(resource, quota)| (resource.name().to_owned(), quota.limit()))
                .collect(),
            errors: stored_errors(&row.errors),
            notices: stored_errors(&row.notices),
        }
    }
}

fn stored_errors(errors: &FieldErrors) -> Vec<StoredError> {
    let stored = |column: &str, error: &ValidationError| StoredError {
        column: column.to_owned(),
        code: error.code.to_string(),
        args: error.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    };
    errors
        .iter()
        .flat_map(|(column, list)| list.iter().map(move |error| stored(column, error)))
        .collect()
}

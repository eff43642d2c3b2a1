//! The report of an import: the most important rows, and counts.

use super::format::Format;
use super::{PasswordOutcome, Preview, PreviewRow};
use domain::validation::{Argument, FieldErrors, ValidationError};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Maximum number of rows in a report. Rows with validation errors come first, then rows with
/// warnings.
pub const MAX_REPORT_ROWS: usize = 200;

/// The stored result of a check. It holds codes instead of sentences, since readers may have
/// different languages.
///
/// While a cluster is upgraded, processes of the previous version read reports of the new one. They
/// read what they know: fields that are missing are empty, and unknown codes stay as they are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredError {
    /// Name of the column; empty for errors of the row itself.
    pub column: String,
    pub code: String,
    /// Selects one of several texts for the same code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// Arguments of the text, by name.
    #[serde(deserialize_with = "known_arguments")]
    pub args: Vec<(String, Argument)>,
}

/// Reads arguments. An argument becomes text if only a newer version of the program knows its type.
fn known_arguments<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(String, Argument)>, D::Error> {
    let stored = Vec::<(String, Value)>::deserialize(from)?;
    let known = |value: Value| {
        Argument::deserialize(&value).unwrap_or_else(|_| Argument::Text(value.to_string()))
    };
    Ok(stored.into_iter().map(|(name, value)| (name, known(value))).collect())
}

impl From<Preview> for Report {
    fn from(preview: Preview) -> Self {
        let passwords = |outcome| preview.count_passwords(outcome);
        let (mailed, typed, unknown) = (
            passwords(PasswordOutcome::Emailed),
            passwords(PasswordOutcome::Typed),
            passwords(PasswordOutcome::NotShown),
        );
        let (total, faulty) = (preview.rows.len(), preview.count_rows_with_errors());
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
        variant: error.variant.map(ToOwned::to_owned),
        args: error.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    };
    errors
        .iter()
        .flat_map(|(column, list)| list.iter().map(move |error| stored(column, error)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_newer_versions_can_be_read() {
        let stored = r#"{
            "rows": [{
                "number": 2,
                "email": "a@b.example",
                "colour": "blue",
                "faults": [{
                    "column": "email",
                    "code": "of-a-newer-version",
                    "variant": "odd",
                    "args": [["count", 3], ["at", { "date": "2027-01-01" }]],
                    "severity": 1
                }]
            }],
            "total": 1,
            "faulty": 1,
            "format": { "kind": "parquet", "columns": 4 }
        }"#;
        let report: Report = serde_json::from_str(stored).unwrap();
        assert_eq!((report.total, report.faulty, report.mailed), (1, 1, 0));
        assert_eq!(report.format, Format::Unknown);
        let row = &report.rows[0];
        assert_eq!((row.number, row.email.as_str(), row.notices.len()), (2, "a@b.example", 0));
        let error = StoredError {
            column: "email".to_owned(),
            code: "of-a-newer-version".to_owned(),
            variant: Some("odd".to_owned()),
            args: vec![
                ("count".to_owned(), Argument::Number(3)),
                ("at".to_owned(), Argument::name(r#"{"date":"2027-01-01"}"#)),
            ],
        };
        assert_eq!(row.errors, [error]);
    }
}

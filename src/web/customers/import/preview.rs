//! The report of a file as pages show it.

use crate::page::Chrome;
use crate::validation_errors;
use domain::resources::Resource;
use domain::unit::Unit;
use services::customers::import::{
    Format, MAX_REPORT_ROWS, Report, ReportRow, StoredError, TextEncoding,
};

/// The preview of a file.
pub(super) struct FilePreview {
    pub rows: Vec<PreviewRow>,
    /// Number of rows in the file.
    pub total: usize,
    /// Number of rows with validation errors.
    pub faulty: usize,
    /// Number of rows with warnings.
    pub noticed: usize,
    /// Columns that set nothing.
    pub ignored: Vec<String>,
    /// Format of the file, as a sentence.
    pub format: String,
    /// Number of passwords that are sent by email.
    pub mailed: usize,
    /// Number of passwords that are in the file and not sent by email.
    pub typed: usize,
    /// Number of generated passwords that are not shown to anyone.
    pub unknown: usize,
    /// Address that the confirmation form posts to.
    pub action: String,
    /// Token of the confirmation form; empty if the file cannot be confirmed.
    pub token: String,
    /// Code of the selected encoding; empty for automatic detection.
    pub encoding: &'static str,
}

impl FilePreview {
    /// Converts a report. A token adds the confirmation form.
    pub fn of(c: &Chrome, report: Report, action: String, token: String) -> Self {
        // A file with errors imports nothing, so the counts of passwords would be misleading.
        let count = |count: usize| if report.faulty == 0 { count } else { 0 };
        Self {
            total: report.total,
            faulty: report.faulty,
            noticed: report.noticed,
            format: format(c, &report.format),
            mailed: count(report.mailed),
            typed: count(report.typed),
            unknown: count(report.unknown),
            rows: report
                .rows
                .into_iter()
                .take(MAX_REPORT_ROWS)
                .map(|row| preview_row(c, row))
                .collect(),
            ignored: report.ignored,
            action,
            token,
            encoding: "",
        }
    }

    /// Returns whether any row has limits, so that the table needs a column for them.
    pub fn has_limits(&self) -> bool {
        self.rows.iter().any(|row| !row.limits.is_empty())
    }

    /// Returns whether any row has errors or warnings.
    pub fn has_notes(&self) -> bool {
        self.rows.iter().any(|row| !row.errors.is_empty() || !row.notices.is_empty())
    }
}

pub(super) struct PreviewRow {
    pub number: u64,
    pub login_name: String,
    pub name: String,
    pub email: String,
    pub plan: String,
    /// Name and amount of each resource.
    pub limits: Vec<(String, String)>,
    /// Column and validation error; the column may be empty.
    pub errors: Vec<(String, String)>,
    /// Column and warning.
    pub notices: Vec<(String, String)>,
}

fn preview_row(c: &Chrome, row: ReportRow) -> PreviewRow {
    let texts = |errors: Vec<StoredError>| {
        errors
            .into_iter()
            .map(|error| (error.column.clone(), validation_errors::stored_text(c.lang, &error)))
            .collect()
    };
    PreviewRow {
        number: row.number,
        login_name: row.login_name.unwrap_or_default(),
        name: row.name,
        email: row.email,
        plan: row.plan.unwrap_or_default(),
        limits: row.limits.iter().filter_map(|(name, limit)| limit_of(c, name, *limit)).collect(),
        errors: texts(row.errors),
        notices: texts(row.notices),
    }
}

fn limit_of(c: &Chrome, name: &str, limit: Option<u64>) -> Option<(String, String)> {
    let resource = Resource::ALL.into_iter().find(|resource| resource.name() == name)?;
    let amount = match limit {
        None => c.t("state-unlimited"),
        // A rounded size could not be compared with the file.
        Some(amount) if resource.unit() == Unit::Count => c.num(amount),
        Some(amount) => i18n::format::exact_size(c.lang, amount),
    };
    Some((c.t(&resource.text_key()), amount))
}

fn format(c: &Chrome, format: &Format) -> String {
    match format {
        Format::Csv { encoding, delimiter } => {
            let encoding = TextEncoding::parse(encoding)
                .map_or_else(|| encoding.clone(), |known| known.label().to_owned());
            let delimiter = match delimiter {
                ',' => c.t("import-delimiter-comma"),
                ';' => c.t("import-delimiter-semicolon"),
                '\t' => c.t("import-delimiter-tab"),
                other => other.to_string(),
            };
            c.t_with("import-format-csv", &[("encoding", encoding), ("delimiter", delimiter)])
        }
        Format::Workbook { sheet, others: 0 } => {
            c.t_with("import-format-workbook", &[("sheet", sheet.as_str())])
        }
        Format::Workbook { sheet, .. } => {
            c.t_with("import-format-workbook-first", &[("sheet", sheet.as_str())])
        }
        Format::Unknown => c.t("import-format-unknown"),
    }
}

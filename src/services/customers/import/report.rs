//! What people see of a file: the rows that matter, and how many there are of each kind.

use super::format::Format;
use super::{PasswordOutcome, Preview, PreviewRow};
use domain::fault::FieldFaults;
use serde::{Deserialize, Serialize};

/// Rows that a report holds, those with faults first, then those with notices.
pub const MOST_SHOWN: usize = 200;

/// What would come of a file. It is kept for people to read, in their language: so it holds codes
/// and no sentences.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The rows that are shown.
    pub rows: Vec<ReportRow>,
    /// How many there are.
    pub total: usize,
    /// How many have faults.
    pub faulty: usize,
    /// How many have notices.
    pub noticed: usize,
    /// Columns that set nothing.
    pub ignored: Vec<String>,
    /// How the file was read.
    pub format: Format,
    /// How many passwords are mailed.
    pub mailed: usize,
    /// How many are in the file and not mailed.
    pub typed: usize,
    /// How many nobody knows.
    pub unknown: usize,
}

/// A row of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportRow {
    /// Its number in the file, as a spreadsheet counts.
    pub number: u64,
    /// The login name that it asks for; none for the next free number.
    pub login_name: Option<String>,
    /// How a list will call the customer.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Name of the plan.
    pub plan: Option<String>,
    /// Limits by the names of resources; none is no limit.
    pub limits: Vec<(String, Option<u64>)>,
    /// What is wrong.
    pub faults: Vec<Note>,
    /// What may be wrong.
    pub notices: Vec<Note>,
}

/// A fault as it is kept: see [`Fault`](domain::fault::Fault).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The column; empty where it belongs to none.
    pub column: String,
    /// Its code.
    pub code: String,
    /// Arguments of its text.
    pub args: Vec<(String, String)>,
}

impl From<Preview> for Report {
    fn from(preview: Preview) -> Self {
        let passwords = |outcome| preview.passwords(outcome);
        let (mailed, typed, unknown) = (
            passwords(PasswordOutcome::Mailed),
            passwords(PasswordOutcome::Typed),
            passwords(PasswordOutcome::Unknown),
        );
        let (total, faulty) = (preview.rows.len(), preview.faulty());
        let noticed = preview.rows.iter().filter(|row| !row.notices.is_empty()).count();
        let (wrong, right): (Vec<_>, Vec<_>) =
            preview.rows.into_iter().partition(|row| !row.faults.is_empty());
        let (odd, plain): (Vec<_>, Vec<_>) =
            right.into_iter().partition(|row| !row.notices.is_empty());
        let rows = wrong
            .into_iter()
            .chain(odd)
            .chain(plain)
            .take(MOST_SHOWN)
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
            faults: notes(&row.faults),
            notices: notes(&row.notices),
        }
    }
}

fn notes(faults: &FieldFaults) -> Vec<Note> {
    let note = |column: &str, fault: &domain::fault::Fault| Note {
        column: column.to_owned(),
        code: fault.code.to_string(),
        args: fault.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    };
    faults
        .iter()
        .flat_map(|(column, list)| list.iter().map(move |fault| note(column, fault)))
        .collect()
}

//! `customers import`: adds many customers from one file, all of them or none.
//!
//! 1. An entry point reads the file ([`Sheet::read`]) and checks it without writing ([`examine()`]).
//! 2. It shows the result ([`ExaminedRows::preview`]).
//! 3. After the confirmation, it hashes the passwords before any transaction is open
//!    ([`ExaminedRows::hash_passwords`]).
//! 4. It adds the customers in one transaction ([`add_all`]).
//!
//! The panel stores the file sealed until its confirmation ([`store_pending`], [`find_pending`]). A
//! file that is too large to be checked or added during a request becomes a [`run`], which the
//! worker processes.
//!
//! The rules are those of [`super::add()`]. The parser of all entry points reads each row, and the
//! functions that check a single customer check it.
//!
//! Every function that uses the database can also fail with the errors of the database.

mod aliases;
mod cells;
mod encoding;
mod examine;
mod file;
mod format;
mod header;
mod pending;
mod plans;
mod ready;
mod records;
mod redact;
mod report;
mod rows;
pub mod run;
#[cfg(test)]
mod tests;
mod write;
mod xlsx;

pub use encoding::TextEncoding;
pub use examine::{ExaminedRows, examine};
pub use file::{MAX_BYTES, MAX_ROWS, Sheet};
pub use format::Format;
pub use header::{EXAMPLE, documented_columns};
pub use pending::{PendingFile, find_pending, remove_pending, store_pending};
pub use ready::ReadyCustomers;
pub use report::{MAX_REPORT_ROWS, Report, ReportRow, StoredError};
pub use write::add_all;

use crate::Outcome;
use domain::quota::Quota;
use domain::resources::Resource;
use domain::validation::FieldErrors;
use futures_util::future::LocalBoxFuture;

/// Maximum number of rows that are checked during a request. The worker checks larger files.
pub const MAX_ROWS_IN_REQUEST: usize = 1000;
/// Maximum size of a file that is checked during a request, in bytes.
pub const MAX_BYTES_IN_REQUEST: usize = 1 << 20;
/// Maximum number of customers that are added during a request, since hashing their passwords takes
/// seconds.
pub const MAX_ADDED_IN_REQUEST: usize = 100;

/// Options of an import that are not in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether to email the passwords of rows that have no value for `sendpassword`.
    pub send_passwords: bool,
    /// Encoding of the file; `None` detects it.
    pub encoding: Option<TextEncoding>,
}

/// A stage of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The rows are being checked.
    Checking,
    /// The passwords are being hashed.
    Hashing,
    /// The customers are being written.
    Writing,
}

impl Stage {
    /// Returns the code, which is stored and is part of the names of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Hashing => "hashing",
            Self::Writing => "writing",
        }
    }
}

/// Receives the progress of an import, row by row. An error stops the import.
pub trait Progress {
    /// Reports that `done` rows are completed in this stage.
    fn step(&self, stage: Stage, done: usize) -> LocalBoxFuture<'_, Outcome<()>>;
}

/// Ignores the progress.
pub struct NoProgress;

impl Progress for NoProgress {
    fn step(&self, _: Stage, _: usize) -> LocalBoxFuture<'_, Outcome<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// The expected result of an import.
#[derive(Clone, Debug)]
pub struct Preview {
    pub rows: Vec<PreviewRow>,
    /// Names of the columns that set nothing.
    pub ignored: Vec<String>,
    pub format: Format,
}

/// A row of the file with its validation errors and warnings. It holds no password.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// Row number as in a spreadsheet. The header is row 1.
    pub number: u64,
    /// Requested login name. `None` stands for the next numbered name.
    pub login_name: Option<String>,
    /// Name of the customer as lists show it.
    pub name: String,
    /// Email address as in the file.
    pub email: String,
    pub plan: Option<String>,
    pub password: PasswordOutcome,
    /// Limits that the row or its plan sets. Empty if validation errors prevent a profile.
    pub limits: Vec<(Resource, Quota)>,
    /// Validation errors by the file's column names. Errors of the row itself are under an empty
    /// name.
    pub errors: FieldErrors,
    /// Warnings about email addresses and customer numbers that customers or earlier rows already
    /// have.
    pub notices: FieldErrors,
}

/// The way in which a new customer receives their password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordOutcome {
    /// The password, typed or generated, is emailed to the customer.
    Emailed,
    /// The password is in the file, and the sender of the file passes it on.
    Typed,
    /// The password is generated, but neither emailed nor displayed. A new one must be set.
    NotShown,
}

impl Preview {
    /// Returns the number of rows with validation errors.
    #[must_use]
    pub fn count_rows_with_errors(&self) -> usize {
        self.rows.iter().filter(|row| !row.errors.is_empty()).count()
    }

    /// Returns the number of rows with this password outcome.
    #[must_use]
    pub fn count_passwords(&self, outcome: PasswordOutcome) -> usize {
        self.rows.iter().filter(|row| row.password == outcome).count()
    }
}

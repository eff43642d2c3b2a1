//! `customers import`: many customers from one file; all of them or none.
//!
//! An entry point reads the file ([`Sheet::read`]) and looks at it ([`examine`], which only reads).
//! What comes of it is shown ([`Examined::preview`]). Once somebody has seen that, the passwords
//! are hashed ([`Examined::hashed`]) before any transaction is open, and the customers are added
//! ([`add_all`], in one transaction). Between the two looks the panel keeps the file sealed: a
//! small one for its confirmation ([`keep`], [`kept`]); a larger one as a [`run`], which the worker
//! looks at and adds.
//!
//! The rules are those of [`super::add`]: each row is read by the parser of every entry point, and
//! checked by the functions that check a customer who is added alone.

mod aliases;
mod cells;
mod encoding;
mod examine;
mod file;
mod format;
mod head;
mod keep;
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
pub use examine::{Examined, examine};
pub use file::{MAX_BYTES, MAX_ROWS, Sheet};
pub use format::Format;
pub use head::{EXAMPLE, parameters};
pub use keep::{Kept, forget, keep, kept};
pub use ready::Ready;
pub use report::{MOST_SHOWN, Note, Report, ReportRow};
pub use write::add_all;

use crate::Outcome;
use domain::fault::FieldFaults;
use domain::quota::Quota;
use domain::resources::Resource;
use futures_util::future::LocalBoxFuture;

/// The most rows that are looked at while somebody waits for the page; more of them are the
/// worker's.
pub const ROWS_AT_ONCE: usize = 1000;
/// The largest file that is looked at while somebody waits for the page.
pub const BYTES_AT_ONCE: usize = 1 << 20;
/// The most customers that are added while somebody waits for the page: hashing their passwords
/// takes seconds.
pub const ADDED_AT_ONCE: usize = 100;

/// What somebody says beside the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Mail the password to each customer of whom the file does not say whether to.
    pub send_passwords: bool,
    /// The encoding of the file; detected where there is none.
    pub encoding: Option<TextEncoding>,
}

/// What is being done with the rows of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// They are looked at.
    Checking,
    /// Their passwords are hashed.
    Hashing,
    /// They are written.
    Writing,
}

impl Stage {
    /// As stored, and as texts are named.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Hashing => "hashing",
            Self::Writing => "writing",
        }
    }
}

/// Told how far it is, row by row; may end it with an error.
pub trait Progress {
    /// So many rows are done in this stage.
    fn step(&self, stage: Stage, done: usize) -> LocalBoxFuture<'_, Outcome<()>>;
}

/// Nobody wants to know.
pub struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _: Stage, _: usize) -> LocalBoxFuture<'_, Outcome<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// What would come of an import.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The rows of the file, in its order.
    pub rows: Vec<PreviewRow>,
    /// Columns that tell what cannot be set; they are passed over.
    pub ignored: Vec<String>,
    /// How the file was read.
    pub format: Format,
}

/// A row of the file, and what is wrong with it. There is no password in here.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// Its number in the file, as a spreadsheet counts: the head is row 1.
    pub number: u64,
    /// The login name that it asks for; none for the next free number.
    pub login_name: Option<String>,
    /// How a list will call the customer.
    pub name: String,
    /// Mail address, as the file has it.
    pub email: String,
    /// Name of the plan.
    pub plan: Option<String>,
    /// What becomes of the password.
    pub password: PasswordOutcome,
    /// The limits that the row or its plan sets.
    pub limits: Vec<(Resource, Quota)>,
    /// What is wrong, by the columns' names in the file; under no name what belongs to none.
    pub faults: FieldFaults,
    /// What may be wrong: addresses and customer numbers that are there already.
    pub notices: FieldFaults,
}

/// What becomes of a new customer's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordOutcome {
    /// It is mailed to the customer, typed or generated.
    Mailed,
    /// It is in the file, and whoever has the file passes it on.
    Typed,
    /// It is generated and told to nobody: somebody has to set another.
    Unknown,
}

impl Preview {
    /// How many rows have faults.
    #[must_use]
    pub fn faulty(&self) -> usize {
        self.rows.iter().filter(|row| !row.faults.is_empty()).count()
    }

    /// For how many this becomes of the password.
    #[must_use]
    pub fn passwords(&self, outcome: PasswordOutcome) -> usize {
        self.rows.iter().filter(|row| row.password == outcome).count()
    }
}

//! Imports of customers that the worker runs.

use super::id::{ImportRunId, LoginId};
use jiff::Timestamp;

/// An import as stored.
#[derive(Clone, Debug)]
pub struct ImportRun {
    pub id: ImportRunId,
    /// The account that uploaded the file.
    pub login: LoginId,
    /// Sealing context of the file's parts and of the report.
    pub seal_key: String,
    /// Code of the state.
    pub state: String,
    /// Code of the stage.
    pub stage: String,
    /// Number of rows in the file.
    pub total: u64,
    /// Number of rows that are finished in this stage.
    pub done: u64,
    /// Whether to email the passwords of rows that have no value for `sendpassword`.
    pub send_passwords: bool,
    /// Code of the encoding; `None` if none was selected.
    pub encoding: Option<String>,
    /// IP address that the file was uploaded from.
    pub address: String,
    /// The report, sealed.
    pub report: Option<Vec<u8>>,
    /// Time of the upload.
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// An import for lists, without its report.
#[derive(Clone, Debug)]
pub struct ImportRunSummary {
    pub id: ImportRunId,
    /// Code of the state.
    pub state: String,
    /// Code of the stage.
    pub stage: String,
    /// Number of rows in the file.
    pub total: u64,
    /// Number of rows that are finished in this stage.
    pub done: u64,
    /// Code of the encoding; `None` if none was selected.
    pub encoding: Option<String>,
    /// Time of the upload.
    pub created_at: Timestamp,
}

//! Imports of customers that the worker carries out.

use super::id::{ImportRunId, LoginId};
use jiff::Timestamp;

/// An import as stored.
#[derive(Clone, Debug)]
pub struct ImportRun {
    /// Id.
    pub id: ImportRunId,
    /// The account that uploaded the file.
    pub login: LoginId,
    /// Sealing context of the file's parts and of the report.
    pub seal_key: String,
    /// Code of the state.
    pub state: String,
    /// Code of the stage.
    pub stage: String,
    /// Rows of the file.
    pub total: u64,
    /// Rows that are done in this stage.
    pub done: u64,
    /// Whether passwords are mailed where the file does not say.
    pub send_passwords: bool,
    /// Code of the encoding, where one was chosen.
    pub encoding: Option<String>,
    /// Address that the file was uploaded from.
    pub address: String,
    /// The report, sealed.
    pub report: Option<Vec<u8>>,
    /// Time of the upload.
    pub created_at: Timestamp,
    /// Time of the end.
    pub finished_at: Option<Timestamp>,
}

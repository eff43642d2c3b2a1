//! The content of backups.

use serde::{Deserialize, Serialize};

/// A line of a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// Starts a table; the rows that follow belong to it.
    Table {
        /// Name of the table.
        table: String,
        /// Names of the columns.
        columns: Vec<String>,
    },
    /// The values of a row, in the order of the columns. Bytes are in Base64.
    Row(Vec<serde_json::Value>),
}

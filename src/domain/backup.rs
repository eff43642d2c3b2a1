//! The content of backups.

use serde::{Deserialize, Serialize};

/// One line of a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// Starts a table. The rows that follow belong to it.
    Table { table: String, columns: Vec<String> },
    /// The values of a row, in the order of the columns. Binary values are in Base64.
    Row(Vec<serde_json::Value>),
}

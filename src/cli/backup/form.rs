//! The first and the last line of a backup.

use serde::{Deserialize, Serialize};

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// Version of this form.
    pub clientele_backup: u32,
    /// Version of the program.
    pub version: String,
    /// When it was begun.
    pub made_at: jiff::Timestamp,
    /// The steps of the schema that it was made on.
    pub steps: Vec<String>,
    /// The secret key, unless it was left out.
    pub secret_key: Option<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct End {
    pub lines: u64,
    pub sha256: String,
}

pub(super) const FORM: u32 = 1;
/// The longest line. Rows are far shorter: forms and requests of a few megabytes are the longest
/// that anybody can store.
pub(super) const MAX_LINE: usize = 8 << 20;

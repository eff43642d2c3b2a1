//! Header and trailer of a backup.

use serde::{Deserialize, Serialize};

/// The first line of a backup.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of the format.
    pub clientele_backup: u32,
    /// Version of the program.
    pub version: String,
    /// Start of the backup.
    pub made_at: jiff::Timestamp,
    /// Names of the migrations that the schema had.
    pub steps: Vec<String>,
    /// The secret key; `None` in backups that are not encrypted, if the key is not stored in a
    /// file, or if the user left it out.
    pub secret_key: Option<String>,
}

/// The last line of a backup: number and digest of the lines before it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Trailer {
    pub lines: u64,
    pub sha256: String,
}

pub(super) const FORMAT_VERSION: u32 = 1;
/// Maximum length of a line, in bytes. Rows are shorter: the longest stored values are forms and
/// requests of a few megabytes.
pub(super) const MAX_LINE: usize = 8 << 20;

//! The format of an imported file.

/// The format in which a file was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Format {
    /// Text.
    Csv {
        /// Code of the encoding: see [`TextEncoding::code`](super::TextEncoding::code).
        encoding: String,
        /// Character between cells.
        delimiter: char,
    },
    /// Excel workbook.
    Workbook {
        /// Name of the sheet that was read.
        sheet: String,
        /// Number of other sheets, which were not read.
        others: usize,
    },
    /// A format that only a newer version of the program knows, in a stored report.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Format {
    /// Returns whether the file was read as text. Its encoding may then have been detected wrongly.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Csv { .. })
    }
}

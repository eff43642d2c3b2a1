//! How a file was read.

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Format {
    /// As text.
    Csv {
        /// Code of its encoding: see [`TextEncoding::code`](super::TextEncoding::code).
        encoding: String,
        /// What separates its cells.
        delimiter: char,
    },
    /// As an Excel workbook.
    Workbook {
        /// Name of the sheet that was read.
        sheet: String,
        /// How many others there are, which were not.
        others: usize,
    },
}

impl Format {
    /// Whether it was read as text, in an encoding that might be another.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Csv { .. })
    }
}

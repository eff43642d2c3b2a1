//! Removes the passwords from a file, so that it can be shown to its sender.

use super::file::{self, Sheet};
use super::format::Format;

impl Sheet {
    /// Returns the file as CSV with empty password cells. Returns `None` if it has no passwords.
    #[must_use]
    pub fn without_passwords(&self) -> Option<String> {
        let password_columns: Vec<bool> =
            self.columns.iter().map(|column| column.sets.is_password()).collect();
        let holds_password = |index: usize| password_columns.get(index).copied().unwrap_or(false);
        let has_password = |record: &csv::StringRecord| {
            record.iter().enumerate().any(|(index, cell)| holds_password(index) && !cell.is_empty())
        };
        if !self.records.iter().any(|record| has_password(&record.cells)) {
            return None;
        }
        let delimiter = match self.format() {
            Format::Csv { delimiter, .. } => {
                u8::try_from(*delimiter).ok().filter(u8::is_ascii).unwrap_or(b',')
            }
            Format::Workbook { .. } | Format::Unknown => b',',
        };
        let mut writer =
            csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
        // An error leaves rows out of the text. The original, which holds passwords, is never shown
        // instead.
        let _ = writer.write_record(self.columns.iter().map(|column| &column.name));
        for record in &self.records {
            let cells = record
                .cells
                .iter()
                .enumerate()
                .map(|(index, cell)| if holds_password(index) { "" } else { cell });
            let _ = writer.write_record(cells);
        }
        let text = writer.into_inner().unwrap_or_default();
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    /// Returns whether the header row of a text has a password column, even if later rows are
    /// malformed.
    #[must_use]
    pub fn may_have_passwords(text: &str) -> bool {
        file::header_of(text).iter().any(super::header::is_password)
    }
}

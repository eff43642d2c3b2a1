//! A file without the passwords in it, to be shown to whoever sent it.

use super::cells::PASSWORD;
use super::file::{self, Sheet};
use super::format::Format;
use super::head::Target;

impl Sheet {
    /// The file as CSV with its cells of passwords empty; nothing where it has no password.
    #[must_use]
    pub fn without_passwords(&self) -> Option<String> {
        let is_password: Vec<bool> = self
            .columns
            .iter()
            .map(|column| column.sets == Target::Parameter(PASSWORD.to_owned()))
            .collect();
        let hides = |at: usize| is_password.get(at).copied().unwrap_or(false);
        let has = |record: &csv::StringRecord| {
            record.iter().enumerate().any(|(at, cell)| hides(at) && !cell.is_empty())
        };
        if !self.records.iter().any(|record| has(&record.cells)) {
            return None;
        }
        let delimiter = match self.format() {
            Format::Csv { delimiter, .. } => u8::try_from(*delimiter).unwrap_or(b','),
            Format::Workbook { .. } => b',',
        };
        let mut writer =
            csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
        let mut written =
            writer.write_record(self.columns.iter().map(|column| &column.name)).is_ok();
        for record in &self.records {
            let cells =
                record.cells.iter().enumerate().map(|(at, cell)| if hides(at) { "" } else { cell });
            written &= writer.write_record(cells).is_ok();
        }
        let text = writer.into_inner().ok().filter(|_| written)?;
        String::from_utf8(text).ok()
    }

    /// Whether the first row of a text names a column of passwords, however the text goes on.
    #[must_use]
    pub fn may_have_passwords(text: &str) -> bool {
        file::head_of(text).iter().any(super::head::is_password)
    }
}

//! From the bytes of a file to rows of cells.

use super::head::{self, Column};
use crate::domain::fault::{Fault, FieldFaults};

/// The most rows of one file.
pub const MAX_ROWS: usize = 1000;
/// The largest file.
pub const MAX_BYTES: usize = 1 << 20;

/// What may stand between two cells.
const DELIMITERS: [u8; 3] = *b",;\t";

/// A file, read: its columns are known, its cells not looked at yet. It may hold passwords, so it cannot be shown.
pub struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) records: Vec<Record>,
}

/// A row of a file.
pub(super) struct Record {
    /// Its number, as a spreadsheet counts.
    pub number: u64,
    pub cells: csv::StringRecord,
}

impl Sheet {
    /// Reads a file: UTF-8 with or without a byte order mark; commas, semicolons or tabs, whichever the head makes sense with;
    /// any kind of line end. Rows without any text are passed over.
    ///
    /// # Errors
    /// Faults of the file itself, under no name, and of its head, by column.
    pub fn read(file: &[u8]) -> Result<Self, FieldFaults> {
        let fault = |fault| FieldFaults::one("", fault);
        if file.len() > MAX_BYTES {
            return Err(fault(Fault::new("csv-too-large").with("max", MAX_BYTES >> 20)));
        }
        let text = std::str::from_utf8(file).map_err(|_| fault(Fault::new("csv-not-utf8")))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = delimiter(text);
        let mut records = records(text, delimiter);
        let head = match records.next() {
            None => return Err(fault(Fault::new("csv-empty"))),
            Some(head) => head.map_err(fault)?,
        };
        let columns = head::columns(&head.cells)?;
        let records: Vec<Record> = records.take(MAX_ROWS + 1).collect::<Result<_, Fault>>().map_err(fault)?;
        match records.len() {
            0 => Err(fault(Fault::new("csv-no-rows"))),
            n if n > MAX_ROWS => Err(fault(Fault::new("csv-too-many-rows").with("max", MAX_ROWS))),
            _ => Ok(Self { columns, records }),
        }
    }

    /// Names of the columns that set nothing.
    pub(super) fn ignored(&self) -> Vec<String> {
        self.columns.iter().filter(|column| column.sets_nothing()).map(|column| column.name.clone()).collect()
    }
}

impl Record {
    /// Whether it holds nothing, whichever delimiter it was read with.
    fn is_blank(&self) -> bool {
        let says_nothing = |c: char| c.is_whitespace() || DELIMITERS.contains(&c.try_into().unwrap_or_default());
        self.cells.iter().all(|cell| cell.chars().all(says_nothing))
    }

    /// How many cells there are, if that is not as many as there are columns. Empty ones beyond the last column are none:
    /// spreadsheets write them.
    pub fn ragged(&self, columns: usize) -> Option<usize> {
        let cells = self.cells.len().min(columns.max(filled(&self.cells)));
        (cells != columns).then_some(cells)
    }
}

/// How many cells there are up to the last that holds anything.
pub(super) fn filled(cells: &csv::StringRecord) -> usize {
    cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(last, _)| last + 1)
}

/// The one with which most names of the head are known, or else which makes most columns.
fn delimiter(text: &str) -> u8 {
    let columns = |delimiter: &u8| {
        let head = records(text, *delimiter).next().and_then(Result::ok).map(|record| record.cells).unwrap_or_default();
        (head.iter().filter(|name| head::is_known(name)).count(), head.len())
    };
    DELIMITERS.into_iter().rev().max_by_key(columns).unwrap_or(b',')
}

/// The rows that hold anything.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = Result<Record, Fault>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut number = 0;
    let records = reader.into_records().map(move |cells| {
        let cells = cells.map_err(|_| Fault::new("csv-unreadable"))?;
        number += 1 + cells.position().map_or(0, |at| empty_lines(text, at.byte()));
        Ok(Record { number, cells })
    });
    records.filter(|record| record.as_ref().map_or(true, |record| !record.is_blank()))
}

/// How many empty lines the reader passed over before a row: a spreadsheet counts them. It stands behind the end of the row
/// before, of which it may have left the second half of a CRLF.
fn empty_lines(text: &str, at: u64) -> u64 {
    let bytes = text.as_bytes();
    let mut at = usize::try_from(at).unwrap_or(bytes.len());
    if at > 0 && bytes.get(at - 1..=at) == Some(b"\r\n") {
        at += 1;
    }
    let mut lines = 0;
    while let Some(b'\r' | b'\n') = bytes.get(at) {
        at += if bytes.get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 };
        lines += 1;
    }
    lines
}

//! Splits CSV text into rows of cells, following RFC 4180. Quoted cells may hold any character, and
//! a quotation mark in them is doubled.
//!
//! Malformed text is refused with the number of its row. Limits bound the memory of cells, rows and
//! files, for CSV text and for workbooks.

use super::MAX_ROWS;
use domain::validation::{Argument, ErrorCode, ValidationError};

/// Maximum size of a cell, in bytes. The longest notes fit, even with four bytes per character.
pub const MAX_CELL: usize = 100_000;
/// Maximum size of a row, in bytes.
const MAX_RECORD: usize = 1 << 20;
/// Maximum number of cells in a row.
const MAX_CELLS: usize = 500;
/// Maximum size of all cells together, in bytes. A small workbook could exceed it by referring to
/// one shared text many times.
const MAX_TEXT: usize = 96 << 20;

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Row number as in a spreadsheet.
    pub number: u64,
    pub cells: csv::StringRecord,
}

impl Record {
    /// Returns the number of cells if it differs from the number of columns. Empty cells after the
    /// last column are ignored, since spreadsheets write them.
    pub fn wrong_cell_count(&self, columns: usize) -> Option<usize> {
        let cells = self.cells.len().min(columns.max(trimmed_len(&self.cells)));
        (cells != columns).then_some(cells)
    }

    fn is_blank(&self, blank: &[char]) -> bool {
        self.cells.iter().all(|cell| cell.chars().all(|c| c.is_whitespace() || blank.contains(&c)))
    }
}

/// Returns the number of cells up to the last one that is not empty.
pub(super) fn trimmed_len(cells: &csv::StringRecord) -> usize {
    cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .last()
        .map_or(0, |(last, _)| last + 1)
}

/// Collects cells into rows and enforces the limits. Rows without text are counted, but skipped.
pub(super) struct Collector {
    records: Vec<Record>,
    current: csv::StringRecord,
    number: u64,
    text_size: usize,
    max_rows: usize,
    /// Characters that count as blank, like white space. For CSV, these are all delimiters: a row
    /// without text may have another delimiter than the file.
    blank: &'static [char],
}

impl Collector {
    /// Creates a collector for at most this number of rows, including the header.
    pub fn new(max_rows: usize, blank: &'static [char]) -> Self {
        Self {
            records: Vec::new(),
            current: csv::StringRecord::new(),
            number: 1,
            text_size: 0,
            max_rows,
            blank,
        }
    }

    /// Returns whether the maximum number of rows is reached.
    pub fn is_full(&self) -> bool {
        self.records.len() >= self.max_rows
    }

    /// Returns the number of the current row.
    pub const fn row_number(&self) -> u64 {
        self.number
    }

    /// Adds a cell to the current row.
    pub fn push_cell(&mut self, cell: &str) -> Result<(), ValidationError> {
        let exceeded = |code, max: usize| {
            Err(ValidationError::new(code)
                .with("row", Argument::name(self.number))
                .with("max", max))
        };
        self.text_size += cell.len();
        if cell.len() > MAX_CELL {
            exceeded(ErrorCode::CsvCellTooLong, MAX_CELL)
        } else if self.current.as_slice().len() + cell.len() > MAX_RECORD {
            exceeded(ErrorCode::CsvRowTooLong, MAX_RECORD)
        } else if self.current.len() >= MAX_CELLS {
            exceeded(ErrorCode::CsvTooManyCells, MAX_CELLS)
        } else if self.text_size > MAX_TEXT {
            Err(ValidationError::new(ErrorCode::CsvTooMuchText).with("max", MAX_TEXT >> 20))
        } else {
            self.current.push_field(cell);
            Ok(())
        }
    }

    /// Ends the current row.
    pub fn end_row(&mut self) {
        let record = Record { number: self.number, cells: std::mem::take(&mut self.current) };
        self.number += 1;
        if !record.is_blank(self.blank) && !self.is_full() {
            self.records.push(record);
        }
    }

    /// Ends the current row and continues at the row with this number, unless the current row has
    /// reached it. The rows between are empty.
    pub fn skip_to_row(&mut self, number: u64) {
        if number > self.number {
            self.end_row();
            self.number = number;
        }
    }

    /// Returns the rows, the header first.
    pub fn finish(mut self) -> Vec<Record> {
        if !self.current.is_empty() {
            self.end_row();
        }
        self.records
    }
}

/// Position of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Begin,
    /// In a cell without quotation marks.
    Plain,
    /// Inside quotation marks.
    Quoted,
    /// After a quotation mark in a quoted cell. The mark ends the cell, or is the first of a
    /// doubled pair.
    Closed,
}

/// Parses CSV text that arrives in chunks of any size.
pub(super) struct Parser {
    rows: Collector,
    delimiter: char,
    state: State,
    cell: String,
    /// Whether the previous character was a carriage return that ended a row.
    after_cr: bool,
    has_input: bool,
}

/// Delimiters that are detected.
pub(super) const DELIMITERS: [char; 3] = [',', ';', '\t'];

impl Parser {
    /// Creates a parser for at most this number of rows below the header.
    pub fn new(delimiter: char, rows: usize) -> Self {
        let rows = Collector::new(rows + 1, &DELIMITERS);
        Self {
            rows,
            delimiter,
            state: State::Begin,
            cell: String::new(),
            after_cr: false,
            has_input: false,
        }
    }

    /// Parses a chunk. Returns whether the parser can take more rows.
    ///
    /// # Errors
    /// Malformed text or an exceeded limit.
    pub fn feed(&mut self, text: &str) -> Result<bool, ValidationError> {
        for c in text.chars() {
            self.consume(c)?;
            if self.rows.is_full() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn consume(&mut self, c: char) -> Result<(), ValidationError> {
        let completes_crlf = std::mem::take(&mut self.after_cr) && c == '\n';
        if completes_crlf {
            return Ok(());
        }
        self.has_input = true;
        match (self.state, c) {
            (State::Begin, '"') => self.state = State::Quoted,
            (State::Quoted, '"') => self.state = State::Closed,
            (State::Closed, '"') => {
                self.state = State::Quoted;
                self.push(c)?;
            }
            (State::Quoted, c) => self.push(c)?,
            (_, c) if c == self.delimiter => self.end_cell()?,
            (_, '\r' | '\n') => {
                self.after_cr = c == '\r';
                self.end_cell()?;
                self.rows.end_row();
                self.has_input = false;
            }
            (State::Closed, ' ' | '\t') => {}
            (State::Closed, _) => return Err(self.error(ErrorCode::CsvTextAfterQuote)),
            (State::Begin | State::Plain, c) => {
                self.state = State::Plain;
                self.push(c)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, c: char) -> Result<(), ValidationError> {
        self.cell.push(c);
        if self.cell.len() <= MAX_CELL {
            Ok(())
        } else if self.state == State::Quoted {
            // Without a closing quotation mark, the cell includes the rest of the file.
            Err(self.error(ErrorCode::CsvQuoteOpen))
        } else {
            Err(self.error(ErrorCode::CsvCellTooLong).with("max", MAX_CELL))
        }
    }

    fn end_cell(&mut self) -> Result<(), ValidationError> {
        self.rows.push_cell(&self.cell)?;
        self.cell.clear();
        self.state = State::Begin;
        Ok(())
    }

    fn error(&self, code: ErrorCode) -> ValidationError {
        ValidationError::new(code).with("row", Argument::name(self.rows.row_number()))
    }

    /// Returns the rows, the header first.
    ///
    /// # Errors
    /// `csv-quote-open` with the number of the row where the quotation mark was opened, or an
    /// exceeded limit.
    pub fn finish(mut self) -> Result<Vec<Record>, ValidationError> {
        if self.state == State::Quoted && !self.rows.is_full() {
            return Err(self.error(ErrorCode::CsvQuoteOpen));
        }
        if self.has_input && !self.rows.is_full() {
            self.end_cell()?;
        }
        Ok(self.rows.finish())
    }
}

/// Returns the first row with text, as far as it can be read.
pub(super) fn first_row(text: &str, delimiter: char) -> csv::StringRecord {
    let mut parser = Parser::new(delimiter, 0);
    // If the text is malformed or cut off, the cells up to that point are used.
    drop(parser.feed(text));
    match parser.rows.records.into_iter().next() {
        Some(record) => record.cells,
        None => {
            let mut cells = parser.rows.current;
            cells.push_field(&parser.cell);
            cells
        }
    }
}

/// Number of rows below the header that readers keep: one more than allowed, so that larger files
/// are detected.
pub(super) const MAX_ROWS_READ: usize = MAX_ROWS + 1;

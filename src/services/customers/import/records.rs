//! From characters to rows of cells, as RFC 4180 has it: cells in quotation marks may hold
//! anything, a quotation mark in them is doubled. What cannot be meant so is refused with the
//! number of its row, and nothing is kept that is larger than its bound.

use super::MAX_ROWS;
use domain::fault::{Code, Fault};

/// The most bytes of a cell: the longest notes, in characters of four bytes, and more.
pub const MAX_CELL: usize = 100_000;
/// The most bytes of a row.
const MAX_RECORD: usize = 1 << 20;
/// The most cells of a row.
const MAX_CELLS: usize = 500;
/// The most bytes of all cells together. A workbook refers to a text once written as often as it
/// likes.
const MAX_TEXT: usize = 96 << 20;

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its number, as a spreadsheet counts.
    pub number: u64,
    pub cells: csv::StringRecord,
}

impl Record {
    /// How many cells there are, if that is not as many as there are columns. Empty ones beyond the
    /// last column are none: spreadsheets write them.
    pub fn ragged(&self, columns: usize) -> Option<usize> {
        let cells = self.cells.len().min(columns.max(filled(&self.cells)));
        (cells != columns).then_some(cells)
    }

    fn is_blank(&self, also: &[char]) -> bool {
        self.cells.iter().all(|cell| cell.chars().all(|c| c.is_whitespace() || also.contains(&c)))
    }
}

/// How many cells there are up to the last that holds anything.
pub(super) fn filled(cells: &csv::StringRecord) -> usize {
    cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .last()
        .map_or(0, |(last, _)| last + 1)
}

/// Collects cells into rows within the bounds. Rows without any text are counted and passed over.
pub(super) struct Collector {
    records: Vec<Record>,
    current: csv::StringRecord,
    number: u64,
    text: usize,
    most: usize,
    /// Characters that say nothing where they fill a row: the delimiters that were not meant.
    blank: &'static [char],
}

impl Collector {
    /// Keeps at most this many rows, the head included.
    pub fn new(most: usize, blank: &'static [char]) -> Self {
        Self {
            records: Vec::new(),
            current: csv::StringRecord::new(),
            number: 1,
            text: 0,
            most,
            blank,
        }
    }

    /// Whether no more rows are wanted.
    pub fn is_full(&self) -> bool {
        self.records.len() >= self.most
    }

    /// The number of the row under way.
    pub const fn row(&self) -> u64 {
        self.number
    }

    /// Adds a cell to the row under way.
    pub fn cell(&mut self, cell: &str) -> Result<(), Fault> {
        let fault =
            |code, max: usize| Err(Fault::new(code).with("row", self.number).with("max", max));
        self.text += cell.len();
        if cell.len() > MAX_CELL {
            fault(Code::CsvCellTooLong, MAX_CELL)
        } else if self.current.as_slice().len() + cell.len() > MAX_RECORD {
            fault(Code::CsvRowTooLong, MAX_RECORD)
        } else if self.current.len() >= MAX_CELLS {
            fault(Code::CsvTooManyCells, MAX_CELLS)
        } else if self.text > MAX_TEXT {
            Err(Fault::new(Code::CsvTooMuchText).with("max", MAX_TEXT >> 20))
        } else {
            self.current.push_field(cell);
            Ok(())
        }
    }

    /// Ends the row under way.
    pub fn end_row(&mut self) {
        let record = Record { number: self.number, cells: std::mem::take(&mut self.current) };
        self.number += 1;
        if !record.is_blank(self.blank) && !self.is_full() {
            self.records.push(record);
        }
    }

    /// Goes on at the row of that number; those between are empty.
    pub fn go_to(&mut self, number: u64) {
        if number > self.number {
            self.end_row();
            self.number = number;
        }
    }

    /// The rows. The head is the first.
    pub fn finish(mut self) -> Vec<Record> {
        if !self.current.is_empty() {
            self.end_row();
        }
        self.records
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Begin,
    /// In a cell without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark that ends the cell, or is the first of two.
    Closed,
}

/// Reads CSV as it comes, in parts of any size.
pub(super) struct Parser {
    rows: Collector,
    delimiter: char,
    state: State,
    cell: String,
    /// The character before was a carriage return that ended a row.
    after_cr: bool,
    any: bool,
}

/// What may stand between two cells.
pub(super) const DELIMITERS: [char; 3] = [',', ';', '\t'];

impl Parser {
    /// A parser of at most this many rows below the head.
    pub fn new(delimiter: char, rows: usize) -> Self {
        let rows = Collector::new(rows + 1, &DELIMITERS);
        Self {
            rows,
            delimiter,
            state: State::Begin,
            cell: String::new(),
            after_cr: false,
            any: false,
        }
    }

    /// Reads on. Gives whether more is wanted.
    ///
    /// # Errors
    /// What cannot be meant so, with its row.
    pub fn feed(&mut self, text: &str) -> Result<bool, Fault> {
        for c in text.chars() {
            self.take(c)?;
            if self.rows.is_full() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn take(&mut self, c: char) -> Result<(), Fault> {
        let second_half = std::mem::take(&mut self.after_cr) && c == '\n';
        if second_half {
            return Ok(());
        }
        self.any = true;
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
                self.any = false;
            }
            (State::Closed, ' ' | '\t') => {}
            (State::Closed, _) => return Err(self.fault(Code::CsvTextAfterQuote)),
            (State::Begin | State::Plain, c) => {
                self.state = State::Plain;
                self.push(c)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, c: char) -> Result<(), Fault> {
        self.cell.push(c);
        if self.cell.len() <= MAX_CELL {
            Ok(())
        } else if self.state == State::Quoted {
            // A quotation mark that nobody closed takes in all that follows.
            Err(self.fault(Code::CsvQuoteOpen))
        } else {
            Err(self.fault(Code::CsvCellTooLong).with("max", MAX_CELL))
        }
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        self.rows.cell(&self.cell)?;
        self.cell.clear();
        self.state = State::Begin;
        Ok(())
    }

    fn fault(&self, code: Code) -> Fault {
        Fault::new(code).with("row", self.rows.row())
    }

    /// The rows, the head first.
    ///
    /// # Errors
    /// `csv-quote-open` with the row in which it was opened.
    pub fn finish(mut self) -> Result<Vec<Record>, Fault> {
        if self.state == State::Quoted && !self.rows.is_full() {
            return Err(self.fault(Code::CsvQuoteOpen));
        }
        if self.any && !self.rows.is_full() {
            self.end_cell()?;
        }
        Ok(self.rows.finish())
    }
}

/// The first row of a text that holds anything, however the text goes on.
pub(super) fn first(text: &str, delimiter: char) -> csv::StringRecord {
    let mut parser = Parser::new(delimiter, 0);
    // Where it is wrong or cut off, the cells so far are looked at.
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

/// The most rows of a file, head included, that a reader takes: one more than allowed, so that it
/// is noticed.
pub(super) const MOST: usize = MAX_ROWS + 1;

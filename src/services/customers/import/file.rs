//! From the bytes of a file to rows of cells.

use super::encoding::TextEncoding;
use super::format::Format;
use super::head::{self, Column};
use super::records::{self, DELIMITERS, MOST, Parser, Record};
use super::xlsx;
use domain::fault::{Code, Fault, FieldFaults};

/// The most rows of one file.
pub const MAX_ROWS: usize = 50_000;
/// The largest file.
pub const MAX_BYTES: usize = 24 << 20;

/// How much is decoded at a time.
const CHUNK: usize = 64 << 10;
/// How much of the beginning decides on the delimiter.
const BEGINNING: usize = 256 << 10;

/// A file, read: its columns are known, its cells not looked at yet. It may hold passwords, so it
/// cannot be shown.
pub struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) records: Vec<Record>,
    format: Format,
}

impl Sheet {
    /// Reads a file: text of any [`TextEncoding`] with commas, semicolons or tabs (`sep=` in the
    /// first line says which), and any kind of line end; or the first sheet of an Excel workbook.
    /// Rows without any text are passed over. The encoding is detected where none is given.
    ///
    /// # Errors
    /// Faults of the file itself, under no name, and of its head, by column.
    pub fn read(file: &[u8], encoding: Option<TextEncoding>) -> Result<Self, FieldFaults> {
        let fault = |fault| FieldFaults::one("", fault);
        if file.len() > MAX_BYTES {
            return Err(fault(Fault::new(Code::CsvTooLarge).with("max", MAX_BYTES >> 20)));
        }
        let (records, format) = read(file, encoding).map_err(fault)?;
        let mut records = records.into_iter();
        let Some(head) = records.next() else { return Err(fault(Fault::new(Code::CsvEmpty))) };
        let columns = head::columns(&head.cells)?;
        let records: Vec<Record> = records.collect();
        match records.len() {
            0 => Err(fault(Fault::new(Code::CsvNoRows))),
            n if n > MAX_ROWS => Err(fault(Fault::new(Code::CsvTooManyRows).with("max", MAX_ROWS))),
            _ => Ok(Self { columns, records, format }),
        }
    }

    /// How it was read.
    #[must_use]
    pub const fn format(&self) -> &Format {
        &self.format
    }

    /// How many rows there are below the head.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none, which [`read`](Self::read) refuses.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Names of the columns that set nothing.
    pub(super) fn ignored(&self) -> Vec<String> {
        self.columns
            .iter()
            .filter(|column| column.sets_nothing())
            .map(|column| column.name.clone())
            .collect()
    }
}

fn read(file: &[u8], encoding: Option<TextEncoding>) -> Result<(Vec<Record>, Format), Fault> {
    if let Some(fault) = of_another_kind(file) {
        return Err(fault);
    }
    if file.starts_with(b"PK\x03\x04") {
        let (records, format) = xlsx::read(file)?;
        return Ok((records, format));
    }
    let encoding = encoding.unwrap_or_else(|| TextEncoding::detect(file));
    let mut decoding = Decoding::new(file, encoding);
    let mut beginning = String::new();
    while beginning.len() < BEGINNING && decoding.next(&mut beginning)? {}
    let (delimiter, skip) = separator(&beginning).unwrap_or_else(|| (delimiter(&beginning), 0));
    let mut parser = Parser::new(delimiter, MOST);
    let mut wanted = parser.feed(&beginning[skip..])?;
    while wanted {
        beginning.clear();
        if !decoding.next(&mut beginning)? {
            break;
        }
        wanted = parser.feed(&beginning)?;
    }
    Ok((parser.finish()?, Format::Csv { encoding: encoding.code().to_owned(), delimiter }))
}

/// What is recognised and cannot be read, with what to do.
fn of_another_kind(file: &[u8]) -> Option<Fault> {
    if file.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(Fault::new(Code::CsvIsXls));
    }
    if file.starts_with(b"%PDF") || file.starts_with(b"\x89PNG") || file.starts_with(b"\x1f\x8b") {
        return Some(Fault::new(Code::CsvIsBinary));
    }
    None
}

/// The text of a file, part by part.
struct Decoding<'a> {
    rest: &'a [u8],
    encoding: TextEncoding,
    decoder: encoding_rs::Decoder,
    over: bool,
}

impl<'a> Decoding<'a> {
    fn new(file: &'a [u8], encoding: TextEncoding) -> Self {
        Self { rest: file, encoding, decoder: encoding.decoder(), over: false }
    }

    /// Appends the next part; gives whether there was one.
    fn next(&mut self, to: &mut String) -> Result<bool, Fault> {
        if self.over {
            return Ok(false);
        }
        let (part, rest) = self.rest.split_at(self.rest.len().min(CHUNK));
        self.rest = rest;
        self.over = rest.is_empty();
        to.reserve(self.decoder.max_utf8_buffer_length(part.len()).unwrap_or(CHUNK * 3));
        let before = to.len();
        let (_, _, wrong) = self.decoder.decode_to_string(part, to, self.over);
        if wrong {
            let code = if self.encoding == TextEncoding::Utf8 {
                Code::CsvNotUtf8
            } else {
                Code::CsvNotEncoding
            };
            return Err(Fault::new(code).with("encoding", self.encoding.label()));
        }
        // Text holds no zero characters; pictures and programs do.
        if to[before..].contains('\0') {
            return Err(Fault::new(Code::CsvIsBinary));
        }
        Ok(true)
    }
}

/// What a first line such as `sep=;` says, and where the text goes on: Excel writes and obeys it,
/// and shows no such row.
fn separator(text: &str) -> Option<(char, usize)> {
    let end = text.find(['\r', '\n'])?;
    let line = text[..end].trim().trim_matches('"').trim_end_matches([',', ';', '\t']);
    let full = text[..end].trim_start().trim_start_matches('"');
    let (key, value) = full.split_once('=')?;
    if !key.eq_ignore_ascii_case("sep") || line.len() > 5 {
        return None;
    }
    let delimiter = value.chars().next().filter(|c| !c.is_alphanumeric() && *c != '"')?;
    let line_end = if text[end..].starts_with("\r\n") { 2 } else { 1 };
    Some((delimiter, end + line_end))
}

/// The names in the first row of a text.
pub(super) fn head_of(text: &str) -> csv::StringRecord {
    let (delimiter, skip) = separator(text).unwrap_or_else(|| (delimiter(text), 0));
    records::first(&text[skip..], delimiter)
}

/// The one with which most names of the head are known, or else which makes most columns.
fn delimiter(text: &str) -> char {
    let columns = |delimiter: &char| {
        let head = records::first(text, *delimiter);
        (head.iter().filter(|name| head::is_known(name)).count(), head.len())
    };
    DELIMITERS.into_iter().rev().max_by_key(columns).unwrap_or(',')
}

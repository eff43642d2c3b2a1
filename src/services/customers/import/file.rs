//! Reads the bytes of a file into rows of cells.

use super::encoding::TextEncoding;
use super::format::Format;
use super::header::{self, Column};
use super::records::{self, DELIMITERS, MAX_ROWS_READ, Parser, Record};
use super::xlsx;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Maximum number of rows in a file, without the header.
pub const MAX_ROWS: usize = 50_000;
/// Maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 24 << 20;

/// Number of bytes that are decoded at a time.
const CHUNK_SIZE: usize = 64 << 10;
/// Number of bytes of text at the beginning of a file from which the delimiter is detected.
const DETECTION_SIZE: usize = 256 << 10;

/// A file that was read into columns and rows. The columns are identified; the cells are not
/// checked yet. The type has no `Debug`, since it may hold passwords.
pub struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) records: Vec<Record>,
    format: Format,
}

impl Sheet {
    /// Reads a CSV file or the first sheet of an Excel workbook.
    ///
    /// A CSV file may have any [`TextEncoding`] and any kind of line ending. Cells are separated by
    /// commas, semicolons or tabs, or by the character that a first line with `sep=` names. Rows
    /// without text are skipped. The encoding is detected if `encoding` is `None`.
    ///
    /// # Errors
    /// Validation errors of the file under an empty name, and those of its header row by column.
    pub fn read(file: &[u8], encoding: Option<TextEncoding>) -> Result<Self, FieldErrors> {
        let file_error = |error| FieldErrors::one("", error);
        if file.len() > MAX_BYTES {
            return Err(file_error(
                ValidationError::new(ErrorCode::CsvTooLarge).with("max", MAX_BYTES >> 20),
            ));
        }
        let (records, format) = read(file, encoding).map_err(file_error)?;
        let mut records = records.into_iter();
        let Some(head) = records.next() else {
            return Err(file_error(ValidationError::new(ErrorCode::CsvEmpty)));
        };
        let columns = header::columns(&head.cells)?;
        let records: Vec<Record> = records.collect();
        match records.len() {
            0 => Err(file_error(ValidationError::new(ErrorCode::CsvNoRows))),
            n if n > MAX_ROWS => Err(file_error(
                ValidationError::new(ErrorCode::CsvTooManyRows).with("max", MAX_ROWS),
            )),
            _ => Ok(Self { columns, records, format }),
        }
    }

    /// Returns the format in which the file was read.
    #[must_use]
    pub const fn format(&self) -> &Format {
        &self.format
    }

    /// Returns the number of rows below the header.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether there are no rows. [`read`](Self::read) refuses such files.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns the names of the columns that set nothing.
    pub(super) fn ignored_columns(&self) -> Vec<String> {
        self.columns
            .iter()
            .filter(|column| column.sets_nothing())
            .map(|column| column.name.clone())
            .collect()
    }
}

fn read(
    file: &[u8],
    encoding: Option<TextEncoding>,
) -> Result<(Vec<Record>, Format), ValidationError> {
    if let Some(error) = unsupported_type(file) {
        return Err(error);
    }
    if file.starts_with(b"PK\x03\x04") {
        return xlsx::read(file);
    }
    let encoding = encoding.unwrap_or_else(|| TextEncoding::detect(file));
    let mut chunks = ChunkDecoder::new(file, encoding);
    let mut beginning = String::new();
    while beginning.len() < DETECTION_SIZE && chunks.decode_next(&mut beginning)? {}
    let (delimiter, skip) =
        parse_separator_line(&beginning).unwrap_or_else(|| (detect_delimiter(&beginning), 0));
    let mut parser = Parser::new(delimiter, MAX_ROWS_READ);
    let mut wants_more = parser.feed(&beginning[skip..])?;
    while wants_more {
        beginning.clear();
        if !chunks.decode_next(&mut beginning)? {
            break;
        }
        wants_more = parser.feed(&beginning)?;
    }
    Ok((parser.finish()?, Format::Csv { encoding: encoding.code().to_owned(), delimiter }))
}

/// Returns an error with advice for known file types that cannot be read.
fn unsupported_type(file: &[u8]) -> Option<ValidationError> {
    if file.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(ValidationError::new(ErrorCode::CsvIsXls));
    }
    if file.starts_with(b"%PDF") || file.starts_with(b"\x89PNG") || file.starts_with(b"\x1f\x8b") {
        return Some(ValidationError::new(ErrorCode::CsvIsBinary));
    }
    None
}

/// Decodes a file in chunks.
struct ChunkDecoder<'a> {
    rest: &'a [u8],
    encoding: TextEncoding,
    decoder: encoding_rs::Decoder,
    is_finished: bool,
}

impl<'a> ChunkDecoder<'a> {
    fn new(file: &'a [u8], encoding: TextEncoding) -> Self {
        Self { rest: file, encoding, decoder: encoding.decoder(), is_finished: false }
    }

    /// Appends the text of the next chunk. Returns whether there was one.
    fn decode_next(&mut self, text: &mut String) -> Result<bool, ValidationError> {
        if self.is_finished {
            return Ok(false);
        }
        let (part, rest) = self.rest.split_at(self.rest.len().min(CHUNK_SIZE));
        self.rest = rest;
        self.is_finished = rest.is_empty();
        text.reserve(self.decoder.max_utf8_buffer_length(part.len()).unwrap_or(CHUNK_SIZE * 3));
        let before = text.len();
        let (_, _, has_errors) = self.decoder.decode_to_string(part, text, self.is_finished);
        if has_errors {
            let code = if self.encoding == TextEncoding::Utf8 {
                ErrorCode::CsvNotUtf8
            } else {
                ErrorCode::CsvNotEncoding
            };
            return Err(ValidationError::new(code).with("encoding", self.encoding.label()));
        }
        // NUL characters appear in binary files, such as images and programs, but not in text.
        if text[before..].contains('\0') {
            return Err(ValidationError::new(ErrorCode::CsvIsBinary));
        }
        Ok(true)
    }
}

/// Parses a first line such as `sep=;`. Returns the delimiter and the offset of the text after the
/// line. Excel obeys such lines and does not show them as rows.
fn parse_separator_line(text: &str) -> Option<(char, usize)> {
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

/// Returns the names in the header row of a text.
pub(super) fn header_of(text: &str) -> csv::StringRecord {
    let (delimiter, skip) =
        parse_separator_line(text).unwrap_or_else(|| (detect_delimiter(text), 0));
    records::first_row(&text[skip..], delimiter)
}

/// Detects the delimiter: the one that yields the most known column names, then the most columns.
fn detect_delimiter(text: &str) -> char {
    let columns = |delimiter: &char| {
        let head = records::first_row(text, *delimiter);
        (head.iter().filter(|name| header::is_known(name)).count(), head.len())
    };
    DELIMITERS.into_iter().rev().max_by_key(columns).unwrap_or(',')
}

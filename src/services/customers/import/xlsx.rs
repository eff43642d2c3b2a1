//! Reads the first sheet of an Excel workbook (`.xlsx`).
//!
//! A workbook is a ZIP archive. All parts are first unpacked to measure their size, without keeping
//! them. A small file therefore cannot fill the memory.

use super::format::Format;
use super::records::{Collector, MAX_ROWS_READ, Record};
use calamine::{DataRef, Reader as _, Xlsx};
use domain::validation::{ErrorCode, ValidationError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Maximum size of all parts of a workbook together when unpacked, in bytes. Sheets are streamed.
const MAX_UNPACKED: u64 = 384 << 20;
/// Maximum size of a part that is kept in memory, in bytes. These are all parts except sheets.
const MAX_KEPT: u64 = 48 << 20;
/// Maximum number of parts.
const MAX_PARTS: usize = 2000;

/// Reads the rows of the first sheet.
///
/// # Errors
/// `csv-is-ods`, `csv-is-archive`, `csv-xlsx-damaged`, `csv-xlsx-too-large`, and exceeded limits of
/// rows and cells.
pub(super) fn read(file: &[u8]) -> Result<(Vec<Record>, Format), ValidationError> {
    check_size(file)?;
    let damaged = || ValidationError::new(ErrorCode::CsvXlsxDamaged);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| damaged())?;
    let names = workbook.sheet_names();
    let Some(name) = names.first().cloned() else { return Err(damaged()) };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut rows = Collector::new(MAX_ROWS_READ + 1, &[]);
    let mut column = 0;
    let mut row = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let (cell_row, cell_column) = cell.get_position();
        if rows.is_full() {
            break;
        }
        if cell_row < row || (cell_row == row && cell_column < column) {
            return Err(damaged());
        }
        if cell_row > row {
            rows.skip_to_row(u64::from(cell_row) + 1);
            (row, column) = (cell_row, 0);
        }
        let text = cell_text(cell.get_value());
        // Sheets omit empty cells, so the gap is filled. Empty cells at the end of a row are
        // dropped.
        if !text.is_empty() {
            while column < cell_column {
                rows.push_cell("")?;
                column += 1;
            }
            rows.push_cell(&text)?;
            column += 1;
        }
    }
    Ok((rows.finish(), Format::Workbook { sheet: name, others: names.len() - 1 }))
}

/// Checks the unpacked size of all parts, without keeping them.
fn check_size(file: &[u8]) -> Result<(), ValidationError> {
    let damaged = || ValidationError::new(ErrorCode::CsvXlsxDamaged);
    let too_large =
        || ValidationError::new(ErrorCode::CsvXlsxTooLarge).with("max", MAX_UNPACKED >> 20);
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| damaged())?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(ValidationError::new(if archive.index_for_name("content.xml").is_some() {
            ErrorCode::CsvIsOds
        } else {
            ErrorCode::CsvIsArchive
        }));
    }
    if archive.len() > MAX_PARTS {
        return Err(too_large());
    }
    let mut remaining = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged())?;
        let is_sheet = part.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let limit = if is_sheet { remaining } else { remaining.min(MAX_KEPT) };
        let size = std::io::copy(&mut part.take(limit + 1), &mut std::io::sink())
            .map_err(|_| damaged())?;
        if size > limit {
            return Err(too_large());
        }
        remaining -= size;
    }
    Ok(())
}

/// Formats a cell as CSV text.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(on) => if *on { "1" } else { "0" }.to_owned(),
        DataRef::DateTime(date) => date.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

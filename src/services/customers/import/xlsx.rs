//! The first sheet of an Excel workbook (`.xlsx`). A workbook is an archive: it is unpacked once
//! for nothing but its size before anything of it is kept, so that a small file cannot become a
//! large one in memory.

use super::format::Format;
use super::records::{Collector, MOST, Record};
use calamine::{DataRef, Reader as _, Xlsx};
use domain::fault::{Code, Fault};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes of all parts of a workbook together, unpacked. Sheets are read in passing.
const MAX_UNPACKED: u64 = 384 << 20;
/// The most bytes of a part that is kept whole: all but sheets.
const MAX_KEPT: u64 = 48 << 20;
/// The most parts.
const MAX_PARTS: usize = 2000;

/// Reads the rows of the first sheet.
///
/// # Errors
/// Where it is no workbook, is damaged, protected or too large.
pub(super) fn read(file: &[u8]) -> Result<(Vec<Record>, Format), Fault> {
    bounded(file)?;
    let damaged = || Fault::new(Code::CsvXlsxDamaged);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| damaged())?;
    let names = workbook.sheet_names();
    let Some(name) = names.first().cloned() else { return Err(damaged()) };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut rows = Collector::new(MOST + 1, &[]);
    let mut column = 0;
    let mut row = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let (at_row, at_column) = cell.get_position();
        if rows.is_full() {
            break;
        }
        if at_row < row || (at_row == row && at_column < column) {
            return Err(damaged());
        }
        if at_row > row {
            rows.go_to(u64::from(at_row) + 1);
            (row, column) = (at_row, 0);
        }
        let text = text(cell.get_value());
        // Empty cells are left out of a sheet. Those at the end of a row are none.
        if !text.is_empty() {
            while column < at_column {
                rows.cell("")?;
                column += 1;
            }
            rows.cell(&text)?;
            column += 1;
        }
    }
    Ok((rows.finish(), Format::Workbook { sheet: name, others: names.len() - 1 }))
}

/// Unpacks all parts and keeps none of them.
fn bounded(file: &[u8]) -> Result<(), Fault> {
    let damaged = || Fault::new(Code::CsvXlsxDamaged);
    let too_large = || Fault::new(Code::CsvXlsxTooLarge).with("max", MAX_UNPACKED >> 20);
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| damaged())?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Fault::new(if archive.index_for_name("content.xml").is_some() {
            Code::CsvIsOds
        } else {
            Code::CsvIsArchive
        }));
    }
    if archive.len() > MAX_PARTS {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged())?;
        let is_sheet = part.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let bound = if is_sheet { left } else { left.min(MAX_KEPT) };
        let size = std::io::copy(&mut part.take(bound + 1), &mut std::io::sink())
            .map_err(|_| damaged())?;
        if size > bound {
            return Err(too_large());
        }
        left -= size;
    }
    Ok(())
}

/// A cell as CSV would have it.
fn text(value: &DataRef<'_>) -> String {
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

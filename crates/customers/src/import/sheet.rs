//! Excel's format: a zip archive of XML. What is small packed may be huge unpacked, and a sheet with one cell may claim
//! billions; so the archive is unpacked once against a limit before it is read, and cells are read one by one.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, sink},
};

use calamine::{Data, DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::{Cells, FileError, MOST_ROWS};

/// The most bytes that an archive may unpack to.
const UNPACKED: u64 = 32 * 1024 * 1024;
/// The most entries of an archive.
const ENTRIES: usize = 1000;
/// How many columns are looked at.
const COLUMNS: u32 = 64;
/// How many characters of a cell are kept: more than any of our columns takes, and little however many cells name one long
/// text of the archive.
const CHARACTERS: usize = 300;

/// The rows of the first sheet that hold anything.
pub(super) fn rows(file: &[u8]) -> Result<Vec<Cells>, FileError> {
    check(file).ok_or(FileError::Unreadable)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| FileError::Unreadable)?;
    let sheet = book.sheet_names().first().cloned().ok_or(FileError::Empty)?;
    let mut cells = book
        .worksheet_cells_reader(&sheet)
        .map_err(|_| FileError::Unreadable)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|_| FileError::Unreadable)? {
        let ((row, column), value) = (cell.get_position(), cell.get_value());
        if *value == DataRef::Empty || column >= COLUMNS {
            continue;
        }
        let place = column as usize;
        let cells = rows.entry(row).or_default();
        if cells.len() <= place {
            cells.resize(place + 1, String::new());
        }
        cells[place] = text(value);
        // With the header, and one too many to say so.
        if rows.len() > MOST_ROWS + 2 {
            return Err(FileError::TooMany);
        }
    }
    let numbered = rows.into_iter().map(|(row, cells)| (row as usize + 1, cells));
    Ok(numbered.collect())
}

/// What a cell says; cut where it is too long for any column, and marked so that it stays too long.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::SharedString(text) => text.trim(),
        DataRef::String(text) => text.trim(),
        other => return Data::from(other.clone()).to_string(),
    };
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Nothing where the archive is damaged or unpacks to too much, whatever it says of itself.
fn check(file: &[u8]) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    if archive.len() > ENTRIES {
        return None;
    }
    let mut left = UNPACKED;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).ok()?;
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut sink()).ok()?;
        left = left.checked_sub(unpacked)?;
    }
    Some(())
}

//! CSV, as spreadsheets of all languages write it.

use super::{Cells, FileError, MOST_ROWS};

/// The rows with their lines in the file.
pub(super) fn rows(file: &[u8]) -> Result<Vec<Cells>, FileError> {
    let text = std::str::from_utf8(file).map_err(|_| FileError::Unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    // A document of another kind may be text as well, one with zeros at least is none. Other control characters are a
    // matter of the cell that they are in: spreadsheets write U+000B for a line break, say.
    if text.starts_with("%PDF-") || text.contains('\0') {
        return Err(FileError::Unreadable);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut number, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|_| FileError::Unreadable)?;
        let read = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(read).unwrap_or(usize::MAX).min(text.len());
        // Empty lines are passed over by the reader as part of the record behind them, but they are lines.
        let empty = text.as_bytes()[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        let start = start + empty.count();
        number += text
            .get(counted..start)
            .map_or(0, |passed| passed.matches('\n').count());
        counted = start;
        rows.push((number, record.iter().map(str::to_owned).collect()));
        // With the header, and one too many to say so.
        if rows.len() > MOST_ROWS + 1 {
            return Err(FileError::TooMany);
        }
    }
    Ok(rows)
}

/// Where the decimal sign is a comma, spreadsheets separate cells by semicolons; what is copied from one, by tabs.
fn separator(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    let most = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|one| count(*one));
    most.unwrap_or(b',')
}

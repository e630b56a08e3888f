//! Knows the line of a place in a file. The CSV reader's own count is off by the empty lines before a row and by
//! how a line ends.

use std::{cell::RefCell, collections::VecDeque, io::Read};

/// Passes a file on and notes where its lines begin.
pub(super) struct Lines<R> {
    file: R,
    notes: RefCell<Notes>,
}

struct Notes {
    /// Offset and number of the lines that are not empty and not asked for yet.
    begun: VecDeque<(u64, u64)>,
    offset: u64,
    line: u64,
    before: u8,
}

impl<R> Lines<R> {
    pub(super) fn new(file: R) -> Self {
        let notes = Notes {
            begun: VecDeque::new(),
            offset: 0,
            line: 1,
            before: b'\n',
        };
        Self {
            file,
            notes: RefCell::new(notes),
        }
    }

    /// The number of the first line that is not empty and begins at `offset` or behind it. Offsets are asked for in
    /// ascending order.
    pub(super) fn at(&self, offset: u64) -> u64 {
        let mut notes = self.notes.borrow_mut();
        while let Some((begin, line)) = notes.begun.pop_front() {
            if begin >= offset {
                return line;
            }
        }
        notes.line
    }
}

impl Notes {
    fn pass(&mut self, byte: u8) {
        let is_end = |byte| matches!(byte, b'\n' | b'\r');
        // `\r\n` is one end.
        if byte == b'\r' || (byte == b'\n' && self.before != b'\r') {
            self.line += 1;
        }
        if !is_end(byte) && is_end(self.before) {
            self.begun.push_back((self.offset, self.line));
        }
        self.offset += 1;
        self.before = byte;
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        let notes = self.notes.get_mut();
        buffer[..read].iter().for_each(|byte| notes.pass(*byte));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    /// The lines on which the records after the header begin.
    fn lines(text: &str) -> Vec<u64> {
        let mut file = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(Lines::new(text.as_bytes()));
        file.byte_headers().unwrap();
        let (mut record, mut found) = (csv::ByteRecord::new(), Vec::new());
        while file.read_byte_record(&mut record).unwrap() {
            found.push(file.get_ref().at(record.position().unwrap().byte()));
        }
        found
    }

    #[test]
    fn lines_are_counted_as_editors_do() {
        assert_eq!(lines("a,b\n1,2\n3,4"), [2, 3]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [2, 3]);
        assert_eq!(lines("\u{feff}a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(lines("a,b\n\n\n1,2\n\r\n3,4\n"), [4, 6]);
        assert_eq!(lines("a,b\n1,\"2\n\n2\"\n3,4\n"), [2, 5]);
        assert_eq!(lines("a,b\n\"1\r\n\",2\r\n\r\n3,4\n"), [2, 5]);
    }
}

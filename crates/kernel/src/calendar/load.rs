//! Holidays and worked days from a file: CSV or iCalendar.
//!
//! Both take the file's bytes and never more than [`MAX_BYTES`] and [`BusinessCalendar::MAX_EXCEPTIONS`] days; what
//! is wrong is said with its line.

mod csv;
mod ical;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use self::csv::from_csv;
pub use self::ical::from_ical;
use super::{BusinessCalendar, DayKind, Exceptions};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// The longest name of a day, in characters.
pub const MAX_NAME: usize = 200;

/// Dates outside are taken for mistakes.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A file that cannot be used as holidays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Larger than [`MAX_BYTES`].
    #[error("the file has {0} bytes; at most {MAX_BYTES} are read")]
    TooLarge(usize),
    /// Something on a line.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, counted from 1. For an event of several lines, its first.
        line: u64,
        /// What is wrong there.
        problem: Problem,
    },
}

/// What is wrong on a line of a holiday file. Texts from the file are cut to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each message says it")]
pub enum Problem {
    #[error("this is not UTF-8; save the file in that encoding")]
    NotUtf8,
    #[error("more than {max} days; this file is no list of holidays", max = BusinessCalendar::MAX_EXCEPTIONS)]
    TooManyDays,
    #[error("the first line must be \"date,kind,name_en,name_vi\", separated by commas")]
    Header,
    #[error("expected 4 columns (date, kind, name_en, name_vi), found {found}")]
    Columns { found: usize },
    #[error("not readable as CSV: {0}")]
    Csv(String),
    #[error("{0:?} is no date; write it as 2026-09-02")]
    Date(String),
    #[error("{0} lies outside the years 1900 to 2199")]
    Year(String),
    #[error("{0:?} is no kind of day; known are \"holiday\" and \"working_day\"")]
    Kind(String),
    #[error("the day has no name")]
    NameMissing,
    #[error("the name {0:?} is longer than {MAX_NAME} characters or has control characters")]
    Name(String),
    #[error("{date} stands on line {first} already")]
    Twice { date: Date, first: u64 },
    #[error("{date} is a holiday and a working day at once; see line {first}")]
    Conflict { date: Date, first: u64 },
    #[error("this is no iCalendar file: it does not start with BEGIN:VCALENDAR")]
    NotICalendar,
    #[error("{0:?} does not fit here")]
    Nesting(String),
    #[error("the file ends before the {0:?} that begins here does")]
    Unfinished(String),
    #[error("the event is larger than {max} bytes", max = ical::MAX_EVENT_BYTES)]
    EventTooLarge,
    #[error("the event is not readable as iCalendar")]
    EventUnreadable,
    #[error("the event {event:?} recurs (it has {property}); write each year's day as an event of its own")]
    Recurring { event: String, property: &'static str },
    #[error("the event {event:?} has no DTSTART")]
    NoStart { event: String },
    #[error("the event {event:?} is not all-day: {value:?} is no date (such as 20260902)")]
    NotAllDay { event: String, value: String },
    #[error("the event {event:?} ends before it begins")]
    EndsEarly { event: String },
    #[error("the event {event:?} lasts longer than 366 days")]
    TooLong { event: String },
    #[error("the event {event:?} has a DURATION other than whole days: {value:?}")]
    Duration { event: String, value: String },
    #[error(
        "the event {event:?} has an unknown X-PORTICO-KIND {value:?}; known are \"holiday\" and \"working-day\""
    )]
    EventKind { event: String, value: String },
}

impl Problem {
    fn on(self, line: u64) -> LoadError {
        LoadError::Line { line, problem: self }
    }
}

/// The days read so far, each with the line that it came from.
#[derive(Default)]
struct Days(BTreeMap<Date, (DayKind, u64)>);

impl Days {
    fn get(&self, date: Date) -> Option<&(DayKind, u64)> {
        self.0.get(&date)
    }

    fn put(&mut self, date: Date, kind: DayKind, line: u64) -> Result<(), LoadError> {
        if !YEARS.contains(&date.year()) {
            return Err(Problem::Year(date.to_string()).on(line));
        }
        self.0.insert(date, (kind, line));
        if self.0.len() > BusinessCalendar::MAX_EXCEPTIONS {
            Err(Problem::TooManyDays.on(line))
        } else {
            Ok(())
        }
    }

    fn finish(self) -> Exceptions {
        self.0.into_iter().map(|(date, (kind, _))| (date, kind)).collect()
    }
}

/// The file's text, without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, LoadError> {
    if bytes.len() > MAX_BYTES {
        return Err(LoadError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        Problem::NotUtf8.on(1 + before.split(|byte| *byte == b'\n').skip(1).count() as u64)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A name fit to be shown: white space made single, nothing invisible, not too long.
fn name(raw: &str) -> Result<String, Problem> {
    let name = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        Err(Problem::NameMissing)
    } else if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        Err(Problem::Name(excerpt(&name)))
    } else {
        Ok(name)
    }
}

/// The beginning of what stands in the file, for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{LoadError, MAX_BYTES, Problem, from_csv, from_ical};

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let bytes = vec![b'#'; MAX_BYTES + 1];
        assert_eq!(from_csv(&bytes), Err(LoadError::TooLarge(MAX_BYTES + 1)));
        assert_eq!(from_ical(&bytes), Err(LoadError::TooLarge(MAX_BYTES + 1)));
    }

    #[test]
    fn a_wrong_encoding_is_said_with_its_line() {
        let bytes = b"date,kind,name_en,name_vi\n2026-01-01,holiday,x,T\xea\x20\n";
        assert_eq!(from_csv(bytes), Err(Problem::NotUtf8.on(2)));
    }
}

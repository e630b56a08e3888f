//! Holidays from CSV: `date,kind,name_en,name_vi`, lines that begin with `#` left out.

use ::csv::{ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;

use super::super::{DayKind, DayName, Exceptions};
use super::{Days, LoadError, Problem, excerpt, name, text};

const HEADER: [&str; 4] = ["date", "kind", "name_en", "name_vi"];

/// Reads holidays from CSV: UTF-8, the header `date,kind,name_en,name_vi`, dates as `2026-09-02`, kinds `holiday`
/// and `working_day`. Where one name is empty, the other serves both languages. A date may stand once only.
/// A row stands on one line.
pub fn from_csv(bytes: &[u8]) -> Result<Exceptions, LoadError> {
    let mut days = Days::default();
    let mut header_seen = false;
    for (number, line) in (1..).zip(text(bytes)?.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let record = record(line).map_err(|problem| problem.on(number))?;
        if header_seen {
            let (date, kind) = row(&record).map_err(|problem| problem.on(number))?;
            if let Some((_, first)) = days.get(date) {
                return Err(Problem::Twice { date, first: *first }.on(number));
            }
            days.put(date, kind, number)?;
        } else if record == HEADER[..] {
            header_seen = true;
        } else {
            return Err(Problem::Header.on(number));
        }
    }
    if header_seen {
        Ok(days.finish())
    } else {
        Err(Problem::Header.on(1))
    }
}

/// One line's fields. Line by line, so that a quote left open spoils its own line and is named with it.
fn record(line: &str) -> Result<StringRecord, Problem> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .buffer_capacity(line.len().clamp(64, 8192))
        .from_reader(line.as_bytes());
    let mut record = StringRecord::new();
    reader
        .read_record(&mut record)
        .map_err(|error| Problem::Csv(error.to_string()))?;
    Ok(record)
}

fn row(record: &StringRecord) -> Result<(Date, DayKind), Problem> {
    let mut fields = record.iter();
    let (Some(date), Some(kind), Some(en), Some(vi), None) = (
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
    ) else {
        return Err(Problem::Columns { found: record.len() });
    };
    let date = parse_date(date).ok_or_else(|| Problem::Date(excerpt(date)))?;
    let names = DayName {
        en: name(if en.is_empty() { vi } else { en })?,
        vi: name(if vi.is_empty() { en } else { vi })?,
    };
    match kind {
        "holiday" => Ok((date, DayKind::Holiday(names))),
        "working_day" => Ok((date, DayKind::WorkingDay(names))),
        _ => Err(Problem::Kind(excerpt(kind))),
    }
}

/// `2026-09-02` and nothing else; jiff alone would take much more.
fn parse_date(field: &str) -> Option<Date> {
    let shaped = field.len() == 10
        && field.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shaped.then(|| field.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::{LoadError, Problem};
    use super::{Exceptions, from_csv};
    use crate::Language::{English, Vietnamese};
    use crate::calendar::DayKind;

    const HEADER: &str = "date,kind,name_en,name_vi\n";

    fn load(rows: &str) -> Result<Exceptions, LoadError> {
        from_csv(format!("{HEADER}{rows}").as_bytes())
    }

    fn problem(rows: &str) -> (u64, Problem) {
        match load(rows) {
            Err(LoadError::Line { line, problem }) => (line, problem),
            other => panic!("{rows:?} gave {other:?}"),
        }
    }

    #[test]
    fn holidays_and_worked_days_are_read() {
        let days = load(
            "# a comment\n\n2026-09-02, holiday ,National Day,Quốc khánh\r\n2026-08-22,working_day,\"In exchange, Sat\",\n",
        );
        let days = days.unwrap();
        assert_eq!(days.len(), 2);
        assert!(
            matches!(&days[&date(2026, 9, 2)], kind @ DayKind::Holiday(_) if kind.name(Vietnamese) == "Quốc khánh")
        );
        assert!(
            matches!(&days[&date(2026, 8, 22)], kind @ DayKind::WorkingDay(_) if kind.name(English) == "In exchange, Sat")
        );
        assert_eq!(
            days[&date(2026, 8, 22)].name(Vietnamese),
            "In exchange, Sat",
            "the one name serves both"
        );
    }

    #[test]
    fn a_spreadsheet_file_with_byte_order_mark_is_read() {
        assert_eq!(
            from_csv(format!("\u{feff}{HEADER}").as_bytes()),
            Ok(Exceptions::new())
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert_eq!(from_csv(b""), Err(Problem::Header.on(1)));
        assert_eq!(
            from_csv(b"# x\ndate;kind;name_en;name_vi\n"),
            Err(Problem::Header.on(2))
        );
        assert_eq!(
            problem("2026-09-02,holiday,x\n"),
            (2, Problem::Columns { found: 3 })
        );
        assert_eq!(
            problem("2026-09-02,holiday,x,y,z\n"),
            (2, Problem::Columns { found: 5 })
        );
        assert_eq!(
            problem("\n#\n2026-02-30,holiday,x,y\n"),
            (4, Problem::Date("2026-02-30".into()))
        );
        assert_eq!(
            problem("02/09/2026,holiday,x,y\n"),
            (2, Problem::Date("02/09/2026".into()))
        );
        assert_eq!(
            problem("0026-09-02,holiday,x,y\n"),
            (2, Problem::Year("0026-09-02".into()))
        );
        assert_eq!(
            problem("2026-09-02,Holiday,x,y\n"),
            (2, Problem::Kind("Holiday".into()))
        );
        assert_eq!(problem("2026-09-02,holiday,,\n"), (2, Problem::NameMissing));
        assert_eq!(
            problem("2026-09-02,holiday,a\u{7}b,\n"),
            (2, Problem::Name("a\u{7}b".into()))
        );
        assert_eq!(
            problem("2026-09-02,holiday,x,y\n# between\n2026-09-02,working_day,x,y\n"),
            (
                4,
                Problem::Twice {
                    date: date(2026, 9, 2),
                    first: 2
                }
            )
        );
        assert_eq!(
            problem(&format!("2026-09-02,holiday,{},y\n", "x".repeat(201))),
            (2, Problem::Name("x".repeat(60)))
        );
    }

    #[test]
    fn a_quote_left_open_spoils_its_own_line_only() {
        assert_eq!(problem("2026-09-02,holiday,\"x,y\n2026-09-03,holiday,x,y\n").0, 2);
    }

    #[test]
    fn more_days_than_holidays_can_be_are_refused() {
        let first = date(1950, 1, 1);
        let rows: Vec<_> = first
            .series(jiff::ToSpan::days(1))
            .take(10_001)
            .map(|date| format!("{date},holiday,x,y"))
            .collect();
        assert_eq!(problem(&rows.join("\n")), (10_002, Problem::TooManyDays));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = from_csv(&bytes);
        }

        #[test]
        fn arbitrary_rows_never_panic(rows in "([0-9]{4}-[0-9]{2}-[0-9]{2}|.{0,5}),(holiday|working_day|\"?.{0,4}),.{0,9}(\r?\n.{0,30}){0,3}") {
            let _ = load(&rows);
        }
    }
}

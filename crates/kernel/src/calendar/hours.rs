//! The hours of a working day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::BusinessTime;

const MINUTES_A_DAY: u32 = 24 * 60;

/// A stretch of a working day on the clock, such as 08:30–12:00: the end is no longer part of it.
/// Written `08:30-12:00` (an en dash does too); `24:00` ends a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkingSpan {
    /// Minutes after midnight on the clock.
    start: u32,
    end: u32,
}

/// The spans of a working day: at least one, in order, none overlapping another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<WorkingSpan>", into = "Vec<WorkingSpan>")]
pub struct WorkingHours(Vec<WorkingSpan>);

/// Working hours that make no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not `HH:MM-HH:MM`.
    #[error("{0:?} is no span of hours; write it as \"08:30-12:00\"")]
    Format(String),
    /// The end is not after the start.
    #[error("{0} ends before it begins; a span lies within one day")]
    Backwards(WorkingSpan),
    /// No span at all.
    #[error("a working day needs at least one span of hours")]
    None,
    /// Two spans share time.
    #[error("the working hours {0} and {1} overlap")]
    Overlap(WorkingSpan, WorkingSpan),
    /// Not a day of the week.
    #[error("{0:?} is no day of the week; write it in English, as \"saturday\"")]
    Weekday(String),
}

/// A day of the week by its English name, in upper or lower case.
pub fn weekday(name: &str) -> Result<Weekday, HoursError> {
    match name.trim().to_ascii_lowercase().as_str() {
        "monday" => Ok(Weekday::Monday),
        "tuesday" => Ok(Weekday::Tuesday),
        "wednesday" => Ok(Weekday::Wednesday),
        "thursday" => Ok(Weekday::Thursday),
        "friday" => Ok(Weekday::Friday),
        "saturday" => Ok(Weekday::Saturday),
        "sunday" => Ok(Weekday::Sunday),
        _ => Err(HoursError::Weekday(name.chars().take(40).collect())),
    }
}

impl WorkingSpan {
    /// From and to, in minutes after midnight; 1440 is the end of the day.
    pub fn from_minutes(start: u32, end: u32) -> Result<Self, HoursError> {
        let span = Self { start, end };
        if end > MINUTES_A_DAY {
            Err(HoursError::Format(span.to_string()))
        } else if start >= end {
            Err(HoursError::Backwards(span))
        } else {
            Ok(span)
        }
    }

    /// Its beginning, in minutes after midnight.
    #[must_use]
    pub fn start_minute(self) -> u32 {
        self.start
    }

    /// Its end, in minutes after midnight: 1440 at most.
    #[must_use]
    pub fn end_minute(self) -> u32 {
        self.end
    }
}

impl FromStr for WorkingSpan {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || HoursError::Format(text.chars().take(40).collect());
        let (start, end) = text.split_once(['-', '–']).ok_or_else(wrong)?;
        let start = minutes(start).ok_or_else(wrong)?;
        let end = minutes(end).ok_or_else(wrong)?;
        Self::from_minutes(start, end)
    }
}

/// `HH:MM` in minutes.
fn minutes(clock: &str) -> Option<u32> {
    let (hour, minute) = clock.trim().split_once(':')?;
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= MINUTES_A_DAY).then_some(total)
}

impl fmt::Display for WorkingSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            start / 60,
            start % 60,
            end / 60,
            end % 60
        )
    }
}

impl TryFrom<String> for WorkingSpan {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WorkingSpan> for String {
    fn from(span: WorkingSpan) -> Self {
        span.to_string()
    }
}

impl WorkingHours {
    /// From spans in any order.
    pub fn new(mut spans: Vec<WorkingSpan>) -> Result<Self, HoursError> {
        spans.sort_unstable();
        if spans.is_empty() {
            return Err(HoursError::None);
        }
        match spans.windows(2).find(|pair| pair[0].end > pair[1].start) {
            Some(pair) => Err(HoursError::Overlap(pair[0], pair[1])),
            None => Ok(Self(spans)),
        }
    }

    /// From texts such as `["08:30-12:00", "13:00-17:30"]`.
    pub fn parse<'a>(spans: impl IntoIterator<Item = &'a str>) -> Result<Self, HoursError> {
        Self::new(spans.into_iter().map(str::parse).collect::<Result<_, _>>()?)
    }

    /// The spans, in order.
    #[must_use]
    pub fn spans(&self) -> &[WorkingSpan] {
        &self.0
    }

    /// The working time of one day, by the clock.
    #[must_use]
    pub fn day_length(&self) -> BusinessTime {
        let minutes: u32 = self.0.iter().map(|span| span.end - span.start).sum();
        BusinessTime::from_secs(u64::from(minutes) * 60)
    }
}

impl TryFrom<Vec<WorkingSpan>> for WorkingHours {
    type Error = HoursError;

    fn try_from(spans: Vec<WorkingSpan>) -> Result<Self, Self::Error> {
        Self::new(spans)
    }
}

impl From<WorkingHours> for Vec<WorkingSpan> {
    fn from(hours: WorkingHours) -> Self {
        hours.0
    }
}

#[cfg(test)]
mod tests {
    use super::{HoursError, WorkingHours, WorkingSpan, weekday};

    #[test]
    fn a_day_is_as_long_as_its_spans_and_its_order_does_not_matter() {
        let hours = WorkingHours::parse(["13:00–17:30", "08:30-12:00"]).unwrap();
        assert_eq!(hours.day_length().as_secs(), 8 * 3600);
        assert_eq!(
            serde_json::to_string(&hours).unwrap(),
            r#"["08:30-12:00","13:00-17:30"]"#
        );
        assert_eq!(
            serde_json::from_str::<WorkingHours>(r#"["8:30 - 12:00","13:00-17:30"]"#).unwrap(),
            hours
        );
    }

    #[test]
    fn a_day_may_be_worked_around_the_clock() {
        assert_eq!(
            WorkingHours::parse(["00:00-24:00"])
                .unwrap()
                .day_length()
                .as_secs(),
            86_400
        );
    }

    #[test]
    fn hours_that_make_no_sense_are_refused() {
        assert_eq!(WorkingHours::parse([]), Err(HoursError::None));
        let span = |text: &str| text.parse::<WorkingSpan>();
        assert!(matches!(span("17:30-08:30"), Err(HoursError::Backwards(_))));
        assert!(matches!(span("08:30-08:30"), Err(HoursError::Backwards(_))));
        for text in [
            "",
            "8-12",
            "08:30",
            "08:60-12:00",
            "08:30-24:01",
            "-1:00-2:00",
            "+8:30-12:00",
            "a:bc-d:ef",
        ] {
            assert!(matches!(span(text), Err(HoursError::Format(_))), "{text}");
        }
        assert_eq!(
            WorkingHours::parse(["08:30-12:00", "11:59-17:30"])
                .unwrap_err()
                .to_string(),
            "the working hours 08:30-12:00 and 11:59-17:30 overlap"
        );
        assert!(WorkingHours::parse(["08:30-12:00", "12:00-17:30"]).is_ok());
    }

    #[test]
    fn weekdays_are_known_by_name() {
        assert_eq!(weekday(" Saturday "), Ok(jiff::civil::Weekday::Saturday));
        assert!(weekday("thứ bảy").is_err());
    }
}

//! Days from one to another.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Days in the provider's time zone, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

/// Two days make no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last lies before the first.
    #[error("the last day lies before the first")]
    Backwards,
    /// It ends beyond [`Period::LAST_YEAR`].
    #[error("nothing is agreed beyond the year {}", Period::LAST_YEAR)]
    TooFar,
}

impl Period {
    /// No period ends after this year.
    pub const LAST_YEAR: i16 = 2999;

    /// From the first to the last day.
    pub fn new(first: Date, last: Date) -> Result<Self, PeriodError> {
        if last < first {
            Err(PeriodError::Backwards)
        } else if last.year() > Self::LAST_YEAR {
            Err(PeriodError::TooFar)
        } else {
            Ok(Self { first, last })
        }
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }

    /// Whether both have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The same, with another last day.
    pub fn ending(self, last: Date) -> Result<Self, PeriodError> {
        Self::new(self.first, last)
    }

    /// Its first moment, and the first moment after it.
    #[must_use]
    pub fn moments(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let after = self.last.tomorrow().unwrap_or(Date::MAX);
        (begin(self.first, zone), begin(after, zone))
    }
}

/// When a day begins. Within the years of a [`Period`] every day does, wherever clocks are set forward at midnight.
fn begin(date: Date, zone: &TimeZone) -> Timestamp {
    date.to_zoned(zone.clone())
        .map_or(Timestamp::MAX, |day| day.timestamp())
}

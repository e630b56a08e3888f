//! The provider's business calendar: how long it works on a day, on which days, and what follows from it
//! for deadlines.
//!
//! An allowance of "3 business days" is an amount of working time: three times the working hours of one day.
//! What is submitted on Monday at 10:00 is due on Thursday at 10:00; what is submitted at a weekend is due at
//! closing time of the third working day. [`BusinessTime`] is that amount and [`BusinessCalendar`] measures it.
//!
//! Everything here is pure: the moment is always handed in.

mod business_days;
mod business_time;
pub mod deadline;
mod exceptions;
mod hours;
pub mod load;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod walk;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

pub use business_days::BusinessDays;
pub use business_time::{Breakdown, BusinessTime};
pub use deadline::{Deadline, DeadlineError, TimeLeft};
pub use exceptions::{DayKind, DayName, Exceptions, vietnam_exceptions};
pub use hours::{HoursError, WorkingHours, WorkingSpan, weekday};

/// When the provider works. Made by [`BusinessCalendar::new`], which guarantees working time every week.
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessCalendar {
    zone: TimeZone,
    hours: WorkingHours,
    /// By [`Weekday::to_monday_zero_offset`].
    works_on: [bool; 7],
    exceptions: Exceptions,
}

/// What a date is on a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day<'a> {
    /// Worked, as its weekday always is.
    Ordinary,
    /// Off, as its weekday always is.
    Weekend,
    /// Named in the calendar's exceptions.
    Exception(&'a DayKind),
}

/// A calendar that cannot be, or a question that it cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Every weekday belongs to the weekend.
    #[error("all seven weekdays are weekend, so no deadline could ever be met")]
    NoWorkingDays,
    /// More exceptions than [`BusinessCalendar::MAX_EXCEPTIONS`].
    #[error("the calendar has {0} exceptions; at most {max} are allowed", max = BusinessCalendar::MAX_EXCEPTIONS)]
    TooManyExceptions(usize),
    /// The answer lies further away than [`BusinessCalendar::HORIZON_DAYS`], or beyond the year 9999.
    #[error("the answer is more than {days} days away", days = BusinessCalendar::HORIZON_DAYS)]
    TooFar,
}

impl Day<'_> {
    /// Whether work is done on it.
    #[must_use]
    pub fn is_working(self) -> bool {
        match self {
            Self::Ordinary | Self::Exception(DayKind::WorkingDay(_)) => true,
            Self::Weekend | Self::Exception(DayKind::Holiday(_)) => false,
        }
    }
}

impl BusinessCalendar {
    /// How many exceptions a calendar may have.
    pub const MAX_EXCEPTIONS: usize = 10_000;

    /// How many days [`add`](Self::add), [`subtract`](Self::subtract) and
    /// [`add_business_days`](Self::add_business_days) look ahead or back before they give up with
    /// [`CalendarError::TooFar`]: more than a century.
    pub const HORIZON_DAYS: u32 = 40_000;

    /// A calendar in `zone`, worked in `hours` on every weekday that is not in `weekend`, except as
    /// `exceptions` say. A weekend without days is allowed.
    pub fn new(
        zone: TimeZone,
        hours: WorkingHours,
        weekend: impl IntoIterator<Item = Weekday>,
        exceptions: Exceptions,
    ) -> Result<Self, CalendarError> {
        let mut works_on = [true; 7];
        for day in weekend {
            works_on[weekday_index(day)] = false;
        }
        if !works_on.contains(&true) {
            return Err(CalendarError::NoWorkingDays);
        }
        if exceptions.len() > Self::MAX_EXCEPTIONS {
            return Err(CalendarError::TooManyExceptions(exceptions.len()));
        }
        Ok(Self {
            zone,
            hours,
            works_on,
            exceptions,
        })
    }

    /// The zone in which hours and dates are meant.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The working hours of every working day.
    #[must_use]
    pub fn hours(&self) -> &WorkingHours {
        &self.hours
    }

    /// The days that depart from the ordinary week.
    #[must_use]
    pub fn exceptions(&self) -> &Exceptions {
        &self.exceptions
    }

    /// The date at that moment in the calendar's zone.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// What a date is.
    #[must_use]
    pub fn day_kind(&self, date: Date) -> Day<'_> {
        match self.exceptions.get(&date) {
            Some(kind) => Day::Exception(kind),
            None if self.works_on[weekday_index(date.weekday())] => Day::Ordinary,
            None => Day::Weekend,
        }
    }

    /// Whether work is done on a date.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day_kind(date).is_working()
    }

    /// The working time of `n` business days: `n` times the clock hours of a working day.
    #[must_use]
    pub fn days(&self, n: u32) -> BusinessTime {
        BusinessTime::from_secs(self.hours.day_length().as_secs().saturating_mul(u64::from(n)))
    }

    /// An amount as business days of this calendar, hours and minutes, for people.
    #[must_use]
    pub fn breakdown(&self, time: BusinessTime) -> Breakdown {
        Breakdown::new(time, self.hours.day_length())
    }

    /// The `n`th working day after `date`; `date` itself where `n` is 0.
    ///
    /// "At least 3 business days ahead" of today means: no earlier than `add_business_days(today, 3)`.
    pub fn add_business_days(&self, date: Date, n: u32) -> Result<Date, CalendarError> {
        if n == 0 {
            return Ok(date);
        }
        let nth = usize::try_from(n - 1).map_err(|_| CalendarError::TooFar)?;
        walk::dates_from(date)
            .skip(1)
            .filter(|date| self.is_working_day(*date))
            .nth(nth)
            .ok_or(CalendarError::TooFar)
    }
}

fn weekday_index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()
}

//! Working time on the time line: the stretches in which the provider is open, and walking along them.
//!
//! What is measured is time that really passes, to the second: a moment is taken down to its whole second.
//! A span on the clock becomes a stretch between two moments. Where the clocks go back, the first of two equal
//! clock times counts, and the repeated hour inside a span counts twice (jiff's "compatible" choice); where they
//! go forward, a clock time that is skipped is the moment of the jump. (Compatible would put it after the jump by
//! as much as it lies in the gap, past times that come later on the clock; spans could then overlap.) So spans
//! keep their order on the time line in every zone, and what is counted is never counted twice.

use jiff::civil::{Date, DateTime};
use jiff::tz::AmbiguousOffset;
use jiff::{Timestamp, ToSpan};

use super::{BusinessCalendar, BusinessTime, CalendarError};

/// How far the open stretches of a date may lie from the moments that bear the date, where a zone repeats
/// hours across midnight or a whole day at the date line.
const MARGIN_DAYS: i32 = 2;

/// The dates from `date` on, up to the horizon or the last that there is.
pub(super) fn dates_from(date: Date) -> impl Iterator<Item = Date> {
    bounded(std::iter::successors(Some(date), |date| date.tomorrow().ok()))
}

/// The dates from `date` back.
fn dates_back_from(date: Date) -> impl Iterator<Item = Date> {
    bounded(std::iter::successors(Some(date), |date| date.yesterday().ok()))
}

fn bounded(dates: impl Iterator<Item = Date>) -> impl Iterator<Item = Date> {
    dates.take(usize::try_from(BusinessCalendar::HORIZON_DAYS).unwrap_or(usize::MAX))
}

/// The whole second at or before a moment.
fn second(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}

impl BusinessCalendar {
    /// Whether the provider is open at that moment.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let at = second(at);
        self.stretches_around(at)
            .any(|(start, end)| start <= at && at < end)
    }

    /// The moment at which `time` has been worked since `start`. Where that is between two working spans, the
    /// end of the first: due at closing time rather than at the next opening.
    ///
    /// The calendar always has working time, so this ends; it gives up past [`Self::HORIZON_DAYS`].
    pub fn add(&self, start: Timestamp, time: BusinessTime) -> Result<Timestamp, CalendarError> {
        let from = second(start);
        let mut left = time.as_secs();
        if left == 0 {
            return moment(from);
        }
        let dates = dates_from(self.shifted_date(from, -MARGIN_DAYS));
        for (start, end) in dates.flat_map(|date| self.stretches(date)) {
            let start = start.max(from);
            let length = length(start, end);
            if left <= length {
                return moment(start.saturating_add_unsigned(left));
            }
            left -= length;
        }
        Err(CalendarError::TooFar)
    }

    /// The latest moment since which `time` has been worked at `end`: the counterpart of [`Self::add`]. Where
    /// that is between two working spans, the beginning of the second.
    pub fn subtract(&self, end: Timestamp, time: BusinessTime) -> Result<Timestamp, CalendarError> {
        let to = second(end);
        let mut left = time.as_secs();
        if left == 0 {
            return moment(to);
        }
        let dates = dates_back_from(self.shifted_date(to, MARGIN_DAYS));
        for (start, end) in dates.flat_map(|date| self.stretches(date).rev()) {
            let end = end.min(to);
            let length = length(start, end);
            if left <= length {
                return moment(end.saturating_sub_unsigned(left));
            }
            left -= length;
        }
        Err(CalendarError::TooFar)
    }

    /// The working time that passes from `from` to `to`; none where `to` is not later.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> BusinessTime {
        let (from, to) = (second(from), second(to));
        let first = self.shifted_date(from, -MARGIN_DAYS);
        // Not bounded by the horizon: `to` bounds it.
        let worked = std::iter::successors(Some(first), |date| date.tomorrow().ok())
            .flat_map(|date| self.stretches(date).chain(midnight_marker(self, date)))
            .take_while(|(start, _)| *start < to)
            .map(|(start, end)| length(start.max(from), end.min(to)))
            .sum();
        BusinessTime::from_secs(worked)
    }

    /// The stretches that can hold that second.
    fn stretches_around(&self, at: i64) -> impl Iterator<Item = (i64, i64)> {
        let days = usize::try_from(2 * MARGIN_DAYS + 1).unwrap_or_default();
        dates_from(self.shifted_date(at, -MARGIN_DAYS))
            .take(days)
            .flat_map(|date| self.stretches(date))
    }

    /// The seconds of a date in which the provider is open, as [from, to), in order.
    fn stretches(&self, date: Date) -> impl DoubleEndedIterator<Item = (i64, i64)> {
        let spans = if self.is_working_day(date) {
            self.hours().spans()
        } else {
            &[]
        };
        spans.iter().filter_map(move |span| {
            let start = self.second_on(date, span.start_minute())?;
            let end = self.second_on(date, span.end_minute())?;
            (start < end).then_some((start, end))
        })
    }

    /// The second at which the clock shows that many minutes after midnight on that date; none at the very end
    /// of the calendar.
    fn second_on(&self, date: Date, minute: u32) -> Option<i64> {
        let clock = date
            .at(0, 0, 0, 0)
            .checked_add(i64::from(minute).minutes())
            .ok()?;
        self.second_at(clock)
    }

    fn second_at(&self, clock: DateTime) -> Option<i64> {
        let zone = self.zone();
        match zone.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(clock).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(clock).ok(),
            AmbiguousOffset::Gap { before, .. } => {
                let after_jump = before.to_timestamp(clock).ok()?;
                let next = after_jump.checked_add(1.second()).ok()?;
                // A gap is made by a transition, and the last one before this moment is it.
                Some(
                    zone.preceding(next)
                        .next()
                        .map_or(after_jump, |jump| jump.timestamp()),
                )
            }
        }
        .map(second)
    }

    /// The date at that second, some days on; the nearest that there is at either end of the calendar.
    fn shifted_date(&self, at: i64, days: i32) -> Date {
        let at = Timestamp::from_second(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
        self.date(at).saturating_add(days.days())
    }
}

/// An empty stretch at a date's first second, so that a walk over a long holiday sees how far it has come.
fn midnight_marker(calendar: &BusinessCalendar, date: Date) -> Option<(i64, i64)> {
    let midnight = calendar.second_on(date, 0)?;
    (!calendar.is_working_day(date)).then_some((midnight, midnight))
}

fn length(start: i64, end: i64) -> u64 {
    u64::try_from(end - start).unwrap_or(0)
}

fn moment(second: i64) -> Result<Timestamp, CalendarError> {
    Timestamp::from_second(second).map_err(|_| CalendarError::TooFar)
}

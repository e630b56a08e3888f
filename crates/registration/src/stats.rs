//! The figures of the dashboard. Pure: the time, the calendar and what happened are handed in.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use kernel::calendar::{BusinessCalendar, BusinessTime, Deadline, TimeLeft};

/// How the registrations that await approval stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// All of them, those with an open question too.
    pub all: usize,
    /// Of them, those whose clock stands still.
    pub stopped: usize,
    /// In time, and due before the day ends in the provider's zone.
    pub due_today: usize,
    /// Missed, those whose clock was stopped afterwards too.
    pub late: usize,
    /// How late the latest of them is.
    pub latest: Option<BusinessTime>,
}

impl Waiting {
    /// Counts deadlines.
    #[must_use]
    pub fn count(
        calendar: &BusinessCalendar,
        now: Timestamp,
        deadlines: impl IntoIterator<Item = Deadline>,
    ) -> Self {
        let today = calendar.date(now);
        let mut waiting = Self::default();
        for deadline in deadlines {
            waiting.all += 1;
            waiting.stopped += usize::from(deadline.is_stopped());
            match deadline.left(calendar, now) {
                TimeLeft::Late(late) => {
                    waiting.late += 1;
                    waiting.latest = waiting.latest.max(Some(late));
                }
                TimeLeft::Left(_) => {
                    let today = deadline.due().is_some_and(|due| calendar.date(due) == today);
                    waiting.due_today += usize::from(today);
                }
            }
        }
        waiting
    }
}

/// A moment at which the clock of a registration stopped or ran on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTurn {
    /// The applicant was asked.
    Stopped(Timestamp),
    /// The applicant answered.
    Resumed(Timestamp),
}

/// The working time that staff took from `submitted` to `decided`. What passed while the clock was stopped is the
/// applicant's. `turns` are in the order in which they happened.
#[must_use]
pub fn time_to_decision(
    calendar: &BusinessCalendar,
    submitted: Timestamp,
    decided: Timestamp,
    turns: &[ClockTurn],
) -> BusinessTime {
    let mut taken = BusinessTime::ZERO;
    let mut running_since = Some(submitted);
    for turn in turns {
        match (*turn, running_since) {
            (ClockTurn::Stopped(at), Some(since)) => {
                taken = taken + calendar.between(since, at.min(decided));
                running_since = None;
            }
            (ClockTurn::Resumed(at), None) => running_since = Some(at.min(decided)),
            (ClockTurn::Stopped(_), None) | (ClockTurn::Resumed(_), Some(_)) => {}
        }
    }
    running_since.map_or(taken, |since| taken + calendar.between(since, decided))
}

/// The `percent`th percentile by nearest rank: the smallest value that at least `percent` per cent of all values do
/// not exceed. None where there are no values. `percent` is taken as 1 to 100.
#[must_use]
pub fn percentile<T: Ord + Copy>(values: &[T], percent: u8) -> Option<T> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let percent = usize::from(percent.clamp(1, 100));
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// A week from Monday to Sunday, and how much happened in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Its number (ISO 8601).
    pub number: i8,
    /// How much happened.
    pub count: usize,
}

/// How much happened in each of the last `weeks` weeks, the current one included and last, as the weeks are in `zone`.
#[must_use]
pub fn by_week(
    zone: &TimeZone,
    now: Timestamp,
    weeks: u8,
    moments: impl IntoIterator<Item = Timestamp>,
) -> Vec<Week> {
    let this = monday(zone, now);
    let mut found: Vec<Week> = (0..weeks)
        .rev()
        .filter_map(|back| this.checked_sub(i32::from(back).weeks()).ok())
        .map(|monday| Week {
            monday,
            number: monday.iso_week_date().week(),
            count: 0,
        })
        .collect();
    for moment in moments {
        let of = monday(zone, moment);
        if let Some(week) = found.iter_mut().find(|week| week.monday == of) {
            week.count += 1;
        }
    }
    found
}

/// The moment at which the first of the last `weeks` weeks begins: what [`by_week`] counts is not older.
#[must_use]
pub fn weeks_begin(zone: &TimeZone, now: Timestamp, weeks: u8) -> Timestamp {
    let first = monday(zone, now).checked_sub(i32::from(weeks.saturating_sub(1)).weeks());
    first
        .ok()
        .and_then(|monday| monday.to_zoned(zone.clone()).ok())
        .map_or(Timestamp::MIN, |start| start.timestamp())
}

fn monday(zone: &TimeZone, at: Timestamp) -> Date {
    let date = zone.to_datetime(at).date();
    let days = i32::from(date.weekday().to_monday_zero_offset());
    // Only the first days of the calendar's first year have no Monday before them.
    date.checked_sub(days.days()).unwrap_or(date)
}

#[cfg(test)]
mod tests;

//! A deadline whose clock can stop: while staff wait for the applicant's answer, no time is used up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BusinessCalendar, BusinessTime, CalendarError};

/// The deadline of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
pub enum Deadline {
    /// The clock runs.
    Running {
        /// When the time is used up; in the past where the deadline is missed.
        due: Timestamp,
    },
    /// The clock stands still.
    Stopped {
        /// What was left, or how late it was, when the clock stopped.
        left: TimeLeft,
    },
}

/// Where a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeLeft {
    /// In time: that much working time is left. None is left at the due moment itself, and before it where the
    /// provider does not open again until then.
    Left(BusinessTime),
    /// Missed: that much working time has passed since it was due, and one second at least. (A deadline at
    /// closing time is missed in the evening, though no working time passes until morning.)
    Late(BusinessTime),
}

/// A transition that a deadline's state does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// The clock stands still already. Stopping again must not lose or add time, so it is refused.
    #[error("the deadline's clock is stopped already")]
    AlreadyStopped,
    /// The clock runs already.
    #[error("the deadline's clock runs already")]
    AlreadyRunning,
    /// The calendar reaches no due moment.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// The least lateness: it keeps a missed deadline missed over a stop.
const ONE_SECOND: BusinessTime = BusinessTime::from_secs(1);

impl Deadline {
    /// A running deadline: `allowance` of working time from `now`.
    pub fn start(
        calendar: &BusinessCalendar,
        now: Timestamp,
        allowance: BusinessTime,
    ) -> Result<Self, CalendarError> {
        Ok(Self::Running {
            due: calendar.add(now, allowance)?,
        })
    }

    /// Stops the clock and keeps what is left, or how late it is.
    pub fn stop(self, calendar: &BusinessCalendar, now: Timestamp) -> Result<Self, DeadlineError> {
        match self {
            Self::Running { .. } => Ok(Self::Stopped {
                left: self.left(calendar, now),
            }),
            Self::Stopped { .. } => Err(DeadlineError::AlreadyStopped),
        }
    }

    /// Lets the clock run on with exactly what was left. A missed deadline stays missed by as much as it was: its
    /// due moment moves with the pause, so that the pause is not counted as lateness.
    pub fn resume(self, calendar: &BusinessCalendar, now: Timestamp) -> Result<Self, DeadlineError> {
        match self {
            Self::Running { .. } => Err(DeadlineError::AlreadyRunning),
            Self::Stopped {
                left: TimeLeft::Left(left),
            } => Ok(Self::Running {
                due: calendar.add(now, left)?,
            }),
            Self::Stopped {
                left: TimeLeft::Late(late),
            } => {
                // An overnight "one second late" is a second of the day before, or the one just past.
                Ok(Self::Running {
                    due: calendar.subtract(now, late.max(ONE_SECOND))?,
                })
            }
        }
    }

    /// Where it stands now. A stopped one stands still.
    #[must_use]
    pub fn left(self, calendar: &BusinessCalendar, now: Timestamp) -> TimeLeft {
        match self {
            Self::Stopped { left } => left,
            Self::Running { due } if now <= due => TimeLeft::Left(calendar.between(now, due)),
            Self::Running { due } => TimeLeft::Late(calendar.between(due, now).max(ONE_SECOND)),
        }
    }

    /// Whether it is missed now: [`Self::left`] without how much.
    #[must_use]
    pub fn is_late(self, now: Timestamp) -> bool {
        match self {
            Self::Stopped { left } => left.is_late(),
            Self::Running { due } => now > due,
        }
    }

    /// When it is due; nothing while the clock stands still.
    #[must_use]
    pub fn due(self) -> Option<Timestamp> {
        match self {
            Self::Running { due } => Some(due),
            Self::Stopped { .. } => None,
        }
    }

    /// Whether the clock stands still.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        matches!(self, Self::Stopped { .. })
    }

    /// The moment from which less than `time` is left, unless the clock stops before: when to remind of it. It
    /// may be in the past. Nothing while the clock stands still.
    pub fn reminder(
        self,
        calendar: &BusinessCalendar,
        time: BusinessTime,
    ) -> Result<Option<Timestamp>, CalendarError> {
        self.due().map(|due| calendar.subtract(due, time)).transpose()
    }
}

impl TimeLeft {
    /// Whether the deadline is missed.
    #[must_use]
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// How much: left, or late.
    #[must_use]
    pub fn time(self) -> BusinessTime {
        match self {
            Self::Left(time) | Self::Late(time) => time,
        }
    }
}

/// The most urgent first: the latest, then what has least time left.
impl Ord for TimeLeft {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        use std::cmp::Ordering::{Greater, Less};
        match (self, other) {
            (Self::Left(mine), Self::Left(theirs)) => mine.cmp(theirs),
            (Self::Late(mine), Self::Late(theirs)) => theirs.cmp(mine),
            (Self::Late(_), Self::Left(_)) => Less,
            (Self::Left(_), Self::Late(_)) => Greater,
        }
    }
}

impl PartialOrd for TimeLeft {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, office, vietnam};
    use super::{Deadline, DeadlineError, TimeLeft};
    use crate::calendar::BusinessTime;

    fn hours(n: u64) -> BusinessTime {
        BusinessTime::from_secs(n * 3600)
    }

    #[test]
    fn the_clock_stands_still_while_the_applicant_is_asked() {
        let calendar = office();
        let running = Deadline::start(&calendar, at("2025-06-02 10:00"), calendar.days(3)).unwrap();
        assert_eq!(running.due(), Some(at("2025-06-05 10:00")));

        let stopped = running.stop(&calendar, at("2025-06-03 10:00")).unwrap();
        assert_eq!(
            stopped,
            Deadline::Stopped {
                left: TimeLeft::Left(calendar.days(2))
            }
        );
        assert_eq!(
            stopped.left(&calendar, at("2025-07-01 10:00")),
            TimeLeft::Left(calendar.days(2))
        );

        let resumed = stopped.resume(&calendar, at("2025-06-14 09:00")).unwrap();
        assert_eq!(
            resumed.due(),
            Some(at("2025-06-17 17:30")),
            "resumed on a Saturday: Monday and Tuesday"
        );
    }

    #[test]
    fn a_pause_over_tet_costs_nothing() {
        let calendar = vietnam();
        let running = Deadline::start(&calendar, at("2026-02-12 13:00"), calendar.days(3)).unwrap();
        let stopped = running.stop(&calendar, at("2026-02-13 17:00")).unwrap();
        assert_eq!(
            stopped.left(&calendar, at("2026-02-20 10:00")),
            TimeLeft::Left(hours(12)),
            "of 24, 12 are used"
        );
        let resumed = stopped.resume(&calendar, at("2026-02-18 10:00")).unwrap();
        assert_eq!(
            resumed.due(),
            Some(at("2026-02-24 13:30")),
            "the office opens on Monday 23 February"
        );
    }

    #[test]
    fn a_missed_deadline_stays_missed_by_as_much_as_it_was() {
        let calendar = office();
        let running = Deadline::Running {
            due: at("2025-06-02 10:00"),
        };
        assert_eq!(
            running.left(&calendar, at("2025-06-02 10:00")),
            TimeLeft::Left(BusinessTime::ZERO)
        );
        let stopped = running.stop(&calendar, at("2025-06-02 15:00")).unwrap();
        assert_eq!(
            stopped,
            Deadline::Stopped {
                left: TimeLeft::Late(hours(4))
            }
        );
        let resumed = stopped.resume(&calendar, at("2025-06-10 09:30")).unwrap();
        assert_eq!(
            resumed.left(&calendar, at("2025-06-10 09:30")),
            TimeLeft::Late(hours(4))
        );
        assert_eq!(
            resumed.left(&calendar, at("2025-06-10 10:30")),
            TimeLeft::Late(hours(5))
        );
    }

    #[test]
    fn a_deadline_at_closing_time_is_missed_in_the_evening_and_after_a_pause() {
        let calendar = office();
        let running = Deadline::Running {
            due: at("2025-06-02 17:30"),
        };
        let evening = at("2025-06-02 20:00");
        assert!(running.left(&calendar, evening).is_late());
        assert!(running.is_late(evening) && !running.is_late(at("2025-06-02 17:30")));
        let stopped = running.stop(&calendar, evening).unwrap();
        assert!(stopped.is_late(at("2025-06-02 09:00")), "whatever the time");
        for now in ["2025-06-03 03:00", "2025-06-03 08:30", "2025-06-03 11:00"] {
            assert!(
                stopped
                    .resume(&calendar, at(now))
                    .unwrap()
                    .left(&calendar, at(now))
                    .is_late(),
                "{now}"
            );
        }
    }

    #[test]
    fn stopping_twice_and_resuming_twice_are_refused() {
        let calendar = office();
        let now = at("2025-06-02 10:00");
        let running = Deadline::start(&calendar, now, calendar.days(3)).unwrap();
        assert_eq!(running.resume(&calendar, now), Err(DeadlineError::AlreadyRunning));
        let stopped = running.stop(&calendar, now).unwrap();
        assert_eq!(stopped.stop(&calendar, now), Err(DeadlineError::AlreadyStopped));
    }

    #[test]
    fn the_reminder_comes_at_one_business_day_left() {
        let calendar = office();
        let remind = |due| {
            Deadline::Running { due: at(due) }
                .reminder(&calendar, calendar.days(1))
                .unwrap()
        };
        assert_eq!(remind("2025-06-05 10:00"), Some(at("2025-06-04 10:00")));
        assert_eq!(
            remind("2025-06-09 10:00"),
            Some(at("2025-06-06 10:00")),
            "over a weekend"
        );
        assert_eq!(
            remind("2025-06-04 17:30"),
            Some(at("2025-06-04 08:30")),
            "in the morning, not the evening before"
        );
    }

    #[test]
    fn the_most_urgent_sorts_first() {
        let mut queue = vec![
            TimeLeft::Left(hours(2)),
            TimeLeft::Late(hours(1)),
            TimeLeft::Left(hours(1)),
            TimeLeft::Late(hours(3)),
        ];
        queue.sort();
        assert_eq!(
            queue,
            [
                TimeLeft::Late(hours(3)),
                TimeLeft::Late(hours(1)),
                TimeLeft::Left(hours(1)),
                TimeLeft::Left(hours(2))
            ]
        );
    }

    #[test]
    fn it_is_stored_as_readable_json() {
        let cases = [
            (
                Deadline::Running {
                    due: at("2025-06-05 10:00"),
                },
                r#"{"clock":"running","due":"2025-06-05T03:00:00Z"}"#,
            ),
            (
                Deadline::Stopped {
                    left: TimeLeft::Left(hours(1)),
                },
                r#"{"clock":"stopped","left":{"left":3600}}"#,
            ),
            (
                Deadline::Stopped {
                    left: TimeLeft::Late(hours(1)),
                },
                r#"{"clock":"stopped","left":{"late":3600}}"#,
            ),
        ];
        for (deadline, json) in cases {
            assert_eq!(serde_json::to_string(&deadline).unwrap(), json);
            assert_eq!(serde_json::from_str::<Deadline>(json).unwrap(), deadline);
        }
    }
}

//! Moments and how much time is left, in words and a tone.

use jiff::Timestamp;
use kernel::calendar::{BusinessCalendar, BusinessTime, Deadline, TimeLeft};

use crate::i18n::L10n;

const MINUTE: BusinessTime = BusinessTime::from_secs(60);

/// A moment, for `<time>`.
pub struct When {
    /// For programs.
    pub iso: Timestamp,
    /// For people.
    pub text: String,
}

impl When {
    /// In the reader's words.
    #[must_use]
    pub fn new(l: &L10n, at: Timestamp) -> Self {
        Self {
            iso: at,
            text: l.short_date_time(at),
        }
    }
}

/// A tag about a deadline.
pub struct TimeTag {
    /// `good`, `warn`, `bad` or `calm`.
    pub tone: &'static str,
    /// What it says.
    pub text: String,
}

impl TimeTag {
    /// `good` while more than a business day is left, then `warn`, then `bad`; `calm` while the clock stands still.
    #[must_use]
    pub fn new(l: &L10n, calendar: &BusinessCalendar, now: Timestamp, deadline: Deadline) -> Self {
        let left = deadline.left(calendar, now);
        let (tone, text) = match left {
            _ if deadline.is_stopped() => ("calm", l.t("deadline-paused")),
            // After closing time, before any working time has passed.
            TimeLeft::Late(late) if late < MINUTE => ("bad", l.t("deadline-late-head")),
            TimeLeft::Late(late) => (
                "bad",
                l.t1("deadline-late", "time", business_time(l, calendar, late)),
            ),
            TimeLeft::Left(left) => {
                let tone = if left > calendar.days(1) { "good" } else { "warn" };
                (
                    tone,
                    l.t1("deadline-left", "time", business_time(l, calendar, left)),
                )
            }
        };
        Self { tone, text }
    }
}

/// An amount of working time in its two largest units, rounded down: "1 d 3 h", "2 h 10 min", "0 min".
#[must_use]
pub fn business_time(l: &L10n, calendar: &BusinessCalendar, time: BusinessTime) -> String {
    let time = calendar.breakdown(time);
    let units = [
        ("deadline-days", time.days),
        ("deadline-hours", time.hours),
        ("deadline-minutes", time.minutes),
    ];
    let first = units.iter().position(|(_, n)| *n > 0).unwrap_or(2);
    let said: Vec<String> = units
        .iter()
        .enumerate()
        .filter(|(place, (_, n))| *place == first || (*place == first + 1 && *n > 0))
        .map(|(_, (key, n))| l.t1(key, "n", *n))
        .collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::i18n::{Catalog, L10n};
    use jiff::{Timestamp, tz::TimeZone};
    use kernel::{
        Language,
        calendar::{BusinessCalendar, BusinessTime, Deadline, TimeLeft, WorkingHours},
    };

    use super::{TimeTag, business_time};

    fn office() -> BusinessCalendar {
        let spans = ["08:00-12:00", "13:00-17:00"]
            .map(|span| span.parse().unwrap())
            .to_vec();
        let hours = WorkingHours::try_from(spans).unwrap();
        BusinessCalendar::new(TimeZone::UTC, hours, [], kernel::calendar::Exceptions::new()).unwrap()
    }

    fn english() -> L10n {
        let catalog = Catalog::new(&[crate::MESSAGES]);
        L10n::new(Arc::new(catalog), Language::English, TimeZone::UTC)
    }

    #[test]
    fn an_amount_is_said_in_its_two_largest_units() {
        let say = |minutes: u64| business_time(&english(), &office(), BusinessTime::from_secs(minutes * 60));
        let said = [0, 59, 60, 130, 480, 490, 690, 1440].map(say);
        assert_eq!(
            said,
            [
                "0 min",
                "59 min",
                "1 h",
                "2 h 10 min",
                "1 d",
                "1 d",
                "1 d 3 h",
                "3 d"
            ]
        );
    }

    #[test]
    fn the_tag_warns_on_the_last_day_and_says_how_late_it_is() {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let tag = |deadline| {
            let tag = TimeTag::new(&english(), &office(), now, deadline);
            (tag.tone, tag.text)
        };
        let due = |text: &str| Deadline::Running {
            due: text.parse().unwrap(),
        };
        assert_eq!(tag(due("2026-11-24T14:00:00Z")), ("good", "1 d 3 h left".into()));
        assert_eq!(tag(due("2026-11-24T10:00:00Z")), ("warn", "1 d left".into()));
        assert_eq!(tag(due("2026-11-23T08:00:00Z")), ("bad", "Late by 2 h".into()));
        let evening: Timestamp = "2026-11-23T20:00:00Z".parse().unwrap();
        let closing = TimeTag::new(&english(), &office(), evening, due("2026-11-23T17:00:00Z"));
        assert_eq!(closing.text, "Late");
        let stopped = Deadline::Stopped {
            left: TimeLeft::Late(BusinessTime::from_secs(60)),
        };
        assert_eq!(tag(stopped), ("calm", "Paused".into()));
    }
}

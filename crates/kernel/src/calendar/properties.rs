//! What holds for every calendar: any zone with its clock changes, any hours, any weekend, any holidays.

use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use super::{
    BusinessCalendar, BusinessTime, DayKind, DayName, Deadline, Exceptions, WorkingHours, WorkingSpan,
};

/// With the kinds of clock change there are: an hour at night, half an hour, at midnight, across midnight by a
/// minute, a whole date left out.
const ZONES: [&str; 7] = [
    "Asia/Ho_Chi_Minh",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/St_Johns",
    "Pacific/Apia",
    "America/Sao_Paulo",
];

const SIX_YEARS: i64 = 6 * 366 * 86_400;

fn hours() -> impl Strategy<Value = WorkingHours> {
    // A quarter of an hour a day at least: of a minute a week, twenty days are centuries, beyond the horizon.
    let a_while =
        |minutes: &Vec<u32>| minutes.chunks_exact(2).map(|pair| pair[1] - pair[0]).sum::<u32>() >= 15;
    let minutes = proptest::collection::btree_set(0_u32..=1440, 2..=6)
        .prop_map(|minutes| minutes.into_iter().collect::<Vec<_>>());
    let spans = minutes
        .prop_filter("too short a day", a_while)
        .prop_map(|minutes| {
            let spans = minutes
                .chunks_exact(2)
                .map(|pair| WorkingSpan::from_minutes(pair[0], pair[1]).unwrap());
            WorkingHours::new(spans.collect()).unwrap()
        });
    let fixed = |spans: &'static [&'static str]| Just(WorkingHours::parse(spans.iter().copied()).unwrap());
    prop_oneof![
        spans,
        fixed(&["08:30-12:00", "13:00-17:30"]),
        fixed(&["00:00-24:00"]),
        fixed(&["00:00-02:30", "02:30-24:00"])
    ]
}

fn exceptions() -> impl Strategy<Value = Exceptions> {
    let first = date(2009, 1, 1);
    proptest::collection::btree_map(0_i32..2200, any::<bool>(), 0..60).prop_map(move |days| {
        let name = || DayName {
            en: "x".into(),
            vi: "x".into(),
        };
        let kind = |holiday| {
            if holiday {
                DayKind::Holiday(name())
            } else {
                DayKind::WorkingDay(name())
            }
        };
        days.into_iter()
            .map(|(day, holiday)| (first.saturating_add(day.days()), kind(holiday)))
            .collect()
    })
}

prop_compose! {
    fn calendar()(
        zone in proptest::sample::select(&ZONES[..]),
        hours in hours(),
        weekend in proptest::sample::subsequence(Weekday::Monday.cycle_forward().take(7).collect::<Vec<_>>(), 0..=6),
        exceptions in exceptions(),
    ) -> BusinessCalendar {
        BusinessCalendar::new(TimeZone::get(zone).unwrap(), hours, weekend, exceptions).unwrap()
    }
}

/// From 2009 to 2014: Samoa's skipped date, Newfoundland's changes at a minute past midnight, Egypt's at midnight.
fn moment() -> impl Strategy<Value = Timestamp> {
    let start: Timestamp = "2009-01-01T00:00:00Z".parse().unwrap();
    (0..SIX_YEARS, 0..1_000_000_000_i64)
        .prop_map(move |(seconds, nanos)| start + seconds.seconds() + nanos.nanoseconds())
}

/// Up to twenty or so days around the clock.
fn amount() -> impl Strategy<Value = BusinessTime> {
    prop_oneof![0_u64..7200, 0_u64..2_000_000].prop_map(BusinessTime::from_secs)
}

fn floor(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap()
}

proptest! {
    #[test]
    fn what_is_added_passes(calendar in calendar(), start in moment(), time in amount()) {
        let due = calendar.add(start, time).unwrap();
        prop_assert!(due >= floor(start));
        prop_assert_eq!(calendar.between(start, due), time);
        // Not a second later than needed.
        if !time.is_zero() {
            prop_assert_eq!(calendar.between(start, due - 1.second()).as_secs(), time.as_secs() - 1);
        }
    }

    #[test]
    fn what_is_subtracted_has_passed(calendar in calendar(), end in moment(), time in amount()) {
        let start = calendar.subtract(end, time).unwrap();
        prop_assert!(start <= end);
        prop_assert_eq!(calendar.between(start, end), time);
        if !time.is_zero() {
            prop_assert_eq!(calendar.between(start + 1.second(), end).as_secs(), time.as_secs() - 1);
        }
    }

    #[test]
    fn subtracting_undoes_adding(calendar in calendar(), start in moment(), time in amount()) {
        let due = calendar.add(start, time).unwrap();
        let back = calendar.subtract(due, time).unwrap();
        // To the same moment while open, and to the next opening otherwise: no working time lies between.
        prop_assert!(back >= floor(start));
        prop_assert!(calendar.between(start, back).is_zero());
        if calendar.is_open(start) {
            prop_assert_eq!(back, floor(start));
        }
    }

    #[test]
    fn adding_twice_is_adding_the_sum(calendar in calendar(), start in moment(), one in amount(), two in amount()) {
        let twice = calendar.add(calendar.add(start, one).unwrap(), two).unwrap();
        prop_assert_eq!(twice, calendar.add(start, one + two).unwrap());
    }

    #[test]
    fn later_starts_and_larger_amounts_are_never_due_earlier(
        calendar in calendar(), mut starts in [moment(), moment()], mut amounts in [amount(), amount()],
    ) {
        starts.sort();
        amounts.sort();
        let due = |start, time| calendar.add(start, time).unwrap();
        prop_assert!(due(starts[0], amounts[0]) <= due(starts[1], amounts[0]));
        prop_assert!(due(starts[0], amounts[0]) <= due(starts[0], amounts[1]));
    }

    #[test]
    fn time_between_adds_up(calendar in calendar(), start in moment(), gaps in [0_i64..3_000_000, 0_i64..3_000_000]) {
        let middle = start + gaps[0].seconds();
        let end = middle + gaps[1].seconds();
        let whole = calendar.between(start, end);
        prop_assert_eq!(calendar.between(start, middle) + calendar.between(middle, end), whole);
        prop_assert!(whole.as_secs() <= u64::try_from(gaps[0] + gaps[1]).unwrap());
        if start < end {
            prop_assert!(calendar.between(end, start).is_zero());
        }
    }

    #[test]
    fn time_passes_exactly_while_open(calendar in calendar(), at in moment()) {
        let at = floor(at);
        let passed = calendar.between(at, at + 1.second());
        prop_assert_eq!(passed.as_secs(), u64::from(calendar.is_open(at)));
    }

    /// Against the plain definition, where no clock ever changes.
    #[test]
    fn open_means_a_working_day_within_hours(hours in hours(), exceptions in exceptions(), at in moment()) {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let calendar = BusinessCalendar::new(zone, hours, [Weekday::Sunday], exceptions).unwrap();
        let clock = calendar.zone().to_datetime(at);
        let minute = u32::try_from(i32::from(clock.hour()) * 60 + i32::from(clock.minute())).unwrap();
        let within = calendar.hours().spans().iter().any(|span| (span.start_minute()..span.end_minute()).contains(&minute));
        prop_assert_eq!(calendar.is_open(at), within && calendar.is_working_day(clock.date()));
    }

    #[test]
    fn business_days_ahead_are_worked_and_counted(calendar in calendar(), from in moment(), n in 1_u32..40) {
        let from = calendar.date(from);
        let to = calendar.add_business_days(from, n).unwrap();
        prop_assert!(calendar.is_working_day(to));
        let worked = from.series(1.day()).skip(1).take_while(|date| *date <= to).filter(|date| calendar.is_working_day(*date));
        prop_assert_eq!(worked.count(), usize::try_from(n).unwrap());
    }

    #[test]
    fn a_stopped_clock_resumes_with_exactly_what_was_left(
        calendar in calendar(), start in moment(), allowance in amount(), waits in [0_i64..2_000_000, 0_i64..2_000_000],
    ) {
        let running = Deadline::start(&calendar, start, allowance).unwrap();
        let asked = start + waits[0].seconds();
        let answered = asked + waits[1].seconds();
        let stopped = running.stop(&calendar, asked).unwrap();
        let resumed = stopped.resume(&calendar, answered).unwrap();
        prop_assert_eq!(resumed.left(&calendar, answered).is_late(), running.left(&calendar, asked).is_late());
        prop_assert_eq!(resumed.left(&calendar, floor(answered)), running.left(&calendar, asked));
        let stored = serde_json::to_string(&stopped).unwrap();
        prop_assert_eq!(serde_json::from_str::<Deadline>(&stored).unwrap(), stopped);
    }
}

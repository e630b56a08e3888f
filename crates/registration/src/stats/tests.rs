use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use kernel::calendar::{BusinessCalendar, BusinessTime, Deadline, Exceptions, TimeLeft, WorkingHours};
use proptest::prelude::*;

use super::{ClockTurn, Waiting, by_week, percentile, time_to_decision, weeks_begin};

fn hanoi() -> TimeZone {
    TimeZone::get("Asia/Ho_Chi_Minh").unwrap()
}

/// 08:30 to 12:00 and 13:00 to 17:30: eight hours.
fn office() -> BusinessCalendar {
    let spans = ["08:30-12:00", "13:00-17:30"]
        .map(|span| span.parse().unwrap())
        .to_vec();
    let weekend = [jiff::civil::Weekday::Saturday, jiff::civil::Weekday::Sunday];
    BusinessCalendar::new(
        hanoi(),
        WorkingHours::try_from(spans).unwrap(),
        weekend,
        Exceptions::new(),
    )
    .unwrap()
}

fn at(local: &str) -> Timestamp {
    local
        .parse::<DateTime>()
        .unwrap()
        .to_zoned(hanoi())
        .unwrap()
        .timestamp()
}

fn hours(n: u64) -> BusinessTime {
    BusinessTime::from_secs(n * 3600)
}

#[test]
fn a_percentile_is_a_value_that_occurred() {
    assert_eq!(percentile::<u8>(&[], 50), None);
    assert_eq!(percentile(&[7], 90), Some(7));
    assert_eq!(percentile(&[15, 20, 35, 40, 50], 30), Some(20));
    assert_eq!(percentile(&[50, 15, 40, 35, 20], 50), Some(35));
    assert_eq!(percentile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90), Some(9));
    assert_eq!(
        percentile(&[1, 2, 3, 4], 50),
        Some(2),
        "the lower of the two in the middle"
    );
}

#[test]
fn waiting_registrations_are_counted_by_how_they_stand() {
    let running = |due| Deadline::Running { due: at(due) };
    let deadlines = [
        running("2026-11-23 09:00"),
        running("2026-11-20 17:00"),
        running("2026-11-23 16:00"),
        running("2026-11-24 09:00"),
        Deadline::Stopped {
            left: TimeLeft::Left(hours(3)),
        },
        Deadline::Stopped {
            left: TimeLeft::Late(hours(1)),
        },
    ];
    let waiting = Waiting::count(&office(), at("2026-11-23 10:00"), deadlines);
    assert_eq!(
        waiting,
        Waiting {
            all: 6,
            stopped: 2,
            due_today: 1,
            late: 3,
            // 17:00 to 17:30 on Friday and 8:30 to 10:00 on Monday.
            latest: Some(hours(2)),
        }
    );
}

#[test]
fn time_that_the_applicant_takes_to_answer_is_not_the_staffs() {
    let taken = |turns: &[ClockTurn]| {
        time_to_decision(&office(), at("2026-11-16 09:00"), at("2026-11-18 09:00"), turns)
    };
    assert_eq!(taken(&[]), hours(16));
    let (asked, answered) = (at("2026-11-16 10:00"), at("2026-11-18 08:30"));
    assert_eq!(
        taken(&[ClockTurn::Stopped(asked), ClockTurn::Resumed(answered)]),
        BusinessTime::from_secs(5400)
    );
    assert_eq!(
        taken(&[ClockTurn::Stopped(asked)]),
        hours(1),
        "decided without an answer"
    );
}

#[test]
fn weeks_begin_on_monday_in_the_providers_zone() {
    let now = at("2026-11-23 00:30");
    let moments = [
        at("2026-11-22 23:59"),
        at("2026-11-23 00:00"),
        at("2026-11-16 00:00"),
        at("2026-11-15 23:59"),
    ];
    let weeks = by_week(&hanoi(), now, 2, moments);
    assert_eq!(
        weeks
            .iter()
            .map(|week| (week.number, week.count))
            .collect::<Vec<_>>(),
        [(47, 2), (48, 1)]
    );
    assert_eq!(weeks_begin(&hanoi(), now, 2), at("2026-11-16 00:00"));
}

#[test]
fn weeks_run_on_over_the_new_year() {
    let weeks = by_week(&hanoi(), at("2027-01-12 12:00"), 4, []);
    assert_eq!(
        weeks.iter().map(|week| week.number).collect::<Vec<_>>(),
        [52, 53, 1, 2]
    );
}

proptest! {
    #[test]
    fn at_least_that_share_does_not_exceed_a_percentile_and_it_is_the_least_such_value(
        values in prop::collection::vec(0u16..50, 1..80),
        percent in 1u8..=100,
    ) {
        let found = percentile(&values, percent).unwrap();
        let share = |limit: u16| values.iter().filter(|value| **value <= limit).count() * 100;
        let wanted = usize::from(percent) * values.len();
        prop_assert!(values.contains(&found));
        prop_assert!(share(found) >= wanted);
        if let Some(smaller) = values.iter().copied().filter(|value| *value < found).max() {
            prop_assert!(share(smaller) < wanted);
        }
    }

    #[test]
    fn a_higher_percentile_is_no_smaller(values in prop::collection::vec(any::<u32>(), 1..50), a in 1u8..=100, b in 1u8..=100) {
        prop_assert!(percentile(&values, a.min(b)) <= percentile(&values, a.max(b)));
    }

    #[test]
    fn every_moment_since_the_first_week_is_counted_once(
        weeks in 1u8..60,
        ago in prop::collection::vec(0i64..40_000_000, 0..60),
    ) {
        let now = at("2026-11-23 10:00");
        let moments: Vec<Timestamp> = ago.iter().map(|seconds| now - SignedDuration::from_secs(*seconds)).collect();
        let begin = weeks_begin(&hanoi(), now, weeks);
        let counted = by_week(&hanoi(), now, weeks, moments.clone());
        prop_assert_eq!(counted.len(), usize::from(weeks));
        prop_assert!(counted.windows(2).all(|pair| pair[0].monday < pair[1].monday));
        let total: usize = counted.iter().map(|week| week.count).sum();
        prop_assert_eq!(total, moments.iter().filter(|moment| **moment >= begin).count());
    }

    #[test]
    fn pauses_never_add_time(pauses in prop::collection::vec(0i64..200_000, 0..8)) {
        let (submitted, decided) = (at("2026-11-16 09:00"), at("2026-11-18 09:00"));
        let mut moments: Vec<Timestamp> = pauses.iter().map(|after| submitted + SignedDuration::from_secs(*after)).collect();
        moments.sort();
        let turns: Vec<ClockTurn> = moments
            .iter()
            .enumerate()
            .map(|(n, moment)| if n % 2 == 0 { ClockTurn::Stopped(*moment) } else { ClockTurn::Resumed(*moment) })
            .collect();
        let calendar = office();
        prop_assert!(time_to_decision(&calendar, submitted, decided, &turns) <= calendar.between(submitted, decided));
    }
}

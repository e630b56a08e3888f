//! The calendar on dates as they were and are, most of them Vietnam's.

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{
    BusinessCalendar, BusinessTime, CalendarError, Day, DayKind, Exceptions, WorkingHours, vietnam_exceptions,
};
use crate::Language::{English, Vietnamese};

const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];

fn hanoi() -> TimeZone {
    TimeZone::get("Asia/Ho_Chi_Minh").unwrap()
}

fn hours() -> WorkingHours {
    WorkingHours::parse(["08:30-12:00", "13:00-17:30"]).unwrap()
}

fn with(exceptions: Exceptions) -> BusinessCalendar {
    BusinessCalendar::new(hanoi(), hours(), WEEKEND, exceptions).unwrap()
}

/// 08:30–12:00 and 13:00–17:30, Monday to Friday, no holidays.
pub(super) fn office() -> BusinessCalendar {
    with(Exceptions::new())
}

/// The same with Vietnam's holidays.
pub(super) fn vietnam() -> BusinessCalendar {
    with(vietnam_exceptions())
}

/// A moment by Vietnam's clocks.
pub(super) fn at(clock: &str) -> Timestamp {
    hanoi().to_timestamp(clock.parse::<DateTime>().unwrap()).unwrap()
}

fn due_in_three_days(calendar: &BusinessCalendar, start: &str) -> String {
    let due = calendar.add(at(start), calendar.days(3)).unwrap();
    calendar.zone().to_datetime(due).strftime("%F %H:%M").to_string()
}

fn working_days(calendar: &BusinessCalendar, from: Date, to: Date) -> Vec<Date> {
    from.series(1.day())
        .take_while(|date| *date <= to)
        .filter(|date| calendar.is_working_day(*date))
        .collect()
}

#[test]
fn three_business_days_are_three_days_of_working_time() {
    let office = office();
    assert_eq!(
        due_in_three_days(&office, "2025-06-02 10:00"),
        "2025-06-05 10:00",
        "Monday to Thursday"
    );
    assert_eq!(
        due_in_three_days(&office, "2025-06-05 16:10"),
        "2025-06-10 16:10",
        "over a weekend"
    );
    assert_eq!(
        due_in_three_days(&office, "2025-06-02 12:30"),
        "2025-06-05 12:00",
        "in the lunch break"
    );
}

#[test]
fn a_submission_outside_working_hours_counts_from_the_next_opening() {
    let office = office();
    for start in [
        "2025-06-06 17:30",
        "2025-06-07 11:00",
        "2025-06-08 23:59",
        "2025-06-09 08:30",
    ] {
        assert_eq!(
            due_in_three_days(&office, start),
            "2025-06-11 17:30",
            "{start}: closing time on Wednesday"
        );
    }
}

#[test]
fn tet_2026_stops_the_clock_for_nine_days() {
    let vietnam = vietnam();
    assert_eq!(
        due_in_three_days(&vietnam, "2026-02-13 10:00"),
        "2026-02-25 10:00"
    );
    assert_eq!(working_days(&vietnam, date(2026, 2, 14), date(2026, 2, 22)), []);
    assert_eq!(
        vietnam.between(at("2026-02-13 17:30"), at("2026-02-23 08:30")),
        BusinessTime::ZERO
    );
}

#[test]
fn tet_2027_is_taken_from_the_lunar_calendar() {
    let vietnam = vietnam();
    assert_eq!(working_days(&vietnam, date(2027, 2, 4), date(2027, 2, 10)), []);
    assert!(vietnam.is_working_day(date(2027, 2, 3)) && vietnam.is_working_day(date(2027, 2, 11)));
    assert_eq!(
        due_in_three_days(&vietnam, "2027-02-03 10:00"),
        "2027-02-15 10:00"
    );
}

#[test]
fn saturdays_worked_in_exchange_count() {
    let vietnam = vietnam();
    for (worked, off) in [
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ] {
        assert_eq!(worked.weekday(), Weekday::Saturday);
        assert!(
            vietnam.is_working_day(worked) && !vietnam.is_working_day(off),
            "{worked} for {off}"
        );
        assert!(matches!(
            vietnam.day_kind(worked),
            Day::Exception(DayKind::WorkingDay(_))
        ));
    }
    assert_eq!(
        due_in_three_days(&vietnam, "2026-08-20 10:00"),
        "2026-08-24 10:00",
        "Friday, Saturday, Monday"
    );
    assert!(vietnam.is_open(at("2026-08-22 09:00")) && !vietnam.is_open(at("2026-08-29 09:00")));
}

#[test]
fn the_long_leaves_of_spring_and_autumn_are_off() {
    let vietnam = vietnam();
    assert_eq!(working_days(&vietnam, date(2025, 4, 30), date(2025, 5, 4)), []);
    assert_eq!(working_days(&vietnam, date(2025, 8, 30), date(2025, 9, 2)), []);
    assert_eq!(working_days(&vietnam, date(2026, 8, 29), date(2026, 9, 2)), []);
    assert_eq!(working_days(&vietnam, date(2026, 4, 30), date(2026, 5, 3)), []);
    assert_eq!(
        due_in_three_days(&vietnam, "2026-08-28 10:00"),
        "2026-09-07 10:00"
    );
}

#[test]
fn a_holiday_at_the_weekend_is_made_up_for() {
    let vietnam = vietnam();
    let hung_kings = vietnam.day_kind(date(2026, 4, 26));
    let Day::Exception(kind) = hung_kings else {
        panic!("{hung_kings:?}")
    };
    assert_eq!(kind.name(Vietnamese), "Ngày Giỗ Tổ Hùng Vương");
    assert!(
        !vietnam.is_working_day(date(2026, 4, 27)),
        "Monday after a Sunday"
    );
    assert!(
        !vietnam.is_working_day(date(2027, 5, 3)),
        "Monday after a Saturday"
    );
    assert!(
        !vietnam.is_working_day(date(2025, 4, 7)) && !vietnam.is_working_day(date(2027, 4, 16)),
        "10th of the 3rd lunar month"
    );
}

#[test]
fn culture_day_is_off_from_2026() {
    let vietnam = vietnam();
    assert!(vietnam.is_working_day(date(2025, 11, 24)));
    assert!(!vietnam.is_working_day(date(2026, 11, 24)) && !vietnam.is_working_day(date(2027, 11, 24)));
    assert_eq!(
        due_in_three_days(&vietnam, "2026-11-23 10:00"),
        "2026-11-27 10:00"
    );
}

#[test]
fn the_table_covers_its_three_years_and_names_every_day_twice() {
    let days = vietnam_exceptions();
    for year in 2025..=2027 {
        let off = days
            .iter()
            .filter(|(date, kind)| date.year() == year && matches!(kind, DayKind::Holiday(_)));
        assert!(
            (11..=16).contains(&off.count()),
            "{year}: 11 days by law, 12 from 2026, and exchanged ones"
        );
    }
    assert!(
        days.values()
            .all(|kind| kind.name(English) != kind.name(Vietnamese))
    );
}

#[test]
fn business_days_ahead_skip_what_is_not_worked() {
    let vietnam = vietnam();
    let ahead = |from, n| vietnam.add_business_days(from, n).unwrap();
    assert_eq!(ahead(date(2026, 11, 23), 3), date(2026, 11, 27));
    assert_eq!(ahead(date(2026, 2, 13), 1), date(2026, 2, 23));
    assert_eq!(
        ahead(date(2026, 8, 21), 1),
        date(2026, 8, 22),
        "a worked Saturday"
    );
    assert_eq!(ahead(date(2026, 2, 17), 0), date(2026, 2, 17));
    assert_eq!(
        vietnam.add_business_days(date(2026, 2, 17), u32::MAX),
        Err(CalendarError::TooFar)
    );
    assert_eq!(
        vietnam.add_business_days(Date::MAX, 1),
        Err(CalendarError::TooFar)
    );
}

#[test]
fn an_amount_is_told_in_business_days_hours_and_minutes() {
    let office = office();
    let told = office.breakdown(BusinessTime::from_secs(2 * 8 * 3600 + 3 * 3600 + 59 * 60 + 59));
    assert_eq!((told.days, told.hours, told.minutes), (2, 3, 59));
}

#[test]
fn a_calendar_without_working_time_cannot_be_made() {
    let week = Weekday::Monday.cycle_forward().take(7);
    let none = BusinessCalendar::new(hanoi(), hours(), week, Exceptions::new());
    assert_eq!(none, Err(CalendarError::NoWorkingDays));
}

#[test]
fn too_many_exceptions_are_refused() {
    let holiday = vietnam_exceptions()[&date(2026, 9, 2)].clone();
    let exceptions: Exceptions = date(2000, 1, 1)
        .series(1.day())
        .take(10_001)
        .map(|date| (date, holiday.clone()))
        .collect();
    let made = BusinessCalendar::new(hanoi(), hours(), WEEKEND, exceptions);
    assert_eq!(made, Err(CalendarError::TooManyExceptions(10_001)));
}

#[test]
fn years_of_holidays_end_at_last() {
    let mut exceptions = vietnam_exceptions();
    let holiday = exceptions[&date(2026, 9, 2)].clone();
    exceptions.extend(
        date(2026, 1, 1)
            .series(1.day())
            .take(9_000)
            .map(|date| (date, holiday.clone())),
    );
    let calendar = with(exceptions);
    assert_eq!(
        due_in_three_days(&calendar, "2025-12-31 16:30"),
        "2050-08-25 16:30"
    );
    let reopened = at("2050-08-23 08:30");
    assert_eq!(
        calendar.subtract(reopened, BusinessTime::from_secs(3600)),
        Ok(at("2025-12-31 16:30"))
    );
}

#[test]
fn an_answer_beyond_the_horizon_is_an_error() {
    let office = office();
    let start = at("2025-06-02 10:00");
    assert_eq!(
        office.add(start, BusinessTime::from_secs(u64::MAX)),
        Err(CalendarError::TooFar)
    );
    assert_eq!(
        office.subtract(start, office.days(u32::MAX)),
        Err(CalendarError::TooFar)
    );
    assert_eq!(
        office.add(Timestamp::MAX, office.days(1)),
        Err(CalendarError::TooFar)
    );
    assert_eq!(
        office.subtract(Timestamp::MIN, office.days(1)),
        Err(CalendarError::TooFar)
    );
}

#[test]
fn a_night_shift_is_as_long_as_the_night_really_is() {
    let night = WorkingHours::parse(["00:00-06:00"]).unwrap();
    let zone = TimeZone::get("America/New_York").unwrap();
    let calendar = BusinessCalendar::new(zone, night, [], Exceptions::new()).unwrap();
    let worked = |day: Date| {
        let midnight = |date: Date| calendar.zone().to_timestamp(date.at(0, 0, 0, 0)).unwrap();
        calendar
            .between(midnight(day), midnight(day.tomorrow().unwrap()))
            .as_secs()
            / 3600
    };
    assert_eq!(worked(date(2026, 3, 7)), 6);
    assert_eq!(worked(date(2026, 3, 8)), 5, "clocks go forward");
    assert_eq!(worked(date(2026, 11, 1)), 7, "clocks go back");
}

#[test]
fn a_span_within_the_hour_that_is_skipped_is_not_worked() {
    let hours = WorkingHours::parse(["02:10-02:50", "03:00-04:00"]).unwrap();
    let zone = TimeZone::get("America/New_York").unwrap();
    let calendar = BusinessCalendar::new(zone, hours, [], Exceptions::new()).unwrap();
    let clock = |text: &str| {
        calendar
            .zone()
            .to_timestamp(text.parse::<DateTime>().unwrap())
            .unwrap()
    };
    let worked = calendar.between(clock("2026-03-08 00:00"), clock("2026-03-09 00:00"));
    assert_eq!(worked.as_secs(), 3600);
    assert_eq!(
        calendar.add(clock("2026-03-08 00:00"), worked),
        Ok(clock("2026-03-08 04:00"))
    );
}

#[test]
fn a_date_that_a_zone_skipped_is_not_worked() {
    let zone = TimeZone::get("Pacific/Apia").unwrap();
    let calendar = BusinessCalendar::new(zone, hours(), WEEKEND, Exceptions::new()).unwrap();
    let clock = |text: &str| {
        calendar
            .zone()
            .to_timestamp(text.parse::<DateTime>().unwrap())
            .unwrap()
    };
    // Samoa left out Friday 30 December 2011.
    assert_eq!(
        calendar
            .between(clock("2011-12-29 12:30"), clock("2012-01-02 09:30"))
            .as_secs(),
        4 * 3600 + 1800 + 3600
    );
}

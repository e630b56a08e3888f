use std::fmt::Write;

use jiff::civil::date;
use proptest::prelude::*;

use super::super::{LoadError, Problem};
use super::{Exceptions, MAX_EVENT_BYTES, from_ical};
use crate::Language::{English, Vietnamese};
use crate::calendar::DayKind;

fn load(events: &str) -> Result<Exceptions, LoadError> {
    let file = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\n{events}END:VCALENDAR\n");
    from_ical(file.replace('\n', "\r\n").as_bytes())
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1@example.com\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT\n")
}

fn problem(events: &str) -> (u64, Problem) {
    match load(events) {
        Err(LoadError::Line { line, problem }) => (line, problem),
        other => panic!("{events:?} gave {other:?}"),
    }
}

fn of_event(lines: &str) -> Problem {
    problem(&event(lines)).1
}

#[test]
fn an_all_day_event_ends_the_day_before_its_end() {
    let days = load(&event(
        "DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260221\nSUMMARY:Tết",
    ))
    .unwrap();
    assert_eq!(
        days.keys().copied().collect::<Vec<_>>(),
        (16..=20).map(|day| date(2026, 2, day)).collect::<Vec<_>>()
    );
    assert!(days.values().all(|kind| matches!(kind, DayKind::Holiday(_))));
}

#[test]
fn an_event_without_end_is_a_day_and_a_duration_counts_days() {
    let count = |lines: &str| load(&event(lines)).unwrap().len();
    assert_eq!(count("DTSTART:20260902\nSUMMARY:x"), 1);
    assert_eq!(count("DTSTART:20260902\nDTEND:20260902\nSUMMARY:x"), 1);
    assert_eq!(count("DTSTART:20260902\nDURATION:P2D\nSUMMARY:x"), 2);
    assert_eq!(count("DTSTART:20260902\nDURATION:P1W\nSUMMARY:x"), 7);
}

#[test]
fn names_are_taken_by_language() {
    let days = load(&event(
        "DTSTART;VALUE=DATE:20260902\nSUMMARY;LANGUAGE=vi-VN:Quốc khánh\\, nghỉ\nSUMMARY;LANGUAGE=en:National\n  Day",
    ));
    let days = days.unwrap();
    let kind = &days[&date(2026, 9, 2)];
    assert_eq!(
        (kind.name(English), kind.name(Vietnamese)),
        ("National Day", "Quốc khánh, nghỉ")
    );

    let days = load(&event(
        "DTSTART:20260902\nSUMMARY;LANGUAGE=vi:Quốc khánh\nSUMMARY:Fête nationale",
    ))
    .unwrap();
    let kind = &days[&date(2026, 9, 2)];
    assert_eq!(
        (kind.name(English), kind.name(Vietnamese)),
        ("Fête nationale", "Quốc khánh")
    );
}

#[test]
fn worked_days_are_told_by_category_or_own_property() {
    for mark in ["CATEGORIES:Office,Working-Day", "X-PORTICO-KIND:working-day"] {
        let days = load(&event(&format!("DTSTART:20260822\nSUMMARY:x\n{mark}"))).unwrap();
        assert!(
            matches!(days[&date(2026, 8, 22)], DayKind::WorkingDay(_)),
            "{mark}"
        );
    }
    let wrong = of_event("DTSTART:20260822\nSUMMARY:x\nX-PORTICO-KIND:half-day");
    assert_eq!(
        wrong,
        Problem::EventKind {
            event: "x".into(),
            value: "half-day".into()
        }
    );
}

#[test]
fn holidays_on_one_day_are_joined_and_contradictions_refused() {
    let one = event("DTSTART:20260430\nSUMMARY:Reunification Day");
    let other = event("DTSTART:20260430\nSUMMARY:Spring day");
    let days = load(&format!("{one}{other}{other}")).unwrap();
    assert_eq!(
        days[&date(2026, 4, 30)].name(English),
        "Reunification Day / Spring day"
    );

    let worked = event("DTSTART:20260430\nSUMMARY:x\nCATEGORIES:working-day");
    assert_eq!(
        problem(&format!("{one}{worked}")),
        (
            10,
            Problem::Conflict {
                date: date(2026, 4, 30),
                first: 4
            }
        )
    );
}

#[test]
fn cancelled_events_alarms_and_time_zones_do_not_matter() {
    let zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\n";
    let alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nEND:VALARM";
    let cancelled = event("DTSTART:20260101\nSUMMARY:x\nSTATUS:CANCELLED");
    let kept = event(&format!("DTSTART:20260902\nSUMMARY:x\n{alarm}"));
    assert_eq!(load(&format!("{zone}{cancelled}{kept}")).unwrap().len(), 1);
}

#[test]
fn recurring_events_are_refused_by_name() {
    let recurring = of_event("DTSTART:20260902\nRRULE:FREQ=YEARLY\nSUMMARY:National Day");
    assert_eq!(
        recurring,
        Problem::Recurring {
            event: "National Day".into(),
            property: "RRULE"
        }
    );
    assert!(recurring.to_string().contains("\"National Day\" recurs"));
}

#[test]
fn events_that_make_no_sense_are_named() {
    let event = || "x".to_owned();
    assert_eq!(of_event("SUMMARY:x"), Problem::NoStart { event: event() });
    assert_eq!(of_event("DTSTART:20260902"), Problem::NameMissing);
    assert_eq!(
        of_event("DTSTART:20260902T090000\nSUMMARY:x"),
        Problem::NotAllDay {
            event: event(),
            value: "20260902T090000".into()
        }
    );
    assert!(matches!(
        of_event("DTSTART:20260230\nSUMMARY:x"),
        Problem::NotAllDay { .. }
    ));
    assert_eq!(
        of_event("DTSTART:20260902\nDTEND:20260901\nSUMMARY:x"),
        Problem::EndsEarly { event: event() }
    );
    assert_eq!(
        of_event("DTSTART:20260902\nDTEND:20280901\nSUMMARY:x"),
        Problem::TooLong { event: event() }
    );
    assert!(matches!(
        of_event("DTSTART:20260902\nDURATION:PT8H\nSUMMARY:x"),
        Problem::Duration { .. }
    ));
    assert!(matches!(
        of_event("DTSTART:99991231\nDURATION:P2D\nSUMMARY:x"),
        Problem::Year(_)
    ));
}

#[test]
fn files_that_are_no_calendar_are_refused_with_the_line() {
    let at = |file: &str| match from_ical(file.as_bytes()) {
        Err(LoadError::Line { line, problem }) => (line, problem),
        other => panic!("{file:?} gave {other:?}"),
    };
    assert_eq!(at(""), (1, Problem::NotICalendar));
    assert_eq!(at("date,kind,name_en,name_vi"), (1, Problem::NotICalendar));
    assert_eq!(at("\nBEGIN:VEVENT\nEND:VEVENT"), (2, Problem::NotICalendar));
    assert_eq!(
        at("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"),
        (2, Problem::Unfinished("VEVENT".into()))
    );
    assert_eq!(
        at("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"),
        (3, Problem::Nesting("END:VCALENDAR".into()))
    );
    assert_eq!(at("END:VCALENDAR"), (1, Problem::Nesting("END:VCALENDAR".into())));
    assert_eq!(
        at(&format!("BEGIN:VCALENDAR\n{}", "BEGIN:A\n".repeat(100_000))).0,
        7,
        "deep nesting"
    );
}

#[test]
fn a_large_event_and_a_large_number_of_days_are_refused() {
    let long = event(&format!(
        "DTSTART:20260902\nSUMMARY:x\nDESCRIPTION:{}",
        "x".repeat(MAX_EVENT_BYTES)
    ));
    assert_eq!(problem(&long), (4, Problem::EventTooLarge));
    let years = (1900..1930).fold(String::new(), |mut file, year| {
        let _ = write!(
            file,
            "{}",
            event(&format!("DTSTART:{year}0101\nDTEND:{}0101\nSUMMARY:x", year + 1))
        );
        file
    });
    assert_eq!(problem(&years).1, Problem::TooManyDays);
}

#[test]
fn a_file_of_nothing_but_short_lines_is_read_in_one_pass() {
    let busy = event(&format!("DTSTART:20260902\nSUMMARY:x\n{}", "A:\n".repeat(10_000)));
    assert_eq!(load(&busy.repeat(40)).unwrap().len(), 1);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let _ = from_ical(&bytes);
    }

    #[test]
    fn arbitrary_events_never_panic(
        lines in proptest::collection::vec(
            prop_oneof![
                "(DTSTART|DTEND|DURATION|SUMMARY|CATEGORIES|RRULE|STATUS|X-PORTICO-KIND|BEGIN|END)(;[A-Z=\",:]{0,9})?:.{0,12}",
                "(DTSTART|DTEND)(;VALUE=DATE)?:(19|20|99)[0-9]{6}",
                "DURATION:-?P[0-9]{1,11}[DWMY]",
                "[ \t]?.{0,20}",
                Just("SUMMARY:x".to_owned()),
            ],
            0..8,
        )
    ) {
        let _ = load(&event(&lines.join("\n")));
    }
}

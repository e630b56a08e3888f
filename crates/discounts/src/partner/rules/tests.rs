//! The rules, by example and by property.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use kernel::{
    AccountId, PartnerDiscountId, Percent, ProductId, StaffId, Words,
    calendar::{BusinessCalendar, DayKind, Exceptions, WorkingHours},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    AskError, Instead, NewRequest, PartnerDiscount, Percents, Standing, State, StateKind, Terms,
    TransitionError, at, in_force, on_day,
};

const AHEAD: u32 = 3;
const STAFF: StaffId = StaffId(Uuid::from_u128(9));

fn calendar_with(holidays: &[&str]) -> BusinessCalendar {
    let hours = WorkingHours::try_from(vec!["08:00-17:00".parse().unwrap()]).unwrap();
    let off = kernel::calendar::DayName {
        en: "Off".to_owned(),
        vi: "Nghỉ".to_owned(),
    };
    let mut exceptions = Exceptions::new();
    for day in holidays {
        exceptions.insert(day.parse().unwrap(), DayKind::Holiday(off.clone()));
    }
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let weekend = [jiff::civil::Weekday::Saturday, jiff::civil::Weekday::Sunday];
    BusinessCalendar::new(zone, hours, weekend, exceptions).unwrap()
}

fn time(text: &str) -> Timestamp {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    local.in_tz("Asia/Ho_Chi_Minh").unwrap().timestamp()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn percents(hundredths: u16) -> Percents {
    let percent = Percent::from_hundredths(hundredths).unwrap();
    Percents::new([(ProductId(Uuid::from_u128(1)), percent)]).unwrap()
}

fn request(id: u128, hundredths: u16, from: Date) -> NewRequest {
    NewRequest {
        id: PartnerDiscountId(Uuid::from_u128(id)),
        partner: AccountId(Uuid::from_u128(7)),
        terms: Terms {
            percents: percents(hundredths),
            from,
        },
        note: None,
    }
}

fn ask(
    calendar: &BusinessCalendar,
    id: u128,
    from: Date,
    now: Timestamp,
) -> Result<PartnerDiscount, AskError> {
    PartnerDiscount::ask(request(id, 1000, from), calendar, AHEAD, calendar.days(3), now)
}

#[test]
fn three_business_days_ahead_leave_out_weekends_and_holidays() {
    let plain = calendar_with(&[]);
    // Monday 23 November 2026, late in the evening: the date counts, not the hour.
    let monday = time("2026-11-23T23:59");
    assert_eq!(
        ask(&plain, 1, date("2026-11-25"), monday),
        Err(AskError::TooEarly {
            earliest: date("2026-11-26")
        })
    );
    assert!(ask(&plain, 1, date("2026-11-26"), monday).is_ok());
    let holiday = calendar_with(&["2026-11-25"]);
    assert_eq!(
        ask(&holiday, 1, date("2026-11-26"), monday),
        Err(AskError::TooEarly {
            earliest: date("2026-11-27")
        })
    );
    // A day off may be asked for: nobody has to work on it.
    assert!(ask(&plain, 1, date("2026-11-28"), monday).is_ok());
}

#[test]
fn a_date_that_becomes_a_holiday_stands() {
    let now = time("2026-11-23T09:00");
    let asked = ask(&calendar_with(&[]), 1, date("2026-11-26"), now).unwrap();
    let later = calendar_with(&["2026-11-24", "2026-11-25", "2026-11-26"]);
    let mut standing = Standing::of([asked]);
    standing
        .approve(STAFF, None, &later, time("2026-11-25T10:00"))
        .unwrap();
    let grant = standing.approved.as_ref().unwrap().grant().unwrap();
    assert_eq!(grant.terms.from, date("2026-11-26"));
    assert_eq!(grant.starts_at, time("2026-11-26T00:00"));
}

#[test]
fn a_late_approval_moves_the_date_and_begins_at_once() {
    let calendar = calendar_with(&[]);
    let asked = ask(&calendar, 1, date("2026-11-26"), time("2026-11-23T09:00")).unwrap();
    let mut standing = Standing::of([asked]);
    let late = time("2026-11-30T10:15");
    standing.approve(STAFF, None, &calendar, late).unwrap();
    let active = standing.active.clone().unwrap();
    let grant = active.grant().unwrap();
    assert_eq!((grant.terms.from, grant.starts_at), (date("2026-11-30"), late));
    assert!(active.was_changed() && standing.approved.is_none());
    let all = [active];
    assert_eq!(at(&all, late - SignedDuration::from_millis(1)), None);
    assert!(at(&all, late).is_some());
    let day = on_day(&all, &calendar, date("2026-11-30")).unwrap();
    assert_eq!(day.len(), 1);
    assert!(on_day(&all, &calendar, date("2026-11-29")).unwrap().is_empty());
}

#[test]
fn only_the_date_that_staff_choose_must_not_be_past() {
    let calendar = calendar_with(&[]);
    let asked = ask(&calendar, 1, date("2026-11-26"), time("2026-11-23T09:00")).unwrap();
    let chosen = |from| Instead {
        terms: Terms {
            percents: percents(500),
            from: date(from),
        },
        words: None,
    };
    let late = time("2026-11-30T10:15");
    let past = asked
        .clone()
        .approve(STAFF, Some(chosen("2026-11-27")), &calendar, late);
    assert_eq!(
        past,
        Err(TransitionError::Past {
            today: date("2026-11-30")
        })
    );
    let kept = asked
        .approve(STAFF, Some(chosen("2026-11-26")), &calendar, late)
        .unwrap();
    assert_eq!(kept.grant().unwrap().terms.from, date("2026-11-30"));
    assert_eq!(kept.asked.percents, percents(1000), "what was asked for stays");
}

#[test]
fn a_new_approval_takes_the_place_of_one_that_has_not_begun() {
    let calendar = calendar_with(&[]);
    let now = time("2026-11-23T09:00");
    let mut standing = Standing::of([ask(&calendar, 1, date("2026-12-10"), now).unwrap()]);
    standing.approve(STAFF, None, &calendar, now).unwrap();
    standing.asked = Some(ask(&calendar, 2, date("2026-12-20"), now).unwrap());
    let later = time("2026-11-25T09:00");
    let changes = standing.approve(STAFF, None, &calendar, later).unwrap();
    let kinds: Vec<StateKind> = changes.iter().map(|change| change.after.state.kind()).collect();
    assert_eq!(kinds, [StateKind::Expired, StateKind::AwaitingActivation]);
    let all = [changes[0].after.clone(), changes[1].after.clone()];
    assert_eq!(in_force(&all).len(), 1, "the first was never in force");
    assert_eq!(at(&all, time("2026-12-15T12:00")), None);
}

#[test]
fn what_is_decided_cannot_be_decided_again() {
    let calendar = calendar_with(&[]);
    let now = time("2026-11-23T09:00");
    let asked = ask(&calendar, 1, date("2026-11-26"), now).unwrap();
    let words = Words::parse("Too much").unwrap();
    let withdrawn = asked.clone().withdraw(now).unwrap();
    assert_eq!(
        withdrawn.clone().approve(STAFF, None, &calendar, now),
        Err(TransitionError::Settled(StateKind::Withdrawn))
    );
    let rejected = asked.clone().reject(STAFF, words.clone(), now).unwrap();
    assert_eq!(
        rejected.withdraw(now),
        Err(TransitionError::Settled(StateKind::Rejected))
    );
    let approved = asked.approve(STAFF, None, &calendar, now).unwrap();
    assert_eq!(
        approved.clone().withdraw(now),
        Err(TransitionError::Settled(StateKind::AwaitingActivation))
    );
    assert_eq!(
        withdrawn.activate(),
        Err(TransitionError::Elsewhere(StateKind::Withdrawn))
    );
    assert!(approved.reject(STAFF, words, now).is_err());
}

#[test]
fn percents_are_written_and_read_and_zero_asks_for_none() {
    let [a, b] = [1, 2].map(|n| ProductId(Uuid::from_u128(n)));
    let some = Percents::new([(a, Percent::ZERO), (b, Percent::from_hundredths(1205).unwrap())]).unwrap();
    let json = serde_json::to_value(&some).unwrap();
    assert_eq!(json, serde_json::json!([{ "product_id": b, "percent": "12.05" }]));
    assert_eq!(serde_json::from_value::<Percents>(json).unwrap(), some);
    assert!(Percents::new([(a, Percent::ZERO)]).is_err());
}

/// What happens in one step of a made-up history.
#[derive(Clone, Debug)]
enum Step {
    Ask {
        days_ahead: i32,
        hundredths: u16,
    },
    Approve {
        changed: Option<(i32, u16)>,
    },
    Reject,
    Withdraw,
    /// The job looks. It may have been away for long.
    Look,
}

fn steps() -> impl Strategy<Value = Vec<(u32, Step)>> {
    let step = prop_oneof![
        4 => (0..12, 1..=10_000_u16).prop_map(|(days_ahead, hundredths)| Step::Ask { days_ahead, hundredths }),
        4 => proptest::option::of((0..12, 1..=10_000_u16)).prop_map(|changed| Step::Approve { changed }),
        1 => Just(Step::Reject),
        1 => Just(Step::Withdraw),
        3 => Just(Step::Look),
    ];
    // Hours until it happens: less than a day, or more than a week.
    proptest::collection::vec((0..200_u32, step), 1..40)
}

/// A partner's book: what is under way and what is over.
#[derive(Default)]
struct Book {
    standing: Standing,
    over: Vec<PartnerDiscount>,
}

impl Book {
    fn all(&self) -> Vec<PartnerDiscount> {
        let Standing {
            asked,
            approved,
            active,
        } = self.standing.clone();
        self.over
            .iter()
            .cloned()
            .chain(asked)
            .chain(approved)
            .chain(active)
            .collect()
    }

    fn keep(&mut self, changes: Vec<super::Change>) {
        let over = |change: super::Change| {
            matches!(change.after.state, State::Expired { .. }).then_some(change.after)
        };
        self.over.extend(changes.into_iter().filter_map(over));
    }

    fn take(&mut self, id: u128, step: &Step, calendar: &BusinessCalendar, now: Timestamp) {
        let day = |ahead: i32| calendar.date(now).saturating_add(jiff::Span::new().days(ahead));
        match step {
            Step::Ask {
                days_ahead,
                hundredths,
            } if self.standing.asked.is_none() => {
                let new = request(id, *hundredths, day(*days_ahead));
                self.standing.asked = PartnerDiscount::ask(new, calendar, AHEAD, calendar.days(3), now).ok();
            }
            Step::Ask { .. } => {}
            Step::Approve { changed } => {
                let instead = changed.map(|(ahead, hundredths)| Instead {
                    terms: Terms {
                        percents: percents(hundredths),
                        from: day(ahead),
                    },
                    words: None,
                });
                let changes = self.standing.approve(STAFF, instead, calendar, now).unwrap();
                self.keep(changes);
            }
            Step::Reject | Step::Withdraw => {
                let Some(asked) = self.standing.asked.take() else {
                    return;
                };
                let words = Words::parse("No").unwrap();
                self.over.push(match step {
                    Step::Reject => asked.reject(STAFF, words, now).unwrap(),
                    _ => asked.withdraw(now).unwrap(),
                });
            }
            Step::Look => {
                let changes = self.standing.settle(now).unwrap();
                self.keep(changes);
            }
        }
    }
}

proptest! {
    /// Two portals live through the same: one looks every hour, the other was down most of the time. At each moment
    /// one discount at most is in force, the one that the first portal saw active, and both say the same of it.
    #[test]
    fn every_moment_has_the_discount_that_the_history_says(steps in steps()) {
        let calendar = calendar_with(&["2026-12-02"]);
        let mut now = time("2026-11-23T00:00");
        let (mut watched, mut down) = (Book::default(), Book::default());
        let mut seen: Vec<(Timestamp, Option<PartnerDiscountId>)> = Vec::new();
        for (id, (hours, step)) in (1_u128..).zip(&steps) {
            for _ in 0..*hours {
                now += SignedDuration::from_hours(1);
                watched.take(0, &Step::Look, &calendar, now);
                seen.push((now, watched.standing.active.as_ref().map(|active| active.id)));
            }
            // What was seen was seen before it happened, and again after.
            now += SignedDuration::from_mins(1);
            watched.take(id, step, &calendar, now);
            down.take(id, step, &calendar, now);
            now += SignedDuration::from_mins(1);
            watched.take(0, &Step::Look, &calendar, now);
            seen.push((now, watched.standing.active.as_ref().map(|active| active.id)));
        }
        down.take(0, &Step::Look, &calendar, now);
        let (watched, down) = (watched.all(), down.all());
        prop_assert_eq!(in_force(&watched), in_force(&down));
        let stretches = in_force(&down);
        for pair in stretches.windows(2) {
            prop_assert!(pair[0].until.is_some_and(|until| until <= pair[1].from));
        }
        for (moment, active) in seen {
            prop_assert_eq!(at(&down, moment).map(|found| found.discount.id), active, "at {}", moment);
            prop_assert!(stretches.iter().filter(|stretch| stretch.holds_at(moment)).count() <= 1);
        }
    }
}

//! What holds of every customer discount.

use catalogue::{
    Code, Group, History, Line as Sold, PriceList, Product,
    rules::{Name, Price},
};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use kernel::{
    AccountId, Currency, CustomerDiscountId, GroupId, Money, PartnerDiscountId, Percent, ProductId,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{CustomerDiscount, Draft, End, Line, Mistake, Period, Refused, Standing, check, losses};
use crate::price::{PartnerTerm, Target};

const GROUP: GroupId = GroupId(Uuid::from_u128(10));
const VCPU: ProductId = ProductId(Uuid::from_u128(11));
const RAM: ProductId = ProductId(Uuid::from_u128(12));

fn zone() -> TimeZone {
    TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone")
}

fn day(number: i64) -> Date {
    Date::constant(2026, 12, 1)
        .checked_add(Span::new().days(number))
        .expect("a day")
}

fn period(first: i64, last: i64) -> Period {
    Period::new(day(first), day(last)).expect("in order")
}

/// Some hours into a day.
fn at(number: i64, hour: i8) -> Timestamp {
    let moment = day(number).at(hour, 0, 0, 0).to_zoned(zone()).expect("a moment");
    moment.timestamp()
}

fn percent(hundredths: u16) -> Percent {
    Percent::from_hundredths(hundredths).expect("a percentage")
}

fn discount(on: Target, period: Period) -> CustomerDiscount {
    let (from, until) = period.moments(&zone());
    CustomerDiscount {
        id: CustomerDiscountId(Uuid::from_u128(1)),
        partner: AccountId(Uuid::from_u128(2)),
        customer: AccountId(Uuid::from_u128(3)),
        on,
        percent: percent(1000),
        period,
        from,
        until,
        granted_at: at(-30, 9),
        end: End::Planned,
    }
}

fn list() -> PriceList {
    let name = |text: &str| Name {
        en: text.to_owned(),
        vi: text.to_owned(),
    };
    let group = Group {
        id: GROUP,
        code: code("compute"),
        name: name("Compute"),
        position: 1,
    };
    let sold = |id, text: &str| Sold {
        product: Product {
            id,
            group: GROUP,
            code: code(text),
            name: name(text),
            unit: "hour".to_owned(),
            position: 1,
        },
        prices: History::new([Price {
            from: at(-365, 0),
            price: Money::new(1000, Currency::VND),
        }]),
    };
    PriceList::new(vec![group], vec![sold(VCPU, "vcpu"), sold(RAM, "ram")])
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

#[test]
fn it_holds_from_the_first_midnight_to_the_one_after_the_last_day() {
    let discount = discount(Target::Product(VCPU), period(0, 1));
    let standing = |at: Timestamp| discount.standing(at);
    let first = at(0, 0);
    assert_eq!(
        standing(first - jiff::SignedDuration::from_millis(1)),
        Standing::Awaiting
    );
    assert_eq!(standing(first), Standing::Current);
    assert_eq!(
        standing(at(2, 0) - jiff::SignedDuration::from_millis(1)),
        Standing::Current
    );
    assert_eq!(standing(at(2, 0)), Standing::Past);
}

#[test]
fn a_day_without_a_midnight_begins_when_it_does() {
    // Clocks in Beirut were set forward at 00:00 of 26 March 2023.
    let zone = TimeZone::get("Asia/Beirut").expect("a zone");
    let date = Date::constant(2023, 3, 26);
    let (from, until) = Period::new(date, date).expect("a day").moments(&zone);
    assert_eq!(from.duration_until(until).as_hours(), 23);
}

proptest! {
    #[test]
    fn it_can_be_withdrawn_before_it_begins_and_ended_only_while_it_holds(
        lasting in 0_i64..40, now in -5_i64..50, hour in 0_i8..24,
    ) {
        let before = discount(Target::Group(GROUP), period(0, lasting));
        let now_at = at(now, hour);
        let withdrawn = before.clone().withdraw(now_at);
        prop_assert_eq!(withdrawn.is_ok(), now < 0);
        if let Ok(withdrawn) = withdrawn {
            prop_assert_eq!(withdrawn.term(), None);
            prop_assert_eq!(withdrawn.standing(at(0, 12)), Standing::Withdrawn);
        }
        match before.clone().end_early(&zone(), now_at) {
            Ok(ended) => {
                prop_assert!((0..lasting).contains(&now));
                prop_assert_eq!(ended.period.last(), day(now));
                prop_assert_eq!(ended.standing(now_at), Standing::Current, "the day is still sold");
                prop_assert_eq!(ended.standing(at(now + 1, 0)), Standing::Past);
                prop_assert!(ended.until <= before.until);
            }
            Err(Refused::NotBegun) => prop_assert!(now < 0),
            Err(Refused::EndsToday) => prop_assert_eq!(now, lasting),
            Err(_) => prop_assert!(now > lasting),
        }
    }

    #[test]
    fn whoever_leaves_pays_public_prices_from_that_moment(lasting in 0_i64..40, left in -5_i64..50) {
        let (today, left) = (day(left), at(left, 13));
        let before = discount(Target::Group(GROUP), period(0, lasting));
        let standing = before.standing(left);
        match before.sever(&zone(), left) {
            None => prop_assert_eq!(standing, Standing::Past),
            Some(after) => {
                prop_assert!(!matches!(after.standing(left), Standing::Current | Standing::Awaiting));
                if standing == Standing::Current {
                    prop_assert_eq!(after.period.last(), today);
                }
                prop_assert!(after.clone().sever(&zone(), left).is_none(), "twice is once");
            }
        }
    }

    #[test]
    fn what_is_granted_overlaps_with_nothing_on_the_same_thing(
        known in proptest::collection::vec((0_i64..60, 0_i64..10), 0..6),
        first in 0_i64..60, lasting in 0_i64..10,
    ) {
        let has: Vec<_> = known.iter()
            .map(|(first, lasting)| discount(Target::Product(VCPU), period(*first, first + lasting))).collect();
        let draft = |on| Draft { period: period(first, first + lasting), lines: vec![Line { on, percent: percent(1) }] };
        let mistakes = check(&draft(Target::Product(VCPU)), &list(), &has, day(0));
        let shares_a_day = (first..=first + lasting)
            .any(|day| known.iter().any(|(first, lasting)| (*first..=first + lasting).contains(&day)));
        prop_assert_eq!(!mistakes.is_empty(), shares_a_day);
        prop_assert_eq!(check(&draft(Target::Product(RAM)), &list(), &has, day(0)), vec![]);
        prop_assert_eq!(check(&draft(Target::Group(GROUP)), &list(), &has, day(0)), vec![]);
    }

    #[test]
    fn a_loss_is_told_exactly_where_the_customer_gets_more_off_than_the_partner(
        granted in 0_u16..=10_000, gets in 0_u16..=10_000, later in 0_u16..=10_000,
    ) {
        let term = |number, percent, from, until| PartnerTerm {
            discount: PartnerDiscountId(Uuid::from_u128(number)), product: VCPU, percent, from, until,
        };
        let partner = [
            term(1, percent(gets), at(-30, 0), Some(at(5, 0))),
            term(2, percent(later), at(5, 0), None),
        ];
        let draft = Draft {
            period: period(0, 9),
            lines: vec![Line { on: Target::Product(VCPU), percent: percent(granted) }],
        };
        let moments = draft.period.moments(&zone());
        let found = losses(&draft, &list(), &partner, &[], moments);
        prop_assert_eq!(!found.is_empty(), granted > gets.min(later));
        if let [loss] = found[..] {
            prop_assert_eq!(loss.from, if granted > gets { at(0, 0) } else { at(5, 0) });
            prop_assert!(loss.customer > loss.partner);
        }
    }
}

#[test]
fn a_draft_for_a_group_concerns_the_products_without_a_discount_of_their_own() {
    let own = discount(Target::Product(RAM), period(0, 9));
    let draft = Draft {
        period: period(0, 9),
        lines: vec![Line {
            on: Target::Group(GROUP),
            percent: percent(2000),
        }],
    };
    let terms: Vec<_> = own.term().into_iter().collect();
    let found = losses(&draft, &list(), &[], &terms, draft.period.moments(&zone()));
    let products: Vec<_> = found.iter().map(|loss| loss.product).collect();
    assert_eq!(products, [VCPU]);
    assert_eq!(found[0].sells.map(Money::minor), Some(800));
    assert_eq!(found[0].pays.map(Money::minor), Some(1000));
}

#[test]
fn mistakes_name_their_place() {
    let line = |on| Line {
        on,
        percent: percent(100),
    };
    let unknown = Target::Product(ProductId(Uuid::from_u128(99)));
    let draft = |lines| Draft {
        period: period(0, 0),
        lines,
    };
    assert_eq!(
        check(&draft(vec![]), &list(), &[], day(3)),
        [Mistake::TooSoon(day(3)), Mistake::Nothing]
    );
    let twice = Target::Product(VCPU);
    assert_eq!(
        check(
            &draft(vec![line(twice), line(unknown), line(twice)]),
            &list(),
            &[],
            day(0)
        ),
        [Mistake::Unknown(unknown), Mistake::Twice(twice)]
    );
}

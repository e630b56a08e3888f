//! What holds of every price, whatever the discounts.

use std::collections::BTreeSet;

use catalogue::{History, rules::Price};
use customers::directory::Tenure;
use jiff::Timestamp;
use kernel::{
    AccountId, Currency, CustomerDiscountId, GroupId, Money, PartnerDiscountId, Percent, ProductId,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Answer, CustomerTerm, Item, PartnerTerm, Target, moments, next_price, price};

const PRODUCT: ProductId = ProductId(Uuid::from_u128(1));
const OTHER: ProductId = ProductId(Uuid::from_u128(2));
const GROUP: GroupId = GroupId(Uuid::from_u128(3));
const OTHER_GROUP: GroupId = GroupId(Uuid::from_u128(4));

/// All of it happens within these seconds.
const END: i64 = 100;

fn second(at: i64) -> Timestamp {
    Timestamp::from_second(at).unwrap_or_default()
}

fn any_percent() -> impl Strategy<Value = Percent> {
    (0_u16..=10_000).prop_map(|hundredths| Percent::from_hundredths(hundredths).unwrap_or_default())
}

fn any_history() -> impl Strategy<Value = History> {
    proptest::collection::vec((0..END, 0..=Money::MAX_MINOR), 0..6).prop_map(|prices| {
        History::new(prices.into_iter().map(|(from, minor)| Price {
            from: second(from),
            price: Money::new(minor, Currency::VND),
        }))
    })
}

fn any_partner_terms() -> impl Strategy<Value = Vec<PartnerTerm>> {
    let term = (
        any::<u128>(),
        any::<bool>(),
        any_percent(),
        0..END,
        proptest::option::of(1..END),
    )
        .prop_map(|(id, own, percent, from, lasting)| PartnerTerm {
            discount: PartnerDiscountId(Uuid::from_u128(id)),
            product: if own { PRODUCT } else { OTHER },
            percent,
            from: second(from),
            until: lasting.map(|lasting| second(from + lasting)),
        });
    proptest::collection::vec(term, 0..6)
}

fn any_target() -> impl Strategy<Value = Target> {
    prop_oneof![
        Just(Target::Product(PRODUCT)),
        Just(Target::Product(OTHER)),
        Just(Target::Group(GROUP)),
        Just(Target::Group(OTHER_GROUP)),
    ]
}

fn any_customer_terms() -> impl Strategy<Value = Vec<CustomerTerm>> {
    let term = (any::<u128>(), any_target(), any_percent(), 0..END, 1..END).prop_map(
        |(id, on, percent, from, lasting)| CustomerTerm {
            discount: CustomerDiscountId(Uuid::from_u128(id)),
            on,
            percent,
            from: second(from),
            until: second(from + lasting),
        },
    );
    proptest::collection::vec(term, 0..6)
}

/// Partners one after the other, each with what it pays and grants: at most one discount on anything.
fn any_sellers() -> impl Strategy<Value = Vec<(Tenure, Vec<PartnerTerm>, Vec<CustomerTerm>)>> {
    let seller = (0..END / 4, 1..END / 4, any_partner_terms(), any_customer_terms());
    proptest::collection::vec(seller, 0..4).prop_map(|sellers| {
        let mut end = 0;
        let tenure =
            |(gap, lasting, mut partner, mut customer): (i64, i64, Vec<PartnerTerm>, Vec<CustomerTerm>)| {
                let (mut products, mut targets) = (BTreeSet::new(), BTreeSet::new());
                partner.retain(|term| products.insert(term.product));
                customer.retain(|term| targets.insert(term.on));
                let from = end + gap;
                end = from + lasting;
                let tenure = Tenure {
                    partner: AccountId(Uuid::from_u128(9)),
                    from: second(from),
                    until: Some(second(end)),
                };
                (tenure, partner, customer)
            };
        sellers.into_iter().map(tenure).collect()
    })
}

fn ask(
    public: &History,
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    at: Timestamp,
) -> Option<Answer> {
    let item = Item {
        product: PRODUCT,
        group: GROUP,
        public,
    };
    price(&item, partner, customer, at)
}

proptest! {
    #[test]
    fn the_next_price_is_the_first_other_one(
        public in any_history(),
        customer in any_customer_terms(),
        now in 0..END,
    ) {
        let item = Item { product: PRODUCT, group: GROUP, public: &public };
        let at = |second_of| price(&item, &[], &customer, second(second_of)).map(|answer| answer.customer.price);
        let today = at(now);
        let first = (now + 1..=2 * END).find(|later| at(*later).is_some() && at(*later) != today);
        let expected = first.and_then(|later| Some((second(later), at(later)?)));
        let found = next_price(&item, &[], &customer, second(now), |answer| answer.customer.price);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_discount_raises_a_price_and_without_one_it_is_the_public_one(
        public in any_history(), partner in any_partner_terms(), customer in any_customer_terms(), at in 0..END,
    ) {
        let at = second(at);
        let answer = ask(&public, &partner, &customer, at);
        prop_assert_eq!(answer.map(|answer| answer.public), public.at(at));
        let Some(answer) = answer else { return Ok(()) };
        prop_assert!(answer.partner.price.minor() <= answer.public.minor());
        prop_assert!(answer.customer.price.minor() <= answer.public.minor());
        prop_assert!(answer.partner.by.is_some() || answer.partner.price == answer.public);
        prop_assert!(answer.customer.by.is_some() || answer.customer.price == answer.public);
        prop_assert_eq!(answer.partner.percent().off(answer.public), answer.partner.price);
        prop_assert_eq!(answer.customer.percent().off(answer.public), answer.customer.price);
    }

    #[test]
    fn what_made_a_price_is_in_force_and_for_this_product(
        public in any_history(), partner in any_partner_terms(), customer in any_customer_terms(), at in 0..END,
    ) {
        let at = second(at);
        let Some(answer) = ask(&public, &partner, &customer, at) else { return Ok(()) };
        let of_partner: Vec<_> = partner.iter()
            .filter(|t| t.product == PRODUCT && t.from <= at && t.until.is_none_or(|until| at < until)).collect();
        prop_assert_eq!(answer.partner.by.is_some(), !of_partner.is_empty());
        if let Some((id, percent)) = answer.partner.by {
            prop_assert!(of_partner.iter().any(|term| term.discount == id && term.percent == percent));
        }
        let in_force = |on: Target| customer.iter()
            .filter(move |t| t.on == on && t.from <= at && at < t.until).collect::<Vec<_>>();
        let (own, whole) = (in_force(Target::Product(PRODUCT)), in_force(Target::Group(GROUP)));
        let expected = if own.is_empty() { whole } else { own };
        prop_assert_eq!(answer.customer.by.is_some(), !expected.is_empty());
        if let Some((id, percent)) = answer.customer.by {
            prop_assert!(expected.iter().any(|term| term.discount == id && term.percent == percent));
        }
    }

    #[test]
    fn more_percent_never_costs_more(
        public in any_history(), partner in any_partner_terms(), customer in any_customer_terms(),
        more in 0_u16..=10_000, at in 0..END,
    ) {
        let raised = |percent: Percent| Percent::from_hundredths((percent.hundredths() + more).min(10_000)).unwrap_or_default();
        let higher_partner: Vec<_> = partner.iter().map(|t| PartnerTerm { percent: raised(t.percent), ..*t }).collect();
        let higher_customer: Vec<_> = customer.iter().map(|t| CustomerTerm { percent: raised(t.percent), ..*t }).collect();
        let before = ask(&public, &partner, &customer, second(at));
        let after = ask(&public, &higher_partner, &higher_customer, second(at));
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert!(after.partner.price.minor() <= before.partner.price.minor());
            prop_assert!(after.customer.price.minor() <= before.customer.price.minor());
        }
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter(
        public in any_history(), partner in any_partner_terms(), customer in any_customer_terms(), at in 0..END,
    ) {
        let backwards = (
            partner.iter().rev().copied().collect::<Vec<_>>(),
            customer.iter().rev().copied().collect::<Vec<_>>(),
        );
        prop_assert_eq!(
            ask(&public, &partner, &customer, second(at)),
            ask(&public, &backwards.0, &backwards.1, second(at)),
        );
    }

    #[test]
    fn an_answer_changes_only_where_something_begins_or_ends(
        public in any_history(), partner in any_partner_terms(), customer in any_customer_terms(),
    ) {
        let named: BTreeSet<Timestamp> = moments(&partner, &customer, second(0), second(END))
            .into_iter()
            .chain(public.all().iter().map(|price| price.from))
            .collect();
        for at in 1..END {
            if !named.contains(&second(at)) {
                prop_assert_eq!(
                    ask(&public, &partner, &customer, second(at)),
                    ask(&public, &partner, &customer, second(at - 1)),
                );
            }
        }
    }

    #[test]
    fn whoever_changes_partners_pays_at_each_moment_what_the_partner_of_then_makes_of_it(
        public in any_history(), sellers in any_sellers(), at in 0..END,
    ) {
        let at = second(at);
        let partner: Vec<_> = sellers.iter()
            .flat_map(|(tenure, terms, _)| terms.iter().filter_map(|term| term.within(tenure))).collect();
        let customer: Vec<_> = sellers.iter()
            .flat_map(|(tenure, _, terms)| terms.iter().filter_map(|term| term.within(tenure))).collect();
        let of_then = sellers.iter().find(|(tenure, ..)| tenure.holds(at));
        let (partner_then, customer_then): (&[_], &[_]) =
            of_then.map_or((&[], &[]), |(_, partner, customer)| (partner, customer));
        prop_assert_eq!(
            ask(&public, &partner, &customer, at),
            ask(&public, partner_then, customer_then, at),
        );
    }
}

//! Whose customer an account is or was, and when.

use super::*;
use crate::rules::{Tenure, tenures};

const CAME: AccountId = AccountId(Uuid::from_u128(2));
const WENT_TO: AccountId = AccountId(Uuid::from_u128(5));

fn with(partner: AccountId, since: Timestamp, until: Option<Timestamp>) -> Customer {
    let mut customer = invited();
    customer.partner = partner;
    customer.state = State::Active {
        account: account().id,
        since,
        approved_by: None,
    };
    match until {
        Some(until) => customer.end(EndCause::Transfer, until).unwrap(),
        None => customer,
    }
}

#[test]
fn an_account_is_at_each_moment_the_customer_of_one_partner_at_most() {
    let moved = start() + DAY;
    let relations = [
        with(WENT_TO, moved, None),
        with(CAME, start(), Some(moved)),
        invited(),
    ];
    let tenures = tenures(&relations, Some(WENT_TO));
    let partner_at = |at: Timestamp| {
        let mut holding = tenures.iter().filter(|tenure| tenure.holds(at));
        let partner = holding.next().map(|tenure| tenure.partner);
        assert!(holding.next().is_none());
        partner
    };
    let moment = SignedDuration::from_millis(1);
    assert_eq!(partner_at(start() - moment), None);
    assert_eq!(partner_at(start()), Some(CAME));
    assert_eq!(partner_at(moved - moment), Some(CAME));
    assert_eq!(partner_at(moved), Some(WENT_TO));
    assert_eq!(
        partner_at(moved + DAY * 365),
        Some(WENT_TO),
        "what lasts is expected to last"
    );
}

#[test]
fn an_account_that_came_as_a_partners_counts_as_its_from_ever_or_from_the_end_of_the_one_before() {
    let from_ever = Tenure {
        partner: CAME,
        from: Timestamp::MIN,
        until: None,
    };
    assert_eq!(tenures(&[], Some(CAME)), [from_ever]);
    assert_eq!(tenures(&[], None), []);
    let left = start() + DAY;
    let after = tenures(&[with(WENT_TO, start(), Some(left))], Some(CAME));
    assert_eq!(
        after[1],
        Tenure {
            from: left,
            ..from_ever
        }
    );
}

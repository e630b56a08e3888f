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
    let of_went_to = Account {
        managed_by: Some(WENT_TO),
        ..account()
    };
    let relations = [
        with(WENT_TO, moved, None),
        with(CAME, start(), Some(moved)),
        invited(),
    ];
    let tenures = tenures(&relations, &of_went_to);
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
fn an_account_that_came_as_a_partners_is_its_since_there_is_the_account() {
    let imported = Account {
        managed_by: Some(CAME),
        ..account()
    };
    let tenure = Tenure {
        partner: CAME,
        from: account().created_at,
        until: None,
    };
    assert_eq!(tenures(&[], &imported), [tenure]);
    assert_eq!(tenures(&[], &account()), []);
}

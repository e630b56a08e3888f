use jiff::Timestamp;
use kernel::{AccountId, Currency, Money, Words};
use platform::{Denied, Partnership, StaffMember, StaffRole};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Alert, Deposit, DepositError, DepositState, NewDeposit, Reference, ReferenceError, StateKind, Usage,
    charges,
};

fn vnd(minor: i64) -> Money {
    Money::new(minor, Currency::VND)
}

fn clerk(who: u128, role: StaffRole) -> StaffMember {
    StaffMember {
        id: Uuid::from_u128(who).into(),
        name: format!("Clerk {who}"),
        role,
        own_account: false,
    }
}

fn recorded(by: &StaffMember, partnership: Partnership) -> Result<Deposit, DepositError> {
    let new = NewDeposit {
        id: Uuid::from_u128(1).into(),
        account: AccountId(Uuid::from_u128(2)),
        amount: vnd(1_000),
        reference: Reference::parse("FT 26-330").unwrap(),
        note: None,
    };
    Deposit::record(new, by, partnership, Timestamp::UNIX_EPOCH)
}

fn reason() -> Words {
    Words::parse("No such payment.").unwrap()
}

#[test]
fn a_second_person_confirms_and_never_the_first() {
    let (first, second) = (clerk(1, StaffRole::Lead), clerk(2, StaffRole::Lead));
    let waiting = recorded(&first, Partnership::Partner).unwrap();
    let transfer = Uuid::from_u128(9).into();
    let at = Timestamp::UNIX_EPOCH;
    let confirm = |by: &StaffMember| waiting.clone().confirm(by, Partnership::Partner, transfer, at);
    assert_eq!(confirm(&first), Err(DepositError::SamePerson));
    assert_eq!(
        waiting.clone().reject(&first, reason(), at),
        Err(DepositError::SamePerson)
    );
    assert_eq!(
        confirm(&clerk(3, StaffRole::Reviewer)),
        Err(DepositError::Denied(Denied::Role))
    );
    let own = StaffMember {
        own_account: true,
        ..second.clone()
    };
    assert_eq!(confirm(&own), Err(DepositError::Denied(Denied::OwnAccount)));
    let posted = confirm(&second).unwrap();
    assert!(matches!(posted.state, DepositState::Posted { by, .. } if by == second.id));
    let again = posted.clone().reject(&second, reason(), at);
    assert_eq!(again, Err(DepositError::Settled(StateKind::Posted)));
}

#[test]
fn a_deposit_is_taken_back_once_and_only_out_of_the_balance() {
    let first = clerk(1, StaffRole::Reviewer);
    let at = Timestamp::UNIX_EPOCH;
    let waiting = recorded(&first, Partnership::None).unwrap();
    assert_eq!(
        waiting.clone().reverse(&first, reason(), at, 1_000),
        Err(DepositError::NotPosted)
    );
    let posted = waiting.post_at_once(Uuid::from_u128(9).into()).unwrap();
    let reversed = posted.reverse(&first, reason(), at, 1_000).unwrap();
    assert_eq!(
        reversed.reverse(&first, reason(), at, 1_000),
        Err(DepositError::NotPosted)
    );
}

#[test]
fn a_partners_customer_gets_no_deposit() {
    let partner = AccountId(Uuid::from_u128(3));
    let refused = recorded(&clerk(1, StaffRole::Lead), Partnership::CustomerOf(partner));
    assert_eq!(refused, Err(DepositError::PartnersCustomer));
    let auditor = recorded(&clerk(1, StaffRole::Auditor), Partnership::None);
    assert_eq!(auditor, Err(DepositError::Denied(Denied::Role)));
}

#[test]
fn references_are_compared_as_banks_and_people_write_them() {
    let key = |text: &str| Reference::parse(text).map(|reference| reference.key());
    assert_eq!(key(" ft 26-330\t/7"), Ok("FT263307".to_owned()));
    assert_eq!(key("FT-26.3307"), Ok("FT263307".to_owned()));
    assert_eq!(key(" - "), Err(ReferenceError::Empty));
    assert_eq!(key(&"x".repeat(81)), Err(ReferenceError::TooLong));
}

proptest! {
    #[test]
    fn an_alert_is_told_once_for_each_fall(threshold in 0_i64..100, balances in prop::collection::vec(0_i64..200, 0..40)) {
        let mut alert = Alert { threshold: vnd(threshold), told: false };
        let mut low = false;
        for balance in balances {
            let (next, tell) = alert.at(vnd(balance));
            prop_assert_eq!(tell, balance < threshold && !low);
            low = balance < threshold;
            alert = next;
        }
    }

    #[test]
    fn charges_take_what_is_there_from_the_oldest_first(balance in 0_i64..1_000, open in prop::collection::vec(1_i64..300, 0..10)) {
        let rows = open.iter().enumerate().map(|(place, minor)| (Uuid::from_u128(place as u128), vnd(*minor)));
        let taken = charges(vnd(balance), rows);
        let sum: i64 = taken.iter().map(|charge| charge.amount.minor()).sum();
        prop_assert_eq!(sum, balance.min(open.iter().sum()));
        for (place, charge) in taken.iter().enumerate() {
            prop_assert_eq!(charge.usage, Uuid::from_u128(place as u128));
            let whole = charge.amount.minor() == open[place];
            prop_assert!(charge.amount.minor() > 0 && (whole || place + 1 == taken.len()));
        }
    }

    #[test]
    fn a_row_is_refunded_up_to_what_it_cost(amount in 1_i64..1_000, part in 0_i64..1_000, refunds in prop::collection::vec(1_i64..500, 1..8)) {
        let mut usage = Usage {
            id: Uuid::nil(),
            row: String::new(),
            account: AccountId(Uuid::nil()),
            amount: vnd(amount),
            period: String::new(),
            description: String::new(),
            charged: vnd(0),
            outstanding: vnd(amount),
            refunded: vnd(0),
        }.charge(vnd(part.min(amount)));
        let mut given = 0;
        for refund in refunds {
            match usage.clone().refund(vnd(refund)) {
                Ok((next, what)) => {
                    prop_assert_eq!(what.waived.minor() + what.credited.minor(), refund);
                    prop_assert!(next.outstanding.minor() >= 0 && next.refunded.minor() <= next.charged.minor());
                    given += refund;
                    usage = next;
                }
                Err(_) => prop_assert!(given + refund > amount),
            }
            prop_assert_eq!(usage.refundable().minor(), amount - given);
        }
    }
}

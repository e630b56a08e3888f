//! Transfers, for any sequence of acts.

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, CustomerId, CustomerTransferId, StaffId, Words};
use platform::{Denied, StaffMember, StaffRole};
use proptest::prelude::*;
use uuid::Uuid;

use super::{DAY, account, invited, start};
use crate::rules::{Customer, Proposal, Side, State, Transfer, TransferError, TransferState};

const TO: AccountId = AccountId(Uuid::from_u128(20));

fn lead() -> StaffMember {
    StaffMember {
        id: StaffId(Uuid::from_u128(9)),
        name: "Lien".to_owned(),
        role: StaffRole::Lead,
        own_account: false,
    }
}

fn relation() -> Customer {
    Customer {
        state: State::Active {
            account: account().id,
            since: start(),
            approved_by: None,
        },
        ..invited()
    }
}

fn proposal() -> Proposal {
    Proposal {
        id: CustomerTransferId(Uuid::from_u128(10)),
        to: TO,
        to_is_partner: true,
        words: Words::parse("Why").unwrap(),
    }
}

fn proposed() -> Transfer {
    Transfer::propose(proposal(), &relation(), &lead(), start(), DAY * 14).unwrap()
}

#[test]
fn only_an_active_customer_moves_to_another_account_that_is_a_partner() {
    let propose =
        |new: Proposal, of: &Customer, by: &StaffMember| Transfer::propose(new, of, by, start(), DAY);
    let to = |to, to_is_partner| Proposal {
        to,
        to_is_partner,
        ..proposal()
    };
    assert_eq!(
        propose(proposal(), &invited(), &lead()),
        Err(TransferError::NotActive)
    );
    assert_eq!(
        propose(to(relation().partner, true), &relation(), &lead()),
        Err(TransferError::SamePartner)
    );
    assert_eq!(
        propose(to(TO, false), &relation(), &lead()),
        Err(TransferError::NotPartner)
    );
    let own = StaffMember {
        own_account: true,
        ..lead()
    };
    assert_eq!(
        propose(proposal(), &relation(), &own),
        Err(TransferError::Denied(Denied::OwnAccount))
    );
    let auditor = StaffMember {
        role: StaffRole::Auditor,
        ..lead()
    };
    assert_eq!(
        propose(proposal(), &relation(), &auditor),
        Err(TransferError::Denied(Denied::Role))
    );
}

/// What may be tried with a transfer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Agree(bool),
    Accept,
    Decline(Side),
    Withdraw,
    Expire,
    Lapse,
}

impl Act {
    fn on(self, transfer: Transfer, now: Timestamp) -> Result<Transfer, TransferError> {
        match self {
            Self::Agree(own) => transfer.agree(if own { account().id } else { TO }, now, DAY * 14),
            Self::Accept => transfer.accept(CustomerId(Uuid::from_u128(11)), now),
            Self::Decline(side) => transfer.decline(side, now),
            Self::Withdraw => transfer.withdraw(&lead(), now),
            Self::Expire => transfer.expire(now),
            Self::Lapse => transfer.lapse(now),
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => any::<bool>().prop_map(Act::Agree),
        4 => Just(Act::Accept),
        1 => Just(Act::Decline(Side::Customer)),
        1 => Just(Act::Decline(Side::Partner)),
        1 => Just(Act::Withdraw),
        2 => Just(Act::Expire),
        1 => Just(Act::Lapse),
    ]
}

proptest! {
    #[test]
    fn nobody_moves_without_both_consents_in_time_and_what_is_settled_stays(
        acts in prop::collection::vec((act(), 0_i64..24 * 20), 1..12)
    ) {
        let mut transfer = proposed();
        let mut now = start();
        let mut taken = Vec::new();
        for (act, hours) in acts {
            now += SignedDuration::from_hours(hours);
            let before = transfer.clone();
            match act.on(transfer, now) {
                Ok(next) => {
                    let (_, until) = before.open().expect("what is settled stays");
                    if act == Act::Expire {
                        prop_assert!(until <= now);
                    } else if !matches!(act, Act::Withdraw | Act::Lapse) {
                        prop_assert!(now < until, "an answer counts in time only");
                    }
                    taken.push(act);
                    transfer = next;
                }
                Err(_) => transfer = before,
            }
            prop_assert_eq!(transfer.offered_at.is_some(), taken.contains(&Act::Agree(true)));
        }
        let moved = matches!(transfer.state, TransferState::Done { .. });
        prop_assert_eq!(moved, taken == [Act::Agree(true), Act::Accept]);
        prop_assert!(!taken.contains(&Act::Agree(false)), "another account agreed");
    }
}

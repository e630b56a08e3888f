//! The rules, example by example and for any sequence of acts.

mod tenure;
mod transfer;

use accounts::account::{Account, Class, PaymentMode, RootUser, Standing};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kernel::{
    AccountId, Currency, CustomerId, Language, Money, StaffId, UserId, Words,
    calendar::{BusinessCalendar, Exceptions, WorkingHours},
};
use platform::{Denied, StaffMember, StaffRole};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Candidate, Condition, Customer, Eligibility, EndCause, Facts, FriendlyName, NameError, NewCustomer, Role,
    State, StateKind, TransitionError,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const GAP: SignedDuration = SignedDuration::from_mins(10);

fn start() -> Timestamp {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

fn office() -> BusinessCalendar {
    let hours = WorkingHours::parse(["08:00-12:00", "13:00-17:00"]).unwrap();
    BusinessCalendar::new(TimeZone::UTC, hours, [], Exceptions::new()).unwrap()
}

fn invited() -> Customer {
    let new = NewCustomer {
        id: CustomerId(Uuid::from_u128(1)),
        partner: AccountId(Uuid::from_u128(2)),
        email: "lien@hoasen.example".parse().unwrap(),
        name: FriendlyName::parse("Hoa Sen").unwrap(),
        role: Role::default(),
        language: Language::English,
    };
    Customer::invite(new, start(), DAY * 14)
}

fn account() -> Account {
    Account {
        id: AccountId(Uuid::from_u128(3)),
        class: Class::Individual,
        phone: String::new(),
        standing: Standing::default(),
        managed_by: None,
        partner_since: None,
        root: RootUser {
            id: UserId(Uuid::from_u128(4)),
            email: "lien@hoasen.example".parse().unwrap(),
            name: "Liên".to_owned(),
            language: Language::Vietnamese,
            email_verified_at: Some(start()),
        },
        created_at: start() - DAY,
    }
}

fn checked(account: &Account, credit: i64, confirmed_elsewhere: bool) -> Eligibility {
    Eligibility::check(Facts {
        account,
        credit: Money::new(credit, Currency::VND),
        manages_others: false,
        confirmed_elsewhere,
    })
}

fn candidate(created_at: Timestamp, eligibility: Eligibility) -> Candidate {
    Candidate {
        account: account().id,
        email: account().root.email,
        created_at,
        eligibility,
    }
}

fn known() -> Candidate {
    candidate(start() - DAY, checked(&account(), 0, false))
}

fn new_one() -> Candidate {
    candidate(start() + DAY, checked(&account(), 0, false))
}

fn decider() -> StaffMember {
    StaffMember {
        id: StaffId(Uuid::from_u128(5)),
        name: "Hoa".to_owned(),
        role: StaffRole::Reviewer,
        own_account: false,
    }
}

fn words() -> Words {
    Words::parse("No.").unwrap()
}

#[test]
fn each_condition_that_is_not_met_is_named() {
    assert!(checked(&account(), 0, false).all_met());
    let broken = |change: &dyn Fn(&mut Account)| {
        let mut account = account();
        change(&mut account);
        checked(&account, 0, false).unmet()
    };
    assert_eq!(checked(&account(), 1, false).unmet(), [Condition::NoCredit]);
    assert_eq!(checked(&account(), -1, false).unmet(), [Condition::NoCredit]);
    assert_eq!(
        broken(&|it| it.standing.uses_services = true),
        [Condition::NoServices]
    );
    assert_eq!(
        broken(&|it| it.standing.enjoys_discount = true),
        [Condition::NoDiscount]
    );
    assert_eq!(broken(&|it| it.standing.in_poc = true), [Condition::NoPoc]);
    assert_eq!(
        broken(&|it| it.standing.payment_mode = PaymentMode::Postpaid),
        [Condition::Prepaid]
    );
    assert_eq!(
        broken(&|it| it.partner_since = Some(start())),
        [Condition::NotPartner]
    );
    assert_eq!(
        broken(&|it| it.managed_by = Some(AccountId(Uuid::from_u128(9)))),
        [Condition::NotCustomer]
    );
    assert_eq!(checked(&account(), 0, true).unmet(), [Condition::NotCustomer]);
    let manages = Facts {
        account: &account(),
        credit: Money::zero(Currency::VND),
        manages_others: true,
        confirmed_elsewhere: false,
    };
    assert_eq!(Eligibility::check(manages).unmet(), [Condition::NotPartner]);
}

#[test]
fn who_was_known_before_the_invitation_is_active_at_once_and_who_is_new_awaits_approval() {
    let (office, now) = (office(), start() + DAY * 2);
    let known = invited().confirm(&known(), &office, office.days(3), now).unwrap();
    assert!(matches!(
        known.state,
        State::Active {
            approved_by: None,
            ..
        }
    ));
    let new = invited()
        .confirm(&new_one(), &office, office.days(3), now)
        .unwrap();
    let State::AwaitingApproval { due, .. } = new.state else {
        panic!("{:?}", new.state);
    };
    assert_eq!(due, office.add(now, office.days(3)).unwrap());
    let checked = checked(&account(), 0, false);
    let approved = new.approve(&decider(), &checked, now).unwrap();
    assert!(matches!(
        approved.state,
        State::Active {
            approved_by: Some(_),
            ..
        }
    ));
}

#[test]
fn a_link_answers_one_address_in_time_and_while_the_conditions_are_met() {
    let office = office();
    let confirm = |by: &Candidate, now| invited().confirm(by, &office, office.days(3), now);
    let other = Candidate {
        email: "other@hoasen.example".parse().unwrap(),
        ..known()
    };
    assert_eq!(confirm(&other, start()), Err(TransitionError::OtherAddress));
    assert_eq!(
        confirm(&known(), start() + DAY * 14),
        Err(TransitionError::LinkExpired)
    );
    let rich = candidate(start() - DAY, checked(&account(), 5, false));
    assert!(matches!(confirm(&rich, start()), Err(TransitionError::Unmet(_))));
}

#[test]
fn nobody_decides_on_their_own_account_or_without_the_permission() {
    let (office, now) = (office(), start() + DAY * 2);
    let waiting = invited()
        .confirm(&new_one(), &office, office.days(3), now)
        .unwrap();
    let own = StaffMember {
        own_account: true,
        ..decider()
    };
    let auditor = StaffMember {
        role: StaffRole::Auditor,
        ..decider()
    };
    assert_eq!(
        waiting.clone().reject(&own, words(), now),
        Err(TransitionError::Denied(Denied::OwnAccount))
    );
    assert_eq!(
        waiting.reject(&auditor, words(), now),
        Err(TransitionError::Denied(Denied::Role))
    );
}

#[test]
fn names_are_one_line_and_the_role_has_a_default() {
    assert_eq!(FriendlyName::parse("  Hoa\n Sen ").unwrap().as_str(), "Hoa Sen");
    assert_eq!(
        FriendlyName::parse("Hoa\u{202e} Sen").unwrap().as_str(),
        "Hoa Sen"
    );
    assert_eq!(FriendlyName::parse(" \t\u{200b}"), Err(NameError::Empty));
    assert_eq!(
        FriendlyName::parse(&"ă".repeat(101)),
        Err(NameError::TooLong(100))
    );
    assert_eq!(Role::parse(" ").unwrap().as_str(), "partner");
}

/// Something that may be tried with a relation.
#[derive(Clone, Copy, Debug)]
enum Act {
    Resend,
    ConfirmKnown,
    ConfirmNew,
    Decline,
    Withdraw,
    Expire,
    Approve,
    Reject,
    End,
}

fn act() -> impl Strategy<Value = Act> {
    use Act::{Approve, ConfirmKnown, ConfirmNew, Decline, End, Expire, Reject, Resend, Withdraw};
    prop::sample::select(vec![
        Resend,
        ConfirmKnown,
        ConfirmNew,
        Decline,
        Withdraw,
        Expire,
        Approve,
        Reject,
        End,
    ])
}

fn try_it(with: Customer, act: Act, now: Timestamp) -> Result<Customer, TransitionError> {
    let office = office();
    match act {
        Act::Resend => with.resend(now, DAY * 14, GAP),
        Act::ConfirmKnown => with.confirm(&known(), &office, office.days(3), now),
        Act::ConfirmNew => with.confirm(&new_one(), &office, office.days(3), now),
        Act::Decline => with.decline(vec![], now),
        Act::Withdraw => with.withdraw(now),
        Act::Expire => with.expire(now),
        Act::Approve => with.approve(&decider(), &checked(&account(), 0, false), now),
        Act::Reject => with.reject(&decider(), words(), now),
        Act::End => with.end(EndCause::Partner, now),
    }
}

/// What may follow what.
fn leads_to(from: StateKind, to: StateKind) -> bool {
    use StateKind as K;
    matches!(
        (from, to),
        (
            K::AwaitingCustomer,
            K::AwaitingCustomer | K::AwaitingApproval | K::Active | K::Declined | K::Withdrawn | K::Expired
        ) | (K::AwaitingApproval, K::Active | K::Rejected | K::Withdrawn)
            | (K::Active, K::Ended)
            | (K::Expired, K::AwaitingCustomer)
    )
}

proptest! {
    #[test]
    fn whatever_is_tried_only_what_may_follow_follows(
        acts in prop::collection::vec((act(), 0_i64..24 * 20), 1..40),
    ) {
        let (mut customer, mut now) = (invited(), start());
        for (act, hours) in acts {
            now += SignedDuration::from_hours(hours);
            let before = customer.clone();
            if let Ok(next) = try_it(customer.clone(), act, now) {
                prop_assert!(leads_to(before.state.kind(), next.state.kind()), "{act:?}: {before:?} to {next:?}");
                // Whose it is and who was invited never changes, and the account is known for good once it confirmed.
                prop_assert_eq!((next.id, next.partner, &next.email), (before.id, before.partner, &before.email));
                if next.state.kind() != StateKind::Withdrawn {
                    prop_assert!(before.account().is_none() || next.account() == before.account());
                }
                customer = next;
            }
        }
    }

    #[test]
    fn what_is_over_stays_over(acts in prop::collection::vec(act(), 1..10)) {
        let now = start() + DAY;
        let over = [
            invited().decline(vec![], now).unwrap(),
            invited().withdraw(now).unwrap(),
            try_it(try_it(invited(), Act::ConfirmNew, now).unwrap(), Act::Reject, now).unwrap(),
            try_it(try_it(invited(), Act::ConfirmKnown, now).unwrap(), Act::End, now).unwrap(),
        ];
        for customer in over {
            for act in &acts {
                let kind = customer.state.kind();
                prop_assert_eq!(try_it(customer.clone(), *act, now + DAY * 30), Err(TransitionError::State(kind)));
            }
        }
    }

    #[test]
    fn all_conditions_are_met_exactly_where_none_is_named(
        credit in -2_i64..3, flags in prop::array::uniform5(any::<bool>()), elsewhere in any::<bool>(),
    ) {
        let mut one = account();
        [one.standing.uses_services, one.standing.enjoys_discount, one.standing.in_poc] = [flags[0], flags[1], flags[2]];
        if flags[3] {
            one.standing.payment_mode = PaymentMode::Postpaid;
        }
        one.partner_since = flags[4].then(start);
        let checked = checked(&one, credit, elsewhere);
        prop_assert_eq!(checked.all_met(), checked.unmet().is_empty());
        let broken = flags.iter().filter(|it| **it).count() + usize::from(credit != 0) + usize::from(elsewhere);
        prop_assert_eq!(checked.unmet().len(), broken);
    }
}

//! Random lives of a registration: whatever people try, in whatever order.

use jiff::{SignedDuration, Timestamp};
use kernel::{
    AccountId, Language, RegistrationId, StaffId, UserId,
    calendar::{BusinessCalendar, TimeLeft, vietnam_exceptions, weekday},
    tax_code::{Country, TaxCode},
};
use platform::{Denied, StaffMember, StaffRole};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    AcceptedTerms, Applicant, NewRegistration, Registration, RejectionReason, Requirements, State, StateKind,
    SubmitError, TransitionError, Unmet, Words, WordsError, reference,
};

fn calendar() -> BusinessCalendar {
    let hours = vec!["08:30-12:00".parse().unwrap(), "13:00-17:30".parse().unwrap()]
        .try_into()
        .unwrap();
    let weekend = [weekday("saturday").unwrap(), weekday("sunday").unwrap()];
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    BusinessCalendar::new(zone, hours, weekend, vietnam_exceptions()).unwrap()
}

/// Monday 23 November 2026, 10:00 in Hanoi.
fn monday() -> Timestamp {
    "2026-11-23T10:00:00+07:00".parse().unwrap()
}

fn account() -> accounts::account::Account {
    use accounts::account::{Account, Class, Enterprise, RootUser, Standing};
    Account {
        id: AccountId(Uuid::from_u128(1)),
        class: Class::Enterprise(Enterprise {
            legal_name: "Công ty Sao Mai".to_owned(),
            tax_code: TaxCode::parse(Country::VIETNAM, "0100109106").unwrap(),
        }),
        phone: String::new(),
        standing: Standing::default(),
        managed_by: None,
        partner_since: None,
        root: RootUser {
            id: UserId(Uuid::from_u128(2)),
            email: "lan@saomai.vn".parse().unwrap(),
            name: "Lan".to_owned(),
            language: Language::Vietnamese,
            email_verified_at: Some(monday()),
        },
        created_at: monday(),
    }
}

fn new() -> NewRegistration {
    let account = account();
    let company = account.enterprise().unwrap();
    NewRegistration {
        id: RegistrationId(Uuid::from_u128(3)),
        account: account.id,
        applicant: Some(Applicant {
            legal_name: company.legal_name.clone(),
            tax_code: company.tax_code.clone(),
            email: account.root.email.clone(),
        }),
        language: Language::Vietnamese,
        terms: AcceptedTerms {
            version: "1".to_owned(),
            hash: "00".to_owned(),
            language: Language::Vietnamese,
            at: monday(),
            origin: None,
            user: account.root.id,
            person: "Lan".to_owned(),
        },
    }
}

fn submitted() -> Registration {
    let calendar = calendar();
    Registration::submit(
        new(),
        &Requirements::check(&account()),
        &calendar,
        calendar.days(3),
    )
    .unwrap()
}

fn staff(number: u128, role: StaffRole) -> StaffMember {
    let email = format!("staff{number}@vng.example").parse().unwrap();
    StaffMember::new(
        StaffId(Uuid::from_u128(number)),
        format!("Staff {number}"),
        role,
        &email,
        &["lan@saomai.vn".parse().unwrap()],
    )
}

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

#[test]
fn what_is_submitted_on_monday_is_due_on_friday_for_tuesday_is_a_holiday() {
    let due = submitted().deadline().unwrap().due().unwrap();
    assert_eq!(due, "2026-11-27T10:00:00+07:00".parse().unwrap());
}

#[test]
fn each_requirement_stands_in_the_way_alone() {
    use accounts::account::Class;
    let met = account();
    let mut unverified = met.clone();
    unverified.root.email_verified_at = None;
    let mut customer = met.clone();
    customer.managed_by = Some(AccountId(Uuid::from_u128(9)));
    let mut individual = met.clone();
    individual.class = Class::Individual;
    let calendar = calendar();
    for (account, expected) in [
        (unverified, Unmet::EmailNotVerified),
        (customer, Unmet::CustomerOf(AccountId(Uuid::from_u128(9)))),
        (individual, Unmet::Individual),
    ] {
        let requirements = Requirements::check(&account);
        assert_eq!(requirements.unmet().collect::<Vec<_>>(), [expected]);
        let refused = Registration::submit(new(), &requirements, &calendar, calendar.days(3)).unwrap_err();
        assert_eq!(refused, SubmitError::Unmet(requirements));
    }
    assert!(Requirements::check(&met).all_met());
}

#[test]
fn only_who_holds_the_case_or_a_lead_decides() {
    let met = Requirements::check(&account());
    let (mine, other, lead, auditor) = (
        staff(10, StaffRole::Reviewer),
        staff(11, StaffRole::Reviewer),
        staff(12, StaffRole::Lead),
        staff(13, StaffRole::Auditor),
    );
    let approve =
        |registration: &Registration, by| registration.clone().approve(by, &met, monday()).map(|_| ());
    assert_eq!(approve(&submitted(), &mine), Err(TransitionError::NotTaken));
    let held = submitted().take(&mine).unwrap();
    assert_eq!(approve(&held, &mine), Ok(()));
    assert_eq!(approve(&held, &other), Err(TransitionError::HeldBy(mine.id)));
    assert_eq!(approve(&held, &lead), Ok(()));
    assert_eq!(
        approve(&held, &auditor),
        Err(TransitionError::Denied(Denied::Role))
    );
    assert_eq!(
        held.clone().take(&other).unwrap_err(),
        TransitionError::HeldBy(mine.id)
    );
    assert_eq!(held.clone().take(&lead).unwrap().reviewer, Some(lead.id));
    assert_eq!(
        held.clone().hand_over(&lead, &auditor).unwrap_err(),
        TransitionError::Denied(Denied::Role)
    );
    assert_eq!(held.hand_over(&mine, &other).unwrap().reviewer, Some(other.id));
}

#[test]
fn nobody_decides_on_their_own_account() {
    let users = [
        "lan@saomai.vn".parse().unwrap(),
        "minh@vng.example".parse().unwrap(),
    ];
    let email = "minh@vng.example".parse().unwrap();
    let id = StaffId(Uuid::from_u128(10));
    let own = StaffMember::new(id, "Minh".to_owned(), StaffRole::Lead, &email, &users);
    let met = Requirements::check(&account());
    assert_eq!(
        submitted().take(&own).unwrap_err(),
        TransitionError::Denied(Denied::OwnAccount)
    );
    assert_eq!(
        submitted().approve(&own, &met, monday()).unwrap_err(),
        TransitionError::Denied(Denied::OwnAccount)
    );
    let lead = staff(12, StaffRole::Lead);
    assert_eq!(
        submitted().hand_over(&lead, &own).unwrap_err(),
        TransitionError::Denied(Denied::OwnAccount)
    );
}

#[test]
fn an_account_that_changed_since_is_not_approved() {
    let mut changed = account();
    changed.class = accounts::account::Class::Individual;
    let lead = staff(12, StaffRole::Lead);
    let refused = submitted()
        .approve(&lead, &Requirements::check(&changed), monday())
        .unwrap_err();
    assert!(matches!(refused, TransitionError::Unmet(_)), "{refused}");
}

#[test]
fn words_are_taken_as_typed_but_for_what_nobody_sees() {
    assert_eq!(words("  a\r\nb\u{7} ").as_str(), "a\nb");
    assert_eq!(Words::parse(" \n\t"), Err(WordsError::Empty));
    assert_eq!(Words::parse(&"ă".repeat(Words::MAX)).map(|_| ()), Ok(()));
    assert_eq!(
        Words::parse(&format!("{} ", "ă".repeat(Words::MAX))),
        Err(WordsError::TooLong)
    );
}

#[test]
fn a_reference_can_be_read_aloud() {
    assert_eq!(reference(RegistrationId(Uuid::from_u128(0))), "REG-0000-0000");
    assert_eq!(
        reference(RegistrationId(Uuid::from_u128(u128::MAX))),
        "REG-ZZZZ-ZZZZ"
    );
    assert_eq!(reference(RegistrationId(Uuid::from_u128(33))), "REG-0000-0011");
}

#[derive(Clone, Debug)]
enum Step {
    Take(u128, StaffRole),
    HandOver(u128, StaffRole, u128),
    Release(u128, StaffRole),
    Ask(u128, StaffRole),
    Answer,
    Approve(u128, StaffRole),
    Reject(u128, StaffRole),
    Withdraw,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || (10..13u128, prop::sample::select(StaffRole::ALL.to_vec()));
    prop_oneof![
        3 => who().prop_map(|(who, role)| Step::Take(who, role)),
        1 => (who(), 10..13u128).prop_map(|((who, role), to)| Step::HandOver(who, role, to)),
        1 => who().prop_map(|(who, role)| Step::Release(who, role)),
        4 => who().prop_map(|(who, role)| Step::Ask(who, role)),
        4 => Just(Step::Answer),
        1 => who().prop_map(|(who, role)| Step::Approve(who, role)),
        1 => who().prop_map(|(who, role)| Step::Reject(who, role)),
        1 => Just(Step::Withdraw),
    ]
}

fn apply(
    registration: Registration,
    step: &Step,
    calendar: &BusinessCalendar,
    now: Timestamp,
) -> Result<Registration, TransitionError> {
    match *step {
        Step::Take(who, role) => registration.take(&staff(who, role)),
        Step::HandOver(who, role, to) => {
            registration.hand_over(&staff(who, role), &staff(to, StaffRole::Reviewer))
        }
        Step::Release(who, role) => registration.release(&staff(who, role)),
        Step::Ask(who, role) => registration.ask(&staff(who, role), words("Why?"), calendar, now),
        Step::Answer => registration.answer(calendar, now),
        Step::Approve(who, role) => {
            registration.approve(&staff(who, role), &Requirements::check(&account()), now)
        }
        Step::Reject(who, role) => {
            registration.reject(&staff(who, role), RejectionReason::Other, words("No."), None, now)
        }
        Step::Withdraw => registration.withdraw(now),
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_the_states_keep_their_promises(
        steps in prop::collection::vec((step(), 0i64..100_000), 1..40),
    ) {
        let calendar = calendar();
        let mut now = monday();
        let mut registration = submitted();
        // The working time that passed while no question was open.
        let mut running = kernel::calendar::BusinessTime::ZERO;
        for (step, seconds) in steps {
            let before = registration.clone();
            let later = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
            if before.state.kind() == StateKind::AwaitingApproval && before.question().is_none() {
                running = running + calendar.between(now, later);
            }
            now = later;
            match apply(before.clone(), &step, &calendar, now) {
                Err(_) => registration = before,
                Ok(next) => {
                    prop_assert_eq!(before.state.kind(), StateKind::AwaitingApproval, "settled states stay");
                    prop_assert_eq!(
                        (next.id, &next.terms, next.submitted_at), (before.id, &before.terms, before.submitted_at)
                    );
                    registration = next;
                }
            }
            if let State::AwaitingApproval { deadline, question } = &registration.state {
                prop_assert_eq!(deadline.is_stopped(), question.is_some(), "stopped exactly while asked");
                let used = match deadline.left(&calendar, now) {
                    TimeLeft::Left(left) => calendar.days(3).saturating_sub(left),
                    // A second is what a deadline missed outside working hours counts.
                    TimeLeft::Late(late) => calendar.days(3) + late,
                };
                let off = used.as_secs().abs_diff(running.as_secs());
                prop_assert!(off <= 3 * 40, "only running time is used up: {used} of {running}");
            }
        }
    }
}

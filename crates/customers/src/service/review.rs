//! What staff do: approve or reject who is new to the provider.

use accounts::person::Person;
use kernel::{AccountId, CustomerId, EventId, StaffId, Words};
use platform::{
    Permission,
    actor::{Caller, Capacity},
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Case, Refused, Wording, eligibility};
use crate::{
    event::CustomerEvent,
    letters,
    room::Customers,
    rules::{Customer, Decider, TransitionError},
};

/// A member of staff, seen from a relation. Nothing where there is no such person.
pub async fn decider(
    db: &impl ConnectionTrait,
    staff: StaffId,
    of: &Customer,
) -> Result<Option<Decider>, DbErr> {
    let accounts: Vec<AccountId> = of.account().into_iter().chain([of.partner]).collect();
    who_may(db, staff, Permission::DecideCustomers, &accounts).await
}

/// A member of staff, seen from what concerns these accounts. The role is read now: what the session says may be old.
pub(super) async fn who_may(
    db: &impl ConnectionTrait,
    staff: StaffId,
    permission: Permission,
    accounts: &[AccountId],
) -> Result<Option<Decider>, DbErr> {
    let Some(person) = accounts::store::find_person(db, Uuid::from(staff)).await? else {
        return Ok(None);
    };
    let Capacity::Staff { staff, role } = person.capacity else {
        return Ok(None);
    };
    let mut own_account = false;
    for account in accounts {
        let users = registration::store::addresses(db, *account).await?;
        own_account |= users.contains(&person.email);
    }
    Ok(Some(Decider {
        staff,
        may_decide: role.may(permission),
        own_account,
    }))
}

/// Approves: the account is the partner's customer, if it (still) satisfies the conditions.
pub async fn approve(room: &Customers, caller: Caller, id: CustomerId) -> Result<Customer, Refused> {
    let (mut case, account, by) = open(room, caller, id).await?;
    let checked = eligibility(room, case.work.tx(), &account, id).await?;
    let next = case.customer.clone().approve(by, &checked, case.work.now())?;
    let event = CustomerEvent::Activated { account: account.id };
    let because = case.save(next, &event).await?;
    case.tell_partner(because, &letters::approved).await?;
    let because = super::join(&mut case.work, account.id, &case.partner).await?;
    case.tell(because, &account, &letters::joined).await?;
    case.work.commit().await?;
    Ok(case.customer)
}

/// Does not approve. Customer and partner are told why.
pub async fn reject(
    room: &Customers,
    caller: Caller,
    id: CustomerId,
    words: Words,
) -> Result<Customer, Refused> {
    let (mut case, account, by) = open(room, caller, id).await?;
    let next = case.customer.clone().reject(by, words.clone(), case.work.now())?;
    let event = CustomerEvent::Rejected { words: words.clone() };
    let because = case.save(next, &event).await?;
    case.tell_partner(because, &|l, site, about| {
        letters::refused(l, site, about, &words)
    })
    .await?;
    case.tell(because, &account, &|l, site, about| {
        letters::rejected(l, site, about, &words)
    })
    .await?;
    case.work.commit().await?;
    Ok(case.customer)
}

async fn open(
    room: &Customers,
    caller: Caller,
    id: CustomerId,
) -> Result<(Case<'_>, accounts::account::Account, Decider), Refused> {
    let staff = caller.actor.staff().ok_or(TransitionError::NotAllowed)?;
    let (case, account) = Case::open(room, caller, id).await?;
    let by = decider(case.work.tx(), staff, &case.customer)
        .await?
        .ok_or(TransitionError::NotAllowed)?;
    if let Err(why) = case.customer.decidable(by) {
        // Who was faster may be a turn whose commit is still to come.
        case.work.commit().await?;
        return Err(why.into());
    }
    Ok((case, account.ok_or(Refused::NotFound)?, by))
}

/// Tells those who decide of a new case, if so configured.
pub(super) async fn announce(case: &mut Case<'_>, because: EventId) -> Result<(), DbErr> {
    if !case.room.config().announce_new {
        return Ok(());
    }
    let to = accounts::store::staff_who(case.work.tx(), Permission::DecideCustomers).await?;
    tell_staff(case, because, &to, &letters::new_case).await
}

/// Sends each of the staff a letter in that one's language.
pub(crate) async fn tell_staff(
    case: &mut Case<'_>,
    because: EventId,
    to: &[Person],
    letter: Wording<'_>,
) -> Result<(), DbErr> {
    for person in to {
        let l = case.room.app().l10n(person.language);
        let letter = letter(&l, case.room.app().site(), &case.facts());
        let to = letters::staff(person, &case.customer);
        case.work.send(because, &to, &letter)?;
    }
    Ok(())
}

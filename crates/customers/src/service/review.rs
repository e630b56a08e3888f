//! What staff do: approve or reject who is new to the provider.

use accounts::{person::Person, store::staff_member};
use kernel::{CustomerId, EventId, StaffId, Words};
use platform::{Denied, Permission, StaffMember, actor::Caller};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Case, Refused, Wording, eligibility};
use crate::{event::CustomerEvent, letters, room::Customers, rules::Customer};

/// A member of staff, seen from a relation. Nothing where there is no such person.
pub async fn decider(
    db: &impl ConnectionTrait,
    staff: StaffId,
    of: &Customer,
) -> Result<Option<StaffMember>, DbErr> {
    staff_member(db, staff, of.account().into_iter().chain([of.partner])).await
}

/// Approves: the account is the partner's customer, if it (still) satisfies the conditions.
pub async fn approve(room: &Customers, caller: Caller, id: CustomerId) -> Result<Customer, Refused> {
    let (mut case, account, by) = open(room, caller, id).await?;
    let checked = eligibility(room, case.work.tx(), &account, id).await?;
    let next = case.customer.clone().approve(&by, &checked, case.work.now())?;
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
    let next = case
        .customer
        .clone()
        .reject(&by, words.clone(), case.work.now())?;
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
) -> Result<(Case<'_>, accounts::account::Account, StaffMember), Refused> {
    let staff = caller.staff()?;
    let (case, account) = Case::open(room, caller, id).await?;
    let by = decider(case.work.tx(), staff, &case.customer)
        .await?
        .ok_or(Denied::Role)?;
    if let Err(why) = case.customer.decidable(&by) {
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

//! What whoever is invited does: confirm, decline.

use kernel::AccountId;
use platform::{
    Denied, Work,
    actor::{Actor, Caller},
    secret::Token,
};

use super::{Case, Refused, candidate, eligibility};
use crate::{
    event::CustomerEvent,
    letters,
    room::Customers,
    rules::{Condition, Customer, State, TransitionError},
    service::review::announce,
    store,
};

/// Confirms an invitation for the caller's account. All conditions are checked again here, under the account's lock.
pub async fn confirm(room: &Customers, caller: Caller, link: &Token) -> Result<Customer, Refused> {
    let account = root(&caller).ok_or(Denied::Role)?;
    let work = Work::begin(room.app(), caller).await?;
    let account = accounts::store::lock_account(work.tx(), account)
        .await?
        .ok_or(Refused::NotFound)?;
    let customer = store::lock_by_link(work.tx(), link)
        .await?
        .ok_or(Refused::NotFound)?;
    let mut case = Case::of(room, work, customer).await?;
    let by = candidate(room, case.work.tx(), &account, case.customer.id).await?;
    let next = case
        .customer
        .clone()
        .confirm(&by, room.calendar(), room.allowance(), case.work.now())?;
    let due = match next.state {
        State::AwaitingApproval { due, .. } => Some(due),
        _ => None,
    };
    let because = case.save(next, &CustomerEvent::Confirmed { due }).await?;
    let awaits = due.is_some();
    case.tell_partner(because, &|l, site, about| {
        letters::confirmed(l, site, about, awaits)
    })
    .await?;
    if awaits {
        case.tell(because, &account, &letters::awaiting_approval).await?;
        announce(&mut case, because).await?;
    } else {
        let because = case.join(account.id).await?;
        case.tell(because, &account, &letters::joined).await?;
    }
    case.work.commit().await?;
    Ok(case.customer)
}

/// What the partner may know of why an invitation is declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing.
    Private,
    /// Which conditions the caller's account does not meet.
    ShareUnmet,
}

/// Declines an invitation. Holding its link is enough: it proves the mailbox, and nobody needs an account to say no.
/// Unless it shares something of its account, the caller is not named either.
pub async fn decline(
    room: &Customers,
    caller: Caller,
    link: &Token,
    refusal: Refusal,
) -> Result<Customer, Refused> {
    let sharing = match refusal {
        Refusal::ShareUnmet => Some(root(&caller).ok_or(Denied::Role)?),
        Refusal::Private => None,
    };
    let caller = if sharing.is_some() {
        caller
    } else {
        // The event is the partner's to see: that somebody has an account, or a name, is not in it.
        Caller {
            actor: Actor::Visitor,
            ..caller
        }
    };
    let work = Work::begin(room.app(), caller).await?;
    let customer = store::lock_by_link(work.tx(), link)
        .await?
        .ok_or(Refused::NotFound)?;
    let mut case = Case::of(room, work, customer).await?;
    let unmet = match sharing {
        Some(account) => unmet(room, &case, account).await?,
        None => Vec::new(),
    };
    let next = case.customer.clone().decline(unmet.clone(), case.work.now())?;
    let event = CustomerEvent::Declined { unmet: unmet.clone() };
    let because = case.save(next, &event).await?;
    case.tell_partner(because, &|l, site, about| {
        letters::declined(l, site, about, &unmet)
    })
    .await?;
    case.work.commit().await?;
    Ok(case.customer)
}

async fn unmet(room: &Customers, case: &Case<'_>, account: AccountId) -> Result<Vec<Condition>, Refused> {
    let account = accounts::store::account(case.work.tx(), account)
        .await?
        .ok_or(Refused::NotFound)?;
    if account.root.email != case.customer.email {
        return Err(TransitionError::OtherAddress.into());
    }
    let checked = eligibility(room, case.work.tx(), &account, case.customer.id).await?;
    Ok(checked.unmet())
}

fn root(caller: &Caller) -> Option<AccountId> {
    match caller.actor {
        Actor::Root { account, .. } => Some(account),
        _ => None,
    }
}

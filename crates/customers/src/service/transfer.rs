//! A customer's move to another partner: staff propose it, the customer agrees, then the receiving partner does. With the
//! second consent the old relation ends and the new one begins, in one transaction.

mod moving;

use accounts::{account::Account, store::staff_member};
use kernel::{AccountId, CustomerId, CustomerTransferId, StaffId, Words};
use platform::{
    Denied, StaffMember, Work,
    actor::{Actor, Caller},
    secret::Token,
};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;

use super::{Refused, give_way};
use crate::{
    event::{TransferEvent, transfer_standing, transfer_subject},
    letters,
    room::Customers,
    rules::{Customer, FriendlyName, NewCustomer, Proposal, Role, Side, Transfer, TransferError},
    store::{self, transfers},
};
use moving::Moving;

/// A member of staff, seen from a transfer of this relation's account, to a partner where one is chosen. Nothing where there
/// is no such person.
pub async fn mover(
    db: &impl ConnectionTrait,
    staff: StaffId,
    of: &Customer,
    to: Option<AccountId>,
) -> Result<Option<StaffMember>, DbErr> {
    let accounts = of.account().into_iter().chain([of.partner]).chain(to);
    staff_member(db, staff, accounts).await
}

/// Proposes that the customer of an active relation moves to another partner, and asks the customer.
pub async fn propose(
    room: &Customers,
    caller: Caller,
    relation: CustomerId,
    to: AccountId,
    words: Words,
) -> Result<Transfer, Refused> {
    let staff = caller.staff()?;
    let work = Work::begin(room.app(), caller).await?;
    let seen = store::find(work.tx(), relation).await?.ok_or(Refused::NotFound)?;
    let account = seen.account().ok_or(TransferError::NotActive)?;
    let account = moving::account_locked(&work, account).await?;
    let relation = store::lock(work.tx(), relation).await?.ok_or(Refused::NotFound)?;
    let by = mover(work.tx(), staff, &relation, Some(to)).await?;
    let receiving = accounts::store::account(work.tx(), to).await?;
    let proposal = Proposal {
        id: work.new_id().into(),
        to,
        to_is_partner: receiving.is_some_and(|account| account.partner_since.is_some()),
        words,
    };
    let by = by.ok_or(Denied::Role)?;
    let life = room.config().invitation_days.duration();
    let transfer = Transfer::propose(proposal, &relation, &by, work.now(), life)?;
    if transfers::open_of(work.tx(), account.id).await?.is_some() {
        return Err(Refused::Already);
    }
    let link = Token::random();
    transfers::insert(work.tx(), &transfer, &link).await?;
    let event = TransferEvent::Proposed {
        from: transfer.from,
        to,
        words: transfer.words.clone(),
        expires_at: work.now() + life,
    };
    let about = transfer_subject(&transfer, &event);
    let after = transfer_standing(&transfer);
    let mut moving = Moving::of(room, work, transfer, account, relation).await?;
    let because = moving
        .work
        .record_change(about, &event, Value::Null, after)
        .await?;
    moving
        .tell_customer(because, &|l, site, about| letters::ask(l, site, about, &link))
        .await?;
    moving.work.commit().await?;
    Ok(moving.transfer)
}

/// The customer agrees, as the root user of its account with the emailed link. The receiving partner is asked.
pub async fn agree(room: &Customers, caller: Caller, link: &Token) -> Result<Transfer, Refused> {
    let Actor::Root { account, .. } = caller.actor else {
        return Err(TransferError::from(Denied::Role).into());
    };
    let mut moving = Moving::open_by_link(room, caller, link).await?;
    let (now, life) = (moving.work.now(), room.config().invitation_days.duration());
    let next = moving.transfer.clone().agree(account, now, life)?;
    let event = TransferEvent::Offered {
        email: moving.account.root.email.clone(),
        name: moving.account.display_name().to_owned(),
        expires_at: now + life,
    };
    let because = moving.save(next, &event).await?;
    let to = moving.to.clone();
    moving.tell(because, &to, &letters::offer).await?;
    moving.work.commit().await?;
    Ok(moving.transfer)
}

/// The customer declines. Holding the link is enough: it proves the mailbox.
pub async fn decline_by_link(room: &Customers, caller: Caller, link: &Token) -> Result<Transfer, Refused> {
    let moving = Moving::open_by_link(room, caller, link).await?;
    let next = moving
        .transfer
        .clone()
        .decline(Side::Customer, moving.work.now())?;
    moving.give_up(next).await
}

/// The receiving partner does not want the customer.
pub async fn decline(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerTransferId,
) -> Result<Transfer, Refused> {
    let moving = Moving::offered_to(room, caller, partner, id).await?;
    let next = moving
        .transfer
        .clone()
        .decline(Side::Partner, moving.work.now())?;
    moving.give_up(next).await
}

/// Staff take an open transfer back.
pub async fn withdraw(room: &Customers, caller: Caller, id: CustomerTransferId) -> Result<Transfer, Refused> {
    let staff = caller.staff()?;
    let moving = Moving::open(room, caller, id).await?;
    let by = mover(
        moving.work.tx(),
        staff,
        &moving.relation,
        Some(moving.transfer.to),
    )
    .await?;
    let by = by.ok_or(Denied::Role)?;
    let next = moving.transfer.clone().withdraw(&by, moving.work.now())?;
    moving.give_up(next).await
}

/// Nobody answered in time. Done already, nothing happens.
pub(crate) async fn expire(room: &Customers, id: CustomerTransferId) -> Result<(), Refused> {
    let moving = Moving::open(room, Caller::system(), id).await?;
    if let Ok(next) = moving.transfer.clone().expire(moving.work.now()) {
        moving.give_up(next).await?;
    }
    Ok(())
}

/// The relation of a locked account ended in another way: an open transfer of it has no object any more.
pub(super) async fn lapse(
    room: &Customers,
    work: Work,
    account: &Account,
    relation: &Customer,
) -> Result<Work, Refused> {
    let Some(open) = transfers::open_of(work.tx(), account.id).await? else {
        return Ok(work);
    };
    let next = open.clone().lapse(work.now())?;
    let mut moving = Moving::of(room, work, open, account.clone(), relation.clone()).await?;
    moving.close(next).await?;
    Ok(moving.work)
}

/// The receiving partner agrees, too: the customer is its own now, under this name. What it returns is the new relation.
pub async fn accept(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerTransferId,
    name: FriendlyName,
    role: Role,
) -> Result<Customer, Refused> {
    let mut moving = Moving::offered_to(room, caller, partner, id).await?;
    let now = moving.work.now();
    let new = NewCustomer {
        id: moving.work.new_id().into(),
        partner,
        email: moving.account.root.email.clone(),
        name,
        role,
        language: moving.account.root.language,
    };
    let next = moving.transfer.clone().accept(new.id, now)?;
    if moving.account.managed_by != Some(moving.from.id) {
        return Err(Refused::Overtaken);
    }
    moving.end_old().await?;
    give_way(&mut moving.work, partner, &new.email).await?;
    let received = Customer::receive(new, moving.account.id, now);
    moving.begin_new(&received).await?;
    let because = moving
        .save(next, &TransferEvent::Done { next: received.id })
        .await?;
    moving.tell_customer(because, &letters::moved).await?;
    let (from, name) = (moving.from.clone(), moving.relation.name.clone());
    moving
        .tell(because, &from, &|l, site, about| {
            letters::left(l, site, about, name.as_str())
        })
        .await?;
    moving.tell_proposer(because).await?;
    moving.work.commit().await?;
    Ok(received)
}

//! What staff do: approve, perhaps with changes, or reject.

use accounts::person::Person;
use kernel::{AccountId, PartnerDiscountId, StaffId, Words};
use platform::{
    Permission,
    actor::{Caller, Capacity},
};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Case, Refused};
use crate::{
    Discounts,
    partner::rules::{Change, Instead, PartnerDiscount},
};

/// Grants what was asked for or, with `instead`, something else. Where its date is past it begins at once.
pub async fn approve(
    room: &Discounts,
    caller: Caller,
    id: PartnerDiscountId,
    instead: Option<Instead>,
) -> Result<PartnerDiscount, Refused> {
    let by = caller.actor.staff().ok_or(Refused::NotAllowed)?;
    let (mut case, _) = Case::to_decide(room, caller, id).await?;
    judge(&case, by).await?;
    if let Some(instead) = &instead {
        case.know(&instead.terms.percents).map_err(Refused::NoProduct)?;
    }
    let now = case.work.now();
    let changes = case.standing.approve(by, instead, room.calendar(), now)?;
    let approved = changes
        .iter()
        .rfind(|change| change.after.id == id)
        .map(|change| change.after.clone())
        .ok_or(Refused::Overtaken)?;
    case.keep(&changes).await?;
    case.work.commit().await?;
    Ok(approved)
}

/// Declines. The partner may ask again.
pub async fn reject(
    room: &Discounts,
    caller: Caller,
    id: PartnerDiscountId,
    words: Words,
) -> Result<PartnerDiscount, Refused> {
    let by = caller.actor.staff().ok_or(Refused::NotAllowed)?;
    let (mut case, before) = Case::to_decide(room, caller, id).await?;
    judge(&case, by).await?;
    let after = before.clone().reject(by, words, case.work.now())?;
    let change = Change { before, after };
    case.keep(std::slice::from_ref(&change)).await?;
    case.work.commit().await?;
    Ok(change.after)
}

/// Refuses whoever may not decide (any more), and whoever has the address of one of the partner's users: nobody decides on
/// the own account. The role is read now: what the session says may be old.
async fn judge(case: &Case<'_>, staff: StaffId) -> Result<(), Refused> {
    let tx = case.work.tx();
    let person = accounts::store::find_person(tx, staff.into())
        .await?
        .filter(|person| {
            matches!(person.capacity, Capacity::Staff { role, .. } if role.may(Permission::DecideDiscounts))
        })
        .ok_or(Refused::NotAllowed)?;
    if owns(tx, &person, case.partner.id).await? {
        return Err(Refused::OwnAccount);
    }
    Ok(())
}

/// Whether an account is (also) the own one of somebody of the staff, who does not decide on it.
pub async fn is_own_account(
    db: &impl ConnectionTrait,
    staff: StaffId,
    account: AccountId,
) -> Result<bool, DbErr> {
    match accounts::store::find_person(db, staff.into()).await? {
        Some(person) => owns(db, &person, account).await,
        None => Ok(false),
    }
}

async fn owns(db: &impl ConnectionTrait, person: &Person, account: AccountId) -> Result<bool, DbErr> {
    let users = accounts::store::addresses(db, account).await?;
    Ok(users.contains(&person.email))
}

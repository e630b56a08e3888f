//! What staff do: approve, perhaps with changes, or reject.

use accounts::store::staff_member;
use kernel::{PartnerDiscountId, StaffId, Words};
use platform::{Denied, Permission, actor::Caller};

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
    let by = caller.staff()?;
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
    let by = caller.staff()?;
    let (mut case, before) = Case::to_decide(room, caller, id).await?;
    judge(&case, by).await?;
    let after = before.clone().reject(by, words, case.work.now())?;
    let change = Change { before, after };
    case.keep(std::slice::from_ref(&change)).await?;
    case.work.commit().await?;
    Ok(change.after)
}

/// Refuses whoever may not decide (any more), or not on this partner.
async fn judge(case: &Case<'_>, staff: StaffId) -> Result<(), Refused> {
    let by = staff_member(case.work.tx(), staff, [case.partner.id]).await?;
    Ok(by.ok_or(Denied::Role)?.may(Permission::DecideDiscounts)?)
}

//! What a partner does: ask, withdraw.

use kernel::{PartnerDiscountId, Words};
use platform::{Denied, actor::Caller};
use sea_orm::DbErr;

use super::{AskRefused, Case, Refused, event};
use crate::{
    Discounts,
    partner::{
        event::{standing, subject},
        letters,
        rules::{AskError, Change, NewRequest, PartnerDiscount, Terms},
        store::{self, SaveError},
    },
};

/// What a partner asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Per cent by product, and from when.
    pub terms: Terms,
    /// For staff.
    pub note: Option<Words>,
}

/// Asks for a discount. Of two requests at once one is taken.
pub async fn ask(room: &Discounts, caller: Caller, request: Request) -> Result<PartnerDiscount, AskRefused> {
    let partner = caller.actor.account().ok_or(AskRefused::NotPartner)?;
    let mut case = Case::of_partner(room, caller, partner)
        .await?
        .filter(|case| case.partner.partner_since.is_some())
        .ok_or(AskRefused::NotPartner)?;
    if let Some(waiting) = &case.standing.asked {
        return Err(AskRefused::Waiting(Some(waiting.id)));
    }
    case.know(&request.terms.percents)
        .map_err(AskRefused::NoProduct)?;
    if !case.standing.is_changed_by(&request.terms.percents) {
        return Err(AskError::Unchanged.into());
    }
    let new = NewRequest {
        id: case.work.new_id().into(),
        partner,
        terms: request.terms,
        note: request.note,
    };
    let (config, calendar) = (room.config(), room.calendar());
    let allowance = config.business_days.allowance(calendar);
    let asked = PartnerDiscount::ask(new, calendar, config.days_ahead.get(), allowance, case.work.now())?;
    keep(&mut case, &asked).await?;
    case.work.commit().await?;
    Ok(asked)
}

/// Writes down a new request, and tells the partner and (if so configured) staff.
async fn keep(case: &mut Case<'_>, asked: &PartnerDiscount) -> Result<(), AskRefused> {
    let due = asked
        .due()
        .ok_or_else(|| DbErr::Custom("a new request awaits approval".to_owned()))?;
    let with_left = case.room.config().business_days.reminder(case.room.calendar());
    // Beyond the calendar's reach there is nobody to remind.
    let remind_at = case.room.calendar().subtract(due, with_left).ok();
    match store::insert(case.work.tx(), asked, due, remind_at).await {
        Ok(()) => {}
        Err(SaveError::Overtaken) => return Err(AskRefused::Waiting(None)),
        Err(SaveError::Database(error)) => return Err(error.into()),
    }
    let change = Change {
        before: asked.clone(),
        after: asked.clone(),
    };
    let because = case
        .work
        .record_change(
            subject(asked),
            &event(&change),
            serde_json::Value::Null,
            standing(asked),
        )
        .await?;
    case.tell_partner(because, asked, &letters::under_review)?;
    if case.room.config().announce_new {
        let staff = letters::deciders(case.work.tx()).await?;
        case.tell_staff(because, asked, &staff, &letters::new_case)?;
    }
    Ok(())
}

/// Takes a request back that was not decided. The partner may ask again.
pub async fn withdraw(
    room: &Discounts,
    caller: Caller,
    id: PartnerDiscountId,
) -> Result<PartnerDiscount, Refused> {
    let partner = caller.actor.account().ok_or(Denied::Role)?;
    let seen = store::find(room.app().db().read(), id).await?;
    if seen.is_none_or(|seen| seen.partner != partner) {
        return Err(Refused::NotFound);
    }
    let (mut case, before) = Case::to_decide(room, caller, id).await?;
    let after = before.clone().withdraw(case.work.now())?;
    let change = Change { before, after };
    case.keep(std::slice::from_ref(&change)).await?;
    case.work.commit().await?;
    Ok(change.after)
}

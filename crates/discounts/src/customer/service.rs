//! The use cases: each loads, decides by the [`rules`](super::rules), saves, and writes down what happened with the
//! letters that follow from it, in one transaction.
//!
//! Every one of them locks the customer's account first: what concerns the prices of one customer happens one after
//! the other, so that no two discounts on the same thing overlap.

use accounts::{account::Account, store::lock_account};
use jiff::{Timestamp, civil::Date};
use kernel::{AccountId, CustomerDiscountId, EventId, calendar::CalendarError};
use platform::{
    L10n, Work,
    actor::Caller,
    mail::{Letter, Recipient},
    site::Site,
};
use sea_orm::DbErr;
use serde_json::Value;

use super::{
    event::{CustomerDiscountEvent, Facts, standing, subject},
    letters,
    rules::{CustomerDiscount, Draft, End, Loss, Mistake, Refused, check, losses},
    store,
};
use crate::Discounts;

/// Why a use case was refused. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such customer or discount, or it is not the partner's.
    #[error("there is no such customer or discount")]
    NotFound,
    /// What is to be granted cannot be.
    #[error("the draft has mistakes")]
    Mistakes(Vec<Mistake>),
    /// It would sell below purchase price, and nobody said that this is meant.
    #[error("it sells below the partner's purchase price")]
    BelowPurchase(Vec<Loss>),
    /// Where the discount stands does not allow it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// The calendar does not reach so far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The first day on which a discount may begin that is granted now.
pub fn earliest(room: &Discounts, now: Timestamp) -> Result<Date, CalendarError> {
    let calendar = room.calendar();
    calendar.add_business_days(calendar.date(now), room.config().days_ahead.get())
}

/// Grants a customer what the draft says: a discount a line. `below_purchase` says that selling below the own purchase
/// price is meant.
pub async fn grant(
    room: &Discounts,
    caller: Caller,
    partner: AccountId,
    customer: AccountId,
    draft: &Draft,
    below_purchase: bool,
) -> Result<Vec<CustomerDiscount>, Refusal> {
    let mut case = Case::open(room, caller, partner, customer).await?;
    let list = room.catalogue().prices().await?;
    let has = store::of_customer(case.work.tx(), customer, partner).await?;
    let mistakes = check(draft, &list, &has, earliest(room, case.work.now())?);
    if !mistakes.is_empty() {
        return Err(Refusal::Mistakes(mistakes));
    }
    let (from, until) = draft.period.moments(room.calendar().zone());
    if !below_purchase {
        let terms: Vec<_> = has.iter().filter_map(CustomerDiscount::term).collect();
        let pays = crate::partner::store::terms(case.work.tx(), partner).await?;
        let losses = losses(draft, &list, &pays, &terms, (from, until));
        if !losses.is_empty() {
            return Err(Refusal::BelowPurchase(losses));
        }
    }
    let mut granted = Vec::with_capacity(draft.lines.len());
    let mut because = None;
    for line in &draft.lines {
        let new = CustomerDiscount {
            id: case.work.new_id().into(),
            partner,
            customer,
            on: line.on,
            percent: line.percent,
            period: draft.period,
            from,
            until,
            granted_at: case.work.now(),
            end: End::Planned,
        };
        store::insert(case.work.tx(), &new).await?;
        let event = CustomerDiscountEvent::Granted(Facts::of(&new));
        let id = case
            .work
            .record_change(subject(&new), &event, Value::Null, standing(&new))
            .await?;
        because.get_or_insert(id);
        granted.push(new);
    }
    if let Some(because) = because {
        case.tell(room, because, &granted, &letters::granted).await?;
    }
    case.work.commit().await?;
    Ok(granted)
}

/// Takes a discount back that has not begun.
pub async fn withdraw(
    room: &Discounts,
    caller: Caller,
    partner: AccountId,
    id: CustomerDiscountId,
) -> Result<CustomerDiscount, Refusal> {
    let (mut case, before) = Case::of(room, caller, partner, id).await?;
    let after = before.clone().withdraw(case.work.now())?;
    let event = CustomerDiscountEvent::Withdrawn(Facts::of(&after));
    let because = save(&mut case.work, &before, &after, &event).await?;
    case.tell(room, because, std::slice::from_ref(&after), &letters::withdrawn)
        .await?;
    case.work.commit().await?;
    Ok(after)
}

/// Ends a discount that is in force, with this day.
pub async fn end(
    room: &Discounts,
    caller: Caller,
    partner: AccountId,
    id: CustomerDiscountId,
) -> Result<CustomerDiscount, Refusal> {
    let (mut case, before) = Case::of(room, caller, partner, id).await?;
    let after = before
        .clone()
        .end_early(room.calendar().zone(), case.work.now())?;
    let event = CustomerDiscountEvent::Ended(Facts::of(&after));
    let because = save(&mut case.work, &before, &after, &event).await?;
    case.tell(room, because, std::slice::from_ref(&after), &letters::ended)
        .await?;
    case.work.commit().await?;
    Ok(after)
}

/// Cuts off all that a partner granted a customer until `at`, when the account was no longer its customer. Doing it
/// twice is doing it once.
pub(crate) async fn sever(
    room: &Discounts,
    partner: AccountId,
    customer: AccountId,
    at: Timestamp,
) -> Result<(), DbErr> {
    let mut work = Work::begin(room.app(), Caller::system()).await?;
    if lock_account(work.tx(), customer).await?.is_none() {
        return Ok(());
    }
    for before in store::of_customer(work.tx(), customer, partner).await? {
        if before.granted_at > at {
            continue;
        }
        let Some(after) = before.clone().sever(room.calendar().zone(), at) else {
            continue;
        };
        let facts = Facts::of(&after);
        let event = match after.end {
            End::Withdrawn { .. } => CustomerDiscountEvent::Withdrawn(facts),
            _ => CustomerDiscountEvent::Ended(facts),
        };
        save(&mut work, &before, &after, &event).await?;
    }
    work.commit().await
}

async fn save(
    work: &mut Work,
    before: &CustomerDiscount,
    after: &CustomerDiscount,
    event: &CustomerDiscountEvent,
) -> Result<EventId, DbErr> {
    store::update(work.tx(), after).await?;
    work.record_change(subject(after), event, standing(before), standing(after))
        .await
}

/// A use case on the prices of one customer, whose account is locked.
struct Case {
    work: Work,
    partner: AccountId,
    customer: Account,
}

impl Case {
    /// Begins one, if the account is the partner's customer.
    async fn open(
        room: &Discounts,
        caller: Caller,
        partner: AccountId,
        customer: AccountId,
    ) -> Result<Self, Refusal> {
        let work = Work::begin(room.app(), caller).await?;
        let customer = lock_account(work.tx(), customer)
            .await?
            .filter(|account| account.managed_by == Some(partner))
            .ok_or(Refusal::NotFound)?;
        Ok(Self {
            work,
            partner,
            customer,
        })
    }

    /// Begins one on a discount of the partner.
    async fn of(
        room: &Discounts,
        caller: Caller,
        partner: AccountId,
        id: CustomerDiscountId,
    ) -> Result<(Self, CustomerDiscount), Refusal> {
        // Whose it is never changes; how it stands is read again under the lock.
        let found = store::find(room.app().db().read(), partner, id).await?;
        let customer = found.ok_or(Refusal::NotFound)?.customer;
        let case = Self::open(room, caller, partner, customer).await?;
        let discount = store::find(case.work.tx(), partner, id).await?;
        Ok((case, discount.ok_or(Refusal::NotFound)?))
    }

    /// Tells the customer, in its own language.
    async fn tell(
        &mut self,
        room: &Discounts,
        because: EventId,
        about: &[CustomerDiscount],
        letter: &(dyn Fn(&L10n, &Site, &letters::Facts) -> Letter + Sync),
    ) -> Result<(), DbErr> {
        let Some(first) = about.first() else { return Ok(()) };
        let app = room.app();
        let partner = accounts::store::account(self.work.tx(), self.partner).await?;
        let partner = partner.map(|account| account.display_name().to_owned());
        let list = room.catalogue().prices().await?;
        let l = app.l10n(self.customer.root.language);
        let facts = letters::Facts::of(&l, &partner.unwrap_or_default(), &list, first.period, about);
        let to = Recipient {
            address: self.customer.root.email.clone(),
            account: Some(self.customer.id),
        };
        self.work.send(because, &to, &letter(&l, app.site(), &facts))?;
        Ok(())
    }
}

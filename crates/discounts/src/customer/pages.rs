//! What a partner sees of the discounts that it grants its customers.

mod actions;
mod form;
mod list;
mod show;

use axum::http::StatusCode;
use catalogue::PriceList;
use customers::directory::{self, Customer};
use jiff::Timestamp;
use kernel::{AccountId, CustomerDiscountId};
use platform::{
    L10n,
    actor::Area,
    web::{Fault, Mounted, Need, Routes},
};

use super::{
    rules::{CustomerDiscount, Standing},
    service::Refusal,
    store,
    words::{days, name_of, standing_told},
};
use crate::Discounts;

const BASE: &str = "/discounts/customers";

pub(crate) fn mount(room: &Discounts) -> Mounted {
    let (sees, manages) = (
        Need::PartnerSees(Area::Discounts),
        Need::PartnerManages(Area::Discounts),
    );
    Routes::new()
        .get("/discounts/customers", sees, list::show)
        .get("/discounts/customers/{customer}", sees, show::show)
        .get("/discounts/customers/{customer}/new", manages, form::new)
        .post("/discounts/customers/{customer}", manages, form::grant)
        .get(
            "/discounts/customers/{customer}/{id}/withdraw",
            manages,
            actions::ask_to_withdraw,
        )
        .post(
            "/discounts/customers/{customer}/{id}/withdraw",
            manages,
            actions::withdraw,
        )
        .get(
            "/discounts/customers/{customer}/{id}/end",
            manages,
            actions::ask_to_end,
        )
        .post("/discounts/customers/{customer}/{id}/end", manages, actions::end)
        .with_state(room.clone())
}

/// The partner's customer that an address names.
async fn customer(room: &Discounts, partner: AccountId, id: &str) -> Result<Customer, Fault> {
    let id: AccountId = id.parse().map_err(|_| Fault::not_found())?;
    directory::customer(room.app().db().read(), partner, id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// The same, or one that was the partner's customer: then `true`.
async fn customer_or_former(
    room: &Discounts,
    partner: AccountId,
    id: &str,
) -> Result<(Customer, bool), Fault> {
    let account: AccountId = id.parse().map_err(|_| Fault::not_found())?;
    let db = room.app().db().read();
    if let Some(customer) = directory::customer(db, partner, account).await? {
        return Ok((customer, false));
    }
    let former = directory::former(db, partner, account).await?;
    Ok((former.ok_or_else(Fault::not_found)?, true))
}

/// A discount for this customer that an address names.
async fn discount(
    room: &Discounts,
    partner: AccountId,
    customer: &Customer,
    id: &str,
) -> Result<CustomerDiscount, Fault> {
    let id: CustomerDiscountId = id.parse().map_err(|_| Fault::not_found())?;
    store::find(room.app().db().read(), partner, id)
        .await?
        .filter(|discount| discount.customer == customer.account)
        .ok_or_else(Fault::not_found)
}

fn path_of(customer: AccountId) -> String {
    format!("{BASE}/{customer}")
}

/// A discount, as the pages show it.
struct Row {
    id: CustomerDiscountId,
    on: String,
    percent: String,
    period: String,
    label: &'static str,
    tone: &'static str,
    standing: Standing,
    ends_today: bool,
}

impl Row {
    fn new(l: &L10n, list: &PriceList, of: &CustomerDiscount, now: Timestamp) -> Self {
        let standing = of.standing(now);
        let (label, tone) = match standing {
            Standing::Awaiting => ("customer-discount-awaiting", "info"),
            Standing::Current => ("customer-discount-current", "good"),
            Standing::Past => ("customer-discount-past", "calm"),
            Standing::Withdrawn => ("customer-discount-withdrawn", "calm"),
        };
        Self {
            id: of.id,
            on: name_of(l, list, of.on),
            percent: l.percent(of.percent),
            period: days(l, of.period),
            label,
            tone,
            standing,
            ends_today: of.period.last() <= l.day_of(now),
        }
    }
}

/// A refusal as a fault, where no page of its own tells it.
fn fault(refusal: Refusal) -> Fault {
    let key = match refusal {
        Refusal::NotFound => return Fault::not_found(),
        Refusal::Database(error) => return error.into(),
        Refusal::Calendar(error) => return Fault::internal(error),
        Refusal::Mistakes(_) | Refusal::BelowPurchase(_) => return Fault::bad_request(),
        Refusal::Rule(refused) => standing_told(refused),
    };
    Fault::told(StatusCode::CONFLICT, key)
}

/// "vCPU: 12.5%".
fn in_short(l: &L10n, list: &PriceList, of: &CustomerDiscount) -> String {
    format!("{}: {}", name_of(l, list, of.on), l.percent(of.percent))
}

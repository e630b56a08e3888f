//! What partners and staff see of the discounts that the provider grants.

mod form;
mod home;
mod new;
mod show;
mod staff;
mod timeline;
mod view;

use axum::response::Response;
use kernel::PartnerDiscountId;
use platform::{
    Permission,
    actor::Area,
    queue::Queue,
    web::{Fault, Mounted, NavEntry, Need, Routes, Shell},
};

use super::{rules::PartnerDiscount, store};
use crate::Discounts;

/// The entries of these pages in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: HOME,
        label: "partner-discount-nav",
        need: PARTNER_SEES,
    },
    NavEntry {
        href: QUEUE,
        label: "partner-discount-staff-nav",
        need: STAFF_SEE,
    },
];

/// Where partner discounts wait for a decision.
pub const WAITING: Queue = Queue {
    of: "partner_discounts",
    state: "awaiting_approval",
    since: "asked_at",
    has_deadline: true,
    href: QUEUE,
    label: "partner-discount-staff-nav",
    need: STAFF_SEE,
};

const HOME: &str = "/discounts";
const QUEUE: &str = "/staff/discounts";

const PARTNER_SEES: Need = Need::PartnerSees(Area::Discounts);
const PARTNER_MANAGES: Need = Need::PartnerManages(Area::Discounts);
const STAFF_SEE: Need = Need::Staff(Permission::SeeDiscounts);
const STAFF_DECIDE: Need = Need::Staff(Permission::DecideDiscounts);

pub(crate) fn mount(room: &Discounts) -> Mounted {
    Routes::new()
        .get(HOME, PARTNER_SEES, home::show)
        .get("/discounts/new", PARTNER_MANAGES, new::form)
        .post("/discounts/new", PARTNER_MANAGES, new::ask)
        .get("/discounts/{id}", PARTNER_SEES, show::show)
        .get(
            "/discounts/{id}/withdraw",
            PARTNER_MANAGES,
            show::confirm_withdrawal,
        )
        .post("/discounts/{id}/withdraw", PARTNER_MANAGES, show::withdraw)
        .get(QUEUE, STAFF_SEE, staff::queue::show)
        .get("/staff/discounts/{id}", STAFF_SEE, staff::case::show)
        .get(
            "/staff/discounts/{id}/approve",
            STAFF_DECIDE,
            staff::approve::confirm,
        )
        .post(
            "/staff/discounts/{id}/approve",
            STAFF_DECIDE,
            staff::approve::approve,
        )
        .get("/staff/discounts/{id}/change", STAFF_DECIDE, staff::change::form)
        .post(
            "/staff/discounts/{id}/change",
            STAFF_DECIDE,
            staff::change::approve,
        )
        .get("/staff/discounts/{id}/reject", STAFF_DECIDE, staff::reject::form)
        .post(
            "/staff/discounts/{id}/reject",
            STAFF_DECIDE,
            staff::reject::reject,
        )
        .with_state(room.clone())
}

/// An id from an address; what is none names nothing.
fn id(text: &str) -> Result<PartnerDiscountId, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// One of the reader's own. Another partner's is not there.
async fn own(room: &Discounts, shell: &Shell, text: &str) -> Result<PartnerDiscount, Fault> {
    let (partner, id) = (shell.account()?, id(text)?);
    store::find(room.app().db().read(), id)
        .await?
        .filter(|discount| discount.partner == partner)
        .ok_or_else(Fault::not_found)
}

/// Whatever a page answers with.
type Answer = Result<Response, Fault>;

//! Prices, as everybody signed in sees them: `/prices`, and the same question as JSON.

mod api;
mod page;

use platform::{
    Permission,
    actor::Area,
    api::{
        self as json, Op, Scope,
        problem::{INVALID, NOT_FOUND},
    },
    web::{Mounted, NavEntry, Need, Routes},
};

use crate::Discounts;

/// The entry of the page in the navigation.
pub const NAV: &[NavEntry] = &[NavEntry {
    href: "/prices",
    label: "price-nav",
    need: Need::Account,
}];

pub(crate) fn pages(room: &Discounts) -> Mounted {
    Routes::new()
        .get("/prices", Need::SignedIn, page::show)
        .with_state(room.clone())
}

pub(crate) fn api(room: &Discounts) -> json::Mounted {
    json::Routes::new("Prices", "What anything costs whom, at any moment.")
        .get(
            "/api/v1/price",
            Op::new(
                "getPrice",
                "Says what a product costs an account at a moment",
                Need::SeesOr(Area::Discounts, Permission::SeeDiscounts),
                Scope::DiscountsRead,
            )
            .about(
                "For a moment past or future: an approved discount counts from its date on. An account asks about \
                 itself, a partner about its customers too, and staff about anybody; another account is not found. \
                 A customer is never told what its partner pays, nor a partner what another did before it. A moment is \
                 answered for the partner whose customer the account was then; it stays with today's in the future.",
            )
            .problems(&[INVALID, NOT_FOUND])
            .query::<api::Asked>()
            .returns::<api::Price>(),
            api::price,
        )
        .with_state(room.clone())
}

//! What people see: applicants, and staff who review.

pub(crate) mod review;

use platform::web::{Mounted, NavEntry, Need, Routes};

use crate::desk::Desk;

/// The navigation of applicants and partners.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: "/overview",
        label: "registration-nav-overview",
        need: Need::Account,
    },
    NavEntry {
        href: "/registration",
        label: "registration-nav",
        need: Need::Account,
    },
];

pub(crate) fn mount(desk: &Desk) -> Mounted {
    let routes = Routes::new();
    review::routes(routes).with_state(desk.clone())
}

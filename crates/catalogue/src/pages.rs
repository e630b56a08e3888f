//! What staff see of the catalogue.

mod list;
pub(crate) mod price;

use platform::{
    Permission,
    web::{Fault, Mounted, NavEntry, Need, Routes},
};

use crate::{
    Catalogue,
    rules::{Code, Line, PriceList},
};

/// The entries of these pages in the navigation.
pub const NAV: &[NavEntry] = &[NavEntry {
    href: "/staff/catalogue",
    label: "catalogue-nav",
    need: Need::Staff(Permission::SeeCatalogue),
}];

pub(crate) fn mount(room: &Catalogue) -> Mounted {
    let (see, manage) = (
        Need::Staff(Permission::SeeCatalogue),
        Need::Staff(Permission::ManageCatalogue),
    );
    Routes::new()
        .get("/staff/catalogue", see, list::show)
        .get("/staff/catalogue/{code}", see, price::history)
        .get("/staff/catalogue/{code}/price", manage, price::ask)
        .post("/staff/catalogue/{code}/price", manage, price::set)
        .with_state(room.clone())
}

/// The product that an address names.
fn product<'a>(list: &'a PriceList, code: &str) -> Result<&'a Line, Fault> {
    let code: Code = code.parse().map_err(|_| Fault::not_found())?;
    list.by_code(&code).ok_or_else(Fault::not_found)
}

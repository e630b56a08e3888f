//! A partner's customers: searched, filtered, in an order.

use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use kernel::CustomerId;
use platform::{
    Area, L10n,
    web::{Fault, Shell, When, leave_page, page},
};
use serde::Deserialize;

use super::transfer;
use crate::{
    room::Customers,
    rules::{Customer, StateKind},
    store::{Listing, Order, Place},
};

/// How many stand on a page.
pub(super) const PAGE: usize = 50;

/// The query as it comes. Wrong values are taken as none.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub(super) q: String,
    pub(super) state: String,
    sort: String,
    /// Behind which place the page begins.
    pub(super) after: String,
}

impl ListQuery {
    pub(super) fn text(&self) -> String {
        self.q.trim().chars().take(200).collect()
    }

    pub(super) fn state(&self) -> Option<StateKind> {
        self.state.parse().ok()
    }

    pub(super) fn place(&self, order: Order) -> Option<Place> {
        let place: Option<Place> = self.after.parse().ok();
        place.filter(|place| place.fits(order))
    }
}

/// The address of a list with these values; empty ones are left out.
pub(super) fn address(path: &str, values: &[(&str, &str)]) -> String {
    let given = values.iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(given)
        .finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// A relation, as lists show it.
pub(super) struct Row {
    pub(super) id: CustomerId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) kind: StateKind,
    pub(super) invited: When,
}

impl Row {
    pub(super) fn new(l: &L10n, of: &Customer) -> Self {
        Self {
            id: of.id,
            name: of.name.to_string(),
            email: of.email.to_string(),
            role: super::role_shown(l, &of.role),
            kind: of.state.kind(),
            invited: When::new(l, of.invited_at),
        }
    }
}

#[derive(Template)]
#[template(path = "customers-list.html")]
struct ListPage {
    shell: Shell,
    text: String,
    state: Option<StateKind>,
    by_name: bool,
    states: [StateKind; 8],
    rows: Vec<Row>,
    /// Whether the page begins somewhere behind the front.
    behind: bool,
    first: String,
    next: Option<String>,
    manages: bool,
    /// How many customers of other partners are offered.
    offers: usize,
}

impl ListPage {
    fn is_filtered(&self) -> bool {
        !self.text.is_empty() || self.state.is_some()
    }

    fn offered(&self) -> String {
        self.shell.l.t1("customers-transfer-waiting", "n", self.offers)
    }

    fn chosen(&self) -> &'static str {
        self.state.map_or("", StateKind::as_str)
    }
}

pub(super) async fn show(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let by_name = query.sort == "name";
    let listing = Listing {
        partner: Some(shell.account()?),
        state: query.state(),
        text: query.text(),
        order: if by_name { Order::Name } else { Order::Newest },
    };
    let place = query.place(listing.order);
    let mut found = listing
        .after(room.app().db(), place.as_ref(), PAGE as u64 + 1)
        .await?;
    let state = listing.state.map_or("", StateKind::as_str);
    let sort = if by_name { "name" } else { "" };
    let at = |after: &str| {
        let values = [
            ("q", listing.text.as_str()),
            ("state", state),
            ("sort", sort),
            ("after", after),
        ];
        address("/customers", &values)
    };
    let next = leave_page(&mut found, PAGE, |last| at(&listing.place(last).to_string()));
    page(&ListPage {
        states: StateKind::ALL,
        rows: found.iter().map(|of| Row::new(&shell.l, of)).collect(),
        behind: place.is_some(),
        first: at(""),
        next,
        manages: shell.person()?.manages(Area::Customers),
        offers: transfer::offers(&room, shell.account()?).await?,
        text: listing.text.clone(),
        state: listing.state,
        by_name,
        shell,
    })
}

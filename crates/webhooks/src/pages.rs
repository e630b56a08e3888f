//! What owners see of their endpoints: the provider's at `/staff/webhooks`, an account's at `/webhooks`. The pages are
//! the same; whose endpoints they show follows from who reads.

mod actions;
mod delivery;
mod form;
mod list;
mod show;

use axum::http::StatusCode;
use kernel::EndpointId;
use platform::{
    Permission,
    actor::Capacity,
    web::{Fault, Mounted, NavEntry, Need, Routes, Shell},
};

use crate::{
    Webhooks,
    rules::{Endpoint, Owner, State},
    service::Refusal,
    store,
};

/// The entries of these pages in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: STAFF,
        label: "webhooks-nav",
        need: Need::Staff(Permission::ManageWebhooks),
    },
    NavEntry {
        href: ACCOUNT,
        label: "webhooks-nav",
        need: Need::Root,
    },
];

const STAFF: &str = "/staff/webhooks";
const ACCOUNT: &str = "/webhooks";

pub(crate) fn mount(room: &Webhooks) -> Mounted {
    let staff = Need::Staff(Permission::ManageWebhooks);
    let routes = Routes::new()
        .get("/staff/webhooks", staff, list::show)
        .post("/staff/webhooks", staff, form::create)
        .get("/staff/webhooks/new", staff, form::new)
        .get("/staff/webhooks/{id}", staff, show::show)
        .post("/staff/webhooks/{id}", staff, form::save)
        .get("/staff/webhooks/{id}/edit", staff, form::edit)
        .post("/staff/webhooks/{id}/test", staff, actions::test)
        .get("/staff/webhooks/{id}/disable", staff, actions::ask_to_disable)
        .post("/staff/webhooks/{id}/disable", staff, actions::disable)
        .post("/staff/webhooks/{id}/enable", staff, actions::enable)
        .get("/staff/webhooks/{id}/rotate", staff, actions::ask_to_rotate)
        .post("/staff/webhooks/{id}/rotate", staff, actions::rotate)
        .get("/staff/webhooks/{id}/remove", staff, actions::ask_to_remove)
        .post("/staff/webhooks/{id}/remove", staff, actions::remove)
        .get(
            "/staff/webhooks/{id}/deliveries/{delivery}",
            staff,
            delivery::show,
        )
        .post(
            "/staff/webhooks/{id}/deliveries/{delivery}/resend",
            staff,
            delivery::resend,
        );
    routes
        .get("/webhooks", Need::Root, list::show)
        .post("/webhooks", Need::Root, form::create)
        .get("/webhooks/new", Need::Root, form::new)
        .get("/webhooks/{id}", Need::Root, show::show)
        .post("/webhooks/{id}", Need::Root, form::save)
        .get("/webhooks/{id}/edit", Need::Root, form::edit)
        .post("/webhooks/{id}/test", Need::Root, actions::test)
        .get("/webhooks/{id}/disable", Need::Root, actions::ask_to_disable)
        .post("/webhooks/{id}/disable", Need::Root, actions::disable)
        .post("/webhooks/{id}/enable", Need::Root, actions::enable)
        .get("/webhooks/{id}/rotate", Need::Root, actions::ask_to_rotate)
        .post("/webhooks/{id}/rotate", Need::Root, actions::rotate)
        .get("/webhooks/{id}/remove", Need::Root, actions::ask_to_remove)
        .post("/webhooks/{id}/remove", Need::Root, actions::remove)
        .get("/webhooks/{id}/deliveries/{delivery}", Need::Root, delivery::show)
        .post(
            "/webhooks/{id}/deliveries/{delivery}/resend",
            Need::Root,
            delivery::resend,
        )
        .with_state(room.clone())
}

/// Where the endpoints of an owner are.
fn base(owner: Owner) -> &'static str {
    match owner {
        Owner::Provider => STAFF,
        Owner::Account(_) => ACCOUNT,
    }
}

/// Where the page of an endpoint is.
pub(crate) fn path_of(owner: Owner, id: EndpointId) -> String {
    format!("{}/{id}", base(owner))
}

/// Whose endpoints the reader sees.
fn owner(shell: &Shell) -> Result<Owner, Fault> {
    match shell.person()?.capacity {
        Capacity::Staff { .. } => Ok(Owner::Provider),
        Capacity::Root { account, .. } => Ok(Owner::Account(account)),
        Capacity::Iam { .. } => Err(Fault::forbidden()),
    }
}

/// The reader's endpoint that an address names.
async fn endpoint(room: &Webhooks, shell: &Shell, id: &str) -> Result<Endpoint, Fault> {
    let id = id.parse().map_err(|_| Fault::not_found())?;
    store::find(room.app().db().read(), owner(shell)?, id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// How an endpoint does, as a tag.
struct Health {
    label: &'static str,
    tone: &'static str,
}

impl Health {
    fn of(endpoint: &Endpoint) -> Self {
        let (label, tone) = match (endpoint.state, endpoint.failing_since, endpoint.delivered_at) {
            (State::Disabled { .. }, ..) => ("webhooks-health-disabled", "bad"),
            (State::Enabled, Some(_), _) => ("webhooks-health-failing", "warn"),
            (State::Enabled, None, Some(_)) => ("webhooks-health-good", "good"),
            (State::Enabled, None, None) => ("webhooks-health-new", "calm"),
        };
        Self { label, tone }
    }
}

/// A refusal as a fault, where no page of its own tells it.
fn fault(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Unknown => Fault::not_found(),
        Refusal::Made(_) => Fault::told(StatusCode::CONFLICT, "webhooks-made-already"),
        Refusal::Db(error) => error.into(),
        Refusal::TooMany(_) => Fault::told(StatusCode::CONFLICT, "webhooks-too-many"),
        Refusal::Changed => Fault::told(StatusCode::CONFLICT, "webhooks-changed-meanwhile"),
        Refusal::Disabled => Fault::told(StatusCode::CONFLICT, "webhooks-is-disabled"),
        Refusal::Waiting => Fault::told(StatusCode::CONFLICT, "webhooks-is-waiting"),
    }
}

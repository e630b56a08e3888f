//! What partners, their customers and staff see.

mod add;
mod confirm;
mod import;
mod invitation;
mod list;
mod one;
mod own;
mod review;
mod timeline;
mod transfer;

pub(crate) use add::{email_error, name_error};
use axum::response::Response;
use kernel::{AccountId, CustomerId};
use platform::{
    Area, L10n, Permission,
    actor::Actor,
    queue::Queue,
    web::{Fault, Mounted, NavEntry, Need, Routes, Shell, flash},
};

use crate::{
    room::Customers,
    rules::{Condition, Eligibility, Role, TransferError, TransitionError},
    service::Refused,
};

/// Its entries in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: "/customers",
        label: "customers-nav",
        need: SEE,
    },
    NavEntry {
        href: QUEUE,
        label: "customers-nav",
        need: STAFF_SEE,
    },
];

/// Where customers wait for a decision.
pub const WAITING: Queue = Queue {
    of: "customers",
    state: "awaiting_approval",
    since: "confirmed_at",
    has_deadline: true,
    href: QUEUE,
    label: "customers-nav",
    need: STAFF_SEE,
};

/// Partners.
const SEE: Need = Need::PartnerSees(Area::Customers);
const MANAGE: Need = Need::PartnerManages(Area::Customers);
/// Staff.
const STAFF_SEE: Need = Need::Staff(Permission::SeeCustomers);
const DECIDE: Need = Need::Staff(Permission::DecideCustomers);

/// Where the queue of staff is.
const QUEUE: &str = "/staff/customers";

pub(crate) fn mount(room: &Customers) -> Mounted {
    let routes = Routes::new()
        .get("/customers", SEE, list::show)
        .get("/customers/new", MANAGE, add::show)
        .post("/customers/new", MANAGE, add::submit)
        .get("/customers/import", MANAGE, import::show)
        .post_up_to("/customers/import", MANAGE, import::BODY, import::preview)
        .post_up_to("/customers/import/confirm", MANAGE, import::BODY, import::confirm)
        .get("/customers/import/template.csv", MANAGE, import::template)
        .get("/customers/{id}", SEE, one::show)
        .post("/customers/{id}", MANAGE, one::rename)
        .post("/customers/{id}/resend", MANAGE, one::resend)
        .get("/customers/{id}/withdraw", MANAGE, one::confirm_withdraw)
        .post("/customers/{id}/withdraw", MANAGE, one::withdraw)
        .get("/customers/{id}/end", MANAGE, one::confirm_end)
        .post("/customers/{id}/end", MANAGE, one::end)
        .get("/invitation", Need::Nothing, invitation::show)
        .post("/invitation/confirm", Need::Root, invitation::confirm)
        .post("/invitation/decline", Need::Nothing, invitation::decline)
        .get("/partner", Need::Account, own::show);
    transfer::routes(review::routes(routes)).with_state(room.clone())
}

/// An id from an address; what is none names nothing.
fn id(text: &str) -> Result<CustomerId, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// Back to a page, with what was done; where the rules refused, with why instead.
fn answer<T>(
    shell: &Shell,
    to: &str,
    done: &'static str,
    result: Result<T, Refused>,
) -> Result<Response, Fault> {
    match result {
        Ok(_) => Ok(flash(shell, to, done)),
        Err(Refused::Rule(TransitionError::TooSoon(_))) => Ok(flash(shell, to, "customers-too-soon")),
        Err(
            Refused::Rule(TransitionError::State(_))
            | Refused::Transfer(TransferError::State(_) | TransferError::TooLate)
            | Refused::Overtaken,
        ) => Ok(flash(shell, to, "customers-overtaken")),
        Err(Refused::Already) => Ok(flash(shell, to, "customers-already")),
        Err(refused) => Err(refused.into()),
    }
}

/// Who did something, for whoever may know that name.
fn actor_name(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::Root { name, .. } | Actor::Iam { name, .. } | Actor::Staff { name, .. } => Some(name),
        Actor::Operator { .. } | Actor::System | Actor::Visitor => None,
    }
}

/// A condition, as a list of checks shows it.
struct Check {
    met: bool,
    title: String,
    /// What to do about it, where it is not met.
    fix: String,
}

fn checks(shell: &Shell, checked: &Eligibility) -> Vec<Check> {
    let check = |(condition, met): (Condition, bool)| {
        let label = condition.label();
        Check {
            met,
            title: shell.about_provider(&label),
            fix: shell.about_provider(&format!("{label}-fix")),
        }
    };
    checked.iter().map(check).collect()
}

/// The name of a partner, for its own customers and those it invited.
pub(crate) async fn name_of(room: &Customers, partner: AccountId) -> Result<String, Fault> {
    let account = accounts::store::account(room.app().db().read(), partner).await?;
    Ok(account
        .map(|account| account.display_name().to_owned())
        .unwrap_or_default())
}

/// What a customer is to its partner, in the reader's words where nothing was chosen.
fn role_shown(l: &L10n, role: &Role) -> String {
    if *role == Role::default() {
        l.t("customers-role-default")
    } else {
        role.to_string()
    }
}

/// What stands in the field of a role: nothing where nothing was chosen.
fn role_typed(role: &Role) -> String {
    if *role == Role::default() {
        String::new()
    } else {
        role.to_string()
    }
}

//! The same use cases as JSON: an account's endpoints at `/api/v1/account/webhooks`, the provider's at
//! `/api/v1/webhooks`; and the description of what is sent.

mod deliveries;
mod endpoints;
mod events;
mod views;

use axum::http::StatusCode;
use platform::{
    Permission,
    actor::Capacity,
    api::{Kind, Mounted, Op, Problem, Routes, Scope, problem},
    web::{Fault, Need, Shell},
};

use crate::{Webhooks, rules::Owner, service::Refusal};
use views::{Delivery, Draft, Endpoint, EndpointWithSecret, OneDelivery};

const TOO_MANY: Kind = Kind::new("too-many-endpoints", StatusCode::CONFLICT);
const DISABLED: Kind = Kind::new("endpoint-disabled", StatusCode::CONFLICT);
const WAITING: Kind = Kind::new("delivery-waiting", StatusCode::CONFLICT);

/// The routes of one kind of owner: the paths differ, and who may use them.
macro_rules! routes {
    ($routes:expr, $base:literal, $own:literal, $need:expr) => {
        $routes
            .get(
                $base,
                op(concat!("list", $own, "Endpoints"), "Lists endpoints", $need)
                    .query::<views::ListQuery>()
                    .returns_page::<Endpoint>(),
                endpoints::list,
            )
            .post(
                $base,
                op(concat!("create", $own, "Endpoint"), "Sets up an endpoint", $need)
                    .about("The answer holds the secret, which is told only here and by a rotation.")
                    .body::<Draft>()
                    .creates::<EndpointWithSecret>()
                    .problem(TOO_MANY),
                endpoints::create,
            )
            .get(
                concat!($base, "/{id}"),
                op(concat!("get", $own, "Endpoint"), "Gets an endpoint", $need)
                    .returns::<Endpoint>()
                    .versioned(),
                endpoints::get,
            )
            .put(
                concat!($base, "/{id}"),
                op(concat!("change", $own, "Endpoint"), "Changes an endpoint", $need)
                    .about("What is not named is as when it is set up without it.")
                    .body::<Draft>()
                    .returns::<Endpoint>()
                    .versioned(),
                endpoints::change,
            )
            .delete(
                concat!($base, "/{id}"),
                op(
                    concat!("remove", $own, "Endpoint"),
                    "Removes an endpoint with its deliveries",
                    $need,
                )
                .versioned(),
                endpoints::remove,
            )
            .post(
                concat!($base, "/{id}/disable"),
                op(
                    concat!("disable", $own, "Endpoint"),
                    "Sends nothing more to an endpoint",
                    $need,
                )
                .returns::<Endpoint>()
                .versioned(),
                endpoints::disable,
            )
            .post(
                concat!($base, "/{id}/enable"),
                op(
                    concat!("enable", $own, "Endpoint"),
                    "Sends to an endpoint again",
                    $need,
                )
                .returns::<Endpoint>()
                .versioned(),
                endpoints::enable,
            )
            .post(
                concat!($base, "/{id}/rotate"),
                op(
                    concat!("rotate", $own, "Secret"),
                    "Gives an endpoint a new secret",
                    $need,
                )
                .about("The old secret signs too for 24 hours.")
                .returns::<EndpointWithSecret>()
                .versioned(),
                endpoints::rotate,
            )
            .post(
                concat!($base, "/{id}/test"),
                op(
                    concat!("test", $own, "Endpoint"),
                    "Sends a test event to an endpoint alone",
                    $need,
                )
                .problem(DISABLED),
                endpoints::test,
            )
            .get(
                concat!($base, "/{id}/deliveries"),
                op(
                    concat!("list", $own, "Deliveries"),
                    "Lists deliveries, the newest first",
                    $need,
                )
                .query::<views::DeliveriesQuery>()
                .returns_page::<Delivery>(),
                deliveries::list,
            )
            .get(
                concat!($base, "/{id}/deliveries/{delivery_id}"),
                op(
                    concat!("get", $own, "Delivery"),
                    "Gets a delivery with its attempts",
                    $need,
                )
                .returns::<OneDelivery>(),
                deliveries::get,
            )
            .post(
                concat!($base, "/{id}/deliveries/{delivery_id}/resend"),
                op(
                    concat!("resend", $own, "Delivery"),
                    "Sends a delivery again, under the same id",
                    $need,
                )
                .problems(&[DISABLED, WAITING]),
                deliveries::resend,
            )
    };
}

/// The routes, and what is sent.
pub(crate) fn mount(room: &Webhooks) -> Mounted {
    let staff = Need::Staff(Permission::ManageWebhooks);
    let routes = Routes::new(
        "Webhooks",
        "Events sent to endpoints of the provider and of accounts.",
    );
    let routes = routes!(routes, "/api/v1/webhooks", "", staff);
    let routes = routes!(routes, "/api/v1/account/webhooks", "Own", Need::Root);
    events::describe(room, routes.with_state(room.clone()))
}

fn op(id: &'static str, summary: &'static str, need: Need) -> Op {
    Op::new(id, summary, need, Scope::WebhooksManage)
}

/// Whose endpoints the caller manages.
fn owner(shell: &Shell) -> Result<Owner, Fault> {
    match shell.person()?.capacity {
        Capacity::Staff { .. } => Ok(Owner::Provider),
        Capacity::Root { account, .. } => Ok(Owner::Account(account)),
        Capacity::Iam { .. } => Err(Fault::forbidden()),
    }
}

/// Where the owner's endpoints are.
fn base(owner: Owner) -> &'static str {
    match owner {
        Owner::Provider => "/api/v1/webhooks",
        Owner::Account(_) => "/api/v1/account/webhooks",
    }
}

fn refused(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Unknown => Fault::not_found(),
        Refusal::Db(error) => error.into(),
        Refusal::TooMany(_) => Problem::new(TOO_MANY).into(),
        // Only forms have a key of that kind.
        Refusal::Changed | Refusal::Made(_) => Problem::new(problem::CHANGED).into(),
        Refusal::Disabled => Problem::new(DISABLED).into(),
        Refusal::Waiting => Problem::new(WAITING).into(),
    }
}

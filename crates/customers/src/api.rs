//! The same use cases as JSON.

mod partner;
mod staff;
mod transfers;
mod views;

use axum::{extract::State, http::StatusCode, response::Response};
use kernel::{AccountId, CustomerId};
use platform::{
    Area, Denied, Permission,
    api::{
        self, FieldProblem, Id, Kind, Limit, Mounted, Op, Paging, Problem, Query, Routes, Scope,
        problem::{INVALID, OWN_ACCOUNT},
    },
    event::history,
    web::{Fault, Need, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    event::CustomerEvent,
    room::Customers,
    rules::{self, StateKind, TransitionError},
    service::Refused,
    store::{self, Listing, Order, Place},
};
use views::{Customer, Event};

/// What may go wrong with a customer, besides what may with anything.
const EXISTS: Kind = Kind::new("customer-exists", StatusCode::CONFLICT);
const STATE: Kind = Kind::new("customer-state", StatusCode::CONFLICT);
const TOO_SOON: Kind = Kind::new("invitation-too-soon", StatusCode::CONFLICT);
const TOO_MANY: Kind = Kind::new("invitations-too-many", StatusCode::CONFLICT);
const UNMET: Kind = Kind::new("conditions-not-met", StatusCode::CONFLICT);

const SEE: Need = Need::SeesOr(Area::Customers, Permission::SeeCustomers);

/// The routes.
pub(crate) fn mount(room: &Customers) -> Mounted {
    transfers::routes(staff_routes(partner_routes(reading()))).with_state(room.clone())
}

fn reading() -> Routes<Customers> {
    let read = |id, summary| Op::new(id, summary, SEE, Scope::CustomersRead);
    Routes::new(
        "Customers",
        "The customers of a partner; for staff, of all partners.",
    )
    .get(
        "/api/v1/customers",
        read("listCustomers", "Lists and searches customers")
            .query::<ListQuery>()
            .returns_page::<Customer>(),
        list,
    )
    .get(
        "/api/v1/customers/{id}",
        read("getCustomer", "Gets a customer")
            .returns::<Customer>()
            .versioned(),
        get,
    )
    .get(
        "/api/v1/customers/{id}/timeline",
        read(
            "getCustomerTimeline",
            "Lists what happened with a customer, the oldest first",
        )
        .returns_list::<Event>(),
        timeline,
    )
}

fn partner_routes(routes: Routes<Customers>) -> Routes<Customers> {
    use partner as p;
    let write = |id, summary| {
        Op::new(
            id,
            summary,
            Need::PartnerManages(Area::Customers),
            Scope::CustomersWrite,
        )
    };
    let change = |id, summary| {
        write(id, summary)
            .returns::<Customer>()
            .versioned()
            .problem(STATE)
    };
    routes
        .post(
            "/api/v1/customers",
            write("inviteCustomers", "Invites several customers, all of them or nobody")
                .about(
                    "Each gets an email with a link and confirms or declines there. Whether an address has an account, \
                     and what it is like, is not told: the answer is the same.",
                )
                .body::<p::Invitations>()
                .returns_list::<Customer>()
                .problems(&[EXISTS, TOO_SOON, TOO_MANY]),
            p::invite,
        )
        .patch(
            "/api/v1/customers/{id}",
            change("renameCustomer", "Changes the name and role of a customer").body::<p::Naming>(),
            p::rename,
        )
        .post(
            "/api/v1/customers/{id}/resend",
            change(
                "resendInvitation",
                "Sends the invitation again; the link before stops working",
            )
            .problems(&[EXISTS, TOO_SOON, TOO_MANY]),
            p::resend,
        )
        .post(
            "/api/v1/customers/{id}/withdraw",
            change("withdrawInvitation", "Takes an invitation back"),
            p::withdraw,
        )
        .post(
            "/api/v1/customers/{id}/end",
            change("endCustomer", "Ends the relation; the customer keeps its credit"),
            p::end,
        )
}

fn staff_routes(routes: Routes<Customers>) -> Routes<Customers> {
    use staff as s;
    let decide = |id, summary| {
        Op::new(
            id,
            summary,
            Need::Staff(Permission::DecideCustomers),
            Scope::CustomersWrite,
        )
        .returns::<Customer>()
        .versioned()
        .problems(&[STATE, OWN_ACCOUNT])
    };
    routes
        .post(
            "/api/v1/customers/{id}/approve",
            decide("approveCustomer", "Makes the account the partner's customer").problem(UNMET),
            s::approve,
        )
        .post(
            "/api/v1/customers/{id}/reject",
            decide("rejectCustomer", "Does not approve").body::<s::Rejection>(),
            s::reject,
        )
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Somebody of an account: sees its own customers.
    Partner(AccountId),
    Staff,
}

impl Reader {
    fn of(shell: &Shell) -> Result<Self, Fault> {
        Ok(shell.person()?.account().map_or(Self::Staff, Self::Partner))
    }

    async fn find(self, room: &Customers, id: CustomerId) -> Result<rules::Customer, Fault> {
        let found = store::find(room.app().db().read(), id).await?;
        found
            .filter(|customer| self == Self::Staff || self == Self::Partner(customer.partner))
            .ok_or_else(Fault::not_found)
    }
}

/// A state to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Standing {
    AwaitingCustomer,
    AwaitingApproval,
    Active,
    Declined,
    Withdrawn,
    Expired,
    Rejected,
    Ended,
}

impl From<Standing> for StateKind {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::AwaitingCustomer => Self::AwaitingCustomer,
            Standing::AwaitingApproval => Self::AwaitingApproval,
            Standing::Active => Self::Active,
            Standing::Declined => Self::Declined,
            Standing::Withdrawn => Self::Withdrawn,
            Standing::Expired => Self::Expired,
            Standing::Rejected => Self::Rejected,
            Standing::Ended => Self::Ended,
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Sorted {
    Newest,
    Name,
    Due,
}

impl From<Sorted> for Order {
    fn from(sorted: Sorted) -> Self {
        match sorted {
            Sorted::Newest => Self::Newest,
            Sorted::Name => Self::Name,
            Sorted::Due => Self::Due,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Standing>,
    /// Words that its name or email all have, or words of theirs begin with; without diacritics as well.
    #[param(nullable = false, max_length = 200)]
    q: Option<String>,
    /// `newest` first, as without it; by `name`; or `due` soonest first, which goes with `state=awaiting_approval` alone.
    #[param(inline, nullable = false)]
    order: Option<Sorted>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// A customer in a list, and where it stands there.
#[derive(Serialize)]
#[serde(transparent)]
struct Listed {
    customer: Customer,
    #[serde(skip)]
    place: Place,
}

async fn list(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let reader = Reader::of(&shell)?;
    Paging::check_length(&shell, "q", query.q.as_deref(), 200)?;
    let order = query.order.map(Order::from).unwrap_or_default();
    if order == Order::Due && !matches!(query.state, Some(Standing::AwaitingApproval)) {
        let error = FieldProblem::parameter("order", shell.l.t("customers-problem-order"));
        return Err(Problem::new(INVALID).error(error).into());
    }
    let purpose = format!("customers {reader:?} {:?} {:?}", query.state, query.q);
    let purpose = match order {
        // The version before names it so, and the two take each other's cursors.
        Order::Newest => purpose,
        other => format!("{purpose} {other:?}"),
    };
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let listing = Listing {
        partner: match reader {
            Reader::Partner(partner) => Some(partner),
            Reader::Staff => None,
        },
        state: query.state.map(StateKind::from),
        text: query.q.unwrap_or_default(),
        order,
    };
    let place: Option<Place> = paging.place()?;
    let found = listing
        .after(room.app().db(), place.as_ref(), paging.wanted())
        .await?;
    let listed = |of: &rules::Customer| Listed {
        customer: Customer::new(of, reader),
        place: listing.place(of),
    };
    paging.answer(&shell, found.iter().map(listed).collect(), |one| {
        one.place.to_string()
    })
}

async fn get(State(room): State<Customers>, shell: Shell, Id(id): Id<CustomerId>) -> Result<Response, Fault> {
    current(&room, &shell, id).await
}

/// As it is now, with its version.
async fn current(room: &Customers, shell: &Shell, id: CustomerId) -> Result<Response, Fault> {
    let reader = Reader::of(shell)?;
    api::versioned(room.app(), id, async {
        let customer = reader.find(room, id).await?;
        Ok(Customer::new(&customer, reader))
    })
    .await
}

async fn timeline(
    State(room): State<Customers>,
    shell: Shell,
    Id(id): Id<CustomerId>,
) -> Result<Response, Fault> {
    let reader = Reader::of(&shell)?;
    let partner = reader.find(&room, id).await?.partner;
    let happened = history::<CustomerEvent>(room.app().db().read(), id).await?;
    api::json(&Event::of(happened, partner, reader))
}

/// What came of a use case, as the caller sees it.
async fn shown(
    room: &Customers,
    shell: &Shell,
    result: Result<rules::Customer, Refused>,
) -> Result<Response, Fault> {
    let customer = result.map_err(|error| refused(shell, error))?;
    current(room, shell, customer.id).await
}

/// A refusal of a use case as a problem.
fn refused(shell: &Shell, refused: Refused) -> Fault {
    let kind = match &refused {
        Refused::Already => EXISTS,
        Refused::TooMany => TOO_MANY,
        Refused::Rule(TransitionError::TooSoon(next)) => {
            let detail = shell
                .l
                .t1("customers-problem-too-soon", "at", shell.l.date_time(*next));
            return Problem::new(TOO_SOON).detail(detail).into();
        }
        Refused::Rule(TransitionError::Unmet(_)) => UNMET,
        Refused::Rule(TransitionError::Denied(Denied::OwnAccount)) => OWN_ACCOUNT,
        Refused::Overtaken
        | Refused::Rule(
            TransitionError::State(_)
            | TransitionError::LinkExpired
            | TransitionError::NotYet
            | TransitionError::OtherAddress,
        ) => STATE,
        Refused::NotFound
        | Refused::Transfer(_)
        | Refused::Database(_)
        | Refused::Rule(TransitionError::Denied(Denied::Role) | TransitionError::Calendar(_)) => {
            return refused.into();
        }
    };
    Problem::new(kind).into()
}

//! The same use cases as JSON.

mod partner;
mod staff;
mod views;

use axum::{http::StatusCode, response::Response};
use kernel::{AccountId, PartnerDiscountId};
use platform::{
    Denied, Permission,
    actor::Area,
    api::{
        self, FieldProblem, Kind, Mounted, Op, Problem, Routes, Scope,
        problem::{INVALID, NOT_FOUND, OWN_ACCOUNT},
    },
    web::{Fault, Need, Shell},
};

use super::{
    rules::{PartnerDiscount, TransitionError},
    service::Refused,
    store,
};
use crate::Discounts;
use views::{Discount, Event, InForce};

const BASE: &str = "/api/v1/partner-discounts";

/// What may go wrong with a discount, besides what may with anything.
const WAITING: Kind = Kind::new("discount-waiting", StatusCode::CONFLICT);
const SETTLED: Kind = Kind::new("discount-settled", StatusCode::CONFLICT);
const OVERTAKEN: Kind = Kind::new("discount-overtaken", StatusCode::CONFLICT);

/// The routes.
pub(crate) fn mount(room: &Discounts) -> Mounted {
    staff_routes(partner_routes(reading())).with_state(room.clone())
}

fn reading() -> Routes<Discounts> {
    let see = |id, summary| {
        let need = Need::SeesOr(Area::Discounts, Permission::SeeDiscounts);
        Op::new(id, summary, need, Scope::DiscountsRead)
    };
    Routes::new(
        "Partner discounts",
        "What partners ask the provider for, and what it grants them.",
    )
    .get(
        BASE,
        see(
            "listPartnerDiscounts",
            "Lists discounts, the newest first: a partner's own, or for staff all",
        )
        .query::<partner::ListQuery>()
        .problem(NOT_FOUND)
        .returns_page::<Discount>(),
        partner::list,
    )
    .get(
        "/api/v1/partner-discounts/in-force",
        see(
            "getPartnerDiscountInForce",
            "Says which discount an order of a moment gets, got or will get",
        )
        .about("A discount that awaits activation counts from its date on; one that expired counted until it did.")
        .query::<partner::Moment>()
        .returns::<InForce>()
        .problems(&[INVALID, NOT_FOUND]),
        partner::in_force,
    )
    .get(
        "/api/v1/partner-discounts/{id}",
        see("getPartnerDiscount", "Gets a discount")
            .returns::<Discount>()
            .versioned(),
        partner::get,
    )
    .get(
        "/api/v1/partner-discounts/{id}/timeline",
        see(
            "getPartnerDiscountTimeline",
            "Lists what happened to a discount, the oldest first",
        )
        .returns_list::<Event>(),
        partner::timeline,
    )
}

fn partner_routes(routes: Routes<Discounts>) -> Routes<Discounts> {
    let manage = |id, summary| {
        let need = Need::PartnerManages(Area::Discounts);
        Op::new(id, summary, need, Scope::DiscountsWrite)
    };
    routes
        .post(
            BASE,
            manage("requestPartnerDiscount", "Asks for a discount")
                .about(
                    "Products that are left out, or are asked 0% for, get none. The effective date is at least as many \
                     business days ahead as the provider says; the problem names the earliest.",
                )
                .body::<partner::Request>()
                .creates::<Discount>()
                .problems(&[WAITING, INVALID]),
            partner::ask,
        )
        .post(
            "/api/v1/partner-discounts/{id}/withdraw",
            manage(
                "withdrawPartnerDiscount",
                "Takes back a request that was not decided",
            )
            .returns::<Discount>()
            .versioned()
            .problems(&[SETTLED, OVERTAKEN]),
            partner::withdraw,
        )
}

fn staff_routes(routes: Routes<Discounts>) -> Routes<Discounts> {
    let decide = |id, summary| {
        let need = Need::Staff(Permission::DecideDiscounts);
        Op::new(id, summary, need, Scope::DiscountsWrite)
            .versioned()
            .returns::<Discount>()
            .problems(&[SETTLED, OVERTAKEN, OWN_ACCOUNT, INVALID])
    };
    routes
        .post(
            "/api/v1/partner-discounts/{id}/approve",
            decide("approvePartnerDiscount", "Approves, perhaps with changes")
                .about(
                    "What is left out of the body is granted as it was asked for. Where the effective date is past, the \
                     discount begins at once.",
                )
                .body::<staff::Approval>(),
            staff::approve,
        )
        .post(
            "/api/v1/partner-discounts/{id}/reject",
            decide("rejectPartnerDiscount", "Declines").body::<staff::Rejection>(),
            staff::reject,
        )
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Somebody of an account: sees its own discounts.
    Partner(AccountId),
    Staff,
}

impl Reader {
    fn of(shell: &Shell) -> Result<Self, Fault> {
        Ok(shell.person()?.account().map_or(Self::Staff, Self::Partner))
    }

    /// Whose discounts are looked at, where `named` is asked about: an account looks at its own, and another's are not
    /// there.
    fn about(self, named: Option<AccountId>) -> Result<Option<AccountId>, Fault> {
        match self {
            Self::Staff => Ok(named),
            Self::Partner(own) if named.is_none_or(|named| named == own) => Ok(Some(own)),
            Self::Partner(_) => Err(Fault::not_found()),
        }
    }

    async fn find(self, room: &Discounts, id: PartnerDiscountId) -> Result<PartnerDiscount, Fault> {
        let found = store::find(room.app().db().read(), id).await?;
        found
            .filter(|discount| self == Self::Staff || self == Self::Partner(discount.partner))
            .ok_or_else(Fault::not_found)
    }
}

/// A discount as the caller sees it now, with its version.
async fn shown(room: &Discounts, shell: &Shell, id: PartnerDiscountId) -> Result<Response, Fault> {
    api::versioned(room.app(), id, async {
        let discount = Reader::of(shell)?.find(room, id).await?;
        view(room, shell, &discount).await
    })
    .await
}

async fn view(room: &Discounts, shell: &Shell, of: &PartnerDiscount) -> Result<Discount, Fault> {
    let mut views = views(room, shell, std::slice::from_ref(of)).await?;
    views
        .pop()
        .ok_or_else(|| Fault::internal("a discount has no view"))
}

async fn views(room: &Discounts, shell: &Shell, all: &[PartnerDiscount]) -> Result<Vec<Discount>, Fault> {
    let reader = Reader::of(shell)?;
    let products = room.catalogue().prices().await?;
    let names = store::partner_names(room.app().db().read(), all.iter().map(|of| of.partner)).await?;
    let view = |of: &PartnerDiscount| {
        let name = names.get(&of.partner).cloned().unwrap_or_default();
        Discount::new(of, name, &products, reader)
    };
    Ok(all.iter().map(view).collect())
}

/// A refusal of a use case as a problem.
fn refused(shell: &Shell, refused: Refused) -> Fault {
    let l = &shell.l;
    match refused {
        Refused::Rule(error @ (TransitionError::Settled(_) | TransitionError::Elsewhere(_))) => {
            Problem::new(SETTLED).detail(l.t(error.key())).into()
        }
        Refused::Rule(TransitionError::Past { today }) => invalid(
            "/from",
            l.t1("partner-discount-error-past", "date", l.date(today)),
        ),
        Refused::Rule(error @ TransitionError::Calendar(_)) => invalid("/from", l.t(error.key())),
        Refused::NoProduct(_) => no_product(shell),
        Refused::Overtaken => Problem::new(OVERTAKEN).into(),
        Refused::Denied(Denied::OwnAccount) => Problem::new(OWN_ACCOUNT).into(),
        other @ (Refused::NotFound | Refused::Denied(Denied::Role) | Refused::Database(_)) => other.into(),
    }
}

/// A product that the body names by its code is gone since it was read.
fn no_product(shell: &Shell) -> Fault {
    invalid("/percents", shell.l.t("partner-discount-error-product"))
}

fn invalid(pointer: &str, detail: String) -> Fault {
    Problem::new(INVALID)
        .error(FieldProblem::at(pointer, detail))
        .into()
}

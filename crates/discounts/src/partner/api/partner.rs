//! What partners do; and what both they and staff look at.

use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::{Timestamp, civil::Date};
use kernel::{AccountId, PartnerDiscountId, Words, WordsError};
use platform::{
    api::{self, Body, FieldProblem, Id, Limit, Paging, Problem, Query, problem},
    event::history,
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    BASE, Reader, WAITING, invalid, no_product, refused, shown, view,
    views::{Discount, Event, InForce, Line, percents},
};
use crate::{
    Discounts,
    partner::{
        event::PartnerDiscountEvent,
        rules::{self, AskError, StateKind, Terms},
        service::{self, AskRefused},
        store::{self, Listing},
    },
};

/// A state to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    AwaitingApproval,
    AwaitingActivation,
    Active,
    Expired,
    Rejected,
    Withdrawn,
}

impl From<Standing> for StateKind {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::AwaitingApproval => Self::AwaitingApproval,
            Standing::AwaitingActivation => Self::AwaitingActivation,
            Standing::Active => Self::Active,
            Standing::Expired => Self::Expired,
            Standing::Rejected => Self::Rejected,
            Standing::Withdrawn => Self::Withdrawn,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Standing>,
    /// Only those of this partner's account.
    #[param(nullable = false)]
    partner: Option<Uuid>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Moment {
    /// Whose; the caller's own account if it is not named. Staff name one.
    #[param(nullable = false)]
    partner: Option<Uuid>,
    /// At which moment (RFC 3339, with its offset); now if it is not named.
    #[param(value_type = Option<String>, format = DateTime, nullable = false)]
    at: Option<Timestamp>,
}

/// What a partner asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PartnerDiscountRequest)]
pub(super) struct Request {
    /// How much on which product.
    #[schema(min_items = 1)]
    percents: Vec<Line>,
    /// The effective date, in the provider's time zone.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    from: Date,
    /// For staff: what speaks for it.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: Option<String>,
}

pub(super) async fn list(
    State(room): State<Discounts>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let listing = Listing {
        partner: Reader::of(&shell)?.about(query.partner.map(AccountId))?,
        state: query.state.map(StateKind::from),
        oldest_first: false,
    };
    let purpose = format!("partner discounts {listing:?}");
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let after: Option<PartnerDiscountId> = paging.place()?;
    let found = listing
        .after(room.app().db().read(), after, paging.wanted())
        .await?;
    let found = super::views(&room, &shell, &found).await?;
    paging.answer(&shell, found, Discount::place)
}

pub(super) async fn get(
    State(room): State<Discounts>,
    shell: Shell,
    Id(id): Id<PartnerDiscountId>,
) -> Result<Response, Fault> {
    shown(&room, &shell, id).await
}

pub(super) async fn timeline(
    State(room): State<Discounts>,
    shell: Shell,
    Id(id): Id<PartnerDiscountId>,
) -> Result<Response, Fault> {
    let reader = Reader::of(&shell)?;
    reader.find(&room, id).await?;
    let happened = history::<PartnerDiscountEvent>(room.app().db().read(), id).await?;
    api::json(&Event::of(happened, reader))
}

pub(super) async fn in_force(
    State(room): State<Discounts>,
    shell: Shell,
    Query(asked): Query<Moment>,
) -> Result<Response, Fault> {
    let named = Reader::of(&shell)?.about(asked.partner.map(AccountId))?;
    let Some(partner) = named else {
        let detail = shell.l.t("problem-field-missing");
        return Err(Problem::new(problem::INVALID)
            .error(FieldProblem::parameter("partner", detail))
            .into());
    };
    let db = room.app().db().read();
    if accounts::store::account(db, partner).await?.is_none() {
        return Err(Fault::not_found());
    }
    let at = asked.at.unwrap_or_else(|| shell.now());
    let all = store::of_partner(db, partner).await?;
    let found = rules::at(&all, at);
    let discount = match &found {
        Some(found) => Some(view(&room, &shell, found.discount).await?),
        None => None,
    };
    api::json(&InForce {
        at,
        discount,
        from: found.as_ref().map(|found| found.from),
        until: found.and_then(|found| found.until),
    })
}

pub(super) async fn ask(
    State(room): State<Discounts>,
    shell: Shell,
    Body(sent): Body<Request>,
) -> Result<Response, Fault> {
    let products = room.catalogue().prices().await?;
    let terms = Terms {
        percents: percents(&shell.l, &products, &sent.percents)?,
        from: sent.from,
    };
    let note = match Words::parse(sent.note.as_deref().unwrap_or_default()) {
        Ok(words) => Some(words),
        Err(WordsError::Empty) => None,
        Err(WordsError::TooLong) => {
            let detail = shell.l.t1("partner-discount-error-long", "max", Words::MAX);
            return Err(invalid("/note", detail));
        }
    };
    let request = service::Request { terms, note };
    let asked = service::ask(&room, shell.caller(), request)
        .await
        .map_err(|error| not_taken(&shell, error))?;
    api::created(
        &format!("{BASE}/{}", asked.id),
        &view(&room, &shell, &asked).await?,
    )
}

fn not_taken(shell: &Shell, refused: AskRefused) -> Fault {
    let l = &shell.l;
    match refused {
        AskRefused::NotPartner => Fault::forbidden(),
        AskRefused::Waiting(_) => Problem::new(WAITING).into(),
        AskRefused::NoProduct(_) => no_product(shell),
        AskRefused::Rule(AskError::TooEarly { earliest }) => invalid(
            "/from",
            l.t1("partner-discount-error-early", "date", l.date(earliest)),
        ),
        AskRefused::Rule(AskError::Unchanged) => {
            invalid("/percents", l.t("partner-discount-error-unchanged"))
        }
        AskRefused::Rule(AskError::Calendar(_)) => invalid("/from", l.t("partner-discount-refused-calendar")),
        AskRefused::Database(error) => error.into(),
    }
}

pub(super) async fn withdraw(
    State(room): State<Discounts>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<PartnerDiscountId>,
) -> Result<Response, Fault> {
    Reader::of(&shell)?.find(&room, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    service::withdraw(&room, shell.caller(), id)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, &shell, id).await
}

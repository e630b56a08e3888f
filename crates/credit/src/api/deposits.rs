//! Payments that staff record, and the second person's look at them.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{AccountId, DepositId};
use platform::{
    api::{self, Body, FieldProblem, Id, Limit, Paging, Problem, Query, problem::INVALID},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{REFERENCE_TAKEN, SETTLED, amount, invalid, not_allowed, views::Deposit, words};
use crate::{
    Credit,
    pages::deposits::{optional_words, reference_error},
    rules::{Reference, StateKind},
    service::{self, DepositRefused, Recorded},
    store::deposits::{self, Listing},
};

/// A state to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Standing {
    AwaitingSecond,
    Posted,
    Rejected,
    Reversed,
}

impl From<Standing> for StateKind {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::AwaitingSecond => Self::AwaitingSecond,
            Standing::Posted => Self::Posted,
            Standing::Rejected => Self::Rejected,
            Standing::Reversed => Self::Reversed,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// Only those of one account.
    #[param(nullable = false)]
    account: Option<Uuid>,
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Standing>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

pub(super) async fn list(
    State(room): State<Credit>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let listing = Listing {
        account: query.account.map(AccountId),
        state: query.state.map(StateKind::from),
    };
    let purpose = format!("deposits {listing:?}");
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let db = room.app().db().read();
    let found = listing.after(db, paging.place()?, paging.wanted()).await?;
    let found = found.iter().map(Deposit::new).collect();
    paging.answer(&shell, found, Deposit::place)
}

/// As it is now, with its version.
async fn shown(room: &Credit, id: DepositId) -> Result<Response, Fault> {
    api::versioned(room.app(), id, async {
        let found = deposits::find(room.app().db().read(), id).await?;
        Ok(Deposit::new(&found.ok_or_else(Fault::not_found)?))
    })
    .await
}

pub(super) async fn get(State(room): State<Credit>, Id(id): Id<DepositId>) -> Result<Response, Fault> {
    shown(&room, id).await
}

/// A payment that was received.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDeposit {
    /// Whose credit it becomes; not that of a partner's customer.
    account_id: Uuid,
    /// Above zero, in minor units.
    #[schema(minimum = 1, maximum = 999_999_999_999_999_i64, example = 5_000_000)]
    #[serde(deserialize_with = "platform::api::whole")]
    amount: i64,
    /// The provider's currency.
    #[schema(min_length = 3, max_length = 3, example = "VND")]
    currency: String,
    /// As the bank statement names it.
    #[schema(min_length = 1, max_length = 80, example = "FT26320990023")]
    reference: String,
    /// Stays with staff.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
}

pub(super) async fn record(
    State(room): State<Credit>,
    shell: Shell,
    Body(sent): Body<NewDeposit>,
) -> Result<Response, Fault> {
    let l = &shell.l;
    let recorded = Recorded {
        id: room.app().new_id().into(),
        account: AccountId(sent.account_id),
        amount: amount(&room, &shell, sent.amount, &sent.currency)?,
        reference: Reference::parse(&sent.reference)
            .map_err(|error| invalid("/reference", reference_error(l, error)))?,
        note: optional_words(l, &sent.note).map_err(|text| invalid("/note", text))?,
    };
    match service::record(&room, shell.caller(), recorded).await {
        Ok(deposit) => {
            let location = format!("/api/v1/credit/deposits/{}", deposit.id);
            api::created(&location, &Deposit::new(&deposit))
        }
        Err(DepositRefused::NotFound) => {
            let nobody = FieldProblem::at("/account_id", l.t("credit-problem-no-account"));
            Err(Problem::new(INVALID).error(nobody).into())
        }
        Err(DepositRefused::ReferenceTaken) => {
            let taken = FieldProblem::at("/reference", l.t("credit-deposit-reference-taken"));
            Err(Problem::new(REFERENCE_TAKEN).error(taken).into())
        }
        Err(other) => Err(refused(&shell, other)),
    }
}

pub(super) async fn confirm(
    State(room): State<Credit>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<DepositId>,
) -> Result<Response, Fault> {
    api::precondition(room.app(), &headers, id).await?;
    service::confirm(&room, shell.caller(), id)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DepositRejection)]
pub(super) struct Rejection {
    /// Why; stays with staff.
    #[schema(min_length = 1, max_length = 4000)]
    reason: String,
}

pub(super) async fn reject(
    State(room): State<Credit>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<DepositId>,
    Body(sent): Body<Rejection>,
) -> Result<Response, Fault> {
    let words = words(&shell, &sent.reason)?;
    api::precondition(room.app(), &headers, id).await?;
    service::reject(&room, shell.caller(), id, words)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, id).await
}

/// A refusal of a use case as a problem.
fn refused(shell: &Shell, refused: DepositRefused) -> Fault {
    match refused {
        DepositRefused::Rule(error) => not_allowed(shell, error),
        DepositRefused::Overtaken => Problem::new(SETTLED).into(),
        DepositRefused::ReferenceTaken => Problem::new(REFERENCE_TAKEN).into(),
        other => other.into(),
    }
}

//! Usage from billing, and what is given back of it.

use axum::{extract::State, response::Response};
use kernel::{AccountId, Money};
use platform::{
    L10n,
    api::{self, Body, FieldProblem, Id, Once, Paging, Problem, Query, problem},
    web::{Fault, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    REFUND_TOO_MUCH, Reader, accounts::PageQuery, amount, invalid, not_allowed, own_currency, transfers::key,
    views::UsageRow, words,
};
use crate::{
    Credit,
    rules::RefundError,
    service::{self, RefundRefused, Refunding, Row, RowRefused, Taken},
    store::usage,
};

/// The most rows at once.
const MOST: usize = 1_000;

/// What billing reports.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UsageImport)]
pub(super) struct Rows {
    /// The provider's currency.
    #[schema(min_length = 3, max_length = 3, example = "VND")]
    currency: String,
    #[schema(min_items = 1, max_items = 1000)]
    rows: Vec<NewRow>,
}

/// A row of usage, as billing reports it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewUsageRow)]
struct NewRow {
    /// Billing's own id: the same one again changes nothing.
    #[schema(min_length = 1, max_length = 200, example = "2026-10-000417")]
    id: String,
    /// Whose usage.
    account_id: Uuid,
    /// What it cost: above zero, in minor units.
    #[schema(minimum = 1, maximum = 999_999_999_999_999_i64, example = 7_412_400)]
    #[serde(deserialize_with = "platform::api::whole")]
    amount: i64,
    /// As billing writes it.
    #[schema(min_length = 1, max_length = 40, example = "2026-10")]
    period: String,
    /// What was used; the account sees it in its history.
    #[schema(min_length = 1, max_length = 200, example = "vCPU")]
    description: String,
}

/// What came of an import.
#[derive(Serialize, ToSchema)]
#[schema(as = UsageImported)]
pub(super) struct Imported {
    /// Rows that were new.
    new: usize,
    /// Rows that had come before, the same.
    repeated: usize,
    /// Rows that were not taken.
    refused: usize,
    /// What came of each, in the order in which they were sent.
    rows: Vec<RowOutcome>,
}

/// What came of a row.
#[derive(Serialize, ToSchema)]
#[schema(as = UsageRowOutcome)]
struct RowOutcome {
    /// Billing's id.
    id: String,
    /// `new`, `repeated` or `refused`.
    #[schema(example = "new")]
    outcome: &'static str,
    /// Why it was refused, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

pub(super) async fn import(
    State(room): State<Credit>,
    shell: Shell,
    Body(sent): Body<Rows>,
) -> Result<Response, Fault> {
    let currency = own_currency(&room, &shell, &sent.currency)?;
    if sent.rows.is_empty() || sent.rows.len() > MOST {
        let detail = shell.l.t1("problem-too-many-at-once", "max", MOST);
        return Err(invalid("/rows", detail).into());
    }
    let rows: Vec<Row> = sent
        .rows
        .into_iter()
        .map(|row| Row {
            row: row.id,
            account: AccountId(row.account_id),
            amount: Money::new(row.amount, currency),
            period: row.period,
            description: row.description,
        })
        .collect();
    let done = service::import(&room, shell.caller(), &rows).await?;
    let outcomes = rows.into_iter().zip(&done.rows).map(|(row, outcome)| RowOutcome {
        id: row.row,
        outcome: match outcome {
            Ok(Taken::New) => "new",
            Ok(Taken::Repeated) => "repeated",
            Err(_) => "refused",
        },
        detail: outcome.err().map(|error| why(&shell.l, error)),
    });
    api::json(&Imported {
        new: done.count(Taken::New),
        repeated: done.count(Taken::Repeated),
        refused: done.refused().count(),
        rows: outcomes.collect(),
    })
}

/// Why a row was not taken, in the reader's words.
fn why(l: &L10n, refused: RowRefused) -> String {
    match refused {
        RowRefused::NoAccount => l.t("credit-problem-no-account"),
        RowRefused::Amount => l.t("credit-usage-amount"),
        RowRefused::Id(_) => l.t1("credit-usage-id", "max", ledger::Key::MAX),
        RowRefused::Label(error) => l.t1("credit-usage-label", "max", error.0),
        RowRefused::Differs => l.t("credit-usage-differs"),
    }
}

pub(super) async fn list(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<AccountId>,
    Query(query): Query<PageQuery>,
) -> Result<Response, Fault> {
    Reader::of(&shell)?.account(&room, id).await?;
    let paging = Paging::new(
        &shell,
        &format!("usage {id}"),
        query.limit,
        query.cursor.as_deref(),
    )?;
    let db = room.app().db().read();
    let found = usage::of_account(db, id, paging.place()?, paging.wanted()).await?;
    let found = found.iter().map(UsageRow::from).collect();
    paging.answer(&shell, found, UsageRow::place)
}

pub(super) async fn get(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<Uuid>,
) -> Result<Response, Fault> {
    let asks = Reader::of(&shell)?;
    let found = usage::find(room.app().db().read(), id).await?;
    let found = found.filter(|usage| asks.sees(usage.account));
    api::json(&UsageRow::from(&found.ok_or_else(Fault::not_found)?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UsageRefund)]
pub(super) struct RefundWanted {
    /// Above zero, in minor units; at most what was neither given back nor waived so far.
    #[schema(minimum = 1, maximum = 999_999_999_999_999_i64, example = 100_000)]
    #[serde(deserialize_with = "platform::api::whole")]
    amount: i64,
    /// The provider's currency.
    #[schema(min_length = 3, max_length = 3, example = "VND")]
    currency: String,
    /// Why, in words for the account.
    #[schema(min_length = 1, max_length = 4000)]
    reason: String,
}

/// What a refund did.
#[derive(Serialize, ToSchema)]
#[schema(as = UsageRefunded)]
pub(super) struct Refunded {
    usage_id: Uuid,
    /// What came back to the balance.
    credited: i64,
    /// What is no longer outstanding.
    waived: i64,
    #[schema(example = "VND")]
    currency: &'static str,
}

pub(super) async fn refund(
    State(room): State<Credit>,
    shell: Shell,
    Once(once): Once,
    Id(id): Id<Uuid>,
    Body(sent): Body<RefundWanted>,
) -> Result<Response, Fault> {
    let wanted = Refunding {
        usage: id,
        amount: amount(&room, &shell, sent.amount, &sent.currency)?,
        reason: words(&shell, &sent.reason)?,
        key: key(&once)?,
    };
    let done = service::refund(&room, shell.caller(), wanted)
        .await
        .map_err(|refused| match refused {
            RefundRefused::TooMuch(RefundError::MoreThanLeft(left)) => {
                let detail = shell.l.say("credit-refund-too-much", "left", shell.l.money(left));
                let error = FieldProblem::at("/amount", detail);
                Problem::new(REFUND_TOO_MUCH).error(error).into()
            }
            RefundRefused::KeyReused => Problem::new(problem::KEY_REUSED).into(),
            RefundRefused::Denied(denied) => not_allowed(&shell, denied.into()),
            other => other.into(),
        })?;
    api::json(&Refunded {
        usage_id: id,
        credited: done.credited.minor(),
        waived: done.waived.minor(),
        currency: done.credited.currency().code(),
    })
}

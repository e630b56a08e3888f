//! Top-ups, and taking transactions back.

use axum::{extract::State, response::Response};
use kernel::{AccountId, TransferId};
use ledger::{Account, Key, MovementError};
use platform::{
    api::{self, Body, Id, Once, Problem, problem},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    IRREVERSIBLE, Reader, TAKEN_BACK, amount, invalid, not_allowed, overdrawn, views::Transfer, words,
};
use crate::{
    Credit,
    service::{self, ReversalRefused, TopUpRefused},
};

/// What is to move to a customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TopUp {
    /// The customer's account.
    customer_id: Uuid,
    /// Above zero, in minor units.
    #[schema(minimum = 1, maximum = 999_999_999_999_999_i64, example = 2_500_000)]
    #[serde(deserialize_with = "platform::api::whole")]
    amount: i64,
    /// The provider's currency.
    #[schema(min_length = 3, max_length = 3, example = "VND")]
    currency: String,
}

/// The key of what a request moves. It is the caller's: two people who choose the same one mean two transactions.
pub(super) fn key(once: &str) -> Result<Key, Fault> {
    Key::parse(&format!("api:{once}")).map_err(Fault::internal)
}

pub(super) async fn top_up(
    State(room): State<Credit>,
    shell: Shell,
    Once(once): Once,
    Body(sent): Body<TopUp>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let wanted = service::TopUp {
        partner,
        customer: AccountId(sent.customer_id),
        amount: amount(&room, &shell, sent.amount, &sent.currency)?,
        key: key(&once)?,
    };
    let not_a_customer =
        || -> Fault { invalid("/customer_id", shell.l.t("credit-top-up-no-customer")).into() };
    match service::top_up(&room, shell.caller(), wanted).await {
        Ok(receipt) => {
            let location = format!("/api/v1/credit/transfers/{}", receipt.transfer.id);
            api::created(&location, &Transfer::new(&receipt, Reader::of(&shell)?))
        }
        Err(TopUpRefused::NotAdmitted(_) | TopUpRefused::Amount(MovementError::SameAccount)) => {
            Err(not_a_customer())
        }
        Err(TopUpRefused::Overdrawn(balance)) => Err(overdrawn(&shell, balance, Some("/amount")).into()),
        Err(TopUpRefused::KeyReused) => Err(Problem::new(problem::KEY_REUSED).into()),
        Err(TopUpRefused::Busy) => Err(Problem::new(problem::UNAVAILABLE).retry_after(2).into()),
        Err(other @ (TopUpRefused::Amount(_) | TopUpRefused::Database(_))) => Err(other.into()),
    }
}

pub(super) async fn get(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<TransferId>,
) -> Result<Response, Fault> {
    let asks = Reader::of(&shell)?;
    let receipt = ledger::store::receipt(room.app().db().read(), id)
        .await?
        .filter(|receipt| {
            let sides = [receipt.transfer.from, receipt.transfer.to];
            asks == Reader::Staff
                || sides
                    .into_iter()
                    .filter_map(Account::service_account)
                    .any(|account| asks.sees(account))
        })
        .ok_or_else(Fault::not_found)?;
    api::json(&Transfer::new(&receipt, asks))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TransferReversal)]
pub(super) struct Reversal {
    /// Why, in words for the accounts concerned.
    #[schema(min_length = 1, max_length = 4000)]
    reason: String,
}

pub(super) async fn reverse(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<TransferId>,
    Body(sent): Body<Reversal>,
) -> Result<Response, Fault> {
    let words = words(&shell, &sent.reason)?;
    let receipt =
        service::reverse(&room, shell.caller(), id, words)
            .await
            .map_err(|refused| match refused {
                ReversalRefused::Kind | ReversalRefused::Amount(_) => Problem::new(IRREVERSIBLE).into(),
                ReversalRefused::Already => Problem::new(TAKEN_BACK).into(),
                ReversalRefused::Overdrawn(balance) => overdrawn(&shell, balance, None).into(),
                ReversalRefused::Rule(error) => not_allowed(&shell, error),
                ReversalRefused::NotFound => Fault::not_found(),
                ReversalRefused::Database(error) => error.into(),
            })?;
    let location = format!("/api/v1/credit/transfers/{}", receipt.transfer.id);
    api::created(&location, &Transfer::new(&receipt, Reader::of(&shell)?))
}

//! What staff do.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{CustomerId, Words, WordsError};
use platform::{
    api::{self, Body, FieldProblem, Id, Problem, problem::INVALID},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Reader, shown};
use crate::{room::Customers, service};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerRejection)]
pub(super) struct Rejection {
    /// Why, in words for customer and partner.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

pub(super) async fn approve(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
) -> Result<Response, Fault> {
    Reader::Staff.find(&room, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    let approved = service::approve(&room, shell.caller(), id).await;
    shown(&room, &shell, approved).await
}

pub(super) async fn reject(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
    Body(sent): Body<Rejection>,
) -> Result<Response, Fault> {
    let words = Words::parse(&sent.words).map_err(|error| {
        let detail = match error {
            WordsError::Empty => shell.l.t("customers-error-words"),
            WordsError::TooLong => shell.l.t1("customers-error-long", "max", Words::MAX),
        };
        Problem::new(INVALID).error(FieldProblem::at("/words", detail))
    })?;
    Reader::Staff.find(&room, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    let rejected = service::reject(&room, shell.caller(), id, words).await;
    shown(&room, &shell, rejected).await
}

//! What staff do.

use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::civil::Date;
use kernel::{PartnerDiscountId, Words, WordsError};
use platform::{
    L10n,
    api::{self, Body, Id},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Reader, invalid, refused, shown,
    views::{Line, percents},
};
use crate::{
    Discounts,
    partner::{
        rules::{Instead, Terms},
        service,
    },
};

/// What is granted instead of what was asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PartnerDiscountApproval)]
pub(super) struct Approval {
    /// How much on which product, all of them: what is not named gets none. Left out, it is what was asked for.
    #[serde(default)]
    percents: Option<Vec<Line>>,
    /// The effective date, today at the earliest. Left out, it is the one that was asked for.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-04")]
    from: Option<Date>,
    /// Why it differs, in words for the partner.
    #[serde(default)]
    #[schema(max_length = 4000)]
    words: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PartnerDiscountRejection)]
pub(super) struct Rejection {
    /// Why, in words for the partner.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

pub(super) async fn approve(
    State(room): State<Discounts>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<PartnerDiscountId>,
    Body(sent): Body<Approval>,
) -> Result<Response, Fault> {
    let discount = Reader::Staff.find(&room, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    let products = room.catalogue().prices().await?;
    let words = sent
        .words
        .as_deref()
        .map(|words| parse(&shell.l, words))
        .transpose()?;
    let changed = sent.percents.is_some() || sent.from.is_some() || words.is_some();
    let asked = discount.asked;
    let terms = Terms {
        percents: match &sent.percents {
            Some(sent) => percents(&shell.l, &products, sent)?,
            None => asked.percents,
        },
        from: sent.from.unwrap_or(asked.from),
    };
    service::approve(
        &room,
        shell.caller(),
        id,
        changed.then_some(Instead { terms, words }),
    )
    .await
    .map_err(|error| refused(&shell, error))?;
    shown(&room, &shell, id).await
}

pub(super) async fn reject(
    State(room): State<Discounts>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<PartnerDiscountId>,
    Body(sent): Body<Rejection>,
) -> Result<Response, Fault> {
    Reader::Staff.find(&room, id).await?;
    let words = parse(&shell.l, &sent.words)?;
    api::precondition(room.app(), &headers, id).await?;
    service::reject(&room, shell.caller(), id, words)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, &shell, id).await
}

/// Words for the partner.
fn parse(l: &L10n, words: &str) -> Result<Words, Fault> {
    Words::parse(words).map_err(|error| {
        let detail = match error {
            WordsError::Empty => l.t("partner-discount-error-no-reason"),
            WordsError::TooLong => l.t1("partner-discount-error-long", "max", Words::MAX),
        };
        invalid("/words", detail)
    })
}

//! One discount, as its partner sees it; taking it back.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use platform::{
    actor::Area,
    web::{Shell, flash, page, page_with, redirect},
};

use super::{
    Answer, HOME, own,
    timeline::{self, For, Item},
    view::{Line, Row, lines},
};
use crate::{
    Discounts,
    partner::{
        rules::{PartnerDiscount, State as Stand, StateKind},
        service::{self, Refused},
    },
};

#[derive(Template)]
#[template(path = "partner-discount.html")]
struct DiscountPage<'a> {
    shell: &'a Shell,
    row: Row,
    asked_from: String,
    /// The date that was granted, where it is another.
    granted_from: Option<String>,
    is_granted: bool,
    lines: Vec<Line>,
    items: Vec<Item>,
    /// Why it was rejected.
    rejected_for: Option<String>,
    changed_for: Option<String>,
    may_withdraw: bool,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "partner-discount-withdraw.html")]
struct WithdrawPage<'a> {
    shell: &'a Shell,
    row: Row,
}

pub(super) async fn show(State(room): State<Discounts>, shell: Shell, Path(id): Path<String>) -> Answer {
    let discount = own(&room, &shell, &id).await?;
    show_with(&room, &shell, &discount, StatusCode::OK, None).await
}

async fn show_with(
    room: &Discounts,
    shell: &Shell,
    of: &PartnerDiscount,
    status: StatusCode,
    refusal: Option<String>,
) -> Answer {
    let l = &shell.l;
    let products = room.catalogue().prices().await?;
    let granted = of.grant().map(|grant| &grant.terms);
    page_with(
        status,
        &DiscountPage {
            row: Row::new(l, room, of),
            asked_from: l.day(of.asked.from),
            granted_from: granted
                .filter(|granted| granted.from != of.asked.from)
                .map(|granted| l.day(granted.from)),
            is_granted: granted.is_some(),
            lines: lines(
                l,
                &products,
                None,
                &of.asked.percents,
                granted.map(|granted| &granted.percents),
            ),
            items: timeline::items(l, room, of, For::Partner).await?,
            rejected_for: match &of.state {
                Stand::Rejected { words, .. } => Some(words.to_string()),
                _ => None,
            },
            changed_for: of
                .grant()
                .and_then(|grant| grant.words.as_ref())
                .map(ToString::to_string),
            may_withdraw: of.due().is_some() && shell.person()?.manages(Area::Discounts),
            refusal,
            shell,
        },
    )
}

pub(super) async fn confirm_withdrawal(
    State(room): State<Discounts>,
    shell: Shell,
    Path(id): Path<String>,
) -> Answer {
    let discount = own(&room, &shell, &id).await?;
    if discount.state.kind() != StateKind::AwaitingApproval {
        return Ok(redirect(&format!("{HOME}/{}", discount.id)));
    }
    page(&WithdrawPage {
        row: Row::new(&shell.l, &room, &discount),
        shell: &shell,
    })
}

pub(super) async fn withdraw(State(room): State<Discounts>, shell: Shell, Path(id): Path<String>) -> Answer {
    let seen = own(&room, &shell, &id).await?;
    let error = match service::withdraw(&room, shell.caller(), seen.id).await {
        Ok(done) => {
            let to = format!("{HOME}/{}", done.id);
            return Ok(flash(&shell, &to, "partner-discount-done-withdrawn"));
        }
        Err(Refused::Rule(error)) => error,
        Err(other) => return Err(other.into()),
    };
    // Decided meanwhile: the page says how.
    let now = own(&room, &shell, &id).await?;
    let refusal = Some(shell.l.t(error.key()));
    show_with(&room, &shell, &now, StatusCode::CONFLICT, refusal).await
}

//! Approving what was asked for, after a confirmation.

use askama::Template;
use axum::extract::{Path, State};
use platform::web::{Shell, page};

use super::{
    super::{
        Answer, id,
        view::{Line, Row, lines},
    },
    case::{self, Case},
};
use crate::{Discounts, partner::service};

#[derive(Template)]
#[template(path = "staff-discount-approve.html")]
struct ApprovePage<'a> {
    shell: &'a Shell,
    partner: &'a str,
    row: Row,
    asked_from: String,
    lines: Vec<Line>,
    is_past: bool,
    replaces: Option<(String, String)>,
}

pub(crate) async fn confirm(State(room): State<Discounts>, shell: Shell, Path(text): Path<String>) -> Answer {
    let case = Case::load(&room, id(&text)?).await?;
    if let Some(page) = case::undecidable(&room, &shell, &case).await? {
        return Ok(page);
    }
    let products = room.catalogue().prices().await?;
    let (l, of) = (&shell.l, &case.discount);
    page(&ApprovePage {
        partner: case.partner.display_name(),
        row: Row::new(l, &room, of),
        asked_from: l.day(of.asked.from),
        lines: lines(l, &products, case.in_force(), &of.asked.percents, None),
        is_past: case.is_past(&room, &shell),
        replaces: case.replaces(&shell),
        shell: &shell,
    })
}

pub(crate) async fn approve(State(room): State<Discounts>, shell: Shell, Path(text): Path<String>) -> Answer {
    let id = id(&text)?;
    let result = service::approve(&room, shell.caller(), id, None).await;
    case::answer(&room, &shell, id, result, "partner-discount-done-approved", "").await
}

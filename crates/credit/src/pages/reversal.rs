//! Taking a movement back, after a page that shows what it does.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::TransferId;
use ledger::{Account, Receipt, store::credit_of};
use platform::web::{Fault, FieldErrors, Form, Shell, When, flash, page_with};
use serde::Deserialize;

use super::{Side, deposits::reason, lines::label};
use crate::{Credit, service};

#[derive(Template)]
#[template(path = "credit-reverse.html")]
struct ReversePage {
    shell: Shell,
    errors: FieldErrors,
    path: String,
    back: String,
    reference: String,
    kind: String,
    when: When,
    amount: String,
    sides: Vec<Side>,
    typed: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReverseForm {
    reason: String,
}

pub(super) async fn form(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let receipt = receipt(&room, &text).await?;
    show(&room, shell, &receipt, String::new(), FieldErrors::default()).await
}

async fn receipt(room: &Credit, text: &str) -> Result<Receipt, Fault> {
    let id: TransferId = super::id(text)?;
    ledger::store::receipt(room.app().db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)
}

async fn show(
    room: &Credit,
    shell: Shell,
    receipt: &Receipt,
    typed: String,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let db = room.app().db().read();
    let transfer = &receipt.transfer;
    service::revocable(db, transfer).await?;
    let mut sides = Vec::new();
    for (account, is_debited) in [(transfer.to, true), (transfer.from, false)] {
        let Some(id) = account.service_account() else {
            continue;
        };
        let Some(whose) = accounts::store::account(db, id).await? else {
            continue;
        };
        let now = credit_of(db, id, room.currency()).await?;
        sides.push(Side::new(
            &shell.l,
            whose.display_name(),
            now,
            transfer.amount,
            is_debited,
        ));
    }
    let page = ReversePage {
        path: format!("/staff/credit/transfers/{}/reverse", transfer.id),
        back: back(receipt),
        reference: service::reference(transfer.id),
        kind: shell.l.t(label(transfer.kind)),
        when: When::new(&shell.l, transfer.at),
        amount: shell.l.money(transfer.amount),
        sides,
        typed,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// The account that got it.
fn back(receipt: &Receipt) -> String {
    let transfer = &receipt.transfer;
    let account = [transfer.to, transfer.from]
        .into_iter()
        .find_map(Account::service_account);
    account.map_or_else(
        || "/staff/credit".to_owned(),
        |account| format!("/staff/credit/accounts/{account}"),
    )
}

pub(super) async fn reverse(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<ReverseForm>,
) -> Result<Response, Fault> {
    let receipt = receipt(&room, &text).await?;
    let words = match reason(&shell.l, &form.reason) {
        Ok(words) => words,
        Err(text) => {
            let errors = FieldErrors::one("reason", text);
            return show(&room, shell, &receipt, form.reason, errors).await;
        }
    };
    service::reverse(&room, shell.caller(), receipt.transfer.id, words).await?;
    Ok(flash(&shell, &back(&receipt), "credit-reversed-done"))
}

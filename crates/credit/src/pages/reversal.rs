//! Taking a movement back, after a page that shows what it does, or why it cannot be.

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
    /// Why it cannot be taken back: a title and a text. Then there is nothing to send.
    why_not: Option<(String, String)>,
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

/// What the page says beside what is true.
#[derive(Default)]
struct Said {
    why_not: Option<&'static str>,
    errors: FieldErrors,
    typed: String,
}

impl Said {
    fn status(&self) -> StatusCode {
        match (self.why_not, self.errors.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, true) => StatusCode::OK,
        }
    }
}

pub(super) async fn form(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let receipt = receipt(&room, &text).await?;
    let said = Said {
        why_not: why_not(&room, &shell, &receipt).await?,
        ..Said::default()
    };
    show(&room, shell, &receipt, said).await
}

async fn receipt(room: &Credit, text: &str) -> Result<Receipt, Fault> {
    let id: TransferId = super::id(text)?;
    ledger::store::receipt(room.app().db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// Which messages tell why it cannot be taken back as things stand.
async fn why_not(room: &Credit, shell: &Shell, receipt: &Receipt) -> Result<Option<&'static str>, Fault> {
    let db = room.app().db().read();
    match service::reversible(room, db, &shell.caller(), &receipt.transfer).await {
        Ok(()) => Ok(None),
        Err(refused) => refused.told().map(Some),
    }
}

async fn show(room: &Credit, shell: Shell, receipt: &Receipt, said: Said) -> Result<Response, Fault> {
    let (status, transfer) = (said.status(), &receipt.transfer);
    let sides = match said.why_not {
        None => sides(room, &shell, receipt).await?,
        Some(_) => Vec::new(),
    };
    let l = &shell.l;
    let page = ReversePage {
        path: format!("/staff/credit/transfers/{}/reverse", transfer.id),
        back: back(receipt),
        reference: service::reference(transfer.id),
        kind: l.t(label(transfer.kind)),
        when: When::new(l, transfer.at),
        amount: l.money(transfer.amount),
        why_not: said
            .why_not
            .map(|key| (l.t(&format!("{key}-title")), l.t(&format!("{key}-text")))),
        sides,
        typed: said.typed,
        errors: said.errors,
        shell,
    };
    page_with(status, &page)
}

async fn sides(room: &Credit, shell: &Shell, receipt: &Receipt) -> Result<Vec<Side>, Fault> {
    let (db, transfer) = (room.app().db().read(), &receipt.transfer);
    let mut sides = Vec::new();
    for (account, is_debited) in [(transfer.to, true), (transfer.from, false)] {
        let Some(id) = account.service_account() else {
            continue;
        };
        let Some(whose) = accounts::store::account(db, id).await? else {
            continue;
        };
        let now = credit_of(db, id, room.currency()).await?;
        let side = Side::new(&shell.l, whose.display_name(), now, transfer.amount, is_debited);
        sides.push(side);
    }
    Ok(sides)
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
    let mut said = Said {
        why_not: why_not(&room, &shell, &receipt).await?,
        ..Said::default()
    };
    if said.why_not.is_none() {
        match reason(&shell.l, &form.reason) {
            Err(text) => said.errors = FieldErrors::one("reason", text),
            Ok(words) => match service::reverse(&room, shell.caller(), receipt.transfer.id, words).await {
                Ok(_) => return Ok(flash(&shell, &back(&receipt), "credit-reversed-done")),
                Err(refused) => said.why_not = Some(refused.told()?),
            },
        }
    }
    said.typed = form.reason;
    show(&room, shell, &receipt, said).await
}

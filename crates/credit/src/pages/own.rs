//! An account's own credit.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{AccountId, Money};
use ledger::{Kind, store::credit_of, store::history::credits_of};
use platform::{
    Area, Partnership,
    web::{Fault, FieldErrors, Form, Shell, flash, page_with},
};
use serde::Deserialize;

use super::{
    amount_error,
    lines::{self, Line},
};
use crate::{Credit, service, store::usage};

#[derive(Template)]
#[template(path = "credit.html")]
struct OwnPage {
    shell: Shell,
    errors: FieldErrors,
    is_partner: bool,
    /// Whether the reader may top customers up.
    tops_up: bool,
    manages: bool,
    balance: String,
    outstanding: Option<String>,
    /// Who tops the account up, where it is a partner's customer.
    partner: Option<String>,
    /// A partner's.
    customers: Option<Vec<CustomerRow>>,
    kinds: [Kind; 5],
    chosen: &'static str,
    lines: Vec<Line>,
    newer: Option<String>,
    older: Option<String>,
    /// As typed, or as it is set.
    threshold: String,
    default_threshold: String,
    alert_now: String,
}

struct CustomerRow {
    account: AccountId,
    name: String,
    email: String,
    balance: String,
}

pub(super) async fn show(
    State(room): State<Credit>,
    shell: Shell,
    Query(query): Query<lines::Query>,
) -> Result<Response, Fault> {
    answer(&room, shell, &query, None, FieldErrors::default()).await
}

#[derive(Deserialize)]
pub(super) struct AlertForm {
    #[serde(default)]
    threshold: String,
}

pub(super) async fn set_alert(
    State(room): State<Credit>,
    shell: Shell,
    Form(form): Form<AlertForm>,
) -> Result<Response, Fault> {
    let own = match threshold(&room, &shell, &form.threshold) {
        Ok(own) => own,
        Err(text) => {
            let errors = FieldErrors::one("threshold", text);
            return answer(
                &room,
                shell,
                &lines::Query::default(),
                Some(form.threshold),
                errors,
            )
            .await;
        }
    };
    service::set_alert(&room, shell.caller(), shell.account()?, own).await?;
    let done = match own {
        Some(own) if own.minor() == 0 => "credit-alert-off",
        _ => "credit-alert-set",
    };
    Ok(flash(&shell, "/credit", done))
}

/// Nothing typed: the provider's default.
fn threshold(room: &Credit, shell: &Shell, text: &str) -> Result<Option<Money>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match shell.l.read_money(text, room.currency()) {
        Ok(money) if money.minor() < 0 => Err(shell.l.t("credit-amount-negative")),
        Ok(money) => Ok(Some(money)),
        Err(error) => Err(amount_error(&shell.l, error, room.currency())),
    }
}

async fn answer(
    room: &Credit,
    shell: Shell,
    query: &lines::Query,
    typed: Option<String>,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let account = shell.account()?;
    let db = room.app().db().read();
    let (own, alert) = service::alert_of(room, db, account).await?;
    let history = lines::history(room, &shell, account, query, "/credit", false).await?;
    let l = &shell.l;
    let (is_partner, manages) = {
        let person = shell.person()?;
        (person.is_partner(), person.manages(Area::Credit))
    };
    let page = OwnPage {
        is_partner,
        manages,
        tops_up: is_partner && manages,
        balance: l.money(credit_of(db, account, room.currency()).await?),
        outstanding: outstanding(room, &shell, account).await?,
        partner: partner(room, &shell).await?,
        customers: if is_partner {
            Some(customers(room, &shell, account).await?)
        } else {
            None
        },
        kinds: Kind::ALL,
        chosen: history.chosen,
        lines: history.lines,
        newer: history.newer,
        older: history.older,
        threshold: typed.unwrap_or_else(|| own.map(|own| l.number_of(own)).unwrap_or_default()),
        default_threshold: l.money(room.low_balance_below()),
        alert_now: if alert.threshold.minor() == 0 {
            l.t("credit-alert-never")
        } else {
            l.say("credit-alert-now", "amount", l.money(alert.threshold))
        },
        errors,
        shell,
    };
    page_with(status, &page)
}

/// What is outstanding of an account, where something is.
pub(super) async fn outstanding(
    room: &Credit,
    shell: &Shell,
    account: AccountId,
) -> Result<Option<String>, Fault> {
    let due = usage::outstanding(room.app().db().read(), account, room.currency()).await?;
    Ok((due.minor() > 0).then(|| shell.l.money(due)))
}

async fn partner(room: &Credit, shell: &Shell) -> Result<Option<String>, Fault> {
    let Partnership::CustomerOf(partner) = shell.person()?.partnership else {
        return Ok(None);
    };
    let partner = accounts::store::account(room.app().db().read(), partner).await?;
    Ok(partner.map(|partner| partner.display_name().to_owned()))
}

async fn customers(room: &Credit, shell: &Shell, partner: AccountId) -> Result<Vec<CustomerRow>, Fault> {
    let db = room.app().db().read();
    let active = customers::directory::active(db, partner).await?;
    let ids: Vec<AccountId> = active.iter().map(|customer| customer.account).collect();
    let balances = credits_of(db, &ids, room.currency()).await?;
    let none = Money::zero(room.currency());
    Ok(active
        .into_iter()
        .map(|customer| CustomerRow {
            account: customer.account,
            balance: shell
                .l
                .money(balances.get(&customer.account).copied().unwrap_or(none)),
            name: customer.name,
            email: customer.email.to_string(),
        })
        .collect())
}

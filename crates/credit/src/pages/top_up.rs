//! Topping a customer up: a form, a page that shows both balances before anything moves, and what came of it.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use customers::directory::{self, Customer};
use jiff::SignedDuration;
use kernel::{AccountId, Money, TransferId};
use ledger::{Account, Key, Kind, store::credit_of};
use platform::web::{Fault, FieldErrors, Form, Shell, When, flash, page, page_with, redirect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Side, amount};
use crate::{
    Credit,
    service::{self, TopUp, TopUpRefused},
};

/// How long a confirmation page may lie open.
const FRESH: SignedDuration = SignedDuration::from_hours(12);
/// What its order is sealed for.
const PURPOSE: &str = "credit top-up";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    customer: String,
    amount: String,
    /// The form's key: sent once more, by going back and reloading, it is the same top-up.
    key: String,
}

/// What the confirmation page asks to confirm, sealed: nobody can change it in between, and the key makes it one
/// top-up, however often and from however many windows it is confirmed.
#[derive(Deserialize, Serialize)]
struct Asked {
    key: Uuid,
    partner: AccountId,
    customer: AccountId,
    minor: i64,
    until: jiff::Timestamp,
}

#[derive(Template)]
#[template(path = "credit-top-up.html")]
struct FormPage {
    shell: Shell,
    errors: FieldErrors,
    typed: Typed,
    balance: String,
    customers: Vec<Customer>,
}

#[derive(Template)]
#[template(path = "credit-top-up-confirm.html")]
struct ConfirmPage {
    shell: Shell,
    customer: Customer,
    amount: String,
    sides: [Side; 2],
    order: String,
    /// Back to the form, filled in.
    change: String,
}

#[derive(Template)]
#[template(path = "credit-top-up-done.html")]
struct DonePage {
    shell: Shell,
    name: String,
    text: String,
    reference: String,
    when: When,
    amount: String,
    yours: String,
    theirs: String,
}

pub(super) async fn form(
    State(room): State<Credit>,
    shell: Shell,
    Query(typed): Query<Typed>,
) -> Result<Response, Fault> {
    show(&room, shell, typed, FieldErrors::default()).await
}

async fn show(room: &Credit, shell: Shell, mut typed: Typed, errors: FieldErrors) -> Result<Response, Fault> {
    if shell.opened_form_key(&typed.key).is_none() {
        typed.key = shell.form_key();
    }
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let db = room.app().db().read();
    let partner = shell.account()?;
    let balance = credit_of(db, partner, room.currency()).await?;
    let page = FormPage {
        balance: shell.l.money(balance),
        customers: directory::active(db, partner).await?,
        typed,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// Asks for confirmation, or says what is wrong.
pub(super) async fn check(
    State(room): State<Credit>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let db = room.app().db().read();
    let key = shell
        .opened_form_key(&typed.key)
        .unwrap_or_else(|| room.app().new_id());
    if let Some(posted) = ledger::store::posted(db, partner, &Key::from(key)).await? {
        let done = format!("/credit/transfers/{posted}");
        return Ok(flash(&shell, &done, "credit-top-up-before"));
    }
    let mut errors = FieldErrors::default();
    let customer = match typed.customer.parse() {
        Ok(account) => directory::customer(db, partner, account).await?,
        Err(_) => None,
    };
    let customer = errors.check("customer", customer.ok_or(shell.l.t("credit-top-up-no-customer")));
    let amount = errors.check("amount", amount(&shell.l, &typed.amount, room.currency()));
    let mine = credit_of(db, partner, room.currency()).await?;
    if let Some(amount) = amount
        && amount.minor() > mine.minor()
    {
        errors.add("amount", overdrawn(&shell, mine));
    }
    let (Some(customer), Some(amount), true) = (customer, amount, errors.is_empty()) else {
        return show(&room, shell, typed, errors).await;
    };
    let asked = Asked {
        key,
        partner,
        customer: customer.account,
        minor: amount.minor(),
        until: room.app().clock().now() + FRESH,
    };
    ask(&room, shell, customer, mine, &asked).await
}

/// Both balances, before anything moves.
async fn ask(
    room: &Credit,
    shell: Shell,
    customer: Customer,
    mine: Money,
    asked: &Asked,
) -> Result<Response, Fault> {
    let amount = Money::new(asked.minor, room.currency());
    let theirs = credit_of(room.app().db().read(), customer.account, room.currency()).await?;
    let l = &shell.l;
    let sides = [
        Side::new(l, l.t("credit-top-up-yours"), mine, amount, true),
        Side::new(
            l,
            l.say("credit-top-up-theirs", "name", &customer.name),
            theirs,
            amount,
            false,
        ),
    ];
    page(&ConfirmPage {
        amount: l.money(amount),
        sides,
        order: seal(room, asked)?,
        change: format!(
            "/credit/top-up?customer={}&amount={}",
            customer.account,
            l.number_of(amount)
        ),
        customer,
        shell,
    })
}

#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    order: String,
}

/// Moves it.
pub(super) async fn confirm(
    State(room): State<Credit>,
    shell: Shell,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let stale = || {
        Fault::told_with(
            StatusCode::CONFLICT,
            "credit-stale",
            "credit-stale-step",
            "/credit/top-up",
        )
    };
    let asked = open(&room, &form.order)
        .filter(|asked| asked.partner == partner && room.app().clock().now() < asked.until)
        .ok_or_else(stale)?;
    let wanted = TopUp {
        partner,
        customer: asked.customer,
        amount: Money::new(asked.minor, room.currency()),
        key: Key::from(asked.key),
    };
    let typed = Typed {
        customer: asked.customer.to_string(),
        amount: shell.l.number_of(wanted.amount),
        ..Typed::default()
    };
    match service::top_up(&room, shell.caller(), wanted).await {
        Ok(receipt) => Ok(redirect(&format!("/credit/transfers/{}", receipt.transfer.id))),
        Err(TopUpRefused::NotAdmitted(_)) => {
            let errors = FieldErrors::one("customer", shell.l.t("credit-top-up-ended"));
            show(&room, shell, typed, errors).await
        }
        Err(TopUpRefused::Overdrawn(balance)) => {
            let errors = FieldErrors::one("amount", overdrawn(&shell, balance));
            show(&room, shell, typed, errors).await
        }
        Err(TopUpRefused::KeyReused) => Err(stale()),
        Err(other) => Err(other.into()),
    }
}

fn overdrawn(shell: &Shell, balance: Money) -> String {
    shell
        .l
        .say("credit-amount-overdrawn", "balance", shell.l.money(balance))
}

/// For handlers that do not show a refusal on the page itself.
impl From<TopUpRefused> for Fault {
    fn from(refused: TopUpRefused) -> Self {
        let told = |message| Self::told(StatusCode::CONFLICT, message);
        match refused {
            TopUpRefused::NotAdmitted(_) => told("credit-fault-not-customer"),
            TopUpRefused::Amount(_) => told("credit-fault-amount"),
            TopUpRefused::Overdrawn(_) => told("credit-fault-overdrawn"),
            TopUpRefused::KeyReused => told("credit-stale"),
            TopUpRefused::Busy => Self::wait(SignedDuration::from_secs(2)),
            TopUpRefused::Database(error) => error.into(),
        }
    }
}

/// What came of it: the same page, however often it was confirmed.
pub(super) async fn done(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let db = room.app().db().read();
    let id: TransferId = super::id(&text)?;
    let receipt = ledger::store::receipt(db, id)
        .await?
        .filter(|receipt| receipt.transfer.kind == Kind::TopUp)
        .filter(|receipt| receipt.transfer.from == Account::from(partner))
        .ok_or_else(Fault::not_found)?;
    let transfer = &receipt.transfer;
    let customer = transfer.to.service_account().ok_or_else(Fault::not_found)?;
    let name = match directory::customer(db, partner, customer).await? {
        Some(customer) => customer.name,
        None => accounts::store::account(db, customer)
            .await?
            .map(|account| account.display_name().to_owned())
            .unwrap_or_default(),
    };
    let l = &shell.l;
    let amount = l.money(transfer.amount);
    let text = l.t2(
        "credit-top-up-done",
        "amount",
        amount.as_str(),
        "name",
        name.as_str(),
    );
    page(&DonePage {
        text,
        reference: service::reference(transfer.id),
        when: When::new(l, transfer.at),
        amount,
        yours: l.money(receipt.from.balance),
        theirs: l.money(receipt.to.balance),
        name,
        shell,
    })
}

fn seal(room: &Credit, asked: &Asked) -> Result<String, Fault> {
    let text = serde_json::to_string(asked).map_err(Fault::internal)?;
    Ok(room.app().key().seal(PURPOSE, &text))
}

fn open(room: &Credit, sealed: &str) -> Option<Asked> {
    serde_json::from_str(room.app().key().open(PURPOSE, sealed)?).ok()
}

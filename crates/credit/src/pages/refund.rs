//! Usage row by row, and giving it back, after a page that shows what that does.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{AccountId, Money, Words};
use ledger::{Key, store::credit_of};
use platform::{
    L10n, Permission,
    web::{Fault, FieldErrors, Form, Shell, flash, leave_page, page, page_with},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Behind, Side, amount, deposits::reason, why_not};
use crate::{
    Credit,
    rules::{RefundError, Usage},
    service::{self, RefundRefused, Refunding},
    store::usage,
};

/// How many stand on a page.
const PAGE: usize = 50;

/// A row of usage in a list.
pub(super) struct Row {
    pub(super) description: String,
    /// Billing's period and id.
    pub(super) origin: String,
    pub(super) amount: String,
    pub(super) outstanding: Option<String>,
    pub(super) refunded: Option<String>,
    /// Where it is given back, where something is left and the reader may.
    pub(super) refund: Option<String>,
}

impl Row {
    pub(super) fn new(l: &L10n, of: &Usage, records: bool) -> Self {
        let some = |money: Money| (money.minor() > 0).then(|| l.money(money));
        let refundable = records && of.refundable().minor() > 0;
        Self {
            description: of.description.clone(),
            origin: format!("{}, {}", of.period, of.row),
            amount: l.money(of.amount),
            outstanding: some(of.outstanding),
            refunded: some(of.refunded),
            refund: refundable.then(|| format!("/staff/credit/usage/{}/refund", of.id)),
        }
    }
}

#[derive(Template)]
#[template(path = "credit-usage.html")]
struct ListPage {
    shell: Shell,
    back: String,
    whose: String,
    rows: Vec<Row>,
    older: Option<String>,
}

/// An account's rows, the newest first.
pub(super) async fn list(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(place): Query<Behind>,
) -> Result<Response, Fault> {
    let id: AccountId = super::id(&text)?;
    let db = room.app().db().read();
    let account = super::account(db, id).await?;
    let mut found = usage::of_account(db, id, place.after.parse().ok(), PAGE as u64 + 1).await?;
    let records = shell.person()?.may(Permission::RecordCredit);
    let back = format!("/staff/credit/accounts/{id}");
    page(&ListPage {
        older: leave_page(&mut found, PAGE, |last| format!("{back}/usage?after={}", last.id)),
        rows: found
            .iter()
            .map(|usage| Row::new(&shell.l, usage, records))
            .collect(),
        whose: account.display_name().to_owned(),
        back,
        shell,
    })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    amount: String,
    reason: String,
    /// Made when staff are asked to confirm: the same one again is the same refund.
    order: String,
    step: String,
}

/// A row and whose it is, as both pages show them.
struct Case {
    of: Usage,
    whose: String,
}

impl Case {
    async fn find(room: &Credit, text: &str) -> Result<Self, Fault> {
        let id: Uuid = super::id(text)?;
        let db = room.app().db().read();
        let of = usage::find(db, id).await?.ok_or_else(Fault::not_found)?;
        let account = ::accounts::store::account(db, of.account).await?;
        let whose = account.map(|account| account.display_name().to_owned());
        Ok(Self {
            whose: whose.unwrap_or_default(),
            of,
        })
    }

    fn path(&self) -> String {
        format!("/staff/credit/usage/{}/refund", self.of.id)
    }

    fn back(&self) -> String {
        format!("/staff/credit/accounts/{}", self.of.account)
    }
}

#[derive(Template)]
#[template(path = "credit-refund.html")]
struct FormPage {
    shell: Shell,
    errors: FieldErrors,
    refusal: Option<String>,
    path: String,
    back: String,
    whose: String,
    row: Row,
    left: String,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "credit-refund-confirm.html")]
struct ConfirmPage {
    shell: Shell,
    path: String,
    back: String,
    row: Row,
    amount: String,
    /// What is no longer outstanding then.
    waived: Option<String>,
    sides: [Side; 1],
    order: Uuid,
    typed: Typed,
}

pub(super) async fn form(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::find(&room, &text).await?;
    let typed = Typed {
        amount: shell.l.number_of(case.of.refundable()),
        ..Typed::default()
    };
    show(shell, &case, typed, FieldErrors::default(), None)
}

fn show(
    shell: Shell,
    case: &Case,
    typed: Typed,
    errors: FieldErrors,
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let status = match (errors.is_empty(), &refusal) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, Some(_)) => StatusCode::CONFLICT,
        (true, None) => StatusCode::OK,
    };
    let page = FormPage {
        path: case.path(),
        back: case.back(),
        whose: case.whose.clone(),
        row: Row::new(&shell.l, &case.of, false),
        left: shell.l.money(case.of.refundable()),
        errors,
        refusal,
        typed,
        shell,
    };
    page_with(status, &page)
}

/// Asks whether to give it back, and then does so.
pub(super) async fn refund(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let case = Case::find(&room, &text).await?;
    if typed.step == "change" {
        return show(shell, &case, typed, FieldErrors::default(), None);
    }
    let (amount, words) = match read(&room, &shell.l, &typed) {
        Ok(read) => read,
        Err(errors) => return show(shell, &case, typed, errors, None),
    };
    if typed.step != "confirmed" {
        return ask(&room, shell, &case, typed, amount).await;
    }
    let order: Uuid = typed.order.parse().map_err(|_| Fault::bad_request())?;
    let wanted = Refunding {
        usage: case.of.id,
        amount,
        reason: words,
        key: Key::from(order),
    };
    match service::refund(&room, shell.caller(), wanted).await {
        Ok(_) => Ok(flash(&shell, &case.back(), "credit-refund-done")),
        Err(RefundRefused::TooMuch(error)) => {
            let errors = too_much(&shell.l, error);
            show(shell, &case, typed, errors, None)
        }
        Err(RefundRefused::Denied(denied)) => {
            let refusal = why_not(&shell.l, denied.into());
            show(shell, &case, typed, FieldErrors::default(), Some(refusal))
        }
        Err(other) => Err(other.into()),
    }
}

fn read(room: &Credit, l: &L10n, typed: &Typed) -> Result<(Money, Words), FieldErrors> {
    let mut errors = FieldErrors::default();
    let amount = errors.check("amount", amount(l, &typed.amount, room.currency()));
    let words = errors.check("reason", reason(l, &typed.reason));
    amount.zip(words).ok_or(errors)
}

fn too_much(l: &L10n, error: RefundError) -> FieldErrors {
    let RefundError::MoreThanLeft(left) = error;
    FieldErrors::one("amount", l.say("credit-refund-too-much", "left", l.money(left)))
}

async fn ask(
    room: &Credit,
    shell: Shell,
    case: &Case,
    typed: Typed,
    amount: Money,
) -> Result<Response, Fault> {
    let effect = match case.of.clone().refund(amount) {
        Ok((_, effect)) => effect,
        Err(error) => {
            let errors = too_much(&shell.l, error);
            return show(shell, case, typed, errors, None);
        }
    };
    let balance = credit_of(room.app().db().read(), case.of.account, room.currency()).await?;
    let l = &shell.l;
    page(&ConfirmPage {
        path: case.path(),
        back: case.back(),
        row: Row::new(l, &case.of, false),
        amount: l.money(amount),
        waived: (effect.waived.minor() > 0).then(|| l.money(effect.waived)),
        sides: [Side::new(l, &case.whose, balance, effect.credited, false)],
        order: room.app().new_id(),
        typed,
        shell,
    })
}

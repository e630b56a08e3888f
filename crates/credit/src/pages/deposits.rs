//! Payments that staff record, and the second person's look at them.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::{AccountId, DepositId, Words, WordsError};
use ledger::store::credit_of;
use platform::{
    Denied, L10n,
    actor::Capacity,
    web::{Fault, FieldErrors, Form, Shell, When, flash, leave_page, page, page_with},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Behind, Side, accounts, amount, why_not};
use crate::{
    Credit,
    rules::{Deposit, DepositError, DepositState, Reference, ReferenceError, StateKind},
    service::{self, DepositRefused, Recorded},
    store::deposits,
};

/// How many stand on a page.
const PAGE: usize = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) amount: String,
    pub(super) reference: String,
    pub(super) note: String,
    deposit: String,
    step: String,
}

/// A deposit in a list.
pub(super) struct Row {
    pub(super) id: DepositId,
    pub(super) account: String,
    pub(super) reference: String,
    pub(super) tone: &'static str,
    pub(super) state: String,
    pub(super) recorded: When,
    pub(super) recorded_by: String,
    pub(super) amount: String,
}

/// The names of staff, for rows.
pub(super) struct Names(Vec<(kernel::StaffId, String)>);

impl Names {
    pub(super) async fn load(room: &Credit) -> Result<Self, Fault> {
        Ok(Self(
            ::accounts::store::staff_names(room.app().db().read()).await?,
        ))
    }

    fn of(&self, staff: kernel::StaffId) -> String {
        let found = self.0.iter().find(|(id, _)| *id == staff);
        found.map_or_else(|| "–".to_owned(), |(_, name)| name.clone())
    }
}

impl Row {
    pub(super) fn new(l: &L10n, deposit: &Deposit, account: String, names: &Names) -> Self {
        let kind = deposit.state.kind();
        Self {
            id: deposit.id,
            account,
            reference: deposit.reference.to_string(),
            tone: kind.tone(),
            state: l.t(kind.label()),
            recorded: When::new(l, deposit.recorded_at),
            recorded_by: names.of(deposit.recorded_by),
            amount: l.money(deposit.amount),
        }
    }
}

#[derive(Template)]
#[template(path = "credit-deposit-record.html")]
struct RecordPage {
    shell: Shell,
    path: String,
    /// Above it a second person is needed, and the amount is.
    limit: Option<String>,
    amount: String,
    typed: Typed,
    sides: [Side; 1],
    deposit: Uuid,
}

/// Asks whether to record a payment, and then does so.
pub(super) async fn record(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let account: AccountId = super::id(&text)?;
    if typed.step == "change" {
        return accounts::answer(&room, shell, account, typed, accounts::Said::default()).await;
    }
    let read = match read(&room, &shell.l, account, &typed) {
        Ok(read) => read,
        Err(errors) => return refuse(&room, shell, account, typed, errors).await,
    };
    if typed.step != "confirmed" {
        // Better told before it is confirmed; that it is so is looked at again as it is recorded.
        if deposits::is_recorded(room.app().db().read(), account, &read.reference).await? {
            let errors = FieldErrors::one("reference", shell.l.t("credit-deposit-reference-taken"));
            return refuse(&room, shell, account, typed, errors).await;
        }
        return ask(&room, shell, typed, read).await;
    }
    match service::record(&room, shell.caller(), read).await {
        Ok(deposit) => {
            let done = match deposit.state.kind() {
                StateKind::AwaitingSecond => "credit-deposit-done-waiting",
                StateKind::Posted => "credit-deposit-done-posted",
                // The same form once more, after somebody else decided.
                StateKind::Rejected | StateKind::Reversed => "credit-deposit-done-before",
            };
            Ok(flash(&shell, &format!("/staff/credit/accounts/{account}"), done))
        }
        Err(DepositRefused::ReferenceTaken) => {
            let errors = FieldErrors::one("reference", shell.l.t("credit-deposit-reference-taken"));
            refuse(&room, shell, account, typed, errors).await
        }
        Err(DepositRefused::Rule(error)) => {
            let said = accounts::Said {
                refusal: Some(why_not(&shell.l, error)),
                ..accounts::Said::default()
            };
            accounts::answer(&room, shell, account, typed, said).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn refuse(
    room: &Credit,
    shell: Shell,
    account: AccountId,
    typed: Typed,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let said = accounts::Said {
        errors,
        refusal: None,
    };
    accounts::answer(room, shell, account, typed, said).await
}

fn read(room: &Credit, l: &L10n, account: AccountId, typed: &Typed) -> Result<Recorded, FieldErrors> {
    let mut errors = FieldErrors::default();
    let amount = errors.check("amount", amount(l, &typed.amount, room.currency()));
    let reference = Reference::parse(&typed.reference).map_err(|error| reference_error(l, error));
    let reference = errors.check("reference", reference);
    let note = errors.check("note", optional_words(l, &typed.note));
    let id = typed
        .deposit
        .parse()
        .unwrap_or_else(|_| room.app().new_id().into());
    match (amount, reference, note) {
        (Some(amount), Some(reference), Some(note)) => Ok(Recorded {
            id,
            account,
            amount,
            reference,
            note,
        }),
        _ => Err(errors),
    }
}

/// What is wrong with a reference, in the reader's words.
pub(crate) fn reference_error(l: &L10n, error: ReferenceError) -> String {
    match error {
        ReferenceError::Empty => l.t("credit-deposit-reference-empty"),
        ReferenceError::TooLong => l.say("credit-deposit-reference-too-long", "max", Reference::MAX),
    }
}

/// Words, or none where nothing was written.
pub(crate) fn optional_words(l: &L10n, text: &str) -> Result<Option<Words>, String> {
    match Words::parse(text) {
        Ok(words) => Ok(Some(words)),
        Err(WordsError::Empty) => Ok(None),
        Err(WordsError::TooLong) => Err(l.say("credit-words-too-long", "max", Words::MAX)),
    }
}

/// A reason, in the reader's words where there is none.
pub(crate) fn reason(l: &L10n, text: &str) -> Result<Words, String> {
    optional_words(l, text)?.ok_or_else(|| l.t("credit-reason-empty"))
}

async fn ask(room: &Credit, shell: Shell, typed: Typed, read: Recorded) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let whose = super::account(db, read.account).await?;
    let balance = credit_of(db, read.account, room.currency()).await?;
    let limit = room.config().four_eyes_above.get();
    let l = &shell.l;
    page(&RecordPage {
        path: format!("/staff/credit/accounts/{}", read.account),
        limit: Deposit::needs_second(read.amount, limit)
            .then(|| l.money(kernel::Money::new(limit, room.currency()))),
        amount: l.money(read.amount),
        sides: [Side::new(l, whose.display_name(), balance, read.amount, false)],
        deposit: read.id.into(),
        typed,
        shell,
    })
}

#[derive(Template)]
#[template(path = "credit-deposits.html")]
struct WaitingPage {
    shell: Shell,
    rows: Vec<Row>,
    older: Option<String>,
}

/// What waits for a second person, the oldest first.
pub(super) async fn waiting(
    State(room): State<Credit>,
    shell: Shell,
    Query(place): Query<Behind>,
) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let mut found = deposits::waiting(db, place.after.parse().ok(), PAGE as u64 + 1).await?;
    let older = leave_page(&mut found, PAGE, |last| {
        format!("/staff/credit/deposits?after={}", last.id)
    });
    let names = Names::load(&room).await?;
    let mut rows = Vec::with_capacity(found.len());
    for deposit in &found {
        rows.push(Row::new(
            &shell.l,
            deposit,
            name_of(&room, deposit.account).await?,
            &names,
        ));
    }
    page(&WaitingPage { shell, rows, older })
}

async fn name_of(room: &Credit, account: AccountId) -> Result<String, Fault> {
    let account = ::accounts::store::account(room.app().db().read(), account).await?;
    Ok(account.map_or_else(|| "–".to_owned(), |account| account.display_name().to_owned()))
}

#[derive(Template)]
#[template(path = "credit-deposit.html")]
struct DepositPage {
    shell: Shell,
    errors: FieldErrors,
    /// Why something was not done.
    refusal: Option<String>,
    row: Row,
    account: AccountId,
    note: Option<String>,
    settled: Option<(When, String)>,
    reason: Option<String>,
    /// What confirming would do.
    sides: Vec<Side>,
    /// Whether the reader may be the second person.
    decides: bool,
    /// Why not.
    why_not: Option<String>,
    typed: String,
}

pub(super) async fn show(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = super::id(&text)?;
    one(&room, shell, id, String::new(), accounts::Said::default()).await
}

async fn one(
    room: &Credit,
    shell: Shell,
    id: DepositId,
    typed: String,
    said: accounts::Said,
) -> Result<Response, Fault> {
    let status = said.status();
    let db = room.app().db().read();
    let deposit = deposits::find(db, id).await?.ok_or_else(Fault::not_found)?;
    let names = Names::load(room).await?;
    let l = &shell.l;
    let name = name_of(room, deposit.account).await?;
    let waits = deposit.state.kind() == StateKind::AwaitingSecond;
    let may = match shell.person()?.capacity {
        Capacity::Staff { staff, .. } => {
            ::accounts::store::staff_member(db, staff, [deposit.account]).await?
        }
        _ => None,
    };
    let may = may.map(|by| deposit.may_be_decided_by(&by));
    let (settled, reason) = match &deposit.state {
        DepositState::AwaitingSecond => (None, None),
        DepositState::Posted { at, by, .. } => (Some((*at, *by)), None),
        DepositState::Rejected { at, by, reason } | DepositState::Reversed { at, by, reason, .. } => {
            (Some((*at, *by)), Some(reason.to_string()))
        }
    };
    let balance = credit_of(db, deposit.account, room.currency()).await?;
    let page = DepositPage {
        sides: Vec::from_iter(waits.then(|| Side::new(l, &name, balance, deposit.amount, false))),
        row: Row::new(l, &deposit, name, &names),
        account: deposit.account,
        note: deposit.note.as_ref().map(ToString::to_string),
        settled: settled.map(|(at, by)| (When::new(l, at), names.of(by))),
        reason,
        decides: may == Some(Ok(())),
        why_not: may
            .and_then(Result::err)
            .filter(|_| waits)
            .map(|error| match error {
                DepositError::Denied(Denied::Role) => l.t1(
                    "credit-deposit-who-decides",
                    "name",
                    names.of(deposit.recorded_by),
                ),
                other => why_not(l, other),
            }),
        typed,
        errors: said.errors,
        refusal: said.refusal,
        shell,
    };
    page_with(status, &page)
}

/// The page again where the rules do not allow what was asked: somebody was faster, or it is the same person.
async fn answer(
    room: &Credit,
    shell: Shell,
    id: DepositId,
    result: Result<Deposit, DepositRefused>,
    done: &'static str,
) -> Result<Response, Fault> {
    let error = match result {
        Ok(_) => return Ok(flash(&shell, &format!("/staff/credit/deposits/{id}"), done)),
        Err(DepositRefused::Overtaken) => why_not(&shell.l, DepositError::Settled(StateKind::Posted)),
        Err(DepositRefused::Rule(error)) => why_not(&shell.l, error),
        Err(other) => return Err(other.into()),
    };
    let said = accounts::Said {
        refusal: Some(error),
        ..accounts::Said::default()
    };
    one(room, shell, id, String::new(), said).await
}

pub(super) async fn confirm(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id: DepositId = super::id(&text)?;
    let result = service::confirm(&room, shell.caller(), id).await;
    answer(&room, shell, id, result, "credit-deposit-done-confirmed").await
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RejectForm {
    reason: String,
}

pub(super) async fn reject(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<RejectForm>,
) -> Result<Response, Fault> {
    let id: DepositId = super::id(&text)?;
    let words = match reason(&shell.l, &form.reason) {
        Ok(words) => words,
        Err(text) => {
            let said = accounts::Said {
                errors: FieldErrors::one("reason", text),
                refusal: None,
            };
            return one(&room, shell, id, form.reason, said).await;
        }
    };
    let result = service::reject(&room, shell.caller(), id, words).await;
    answer(&room, shell, id, result, "credit-deposit-done-rejected").await
}

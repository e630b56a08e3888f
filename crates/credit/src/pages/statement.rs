//! A statement: what moved in a period, with the balance before and after it; as a page, as CSV, for Excel.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{AccountId, Money};
use ledger::store::history::{self, Entry, Range, Statement};
use platform::{
    L10n,
    web::{Fault, FieldErrors, Shell, page_with},
};

use super::lines::{self, Line, details, label, label_of};
use crate::{
    Credit,
    period::{Days, Period},
    service::reference,
    sheet,
};

/// How many lines the page shows; the files have them all.
const SHOWN: u64 = 200;
/// How many lines a file has at most.
const MOST: u64 = 100_000;
const CHUNK: u64 = 2_000;

#[derive(Template)]
#[template(path = "credit-statement.html")]
struct StatementPage {
    shell: Shell,
    errors: FieldErrors,
    typed: Period,
    /// Where the form leads, and the files lie beside.
    path: String,
    back: String,
    whose: String,
    opening: String,
    closing: String,
    totals: Vec<(String, String)>,
    count: u64,
    shown: u64,
    lines: Vec<Line>,
    query: String,
}

/// Whose statement, for whom.
struct Whose {
    account: AccountId,
    path: String,
    back: String,
}

fn mine(shell: &Shell) -> Result<Whose, Fault> {
    Ok(Whose {
        account: shell.account()?,
        path: "/credit/statement".to_owned(),
        back: "/credit".to_owned(),
    })
}

fn theirs(text: &str) -> Result<Whose, Fault> {
    let account: AccountId = super::id(text)?;
    let back = format!("/staff/credit/accounts/{account}");
    Ok(Whose {
        account,
        path: format!("{back}/statement"),
        back,
    })
}

pub(super) async fn own(
    State(room): State<Credit>,
    shell: Shell,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    let whose = mine(&shell)?;
    show(&room, shell, whose, period).await
}

pub(super) async fn of_account(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    show(&room, shell, theirs(&text)?, period).await
}

pub(super) async fn own_csv(
    State(room): State<Credit>,
    shell: Shell,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    let whose = mine(&shell)?;
    csv(&room, &shell, whose.account, &period).await
}

pub(super) async fn of_account_csv(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    csv(&room, &shell, theirs(&text)?.account, &period).await
}

pub(super) async fn own_xlsx(
    State(room): State<Credit>,
    shell: Shell,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    let whose = mine(&shell)?;
    xlsx(&room, &shell, whose.account, &period).await
}

pub(super) async fn of_account_xlsx(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    xlsx(&room, &shell, theirs(&text)?.account, &period).await
}

async fn show(room: &Credit, shell: Shell, whose: Whose, typed: Period) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let account = super::account(db, whose.account).await?;
    let (status, days, errors) = match typed.days(&shell.l, shell.now()) {
        Ok(days) => (StatusCode::OK, Some(days), FieldErrors::default()),
        Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, None, errors),
    };
    let (typed, statement) = match &days {
        Some(days) => (
            Period {
                from: days.from.to_string(),
                to: days.to.to_string(),
            },
            statement(room, whose.account, days).await?,
        ),
        None => (typed, nothing(room)),
    };
    let of = whose.account.into();
    let entries = history::entries(db, of, room.currency(), statement.range(), SHOWN).await?;
    let totals = history::totals(db, of, room.currency(), statement).await?;
    let l = &shell.l;
    let page = StatementPage {
        query: format!("from={}&to={}", typed.from, typed.to),
        whose: account.display_name().to_owned(),
        opening: l.money(statement.opening),
        closing: l.money(statement.closing),
        totals: totals
            .into_iter()
            .map(|(kind, sum)| (l.t(label(kind)), l.money(sum)))
            .collect(),
        count: statement.count(),
        shown: entries.len() as u64,
        lines: lines::lines(room, &shell, whose.account, &entries, false).await?,
        path: whose.path,
        back: whose.back,
        errors,
        typed,
        shell,
    };
    page_with(status, &page)
}

/// What stands on the page while the period cannot be read.
fn nothing(room: &Credit) -> Statement {
    let none = Money::zero(room.currency());
    Statement {
        opening: none,
        closing: none,
        before: 0,
        last: 0,
    }
}

async fn statement(room: &Credit, account: AccountId, days: &Days) -> Result<Statement, Fault> {
    let db = room.app().db().read();
    Ok(history::statement(db, account.into(), room.currency(), days.begins, days.ends).await?)
}

/// All rows of a period as they stand in files.
async fn rows(
    room: &Credit,
    shell: &Shell,
    account: AccountId,
    period: &Period,
) -> Result<(sheet::Sheet, Days), Fault> {
    let days = period
        .days(&shell.l, shell.now())
        .map_err(|_| Fault::bad_request())?;
    let statement = statement(room, account, &days).await?;
    if statement.count() > MOST {
        return Err(Fault::told(
            StatusCode::UNPROCESSABLE_ENTITY,
            "credit-fault-too-long",
        ));
    }
    let db = room.app().db().read();
    let mut range: Range = statement.range();
    let mut rows = Vec::new();
    loop {
        let chunk = history::entries(db, account.into(), room.currency(), range, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        range.above = Some(last.number);
        let names = lines::names(room, account, &chunk).await?;
        rows.extend(chunk.iter().map(|entry| row(&shell.l, account, entry, &names)));
    }
    let whose = super::account(db, account).await?;
    let l = &shell.l;
    let column = |key: &str| l.t(key);
    let period = l.t2(
        "credit-statement-days",
        "from",
        l.date(days.from),
        "to",
        l.date(days.to),
    );
    let sheet = sheet::Sheet {
        name: l.t("credit-see-statement"),
        about: [
            (
                column("credit-statement-account"),
                whose.display_name().to_owned(),
            ),
            (column("credit-statement-period"), period),
            (column("credit-currency"), room.currency().code().to_owned()),
        ],
        columns: [
            column("credit-date"),
            column("credit-transaction"),
            column("credit-kind"),
            column("credit-details"),
            column("credit-amount"),
            column("credit-balance-after"),
        ],
        opening: (column("credit-statement-opening"), statement.opening),
        closing: (column("credit-statement-closing"), statement.closing),
        rows,
    };
    Ok((sheet, days))
}

fn row(l: &L10n, of: AccountId, entry: &Entry, names: &HashMap<AccountId, String>) -> sheet::Row {
    sheet::Row {
        at: entry.at,
        texts: [
            reference(entry.transfer.id),
            l.t(label_of(entry)),
            details(l, of, entry, names),
        ],
        amount: entry.amount,
        balance: entry.balance,
    }
}

async fn csv(room: &Credit, shell: &Shell, account: AccountId, period: &Period) -> Result<Response, Fault> {
    let (sheet, days) = rows(room, shell, account, period).await?;
    let bytes = sheet
        .csv(&room.app().site().time_zone.0)
        .map_err(Fault::internal)?;
    let name = file_name(&sheet.about[0].1, &days, "csv");
    Ok(file(bytes, "text/csv; charset=utf-8", &name))
}

async fn xlsx(room: &Credit, shell: &Shell, account: AccountId, period: &Period) -> Result<Response, Fault> {
    let (sheet, days) = rows(room, shell, account, period).await?;
    let name = file_name(&sheet.about[0].1, &days, "xlsx");
    let zone = room.app().site().time_zone.0.clone();
    let made = tokio::task::spawn_blocking(move || sheet.xlsx(&zone)).await;
    let bytes = made.map_err(Fault::internal)?.map_err(Fault::internal)?;
    Ok(file(
        bytes,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &name,
    ))
}

/// "statement-son-ca-2026-12.csv"; of other periods than a month both days.
fn file_name(account: &str, days: &Days, kind: &str) -> String {
    // Names in headers are plain ASCII: diacritics go, and what is then no letter or digit parts words.
    let plain = registration::search::fold(account);
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let account = words.take(6).collect::<Vec<_>>().join("-");
    let is_month = days.from.first_of_month() == days.from && days.from.last_of_month() == days.to;
    let period = if is_month {
        days.from.strftime("%Y-%m").to_string()
    } else {
        format!("{}-to-{}", days.from, days.to)
    };
    let parts = ["statement", &account, &period];
    let name = parts.into_iter().filter(|part| !part.is_empty());
    format!("{}.{kind}", name.collect::<Vec<_>>().join("-"))
}

fn file(bytes: Vec<u8>, content_type: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, bytes).into_response()
}

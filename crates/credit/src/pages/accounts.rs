//! All accounts with their balances, and one of them, for staff.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{AccountId, Money};
use ledger::{Kind, store::credit_of};
use platform::{
    L10n, Partnership, Permission,
    web::{Fault, FieldErrors, Shell, leave_page, page, page_with},
};
use serde::Deserialize;

use super::{
    Behind,
    deposits::{Names, Row as DepositRow, Typed},
    lines::{self, Line},
    own::outstanding,
    refund::Row as UsageRow,
};
use crate::{
    Credit,
    store::{
        balances::{self, Found, Place, Sort},
        deposits, usage,
    },
};

/// How many stand on a page.
const PAGE: usize = 50;
/// How many of an account's deposits its page shows.
const DEPOSITS: usize = 10;
/// How many of its rows of usage.
const USAGE: u64 = 5;
/// Further than this nobody counts what waits.
const COUNTED: u64 = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    sort: String,
    after: String,
}

#[derive(Template)]
#[template(path = "credit-accounts.html")]
struct ListPage {
    shell: Shell,
    waiting: u64,
    text: String,
    sort: Sort,
    sorts: [Sort; 2],
    rows: Vec<Row>,
    older: Option<String>,
}

struct Row {
    account: AccountId,
    name: String,
    email: String,
    role: Option<String>,
    balance: String,
}

pub(super) async fn list(
    State(room): State<Credit>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let sort = Sort::named(&query.sort);
    let place: Option<Place> = query.after.parse().ok();
    let text = query.q.trim();
    let mut found = balances::search(db, room.currency(), text, sort, place, PAGE as u64 + 1).await?;
    let older = leave_page(&mut found, PAGE, |last| {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", text)
            .append_pair("sort", sort.as_str())
            .append_pair("after", &last.place().to_string())
            .finish();
        format!("/staff/credit?{query}")
    });
    page(&ListPage {
        waiting: deposits::waiting_count(db, COUNTED).await?,
        text: text.to_owned(),
        sort,
        sorts: Sort::ALL,
        rows: found.iter().map(|found| row(&shell.l, found)).collect(),
        older,
        shell,
    })
}

fn row(l: &L10n, found: &Found) -> Row {
    let role = if found.is_partner {
        Some(l.t("credit-role-partner"))
    } else {
        found
            .partner
            .as_ref()
            .map(|name| l.say("credit-role-customer", "name", name))
    };
    Row {
        account: found.account,
        name: found.name.clone(),
        email: found.email.clone(),
        role,
        balance: l.money(found.balance),
    }
}

#[derive(Template)]
#[template(path = "credit-account.html")]
struct AccountPage {
    shell: Shell,
    errors: FieldErrors,
    refusal: Option<String>,
    path: String,
    whose: Whose,
    balance: String,
    outstanding: Option<String>,
    deposits: Vec<DepositRow>,
    /// Whether there are more than are shown.
    more_deposits: bool,
    usage: Vec<UsageRow>,
    kinds: [Kind; 5],
    chosen: &'static str,
    lines: Vec<Line>,
    newer: Option<String>,
    older: Option<String>,
    /// Whether the reader may record payments.
    records: bool,
    /// Who alone tops the account up, where it is a partner's customer.
    partner: Option<String>,
    typed: Typed,
}

struct Whose {
    name: String,
    email: String,
    role: Option<String>,
}

/// What a page says beside what is true.
#[derive(Default)]
pub(super) struct Said {
    pub(super) errors: FieldErrors,
    pub(super) refusal: Option<String>,
}

impl Said {
    pub(super) fn status(&self) -> StatusCode {
        match (self.errors.is_empty(), &self.refusal) {
            (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (true, Some(_)) => StatusCode::CONFLICT,
            (true, None) => StatusCode::OK,
        }
    }
}

pub(super) async fn show(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(query): Query<lines::Query>,
) -> Result<Response, Fault> {
    let account = super::id(&text)?;
    shown(&room, shell, account, &query, Typed::default(), Said::default()).await
}

/// The page again, with what was typed.
pub(super) async fn answer(
    room: &Credit,
    shell: Shell,
    account: AccountId,
    typed: Typed,
    said: Said,
) -> Result<Response, Fault> {
    shown(room, shell, account, &lines::Query::default(), typed, said).await
}

async fn shown(
    room: &Credit,
    shell: Shell,
    id: AccountId,
    query: &lines::Query,
    typed: Typed,
    said: Said,
) -> Result<Response, Fault> {
    let status = said.status();
    let db = room.app().db().read();
    let account = super::account(db, id).await?;
    let path = format!("/staff/credit/accounts/{id}");
    let records = shell.person()?.may(Permission::RecordCredit);
    let history = lines::history(room, &shell, id, query, &path, records).await?;
    let names = Names::load(room).await?;
    let of_account = deposits::Listing {
        account: Some(id),
        state: None,
    };
    let recorded = of_account.after(db, None, DEPOSITS as u64 + 1).await?;
    let used = usage::of_account(db, id, None, USAGE).await?;
    let partner = match account.partnership() {
        Partnership::CustomerOf(partner) => ::accounts::store::account(db, partner).await?,
        Partnership::None | Partnership::Partner => None,
    };
    let partner = partner.map(|partner| partner.display_name().to_owned());
    let l = &shell.l;
    let page = AccountPage {
        whose: Whose {
            name: account.display_name().to_owned(),
            email: account.root.email.to_string(),
            role: match &partner {
                Some(name) => Some(l.say("credit-role-customer", "name", name)),
                None => account.partner_since.map(|_| l.t("credit-role-partner")),
            },
        },
        balance: balance(room, &shell, id).await?,
        outstanding: outstanding(room, &shell, id).await?,
        more_deposits: recorded.len() > DEPOSITS,
        deposits: recorded
            .iter()
            .take(DEPOSITS)
            .map(|deposit| DepositRow::new(l, deposit, String::new(), &names))
            .collect(),
        usage: used
            .iter()
            .map(|usage| UsageRow::new(l, usage, records))
            .collect(),
        kinds: Kind::ALL,
        chosen: history.chosen,
        lines: history.lines,
        newer: history.newer,
        older: history.older,
        errors: said.errors,
        refusal: said.refusal,
        path,
        records,
        partner,
        typed,
        shell,
    };
    page_with(status, &page)
}

#[derive(Template)]
#[template(path = "credit-account-deposits.html")]
struct DepositsPage {
    shell: Shell,
    back: String,
    whose: String,
    rows: Vec<DepositRow>,
    older: Option<String>,
}

/// All that was recorded for an account, the newest first.
pub(super) async fn all_deposits(
    State(room): State<Credit>,
    shell: Shell,
    Path(text): Path<String>,
    Query(place): Query<Behind>,
) -> Result<Response, Fault> {
    let id: AccountId = super::id(&text)?;
    let db = room.app().db().read();
    let account = super::account(db, id).await?;
    let listing = deposits::Listing {
        account: Some(id),
        state: None,
    };
    let mut found = listing
        .after(db, place.after.parse().ok(), PAGE as u64 + 1)
        .await?;
    let (names, back) = (Names::load(&room).await?, format!("/staff/credit/accounts/{id}"));
    page(&DepositsPage {
        older: leave_page(&mut found, PAGE, |last| {
            format!("{back}/deposits?after={}", last.id)
        }),
        rows: found
            .iter()
            .map(|deposit| DepositRow::new(&shell.l, deposit, String::new(), &names))
            .collect(),
        whose: account.display_name().to_owned(),
        back,
        shell,
    })
}

async fn balance(room: &Credit, shell: &Shell, account: AccountId) -> Result<String, Fault> {
    let balance: Money = credit_of(room.app().db().read(), account, room.currency()).await?;
    Ok(shell.l.money(balance))
}

//! Balances, entries and statements.

use axum::{extract::State, response::Response};
use customers::directory;
use jiff::civil::Date;
use kernel::{AccountId, Money, money::MoneyError};
use ledger::{
    Kind,
    store::{
        credit_of,
        history::{self, Range, credits_of},
    },
};
use platform::{
    api::{self, Body, FieldProblem, Id, Limit, Paging, Problem, Query, problem},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Reader, invalid, own_currency,
    views::{AccountCredit, CustomerBalance, Entry, Holder, Statement},
};
use crate::{
    Credit,
    pages::{amount_error, lines::names},
    period::Period,
    service,
    store::{
        balances::{self, Place, Sort},
        usage,
    },
};

/// What is known of an account's credit to itself and to staff.
async fn whole(room: &Credit, account: AccountId) -> Result<AccountCredit, Fault> {
    let db = room.app().db().read();
    let (_, alert) = service::alert_of(room, db, account).await?;
    let outstanding = usage::outstanding(db, account, room.currency()).await?;
    Ok(AccountCredit {
        outstanding: Some(outstanding.minor()),
        low_balance_below: Some(alert.threshold.minor()),
        ..plain(room, account).await?
    })
}

/// The balance alone.
async fn plain(room: &Credit, account: AccountId) -> Result<AccountCredit, Fault> {
    let balance = credit_of(room.app().db().read(), account, room.currency()).await?;
    Ok(AccountCredit {
        account_id: account.into(),
        balance: balance.minor(),
        currency: balance.currency().code(),
        outstanding: None,
        low_balance_below: None,
    })
}

pub(super) async fn own(State(room): State<Credit>, shell: Shell) -> Result<Response, Fault> {
    api::json(&whole(&room, shell.account()?).await?)
}

/// Below which balance an account is to be told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreditAlert)]
pub(super) struct Alert {
    /// In minor units, zero: never. Null, or not named: the provider's default.
    #[schema(minimum = 0, maximum = 999_999_999_999_999_i64, example = 5_000_000)]
    #[serde(default, deserialize_with = "platform::api::whole_or_null")]
    low_balance_below: Option<i64>,
    /// The provider's currency.
    #[schema(min_length = 3, max_length = 3, example = "VND")]
    currency: String,
}

pub(super) async fn set_alert(
    State(room): State<Credit>,
    shell: Shell,
    Body(sent): Body<Alert>,
) -> Result<Response, Fault> {
    let account = shell.account()?;
    let currency = own_currency(&room, &shell, &sent.currency)?;
    let own = match sent.low_balance_below {
        None => None,
        Some(minor @ 0..=Money::MAX_MINOR) => Some(Money::new(minor, currency)),
        Some(minor) => {
            let detail = if minor < 0 {
                shell.l.t("credit-amount-negative")
            } else {
                amount_error(&shell.l, MoneyError::TooLarge, currency)
            };
            return Err(invalid("/low_balance_below", detail).into());
        }
    };
    service::set_alert(&room, shell.caller(), account, own).await?;
    api::json(&whole(&room, account).await?)
}

pub(super) async fn balance(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<AccountId>,
) -> Result<Response, Fault> {
    let asks = Reader::of(&shell)?;
    if let Reader::Account(partner) = asks
        && partner != id
        && shell.person()?.is_partner()
        && directory::customer(room.app().db().read(), partner, id)
            .await?
            .is_some()
    {
        return api::json(&plain(&room, id).await?);
    }
    asks.account(&room, id).await?;
    api::json(&whole(&room, id).await?)
}

pub(super) async fn customers(State(room): State<Credit>, shell: Shell) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let active = directory::active(db, shell.account()?).await?;
    let ids: Vec<AccountId> = active.iter().map(|customer| customer.account).collect();
    let balances = credits_of(db, &ids, room.currency()).await?;
    let none = Money::zero(room.currency());
    let view = |customer: directory::Customer| {
        let balance = balances.get(&customer.account).copied().unwrap_or(none);
        CustomerBalance {
            account_id: customer.account.into(),
            name: customer.name,
            email: customer.email.to_string(),
            balance: balance.minor(),
            currency: balance.currency().code(),
        }
    };
    let views: Vec<CustomerBalance> = active.into_iter().map(view).collect();
    api::json(&views)
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    #[default]
    Highest,
    Lowest,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// A part of the name, in any case and with or without diacritics, the beginning of the address, or the id. Without
    /// it, accounts that ever had credit.
    #[param(nullable = false, max_length = 200)]
    q: Option<String>,
    /// The highest balance first, or the lowest.
    #[param(inline, nullable = false)]
    order: Option<Order>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

pub(super) async fn list(
    State(room): State<Credit>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    Paging::check_length(&shell, "q", query.q.as_deref(), 200)?;
    let sort = match query.order.unwrap_or_default() {
        Order::Highest => Sort::Highest,
        Order::Lowest => Sort::Lowest,
    };
    let purpose = format!("balances {sort:?} {:?}", query.q);
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let place: Option<Place> = paging.place()?;
    let text = query.q.as_deref().unwrap_or_default().trim();
    let db = room.app().db().read();
    let found = balances::search(db, room.currency(), text, sort, place, paging.wanted()).await?;
    let found = found.iter().map(Holder::from).collect();
    paging.answer(&shell, found, Holder::place)
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct PageQuery {
    /// How many.
    #[param(inline, nullable = false)]
    pub(super) limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    pub(super) cursor: Option<String>,
}

/// A kind to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Why {
    Deposit,
    TopUp,
    Usage,
    Refund,
    Reversal,
}

impl From<Why> for Kind {
    fn from(why: Why) -> Self {
        match why {
            Why::Deposit => Self::Deposit,
            Why::TopUp => Self::TopUp,
            Why::Usage => Self::Usage,
            Why::Refund => Self::Refund,
            Why::Reversal => Self::Reversal,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct EntriesQuery {
    /// Only those of this kind.
    #[param(inline, nullable = false)]
    kind: Option<Why>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

pub(super) async fn entries(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<AccountId>,
    Query(query): Query<EntriesQuery>,
) -> Result<Response, Fault> {
    Reader::of(&shell)?.account(&room, id).await?;
    let kind = query.kind.map(Kind::from);
    let purpose = format!("entries {id} {kind:?}");
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let range = Range {
        below: paging.place()?,
        kind,
        ..Range::default()
    };
    let db = room.app().db().read();
    let found = history::entries(db, id.into(), room.currency(), range, paging.wanted()).await?;
    let ids: Vec<Uuid> = found.iter().map(|entry| entry.transfer.id.into()).collect();
    let taken_back = history::reversed(db, &ids).await?;
    let names = names(&room, id, &found).await?;
    let view = |entry: &history::Entry| {
        let undone = taken_back.contains(&Uuid::from(entry.transfer.id));
        Entry::new(id, entry, &names, undone)
    };
    paging.answer(&shell, found.iter().map(view).collect(), Entry::place)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodQuery {
    /// The first day, in the provider's time zone; the first of this month if it is not named.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    from: Option<Date>,
    /// The last day; today if it is not named.
    #[param(value_type = Option<String>, format = Date, nullable = false)]
    to: Option<Date>,
}

pub(super) async fn statement(
    State(room): State<Credit>,
    shell: Shell,
    Id(id): Id<AccountId>,
    Query(query): Query<PeriodQuery>,
) -> Result<Response, Fault> {
    Reader::of(&shell)?.account(&room, id).await?;
    let written = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let period = Period {
        from: written(query.from),
        to: written(query.to),
    };
    let days = period.days(&shell.l, shell.now()).map_err(|errors| {
        errors
            .iter()
            .fold(Problem::new(problem::INVALID), |problem, (field, text)| {
                problem.error(FieldProblem::parameter(field.clone(), text.clone()))
            })
    })?;
    let db = room.app().db().read();
    let statement = history::statement(db, id.into(), room.currency(), days.begins, days.ends).await?;
    let totals = history::totals(db, id.into(), room.currency(), statement).await?;
    api::json(&Statement::new(id, &days, statement, totals))
}

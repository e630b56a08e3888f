//! What moved on one account. Pages and statements begin at an entry's number, which an index finds, so that they cost the
//! same among ten thousand entries and ten million.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{AccountId, Currency, Money};
use platform::{db::Given, event::time};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement as Sql,
    Value,
    sea_query::{Expr, ExprTrait, Query as SubQuery},
};
use uuid::Uuid;

use super::rows::{account, entry, transfer};
use crate::rules::{Account, Kind, Transfer};

/// An entry of an account, with the transfer that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the account, from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// By how much the balance changed: below zero where the account was debited.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
    /// The transfer.
    pub transfer: Transfer,
}

/// Which entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// Those with a higher number.
    pub above: Option<i64>,
    /// Those with a lower number.
    pub below: Option<i64>,
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// Oldest first; else the newest.
    pub ascending: bool,
}

/// What a period did to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The balance at the beginning.
    pub opening: Money,
    /// The balance at the end.
    pub closing: Money,
    /// The number of the last entry before the period; 0 where there is none.
    pub before: i64,
    /// The number of the last entry of the period: [`Self::before`] where nothing moved.
    pub last: i64,
}

impl Statement {
    /// How many entries are in it.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.last - self.before).unwrap_or_default()
    }

    /// Where its entries are.
    #[must_use]
    pub fn range(&self) -> Range {
        Range {
            above: Some(self.before),
            below: Some(self.last + 1),
            kind: None,
            ascending: true,
        }
    }
}

/// Entries of an account, `limit` at most.
pub async fn entries(
    db: &impl ConnectionTrait,
    of: Account,
    currency: Currency,
    range: Range,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let mut found = entry::Entity::find()
        .filter(entry::Column::AccountId.eq(of.id()))
        .filter(entry::Column::Currency.eq(currency.code()))
        .limit(limit);
    found = if range.ascending {
        found.order_by_asc(entry::Column::Number)
    } else {
        found.order_by_desc(entry::Column::Number)
    };
    if let Some(number) = range.above {
        found = found.filter(entry::Column::Number.gt(number));
    }
    if let Some(number) = range.below {
        found = found.filter(entry::Column::Number.lt(number));
    }
    if let Some(kind) = range.kind {
        // Each entry in its turn, until the page is full: an account's transfers have no index by kind.
        let is_of_kind = SubQuery::select()
            .expr(Expr::val(1))
            .from(transfer::Entity)
            .and_where(
                transfer::Column::Id
                    .into_expr()
                    .equals(entry::Column::TransferId.as_column_ref()),
            )
            .and_where(transfer::Column::Kind.eq(kind.as_str()))
            .to_owned();
        found = found.filter(Expr::exists(is_of_kind));
    }
    with_transfers(db, found.all(db).await?, currency).await
}

async fn with_transfers(
    db: &impl ConnectionTrait,
    rows: Vec<entry::Model>,
    currency: Currency,
) -> Result<Vec<Entry>, DbErr> {
    let ids = rows.iter().map(|row| row.transfer_id);
    let transfers = transfer::Entity::find()
        .filter(transfer::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let mut transfers: HashMap<Uuid, transfer::Model> =
        transfers.into_iter().map(|row| (row.id, row)).collect();
    rows.into_iter()
        .map(|row| {
            let transfer = transfers.remove(&row.transfer_id).ok_or_else(|| {
                DbErr::RecordNotFound(format!("transfer {}: see `ledger verify`", row.transfer_id))
            })?;
            Ok(Entry {
                number: row.number,
                at: time(row.at),
                amount: Money::new(row.amount, currency),
                balance: Money::new(row.balance_after, currency),
                transfer: transfer.transfer()?,
            })
        })
        .collect()
}

/// What moved from `from` on and before `until`.
pub async fn statement(
    db: &impl ConnectionTrait,
    of: Account,
    currency: Currency,
    from: Timestamp,
    until: Timestamp,
) -> Result<Statement, DbErr> {
    let (before, opening) = last_before(db, of, currency, from).await?;
    let (last, closing) = last_before(db, of, currency, until.max(from)).await?;
    Ok(Statement {
        opening: Money::new(opening, currency),
        closing: Money::new(closing, currency),
        before,
        last,
    })
}

/// The number of the last entry before a moment and the balance after it. Times never fall from one entry to the next.
async fn last_before(
    db: &impl ConnectionTrait,
    of: Account,
    currency: Currency,
    moment: Timestamp,
) -> Result<(i64, i64), DbErr> {
    let found: Option<(i64, i64)> = entry::Entity::find()
        .select_only()
        .columns([entry::Column::Number, entry::Column::BalanceAfter])
        .filter(entry::Column::AccountId.eq(of.id()))
        .filter(entry::Column::Currency.eq(currency.code()))
        .filter(entry::Column::At.lt(moment.as_millisecond()))
        .order_by_desc(entry::Column::At)
        .order_by_desc(entry::Column::Number)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.unwrap_or_default())
}

/// How much each kind of movement changed an account's balance within a statement, kinds that did not occur left out.
pub async fn totals(
    db: &impl ConnectionTrait,
    of: Account,
    currency: Currency,
    within: Statement,
) -> Result<Vec<(Kind, Money)>, DbErr> {
    let sql = "SELECT t.kind AS kind, CAST(SUM(e.amount) AS BIGINT) AS amount FROM ledger_entries AS e \
         JOIN ledger_transfers AS t ON t.id = e.transfer_id \
         WHERE e.account_id = $1 AND e.currency = $2 AND e.number > $3 AND e.number <= $4 GROUP BY t.kind";
    let values: [Value; 4] = [
        of.id().into(),
        currency.code().into(),
        within.before.into(),
        within.last.into(),
    ];
    let statement = Sql::from_sql_and_values(db.get_database_backend(), sql, values);
    let mut sums = HashMap::new();
    for row in db.query_all_raw(statement).await? {
        sums.insert(
            row.try_get::<String>("", "kind")?,
            row.try_get::<i64>("", "amount")?,
        );
    }
    let of_kind = |kind: Kind| {
        let minor = sums.get(kind.as_str())?;
        Some((kind, Money::new(*minor, currency)))
    };
    Ok(Kind::ALL.into_iter().filter_map(of_kind).collect())
}

/// The credit of several service accounts; those without any movement are left out.
pub async fn credits_of(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    currency: Currency,
) -> Result<HashMap<AccountId, Money>, DbErr> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = account::Entity::find()
        .filter(account::Column::Currency.eq(currency.code()))
        .filter(account::Column::Id.is_in(accounts.iter().map(|account| Uuid::from(*account))))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AccountId(row.id), Money::new(row.balance, currency)))
        .collect())
}

/// Which of these transfers were taken back.
pub async fn reversed(
    db: &impl ConnectionTrait,
    transfers: &[Uuid],
) -> Result<std::collections::HashSet<Uuid>, DbErr> {
    if transfers.is_empty() {
        return Ok(std::collections::HashSet::new());
    }
    let values: Vec<Value> = transfers.iter().map(|id| (*id).into()).collect();
    let given = Given::rows(db.get_database_backend(), "g", &["id"], &values)?;
    let sql = format!(
        "SELECT t.reverses AS id FROM {} JOIN ledger_transfers AS t ON t.reverses = g.id",
        given.table
    );
    let statement = Sql::from_sql_and_values(db.get_database_backend(), sql, given.values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}

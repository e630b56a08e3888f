//! Usage that billing reported.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{AccountId, Currency, Money};
use platform::db::Given;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::rows::usage::{ActiveModel, Column, Entity, Model};
use crate::rules::{Charge, Usage};

/// A row of usage by its id.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Usage>, DbErr> {
    Entity::find_by_id(id).one(db).await?.map(read).transpose()
}

/// The same, locked until the transaction ends.
pub async fn lock(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<Usage>, DbErr> {
    Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?
        .map(read)
        .transpose()
}

/// The rows that are there already, by billing's id.
pub async fn by_row(db: &impl ConnectionTrait, rows: &[&str]) -> Result<HashMap<String, Usage>, DbErr> {
    let found = Entity::find()
        .filter(Column::RowId.is_in(rows.iter().copied()))
        .all(db)
        .await?;
    found
        .into_iter()
        .map(|row| Ok((row.row_id.clone(), read(row)?)))
        .collect()
}

/// Writes new rows; says which ones were new, by billing's id. The others were there, or came in at the same moment.
pub async fn insert(tx: &impl ConnectionTrait, rows: &[Usage], now: Timestamp) -> Result<Vec<Usage>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    // In one order: of two that write the same rows at once, each would hold what the other waits for.
    let mut rows: Vec<&Usage> = rows.iter().collect();
    rows.sort_unstable_by(|a, b| a.row.cmp(&b.row));
    let models = rows.into_iter().map(|usage| ActiveModel {
        id: Set(usage.id),
        row_id: Set(usage.row.clone()),
        account_id: Set(usage.account.into()),
        amount: Set(usage.amount.minor()),
        currency: Set(usage.amount.currency().code().to_owned()),
        period: Set(usage.period.clone()),
        description: Set(usage.description.clone()),
        charged: Set(usage.charged.minor()),
        outstanding: Set(usage.outstanding.minor()),
        refunded: Set(usage.refunded.minor()),
        imported_at: Set(now.as_millisecond()),
    });
    let written = Entity::insert_many(models)
        .on_conflict(OnConflict::column(Column::RowId).do_nothing().to_owned())
        .exec_with_returning(tx)
        .await?;
    written.into_iter().map(read).collect()
}

/// What is outstanding of an account in all.
pub async fn outstanding(
    db: &impl ConnectionTrait,
    account: AccountId,
    currency: Currency,
) -> Result<Money, DbErr> {
    let sum: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Expr::cust("CAST(SUM(outstanding) AS BIGINT)"), "sum")
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .filter(Expr::cust("outstanding > 0"))
        .into_tuple()
        .one(db)
        .await?;
    Ok(Money::new(sum.flatten().unwrap_or(0), currency))
}

/// What is outstanding of an account, row by row, the oldest first, locked until the transaction ends.
pub async fn open(tx: &impl ConnectionTrait, account: AccountId, limit: u64) -> Result<Vec<Usage>, DbErr> {
    Entity::find()
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .filter(Expr::cust("outstanding > 0"))
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(tx)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Accounts with something outstanding, behind a place.
pub async fn debtors(
    db: &impl ConnectionTrait,
    after: Option<AccountId>,
    limit: u64,
) -> Result<Vec<AccountId>, DbErr> {
    let mut found = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .distinct()
        .filter(Expr::cust("outstanding > 0"))
        .order_by_asc(Column::AccountId)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::AccountId.gt(Uuid::from(after)));
    }
    let ids: Vec<Uuid> = found.into_tuple().all(db).await?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// Takes note of charges, all in one statement.
pub async fn charge(tx: &impl ConnectionTrait, charges: &[Charge]) -> Result<(), DbErr> {
    if charges.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = charges
        .iter()
        .flat_map(|charge| [Value::from(charge.usage), charge.amount.minor().into()])
        .collect();
    let given = Given::rows(tx.get_database_backend(), "g", &["id", "amount"], &values)?;
    let sql = format!(
        "UPDATE credit_usage AS u SET charged = u.charged + g.amount, outstanding = u.outstanding - g.amount \
         FROM {} WHERE u.id = g.id",
        given.table
    );
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        given.values,
    ))
    .await
    .map(|_| ())
}

/// Writes what a refund left of a row.
pub async fn update(tx: &impl ConnectionTrait, usage: &Usage) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            charged: Set(usage.charged.minor()),
            outstanding: Set(usage.outstanding.minor()),
            refunded: Set(usage.refunded.minor()),
            ..Default::default()
        })
        .filter(Column::Id.eq(usage.id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// An account's rows, the newest first, behind a place.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Usage>, DbErr> {
    let mut found = Entity::find()
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::Id.lt(after));
    }
    found.all(db).await?.into_iter().map(read).collect()
}

fn read(row: Model) -> Result<Usage, DbErr> {
    let money = |minor| super::money(minor, &row.currency, "usage", row.id);
    Ok(Usage {
        id: row.id,
        account: AccountId(row.account_id),
        amount: money(row.amount)?,
        charged: money(row.charged)?,
        outstanding: money(row.outstanding)?,
        refunded: money(row.refunded)?,
        row: row.row_id,
        period: row.period,
        description: row.description,
    })
}

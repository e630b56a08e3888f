//! Tables and queries.

pub(crate) mod books;
pub mod history;
pub mod rows;

use kernel::{AccountId, Currency, Money, TransferId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::rules::{Account, Key, Receipt};

/// The credit of a service account.
pub async fn credit_of(
    db: &impl ConnectionTrait,
    account: AccountId,
    currency: Currency,
) -> Result<Money, DbErr> {
    Ok(balance_of(db, account.into(), currency).await?.0)
}

/// The balance of a ledger account, and how many entries made it.
pub async fn balance_of(
    db: &impl ConnectionTrait,
    account: Account,
    currency: Currency,
) -> Result<(Money, u64), DbErr> {
    let key = (account.id(), currency.code().to_owned());
    let row = rows::account::Entity::find_by_id(key).one(db).await?;
    let (balance, entries) = row.map_or((0, 0), |row| (row.balance, row.entries));
    Ok((
        Money::new(balance, currency),
        u64::try_from(entries).unwrap_or_default(),
    ))
}

/// The transfer that was posted under a key of the account that it debits.
pub async fn posted(
    db: &impl ConnectionTrait,
    from: impl Into<Account>,
    key: &Key,
) -> Result<Option<TransferId>, DbErr> {
    let row = rows::transfer::Entity::find()
        .filter(rows::transfer::Column::FromId.eq(from.into().id()))
        .filter(rows::transfer::Column::IdempotencyKey.eq(key.as_str()))
        .one(db)
        .await?;
    Ok(row.map(|row| row.id.into()))
}

/// A transfer, and where its accounts stood after it.
pub async fn receipt(db: &impl ConnectionTrait, id: TransferId) -> Result<Option<Receipt>, DbErr> {
    let row = rows::transfer::Entity::find_by_id(Uuid::from(id)).one(db).await?;
    Ok(books::receipts(db, row.into_iter().collect()).await?.pop())
}

//! Thresholds of accounts, and whether they were told.

use kernel::{AccountId, Currency, Money};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, Statement, sea_query::OnConflict};
use uuid::Uuid;

use super::rows::alert::{ActiveModel, Column, Entity};
use crate::rules::Alert;

/// An account's alert as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What events about it are about.
    pub id: Uuid,
    /// What the account set; none: the provider's default.
    pub own: Option<Money>,
    /// It was told, and the balance has been low since.
    pub told: bool,
}

impl Kept {
    /// The alert, with the provider's default where the account set nothing.
    #[must_use]
    pub fn alert(&self, default: Money) -> Alert {
        Alert {
            threshold: self.own.unwrap_or(default),
            told: self.told,
        }
    }
}

/// The alert of an account; none where nothing was kept yet.
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    currency: Currency,
) -> Result<Option<Kept>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(account)).one(db).await?;
    Ok(row.map(|row| Kept {
        id: row.id,
        own: row.threshold.map(|minor| Money::new(minor, currency)),
        told: row.told,
    }))
}

/// Keeps an account's alert.
pub async fn put(tx: &impl ConnectionTrait, account: AccountId, kept: &Kept) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        account_id: Set(account.into()),
        id: Set(kept.id),
        threshold: Set(kept.own.map(Money::minor)),
        told: Set(kept.told),
    })
    .on_conflict(
        OnConflict::column(Column::AccountId)
            .update_columns([Column::Threshold, Column::Told])
            .to_owned(),
    )
    .exec_without_returning(tx)
    .await
    .map(|_| ())
}

/// Accounts to look at: low and not told, or told and no longer low. Reads every balance; one in which nothing ever moved
/// was opened for a transfer that was refused, and is not low.
pub async fn changed(db: &impl ConnectionTrait, default: Money) -> Result<Vec<AccountId>, DbErr> {
    let sql = "SELECT a.id FROM ledger_accounts AS a LEFT JOIN credit_alerts AS c ON c.account_id = a.id \
         JOIN accounts AS s ON s.id = a.id \
         WHERE a.currency = $1 AND a.entries > 0 AND (a.balance < COALESCE(c.threshold, $2)) <> COALESCE(c.told, FALSE) LIMIT 10000";
    let values = [default.currency().code().into(), default.minor().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| row.try_get::<Uuid>("", "id").map(AccountId))
        .collect()
}

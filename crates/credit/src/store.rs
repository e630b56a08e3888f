//! Tables and queries. What moved stands in the ledger.

pub mod alerts;
pub mod balances;
pub mod deposits;
pub mod refunds;
mod rows;
pub mod usage;

use kernel::{Currency, Money};
use sea_orm::DbErr;
use uuid::Uuid;

/// An amount as a row keeps it.
fn money(minor: i64, currency: &str, table: &str, id: Uuid) -> Result<Money, DbErr> {
    let currency: Currency = currency
        .parse()
        .map_err(|error| DbErr::Custom(format!("{table} {id}: {error}")))?;
    Ok(Money::new(minor, currency))
}

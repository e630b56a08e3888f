//! What was given back of usage, once for each key.

use jiff::Timestamp;
use ledger::Key;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::rows::refund::{ActiveModel, Column, Entity};
use crate::rules::Refund;

/// The refund of a key, and of which row of usage it was.
pub async fn find(db: &impl ConnectionTrait, key: &Key) -> Result<Option<(Uuid, Refund)>, DbErr> {
    let Some(row) = Entity::find_by_id(key.as_str()).one(db).await? else {
        return Ok(None);
    };
    let money = |minor| super::money(minor, &row.currency, "refund of usage", row.usage_id);
    let refund = Refund {
        waived: money(row.waived)?,
        credited: money(row.credited)?,
    };
    Ok(Some((row.usage_id, refund)))
}

/// Writes a refund. False where the key has one already.
pub async fn insert(
    tx: &impl ConnectionTrait,
    key: &Key,
    usage: Uuid,
    refund: Refund,
    at: Timestamp,
) -> Result<bool, DbErr> {
    let row = ActiveModel {
        order_key: Set(key.to_string()),
        usage_id: Set(usage),
        credited: Set(refund.credited.minor()),
        waived: Set(refund.waived.minor()),
        currency: Set(refund.credited.currency().code().to_owned()),
        refunded_at: Set(at.as_millisecond()),
    };
    let inserted = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::OrderKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

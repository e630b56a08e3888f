//! What happens by itself. A discount begins and ends by its dates, whether or not anybody looks; the job tells of it
//! once each, and cuts off what was granted to customers that left.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::AccountId;
use platform::{
    Work,
    actor::Caller,
    event::{row, time},
    job::{Job, JobError},
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::{
    event::{CustomerDiscountEvent, Facts, subject},
    rules::CustomerDiscount,
    service,
    store::{self, Turn},
};
use crate::Discounts;

/// Looks at dates, and at who left.
pub struct DatesJob {
    room: Discounts,
    /// Up to when departures are dealt with, in milliseconds since 1970.
    seen: AtomicI64,
}

/// What tells that a customer left its partner, as the room of customers records it.
const LEFT: &str = "account.left_partner";

/// A transaction that began before another may commit after it, though not by so much.
const OVERLAP_MILLIS: i64 = 600_000;

/// How many departures are read at once.
const SOME: u64 = 500;

impl DatesJob {
    pub(crate) fn new(room: Discounts) -> Self {
        Self {
            room,
            seen: AtomicI64::new(i64::MIN + OVERLAP_MILLIS),
        }
    }

    /// Tells of one turn, unless another process does or did.
    async fn tell(&self, of: &CustomerDiscount, turn: Turn) -> Result<(), DbErr> {
        let mut work = Work::begin(self.room.app(), Caller::system()).await?;
        // The claim looks at the row again: it may have been withdrawn or cut short since.
        if !store::claim(work.tx(), of.id, turn, work.now()).await? {
            return Ok(());
        }
        let Some(discount) = store::find(work.tx(), of.partner, of.id).await? else {
            return Ok(());
        };
        let facts = Facts::of(&discount);
        let event = match turn {
            Turn::Began => CustomerDiscountEvent::Activated(facts),
            Turn::Over => CustomerDiscountEvent::Expired(facts),
        };
        work.record(subject(&discount), &event).await?;
        work.commit().await
    }

    /// Whether anything is to be cut off: mostly nothing is, and nobody need wait for a lock.
    async fn has_open(&self, partner: AccountId, customer: AccountId, at: Timestamp) -> Result<bool, DbErr> {
        let db = self.room.app().db().read();
        let granted = store::of_customer(db, customer, partner).await?;
        let zone = self.room.calendar().zone();
        Ok(granted
            .into_iter()
            .any(|discount| discount.granted_at <= at && discount.sever(zone, at).is_some()))
    }

    /// Deals with the customers that left since the last look, again with those of the last minutes.
    async fn sever(&self) -> Result<(), JobError> {
        let mut from = self.seen.load(Relaxed) - OVERLAP_MILLIS;
        let mut behind = None;
        loop {
            let left = departures(&self.room, from, behind).await?;
            for (_, at, partner, customer) in &left {
                if !self.has_open(*partner, *customer, *at).await? {
                    continue;
                }
                service::sever(&self.room, *partner, *customer, *at).await?;
            }
            let Some((id, at, ..)) = left.last() else { break };
            (from, behind) = (at.as_millisecond(), Some(*id));
            self.seen.fetch_max(from, Relaxed);
            if left.len() < usize::try_from(SOME).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Left {
    partner: AccountId,
}

/// Who left from a moment on, in the order of time: event, when, which partner, which customer.
async fn departures(
    room: &Discounts,
    from: i64,
    behind: Option<uuid::Uuid>,
) -> Result<Vec<(uuid::Uuid, Timestamp, AccountId, AccountId)>, JobError> {
    use sea_orm::Condition;
    let start = match behind {
        None => Condition::all().add(row::Column::At.gte(from)),
        Some(id) => Condition::any().add(row::Column::At.gt(from)).add(
            Condition::all()
                .add(row::Column::At.eq(from))
                .add(row::Column::Id.gt(id)),
        ),
    };
    let rows = row::Entity::find()
        .filter(row::Column::Kind.eq(LEFT))
        .filter(start)
        .order_by_asc(row::Column::At)
        .order_by_asc(row::Column::Id)
        .limit(SOME)
        .all(room.app().db().read())
        .await?;
    let mut left = Vec::with_capacity(rows.len());
    for event in rows {
        let Some(customer) = event.account_id.map(AccountId) else {
            continue;
        };
        let of: Left = serde_json::from_str(&event.data)?;
        left.push((event.id, time(event.at), of.partner, customer));
    }
    Ok(left)
}

#[async_trait]
impl Job for DatesJob {
    fn name(&self) -> &'static str {
        "customer-discounts"
    }

    async fn run(&self) -> Result<(), JobError> {
        self.sever().await?;
        let app = self.room.app();
        // What began while nobody looked is told to have begun before it is told to be over.
        for turn in [Turn::Began, Turn::Over] {
            loop {
                let due = store::due(app.db().read(), turn, app.clock().now()).await?;
                if due.is_empty() || app.is_stopping() {
                    break;
                }
                for discount in &due {
                    self.tell(discount, turn).await?;
                }
            }
        }
        Ok(())
    }
}

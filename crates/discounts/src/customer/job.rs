//! What happens by itself. A discount begins and ends by its dates, whether or not anybody looks; the job tells of it
//! once each, and cuts off what was granted to customers that left.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::{AccountId, CustomerDiscountId};
use platform::{
    Work,
    actor::Caller,
    due,
    event::{row, time},
    job::{Job, JobError, Several},
};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    event::{CustomerDiscountEvent, Facts, subject},
    service,
    store::{self, Turn},
};
use crate::Discounts;

/// Looks at dates, and at who left.
pub struct DatesJob {
    room: Discounts,
    /// Up to when departures were looked at, in milliseconds since 1970.
    seen: AtomicI64,
    /// The events of those among them that are still to be dealt with.
    left_over: Mutex<BTreeSet<Uuid>>,
}

/// What tells that a customer left its partner, as the room of customers records it.
const LEFT: &str = "account.left_partner";

/// A transaction that began before another may commit after it, though not by so much.
const OVERLAP_MILLIS: i64 = 600_000;

/// How many departures are read at once.
const SOME: u64 = 500;

/// How many of those that are left over are read at once: no more than [`SOME`], since there are no further pages.
const MOST_IDS: usize = 500;

impl DatesJob {
    pub(crate) fn new(room: Discounts) -> Self {
        Self {
            room,
            seen: AtomicI64::new(i64::MIN + OVERLAP_MILLIS),
            left_over: Mutex::default(),
        }
    }

    /// Tells of one turn, unless another process does or did.
    async fn tell(&self, id: CustomerDiscountId, turn: Turn) -> Result<(), DbErr> {
        let mut work = Work::begin(self.room.app(), Caller::system()).await?;
        // The claim looks at the row again: it may have been withdrawn or cut short since.
        if !store::due(turn, work.now()).claim(work.tx(), id).await? {
            return Ok(());
        }
        let Some(discount) = store::any(work.tx(), id).await? else {
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

    /// Cuts off what was granted to a customer that left.
    async fn cut_off(&self, departure: &Departure) -> Result<(), DbErr> {
        let Departure {
            id,
            at,
            customer,
            data,
        } = departure;
        let left: Left =
            serde_json::from_str(data).map_err(|error| DbErr::Custom(format!("event {id}: {error}")))?;
        if self.has_open(left.partner, *customer, *at).await? {
            service::sever(&self.room, left.partner, *customer, *at).await?;
        }
        self.left_over().remove(id);
        Ok(())
    }

    fn left_over(&self) -> MutexGuard<'_, BTreeSet<Uuid>> {
        // A set of ids is whole after every step.
        self.left_over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Deals with each. What cannot be dealt with, or not now, is kept: it alone is looked at again.
    async fn deal_with(&self, left: &[Departure], several: &mut Several) {
        self.left_over().extend(left.iter().map(|departure| departure.id));
        several.each(left, |departure| self.cut_off(departure)).await;
    }

    /// Deals with the customers that left since the last look, again with those of the last minutes and with those that
    /// could not be dealt with before.
    async fn sever(&self, several: &mut Several) -> Result<(), DbErr> {
        let again: Vec<Uuid> = self.left_over().iter().copied().collect();
        for some in again.chunks(MOST_IDS) {
            let these = Condition::all().add(row::Column::Id.is_in(some.iter().copied()));
            self.deal_with(&departures(&self.room, these).await?, several)
                .await;
        }
        // A clock that had jumped ahead is back: what happens now is before what was seen.
        let now = self.room.app().clock().now().as_millisecond();
        let mut from = self.seen.load(Relaxed).min(now) - OVERLAP_MILLIS;
        let mut behind = None;
        loop {
            let left = departures(&self.room, since(from, behind)).await?;
            self.deal_with(&left, several).await;
            let Some(last) = left.last() else { break };
            (from, behind) = (last.at.as_millisecond(), Some(last.id));
            self.seen.fetch_max(from, Relaxed);
            if left.len() < usize::try_from(SOME).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok(())
    }
}

/// That a customer left, as it is written down.
struct Departure {
    id: Uuid,
    at: Timestamp,
    customer: AccountId,
    data: String,
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}", self.id)
    }
}

#[derive(Deserialize)]
struct Left {
    partner: AccountId,
}

/// From a moment on; of that moment itself, behind an event.
fn since(from: i64, behind: Option<Uuid>) -> Condition {
    match behind {
        None => Condition::all().add(row::Column::At.gte(from)),
        Some(id) => Condition::any().add(row::Column::At.gt(from)).add(
            Condition::all()
                .add(row::Column::At.eq(from))
                .add(row::Column::Id.gt(id)),
        ),
    }
}

/// Who left, of those that match, in the order of time.
async fn departures(room: &Discounts, which: Condition) -> Result<Vec<Departure>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::Kind.eq(LEFT))
        .filter(which)
        .order_by_asc(row::Column::At)
        .order_by_asc(row::Column::Id)
        .limit(SOME)
        .all(room.app().db().read())
        .await?;
    let departure = |event: row::Model| {
        Some(Departure {
            id: event.id,
            at: time(event.at),
            customer: AccountId(event.account_id?),
            data: event.data,
        })
    };
    Ok(rows.into_iter().filter_map(departure).collect())
}

#[async_trait]
impl Job for DatesJob {
    fn name(&self) -> &'static str {
        "customer-discounts"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut several = Several::of(self.name());
        self.sever(&mut several).await?;
        let app = self.room.app();
        // What began while nobody looked is told to have begun before it is told to be over.
        for turn in [Turn::Began, Turn::Over] {
            loop {
                let reached = store::due(turn, app.clock().now()).some(app.db().read()).await?;
                let is_last = u64::try_from(reached.len()).is_ok_and(|some| some < due::SOME);
                several.each(reached, |id| self.tell(id, turn)).await;
                // What failed is due again, and would be so without end.
                if is_last || !several.is_well() || app.is_stopping() {
                    break;
                }
            }
        }
        several.done()
    }
}

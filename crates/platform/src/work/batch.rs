//! A unit of work for many callers at once.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::EventId;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{Behalf, Record, recorded::Recorded};
use crate::{
    api::unit::{self, Conditions},
    app::App,
    db::Tx,
};

/// The changes of many callers in one transaction, with the events and letters of each. Written set by set, so that what
/// a caller's share costs does not hold a round trip to the database. Dropped without [`Batch::commit`], nothing of it
/// happened.
pub struct Batch {
    app: App,
    tx: Tx,
    now: Timestamp,
    recorded: Recorded,
    carried_out: Vec<Arc<Conditions>>,
}

impl Batch {
    /// Opens the transaction.
    pub async fn begin(app: &App) -> Result<Self, DbErr> {
        let tx = app.db().begin().await?;
        Ok(Self {
            app: app.clone(),
            tx,
            now: app.clock().now(),
            recorded: Recorded::default(),
            carried_out: Vec::new(),
        })
    }

    /// The connection inside the transaction.
    #[must_use]
    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    /// The time of everything in it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A fresh id; ids ascend.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.app.new_id()
    }

    /// Says, for each caller, whether the batch may act. It may not where another attempt took over the idempotency key, or
    /// `If-Match` names a version of something that does not exist yet. Call it before any change.
    pub async fn may_act(&self, behalves: &[&Behalf]) -> Result<Vec<bool>, DbErr> {
        let conditions: Vec<_> = behalves
            .iter()
            .map(|behalf| behalf.conditions.as_deref())
            .collect();
        unit::before_batch(&self.tx, &conditions).await
    }

    /// Notes that something was done for a caller, and what is to be written down of it. Returns the ids of the events.
    pub fn record(&mut self, behalf: &Behalf, records: Vec<Record>) -> Result<Vec<EventId>, DbErr> {
        let ids = records
            .into_iter()
            .map(|record| self.recorded.add(&self.app, &behalf.caller, self.now, record))
            .collect::<Result<_, _>>()?;
        self.carried_out.extend(behalf.conditions.clone());
        Ok(ids)
    }

    /// Makes it all true, then wakes who waits for it: open pages, the mail worker and the sealer.
    pub async fn commit(self) -> Result<(), DbErr> {
        let wake = self.recorded.write(&self.tx).await?;
        unit::mark_batch(&self.tx, &self.carried_out).await?;
        self.tx.commit().await?;
        wake.all(&self.app);
        Ok(())
    }

    /// Undoes it now: what it locked is free when this returns.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.tx.rollback().await
    }
}

//! A unit of work for many callers at once.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::EventId;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{Behalf, Record};
use crate::{
    api::unit::{self, Conditions},
    app::App,
    db::{self, Tx},
    event,
    mail::outbox,
};

/// The changes of many callers in one transaction, with the events and letters of each. Written set by set, so that what
/// a caller's share costs does not hold a round trip to the database. Dropped without [`Batch::commit`], nothing of it
/// happened.
pub struct Batch {
    app: App,
    tx: Tx,
    now: Timestamp,
    events: Vec<event::row::ActiveModel>,
    letters: Vec<outbox::row::ActiveModel>,
    carried_out: Vec<Arc<Conditions>>,
    touched: Vec<Uuid>,
}

impl Batch {
    /// Opens the transaction.
    pub async fn begin(app: &App) -> Result<Self, DbErr> {
        let tx = app.db().begin().await?;
        Ok(Self {
            app: app.clone(),
            tx,
            now: app.clock().now(),
            events: Vec::new(),
            letters: Vec::new(),
            carried_out: Vec::new(),
            touched: Vec::new(),
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

    /// For which of these callers it may do something: not for those whose request of the API is carried out by another
    /// attempt, or names a version of what is only to be made. To be asked before anything is done.
    pub async fn may_act(&self, behalves: &[&Behalf]) -> Result<Vec<bool>, DbErr> {
        let conditions: Vec<_> = behalves
            .iter()
            .map(|behalf| behalf.conditions.as_deref())
            .collect();
        unit::before_batch(&self.tx, &conditions).await
    }

    /// Notes that something was done for a caller, and what is to be written down of it. Returns the ids of the events.
    pub fn record(&mut self, behalf: &Behalf, records: Vec<Record>) -> Result<Vec<EventId>, DbErr> {
        let mut ids = Vec::with_capacity(records.len());
        for mut record in records {
            let id = EventId(self.new_id());
            ids.push(id);
            self.touched.push(record.subject.id);
            self.touched.extend(record.subject.account.map(Uuid::from));
            for (to, letter) in std::mem::take(&mut record.letters) {
                let letter = outbox::queued(self.new_id(), id, &to, &letter, self.now)?;
                self.letters.push(letter);
            }
            self.events
                .push(record.row(&self.app, id, &behalf.caller, self.now)?);
        }
        self.carried_out.extend(behalf.conditions.clone());
        Ok(ids)
    }

    /// Makes it all true, then wakes who waits for it: open pages, the mail worker and the sealer.
    pub async fn commit(self) -> Result<(), DbErr> {
        let (seals, mails) = (!self.events.is_empty(), !self.letters.is_empty());
        db::insert_many(&self.tx, self.events).await?;
        db::insert_many(&self.tx, self.letters).await?;
        unit::mark_batch(&self.tx, &self.carried_out).await?;
        self.tx.commit().await?;
        if mails {
            self.app.wake_mail();
        }
        if seals {
            self.app.wake_sealer();
        }
        for id in self.touched {
            self.app.announce(id);
        }
        Ok(())
    }

    /// Undoes it now: what it locked is free when this returns.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.tx.rollback().await
    }
}

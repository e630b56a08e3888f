//! The unit of work: a state change, its events and their messages, in one transaction. [`Batch`] is one for many
//! callers at once.

mod batch;
mod record;

use std::sync::Arc;

use jiff::Timestamp;
use kernel::{EventId, MessageId};
use sea_orm::{DbErr, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

pub use batch::Batch;
pub use record::{Behalf, Record};

use crate::{
    actor::Caller,
    api::unit::{self, Conditions},
    app::App,
    db::Tx,
    event::{self, Event, Subject},
    mail::{Letter, Recipient, outbox},
};

/// A use case in progress. Dropped without [`Work::commit`], nothing of it happened.
pub struct Work {
    app: App,
    tx: Tx,
    caller: Caller,
    conditions: Option<Arc<Conditions>>,
    now: Timestamp,
    touched: Vec<Uuid>,
    mails: bool,
}

impl Work {
    /// Opens the transaction. Only use cases do. It keeps the conditions of the request that runs here, unless Portico acts
    /// itself.
    pub async fn begin(app: &App, caller: Caller) -> Result<Self, DbErr> {
        let tx = app.db().begin().await?;
        let now = app.clock().now();
        Ok(Self {
            app: app.clone(),
            tx,
            conditions: unit::asked_of(&caller),
            caller,
            now,
            touched: Vec::new(),
            mails: false,
        })
    }

    /// The connection inside the transaction.
    #[must_use]
    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    /// The time of everything in this unit.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Who acts.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Goes on as somebody else, and returns who it was: for what follows by itself from what the caller did, where those
    /// who may see it have no right to know the caller.
    pub fn act_as(&mut self, caller: Caller) -> Caller {
        std::mem::replace(&mut self.caller, caller)
    }

    /// A fresh id; ids ascend.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.app.new_id()
    }

    /// Writes down what happened.
    pub async fn record(&mut self, subject: Subject, event: &impl Event) -> Result<EventId, DbErr> {
        self.record_change(subject, event, Value::Null, Value::Null).await
    }

    /// Writes down what happened, with what the subject was before and is after: as far as staff may see it, and
    /// `null` where it was or is not.
    pub async fn record_change(
        &mut self,
        subject: Subject,
        event: &impl Event,
        before: Value,
        after: Value,
    ) -> Result<EventId, DbErr> {
        if let Some(conditions) = &self.conditions {
            conditions.before_record(&self.tx, subject.id).await?;
        }
        let id = self.new_id();
        let record = Record::new(subject, event)?.change(before, after);
        let row = record.row(&self.app, EventId(id), &self.caller, self.now)?;
        event::row::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        self.touched.push(subject.id);
        self.touched.extend(subject.account.map(Uuid::from));
        Ok(EventId(id))
    }

    /// Queues a letter because of an event. It leaves after the commit.
    pub async fn send(
        &mut self,
        because: EventId,
        to: &Recipient,
        letter: &Letter,
    ) -> Result<MessageId, DbErr> {
        self.mails = true;
        let id = self.new_id();
        let row = outbox::queued(id, because, to, letter, self.now)?;
        outbox::row::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(MessageId(id))
    }

    /// Makes it all true, then wakes who waits for it: open pages, the mail worker and the sealer.
    pub async fn commit(self) -> Result<(), DbErr> {
        // A unit that records nothing only made sure of what it read: nothing was carried out.
        if let Some(conditions) = self.conditions.as_ref().filter(|_| !self.touched.is_empty()) {
            conditions.before_commit(&self.tx).await?;
        }
        self.tx.commit().await?;
        if self.mails {
            self.app.wake_mail();
        }
        if !self.touched.is_empty() {
            self.app.wake_sealer();
        }
        for id in self.touched {
            self.app.announce(id);
        }
        Ok(())
    }
}

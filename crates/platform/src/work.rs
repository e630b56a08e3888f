//! The unit of work: a state change, its events and their messages, in one transaction. [`Batch`] is one for many
//! callers at once.

mod batch;
mod record;
mod recorded;

use std::sync::Arc;

use jiff::Timestamp;
use kernel::{EventId, MessageId};
use sea_orm::DbErr;
use serde_json::Value;
use uuid::Uuid;

pub use batch::Batch;
pub use record::{Behalf, Record};
use recorded::Recorded;

use crate::{
    actor::Caller,
    api::unit::{self, Conditions},
    app::App,
    db::Tx,
    event::{Event, Subject},
    mail::{Letter, Recipient},
};

/// A use case in progress. Dropped without [`Work::commit`], nothing of it happened.
pub struct Work {
    app: App,
    tx: Tx,
    caller: Caller,
    conditions: Option<Arc<Conditions>>,
    now: Timestamp,
    recorded: Recorded,
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
            recorded: Recorded::default(),
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

    /// Switches the actor of later events and returns the previous one. For automatic consequences whose readers must not
    /// learn who caused them.
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
        let record = Record::new(subject, event)?.change(before, after);
        self.recorded.add(&self.app, &self.caller, self.now, record)
    }

    /// Queues a letter because of an event. It leaves after the commit.
    pub fn send(&mut self, because: EventId, to: &Recipient, letter: &Letter) -> Result<MessageId, DbErr> {
        self.recorded.send(&self.app, because, to, letter, self.now)
    }

    /// Makes it all true, then wakes who waits for it: open pages, the mail worker and the sealer.
    pub async fn commit(self) -> Result<(), DbErr> {
        // A unit that records nothing only made sure of what it read: nothing was carried out.
        let conditions = self.conditions.filter(|_| !self.recorded.is_empty());
        let wake = self.recorded.write(&self.tx).await?;
        if let Some(conditions) = conditions {
            conditions.before_commit(&self.tx).await?;
        }
        self.tx.commit().await?;
        wake.all(&self.app);
        Ok(())
    }
}

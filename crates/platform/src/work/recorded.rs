//! What a transaction writes down, whoever it is for.

use jiff::Timestamp;
use kernel::{EventId, MessageId};
use sea_orm::DbErr;
use uuid::Uuid;

use super::Record;
use crate::{
    actor::Caller,
    app::App,
    db::{self, Tx},
    event,
    mail::{Letter, Recipient, outbox},
};

/// Events and their letters, kept until the transaction ends: then they are one statement each, however many there are.
#[derive(Default)]
pub(super) struct Recorded {
    events: Vec<event::row::ActiveModel>,
    letters: Vec<outbox::row::ActiveModel>,
    touched: Vec<Uuid>,
}

impl Recorded {
    /// Adds an event with its letters. Returns the event's id.
    pub(super) fn add(
        &mut self,
        app: &App,
        caller: &Caller,
        now: Timestamp,
        mut record: Record,
    ) -> Result<EventId, DbErr> {
        debug_assert!(
            app.events().iter().any(|kind| kind.name == record.kind),
            "{} is in no room's EVENTS",
            record.kind
        );
        let id = EventId(app.new_id());
        self.touched.push(record.subject.id);
        self.touched.extend(record.subject.account.map(Uuid::from));
        for (to, letter) in std::mem::take(&mut record.letters) {
            self.send(app, id, &to, &letter, now)?;
        }
        self.events.push(record.row(id, caller, now)?);
        Ok(id)
    }

    /// Adds a letter because of an event. Returns the letter's id.
    pub(super) fn send(
        &mut self,
        app: &App,
        because: EventId,
        to: &Recipient,
        letter: &Letter,
        now: Timestamp,
    ) -> Result<MessageId, DbErr> {
        let id = app.new_id();
        self.letters.push(outbox::queued(id, because, to, letter, now)?);
        Ok(MessageId(id))
    }

    /// Whether nothing happened.
    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Writes all of it. Returns whom to wake once it is committed.
    pub(super) async fn write(self, tx: &Tx) -> Result<Wake, DbErr> {
        let wake = Wake {
            mail: !self.letters.is_empty(),
            touched: self.touched,
        };
        db::insert_many(tx, self.events).await?;
        db::insert_many(tx, self.letters).await?;
        Ok(wake)
    }
}

/// Who waits for what was committed: open pages, the mail worker and the sealer.
pub(super) struct Wake {
    mail: bool,
    touched: Vec<Uuid>,
}

impl Wake {
    pub(super) fn all(self, app: &App) {
        if self.mail {
            app.wake_mail();
        }
        if !self.touched.is_empty() {
            app.wake_sealer();
        }
        for id in self.touched {
            app.announce(id);
        }
    }
}

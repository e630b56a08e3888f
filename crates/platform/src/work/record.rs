//! What is to be written down, before it is.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::EventId;
use sea_orm::{ActiveValue::Set, DbErr};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    actor::Caller,
    api::unit::{self, Conditions},
    event::{self, Event, Subject},
    mail::{Letter, Recipient},
};

/// An event, what its subject was before and is after, and the letters because of it.
#[derive(Clone, Debug)]
pub struct Record {
    pub(super) subject: Subject,
    pub(super) kind: &'static str,
    data: String,
    before: Option<String>,
    after: Option<String>,
    pub(super) letters: Vec<(Recipient, Letter)>,
}

impl Record {
    /// What happened to something. An error where the event cannot be written as JSON, which is a mistake in its type.
    pub fn new(subject: Subject, event: &impl Event) -> Result<Self, DbErr> {
        Ok(Self {
            subject,
            kind: event.kind(),
            data: serde_json::to_string(event).map_err(|error| DbErr::Custom(error.to_string()))?,
            before: None,
            after: None,
            letters: Vec::new(),
        })
    }

    /// What the subject was before and is after: as far as staff may see it, and `null` where it was or is not.
    #[must_use]
    pub fn change(self, before: Value, after: Value) -> Self {
        let side = |value: Value| (!value.is_null()).then(|| value.to_string());
        Self {
            before: side(before),
            after: side(after),
            ..self
        }
    }

    /// Sends a letter because of the event.
    #[must_use]
    pub fn letter(mut self, to: Recipient, letter: Letter) -> Self {
        self.letters.push((to, letter));
        self
    }

    /// As it is kept. For what writes very many rows at once; use cases record through [`Work`](super::Work) or
    /// [`Batch`](super::Batch).
    pub fn row(self, id: EventId, caller: &Caller, at: Timestamp) -> Result<event::row::ActiveModel, DbErr> {
        let actor = serde_json::to_string(&caller.actor).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(event::row::ActiveModel {
            id: Set(id.into()),
            at: Set(at.as_millisecond()),
            kind: Set(self.kind.to_owned()),
            subject: Set(self.subject.kind.to_owned()),
            subject_id: Set(self.subject.id),
            account_id: Set(self.subject.account.map(Uuid::from)),
            actor: Set(actor),
            origin: Set(caller.origin.map(|address| address.to_string())),
            data: Set(self.data),
            before: Set(self.before),
            after: Set(self.after),
            ..Default::default()
        })
    }
}

/// In whose name another task commits: who acts, and what that one's request asks of the transaction.
#[derive(Clone)]
pub struct Behalf {
    pub(super) caller: Caller,
    pub(super) conditions: Option<Arc<Conditions>>,
}

impl Behalf {
    /// Takes along what the request that runs here asks for, unless Portico acts itself.
    #[must_use]
    pub fn of(caller: Caller) -> Self {
        Self {
            conditions: unit::asked_of(&caller),
            caller,
        }
    }

    /// Who acts.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }
}

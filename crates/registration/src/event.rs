//! What happens to a registration. The timeline, the audit trail and the letters follow from it.

use jiff::Timestamp;
use kernel::{Language, StaffId};
use platform::event::{Event, Kind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::{Registration, RejectionReason, State, Words};

/// Something that happened to a registration. It never holds a private note: the applicant sees what is in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum RegistrationEvent {
    /// The account applied.
    Submitted {
        /// What people call the registration by.
        reference: String,
        /// Of the letters.
        language: Language,
        /// The version of the terms that was agreed to.
        terms_version: String,
        /// The hash of the text.
        terms_hash: String,
        /// By when staff decide.
        due: Timestamp,
    },
    /// Somebody of the staff holds the case now: the actor, or who was given it.
    Taken {
        /// Who holds it.
        reviewer: StaffId,
        /// That person's name.
        name: String,
    },
    /// The case is back in the queue.
    Released,
    /// The applicant was asked; the clock stands still.
    QuestionAsked {
        /// What.
        words: Words,
    },
    /// The applicant answered; the clock runs again.
    QuestionAnswered {
        /// What.
        words: Words,
        /// By when staff decide now.
        due: Timestamp,
    },
    /// The account is a partner.
    Approved,
    /// It was declined.
    Rejected {
        /// Why, as a code.
        reason: RejectionReason,
        /// Why, in words for the applicant.
        words: Words,
    },
    /// The applicant took it back.
    Withdrawn,
    /// Staff were reminded that time runs out.
    Reminded {
        /// When it is due.
        due: Timestamp,
    },
    /// The deadline was missed, and the leads were told.
    Escalated {
        /// When it was due.
        due: Timestamp,
    },
    /// The applicant was told that it takes longer.
    DelayTold {
        /// When it was due.
        due: Timestamp,
    },
}

platform::event_kinds! {
    RegistrationEvent:
    Submitted => Kind::account("registration.submitted"),
    Taken => Kind::staff("registration.taken"),
    Released => Kind::staff("registration.released"),
    QuestionAsked => Kind::account("registration.question_asked"),
    QuestionAnswered => Kind::account("registration.question_answered"),
    Approved => Kind::account("registration.approved"),
    Rejected => Kind::account("registration.rejected"),
    Withdrawn => Kind::account("registration.withdrawn"),
    Reminded => Kind::staff("registration.reminded"),
    Escalated => Kind::staff("registration.escalated"),
    DelayTold => Kind::account("registration.delay_told"),
}

/// The kinds of events of this room. Who of the staff holds a case is their own affair.
pub const EVENTS: &[&[Kind]] = &[RegistrationEvent::KINDS];

/// Where a registration stands, for the audit trail: what staff may see, so never a private note. What is not there is
/// left out.
#[must_use]
pub fn standing(of: &Registration) -> Value {
    let mut standing = json!({
        "state": of.state.kind().as_str(),
        "reviewer": of.reviewer,
        "due": of.deadline().and_then(kernel::calendar::Deadline::due),
        "question": of.question().map(|question| &question.words),
    });
    let Value::Object(fields) = &mut standing else {
        return standing;
    };
    if let State::Approved { by, .. } | State::Rejected { by, .. } = &of.state {
        fields.insert("decided_by".to_owned(), json!(by));
    }
    if let State::Rejected { reason, words, .. } = &of.state {
        fields.insert("reason".to_owned(), json!(reason));
        fields.insert("words".to_owned(), json!(words));
    }
    fields.retain(|_, value| !value.is_null());
    standing
}

/// What events about a registration are about.
#[must_use]
pub fn subject(registration: &Registration) -> platform::Subject {
    platform::Subject {
        kind: "registration",
        id: registration.id.into(),
        account: Some(registration.account),
    }
}

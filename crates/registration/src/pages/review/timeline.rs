//! What happened to a case, as staff see it: with what the applicant does not.

use jiff::Timestamp;
use kernel::calendar::Deadline;
use platform::{L10n, event::Recorded, web::When};

use super::parts::actor;
use crate::{
    event::RegistrationEvent,
    rules::{Registration, State, Words},
};

/// Something that happened.
pub(super) struct Item {
    /// The tone of its mark; empty for an ordinary one.
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) when: When,
    /// Who did it.
    pub(super) who: Option<String>,
    /// What else is to be said.
    pub(super) text: Option<String>,
    /// Somebody's own words.
    pub(super) words: Option<String>,
    /// A note for staff only.
    pub(super) private: Option<String>,
}

/// The items, oldest first.
pub(super) fn items(l: &L10n, of: &Registration, history: Vec<Recorded<RegistrationEvent>>) -> Vec<Item> {
    history
        .into_iter()
        .map(|recorded| item(l, of, recorded))
        .collect()
}

fn item(l: &L10n, of: &Registration, recorded: Recorded<RegistrationEvent>) -> Item {
    let private = match (&recorded.event, &of.state) {
        (RegistrationEvent::Rejected { .. }, State::Rejected { private_note, .. }) => private_note.as_ref(),
        _ => None,
    };
    let (tone, title) = title(l, &recorded.event);
    Item {
        tone,
        title,
        when: When::new(l, recorded.at),
        who: actor(l, &recorded.actor),
        text: text(l, of, &recorded.event),
        private: private.map(ToString::to_string),
        words: words(recorded.event).map(|words| words.to_string()),
    }
}

fn title(l: &L10n, event: &RegistrationEvent) -> (&'static str, String) {
    use RegistrationEvent as E;
    let (tone, key) = match event {
        E::Taken { name, .. } => return ("", l.t1("review-event-taken", "name", name.as_str())),
        E::Submitted { .. } => ("good", "review-event-submitted"),
        E::Released => ("", "review-event-released"),
        E::QuestionAsked { .. } => ("", "review-event-asked"),
        E::QuestionAnswered { .. } => ("", "review-event-answered"),
        E::Approved => ("good", "review-event-approved"),
        E::Rejected { .. } => ("bad", "review-event-rejected"),
        E::Withdrawn => ("", "review-event-withdrawn"),
        E::Reminded { .. } => ("", "review-event-reminded"),
        E::Escalated { .. } => ("bad", "review-event-escalated"),
        E::DelayTold { .. } => ("", "review-event-delay-told"),
    };
    (tone, l.t(key))
}

fn text(l: &L10n, of: &Registration, event: &RegistrationEvent) -> Option<String> {
    use RegistrationEvent as E;
    let due = |key: &str, due: &Timestamp| Some(l.t1(key, "due", l.date_time(*due)));
    match event {
        E::Submitted { due: at, .. } | E::QuestionAnswered { due: at, .. } | E::Reminded { due: at } => {
            due("review-event-due", at).filter(|_| of.deadline().and_then(Deadline::due) == Some(*at))
        }
        E::Escalated { due: at } | E::DelayTold { due: at } => due("review-event-was-due", at),
        E::Rejected { reason, .. } => Some(l.t(reason.label())),
        E::Taken { .. } | E::Released | E::QuestionAsked { .. } | E::Approved | E::Withdrawn => None,
    }
}

fn words(event: RegistrationEvent) -> Option<Words> {
    use RegistrationEvent as E;
    match event {
        E::QuestionAsked { words } | E::QuestionAnswered { words, .. } | E::Rejected { words, .. } => {
            Some(words)
        }
        _ => None,
    }
}

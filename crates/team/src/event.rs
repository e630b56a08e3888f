//! What happens to a team.

use jiff::Timestamp;
use kernel::EmailAddress;
use platform::{
    Grant, Grants,
    event::{Event, Kind, Subject},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::Member;

/// What happened to somebody of a team; the subject is the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum TeamEvent {
    /// The root user invited somebody.
    Invited {
        /// Whom.
        who: Who,
        /// What is granted.
        grants: Vec<Grant>,
        /// Until when the letter's link works.
        expires_at: Timestamp,
    },
    /// The invitation was sent again, with a new link; the old one no longer works.
    SentAgain {
        /// To whom.
        who: Who,
        /// Until when the new link works.
        expires_at: Timestamp,
    },
    /// The root user called an invitation back.
    Withdrawn {
        /// Whose.
        who: Who,
    },
    /// The person set a password, and may sign in.
    Joined {
        /// Who.
        who: Who,
        /// What is granted.
        grants: Vec<Grant>,
    },
    /// The root user changed what the person may do.
    Changed {
        /// Who.
        who: Who,
        /// What was granted before.
        from: Vec<Grant>,
        /// What is granted since then.
        to: Vec<Grant>,
    },
    /// The root user removed the person: all sessions and tokens ended.
    Removed {
        /// Whom.
        who: Who,
    },
}

/// A member in an event, as called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person's name.
    pub name: String,
    /// The person's own address.
    pub email: EmailAddress,
    /// What the person signs in with.
    pub user_name: String,
}

impl From<&Member> for Who {
    fn from(member: &Member) -> Self {
        Self {
            name: member.name.clone(),
            email: member.email.clone(),
            user_name: member.user_name.to_string(),
        }
    }
}

platform::event_kinds! {
    TeamEvent:
    Invited => Kind::root("team.invited"),
    SentAgain => Kind::root("team.invitation_sent_again"),
    Withdrawn => Kind::root("team.invitation_withdrawn"),
    Joined => Kind::root("team.joined"),
    Changed => Kind::root("team.changed"),
    Removed => Kind::root("team.removed"),
}

/// The kinds of events of this room.
pub const EVENTS: &[&[Kind]] = &[TeamEvent::KINDS];

/// A member as the subject of events: the same as of the person's own events.
#[must_use]
pub fn subject(member: &Member) -> Subject {
    Subject {
        kind: "person",
        id: member.id.into(),
        account: Some(member.account),
    }
}

/// Grants as events hold them.
pub(crate) fn list(grants: Grants) -> Vec<Grant> {
    grants.iter().collect()
}

/// A member as the audit trail keeps what was before and after.
pub(crate) fn standing(member: &Member) -> Value {
    json!({
        "name": member.name,
        "email": member.email,
        "user_name": member.user_name.as_str(),
        "state": if member.is_invited() { "invited" } else { "active" },
        "grants": member.grants.to_string(),
    })
}

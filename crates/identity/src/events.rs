//! What happens to passwords and sessions. Sign-ins themselves are in a table of their own.

use accounts::person::Person;
use jiff::Timestamp;
use platform::{
    api::Scope,
    event::{Event, Kind, Subject},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened to somebody's means of signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum IdentityEvent {
    /// A link to set a new password was sent.
    ResetRequested,
    /// A new password was set with such a link; all sessions ended.
    PasswordReset,
    /// The password was changed by the person; all other sessions ended.
    PasswordChanged,
    /// The person ended all other sessions.
    OtherSessionsEnded,
    /// The person made a token for the API.
    TokenMade {
        /// Which.
        id: Uuid,
        /// What the person calls it.
        name: String,
        /// What it opens.
        scopes: Vec<Scope>,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The person revoked a token.
    TokenRevoked {
        /// Which.
        id: Uuid,
        /// What the person called it.
        name: String,
    },
}

platform::event_kinds! {
    IdentityEvent:
    ResetRequested => Kind::root("identity.reset_requested"),
    PasswordReset => Kind::root("identity.password_reset"),
    PasswordChanged => Kind::root("identity.password_changed"),
    OtherSessionsEnded => Kind::root("identity.other_sessions_ended"),
    TokenMade => Kind::root("identity.token_made"),
    TokenRevoked => Kind::root("identity.token_revoked"),
}

/// The kinds of events of this room. How somebody signs in is no colleague's business: of an account, the root user
/// answers for all.
pub const EVENTS: &[&[Kind]] = &[IdentityEvent::KINDS, crate::staff::StaffEvent::KINDS];

/// A person as the subject of events.
#[must_use]
pub fn subject(person: &Person) -> Subject {
    Subject {
        kind: "person",
        id: person.id(),
        account: person.capacity.account(),
    }
}

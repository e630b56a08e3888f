//! What happens to endpoints.

use kernel::{DeliveryId, EndpointId};
use platform::event::{Event, Kind, Subject};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::{Endpoint, Kinds, Owner};

/// The kinds of events of this room. An account's endpoints are its root user's business.
pub const EVENTS: &[&[Kind]] = &[EndpointEvent::KINDS];

/// Something that happened to an endpoint. It never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum EndpointEvent {
    /// It was set up.
    Created {
        /// Its address, without its query.
        url: String,
    },
    /// Its address, description or kinds changed.
    Changed {
        /// Its address since then, without its query.
        url: String,
    },
    /// Nothing is sent any more.
    Disabled {
        /// Why: `by_hand`, `gone`, `failing`.
        reason: String,
    },
    /// Events are sent again.
    Enabled,
    /// It is gone, with what waited for it.
    Removed {
        /// Its address, without its query.
        url: String,
    },
    /// It has a new secret.
    SecretRotated,
    /// A delivery was queued again.
    Resent {
        /// Which.
        delivery: DeliveryId,
    },
    /// Somebody tries it: this event goes to it and to no other.
    Tested,
}

platform::event_kinds! {
    EndpointEvent:
    Created => Kind::root("webhook_endpoint.created"),
    Changed => Kind::root("webhook_endpoint.changed"),
    Disabled => Kind::root("webhook_endpoint.disabled"),
    Enabled => Kind::root("webhook_endpoint.enabled"),
    Removed => Kind::root("webhook_endpoint.removed"),
    SecretRotated => Kind::root("webhook_endpoint.secret_rotated"),
    Resent => Kind::root("webhook_endpoint.resent"),
    Tested => Kind::root("webhook_endpoint.tested"),
}

/// What events about an endpoint are about.
#[must_use]
pub fn subject(id: EndpointId, owner: Owner) -> Subject {
    Subject {
        kind: "webhook_endpoint",
        id: id.into(),
        account: owner.account(),
    }
}

/// An endpoint as the audit trail keeps it, before and after a change.
#[must_use]
pub fn state_of(endpoint: &Endpoint) -> Value {
    json!({
        "url": endpoint.target.without_query(),
        "description": endpoint.description,
        "events": match &endpoint.kinds {
            Kinds::All => Value::Null,
            Kinds::Chosen(kinds) => json!(kinds),
        },
        "enabled": endpoint.is_enabled(),
        "disabled_reason": endpoint.reason().map(crate::rules::Reason::as_str),
    })
}

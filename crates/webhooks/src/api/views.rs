//! What the API takes and shows.

use jiff::Timestamp;
use platform::{api::Limit, event::time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    rules::{self, Kinds, Reason, Secret, State},
    store::{deliveries, rows},
};

/// An endpoint as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookEndpointDraft)]
pub(super) struct Draft {
    /// Where events are sent: `https`, on the Internet.
    #[schema(max_length = 2000, example = "https://hooks.example.com/portico")]
    pub(super) url: String,
    /// What people call it.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub(super) description: String,
    /// The kinds of events that it gets; without this, all that the owner may see.
    #[serde(default)]
    #[schema(required = false, example = json!(["registration.approved"]))]
    pub(super) events: Option<Vec<String>>,
}

/// Why an endpoint is disabled.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookDisabledReason)]
enum Why {
    /// Somebody did it.
    ByHand,
    /// It answered 410 Gone.
    Gone,
    /// It failed for days without one success.
    Failing,
}

/// Where events are sent.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEndpoint)]
pub(super) struct Endpoint {
    id: Uuid,
    url: String,
    description: String,
    /// The kinds of events that it gets; `null` for all.
    #[schema(required = true)]
    events: Option<Vec<String>>,
    enabled: bool,
    #[schema(required = true)]
    disabled_reason: Option<Why>,
    #[schema(required = true)]
    disabled_at: Option<Timestamp>,
    /// Since when every attempt has failed.
    #[schema(required = true)]
    failing_since: Option<Timestamp>,
    /// When something was last delivered.
    #[schema(required = true)]
    delivered_at: Option<Timestamp>,
    /// Until when the secret before the last rotation signs too.
    #[schema(required = true)]
    old_secret_until: Option<Timestamp>,
    created_at: Timestamp,
}

impl From<&rules::Endpoint> for Endpoint {
    fn from(of: &rules::Endpoint) -> Self {
        let (disabled_reason, disabled_at) = match of.state {
            State::Enabled => (None, None),
            State::Disabled { reason, at } => (Some(reason), Some(at)),
        };
        Self {
            id: of.id.into(),
            url: of.target.to_string(),
            description: of.description.clone(),
            events: match &of.kinds {
                Kinds::All => None,
                Kinds::Chosen(kinds) => Some(kinds.iter().cloned().collect()),
            },
            enabled: of.is_enabled(),
            disabled_reason: disabled_reason.map(|reason| match reason {
                Reason::ByHand => Why::ByHand,
                Reason::Gone => Why::Gone,
                Reason::Failing => Why::Failing,
            }),
            disabled_at,
            failing_since: of.failing_since,
            delivered_at: of.delivered_at,
            old_secret_until: of.old_secret_until,
            created_at: of.created_at,
        }
    }
}

impl Endpoint {
    /// The place in a list: ids ascend with time.
    pub(super) fn place(&self) -> String {
        self.id.to_string()
    }
}

/// An endpoint with its secret, which is told only once.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEndpointWithSecret)]
pub(super) struct EndpointWithSecret {
    endpoint: Endpoint,
    /// What requests are signed with.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

impl EndpointWithSecret {
    pub(super) fn new(endpoint: &rules::Endpoint, secret: &Secret) -> Self {
        Self {
            endpoint: endpoint.into(),
            secret: secret.expose(),
        }
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookDeliveryState)]
pub(super) enum Standing {
    /// It waits for its (next) attempt.
    Waiting,
    /// Its endpoint is disabled; it goes on when that is enabled.
    Held,
    /// The endpoint took it.
    Delivered,
    /// Not delivered after the last attempt.
    GivenUp,
}

impl From<deliveries::Standing> for Standing {
    fn from(standing: deliveries::Standing) -> Self {
        match standing {
            deliveries::Standing::Waiting => Self::Waiting,
            deliveries::Standing::Held => Self::Held,
            deliveries::Standing::Delivered => Self::Delivered,
            deliveries::Standing::GivenUp => Self::GivenUp,
        }
    }
}

impl From<Standing> for deliveries::Standing {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Waiting => Self::Waiting,
            Standing::Held => Self::Held,
            Standing::Delivered => Self::Delivered,
            Standing::GivenUp => Self::GivenUp,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// How many.
    #[param(inline, nullable = false)]
    pub(super) limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    pub(super) cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct DeliveriesQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    pub(super) state: Option<Standing>,
    /// How many.
    #[param(inline, nullable = false)]
    pub(super) limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    pub(super) cursor: Option<String>,
}

/// One event on its way to one endpoint.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(super) struct Delivery {
    /// The `webhook-id` of each of its requests.
    id: Uuid,
    event_id: Uuid,
    /// The event's place in the order of all events.
    seq: i64,
    /// The kind of event.
    #[serde(rename = "type")]
    #[schema(example = "registration.approved")]
    kind: String,
    state: Standing,
    attempts: i32,
    /// When it is tried next.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    /// The status of the last answer.
    #[schema(required = true)]
    status: Option<i32>,
    /// What went wrong at the last attempt, where no answer came.
    #[schema(required = true)]
    error: Option<String>,
    /// How long the last attempt took, in milliseconds.
    #[schema(required = true)]
    took_ms: Option<i64>,
    created_at: Timestamp,
    #[schema(required = true)]
    settled_at: Option<Timestamp>,
}

impl From<&rows::delivery::Model> for Delivery {
    fn from(row: &rows::delivery::Model) -> Self {
        let standing = deliveries::Standing::of(row);
        Self {
            id: row.id,
            event_id: row.event_id,
            seq: row.seq,
            kind: row.kind.clone(),
            state: standing.into(),
            attempts: row.attempts,
            due_at: (standing == deliveries::Standing::Waiting).then(|| time(row.due_at)),
            status: row.status,
            error: row.error.clone(),
            took_ms: row.took,
            created_at: time(row.created_at),
            settled_at: row.settled_at.map(time),
        }
    }
}

impl Delivery {
    /// The place in the list of an endpoint's.
    pub(super) fn place(&self) -> String {
        self.seq.to_string()
    }
}

/// A delivery with what is sent, and its attempts.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDeliveryWithAttempts)]
pub(super) struct OneDelivery {
    delivery: Delivery,
    /// The body of each request.
    #[schema(value_type = super::events::Sent)]
    payload: Value,
    /// The newest fifty, newest first.
    attempts: Vec<Attempt>,
}

/// A request to an endpoint.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAttempt)]
struct Attempt {
    at: Timestamp,
    /// The `webhook-signature` that it carried.
    signature: String,
    /// The status of the answer.
    #[schema(required = true)]
    status: Option<i32>,
    /// What went wrong, where no answer came. Without `status` and `error` none was recorded.
    #[schema(required = true)]
    error: Option<String>,
    /// The beginning of the answer's body.
    #[schema(required = true)]
    excerpt: Option<String>,
    /// In milliseconds.
    #[schema(required = true)]
    took_ms: Option<i64>,
}

impl OneDelivery {
    pub(super) fn new(row: &rows::delivery::Model, attempts: Vec<rows::attempt::Model>) -> Self {
        Self {
            delivery: row.into(),
            payload: serde_json::from_str(&row.payload).unwrap_or(Value::Null),
            attempts: attempts
                .into_iter()
                .map(|row| Attempt {
                    at: time(row.at),
                    signature: row.signature,
                    status: row.status,
                    error: row.error,
                    excerpt: row.excerpt,
                    took_ms: row.took,
                })
                .collect(),
        }
    }
}

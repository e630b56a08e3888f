//! What the API shows of customers.

use jiff::Timestamp;
use kernel::AccountId;
use platform::{
    actor::Actor,
    event::{Event as _, Recorded},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Reader;
use crate::{
    event::CustomerEvent,
    rules::{self, Condition, EndCause},
};

/// The relation of a partner and a customer, from the invitation on.
#[derive(Serialize, ToSchema)]
pub(super) struct Customer {
    id: Uuid,
    /// The partner's account.
    partner_id: Uuid,
    /// The address that was invited.
    email: String,
    /// What the partner calls it.
    name: String,
    /// What it is to the partner.
    #[schema(example = "partner")]
    role: String,
    invited_at: Timestamp,
    #[serde(flatten)]
    state: State,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = CustomerState)]
pub(super) enum State {
    /// The customer is to confirm or decline.
    AwaitingCustomer {
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// It confirmed, and is new to the provider: staff decide.
    AwaitingApproval {
        /// By when.
        due_at: Timestamp,
        /// The customer's account; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        account_id: Option<Uuid>,
    },
    /// The account is the partner's customer.
    Active {
        since: Timestamp,
        /// The customer's account.
        account_id: Uuid,
    },
    /// The invited person does not want to, or cannot.
    Declined {
        at: Timestamp,
        /// Which conditions it does not meet, where it allowed the partner to know.
        unmet: Vec<&'static str>,
    },
    /// Taken back by the partner.
    Withdrawn { at: Timestamp },
    /// Not answered in time.
    Expired { at: Timestamp },
    /// Not approved by staff.
    Rejected {
        at: Timestamp,
        /// Why, in words for customer and partner.
        words: String,
        /// Who of the staff decided; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Uuid>,
        /// The customer's account; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        account_id: Option<Uuid>,
    },
    /// It was active, and is over.
    Ended {
        at: Timestamp,
        since: Timestamp,
        /// `partner` or `transfer`.
        cause: &'static str,
        /// The account that was the customer's.
        account_id: Uuid,
    },
}

impl Customer {
    pub(super) fn new(of: &rules::Customer, reader: Reader) -> Self {
        let staff = |id: Uuid| (reader == Reader::Staff).then_some(id);
        Self {
            id: of.id.into(),
            partner_id: of.partner.into(),
            email: of.email.to_string(),
            name: of.name.to_string(),
            role: of.role.to_string(),
            invited_at: of.invited_at,
            state: match &of.state {
                rules::State::AwaitingCustomer { expires_at } => State::AwaitingCustomer {
                    expires_at: *expires_at,
                },
                rules::State::AwaitingApproval { account, due, .. } => State::AwaitingApproval {
                    due_at: *due,
                    account_id: staff((*account).into()),
                },
                rules::State::Active { account, since, .. } => State::Active {
                    since: *since,
                    account_id: (*account).into(),
                },
                rules::State::Declined { at, unmet } => State::Declined {
                    at: *at,
                    unmet: unmet.iter().copied().map(Condition::as_str).collect(),
                },
                rules::State::Withdrawn { at } => State::Withdrawn { at: *at },
                rules::State::Expired { at } => State::Expired { at: *at },
                rules::State::Rejected {
                    account,
                    at,
                    by,
                    words,
                } => State::Rejected {
                    at: *at,
                    words: words.to_string(),
                    by: staff((*by).into()),
                    account_id: staff((*account).into()),
                },
                rules::State::Ended {
                    account,
                    since,
                    at,
                    cause,
                } => State::Ended {
                    at: *at,
                    since: *since,
                    cause: EndCause::as_str(*cause),
                    account_id: (*account).into(),
                },
            },
        }
    }
}

/// Something that happened with a customer.
#[derive(Serialize, ToSchema)]
#[schema(as = CustomerEvent)]
pub(super) struct Event {
    id: Uuid,
    at: Timestamp,
    #[schema(example = "customer.invited")]
    kind: &'static str,
    /// `partner`, `customer`, `staff`, `system` or `visitor`.
    by: &'static str,
    /// That person's name; for the partner only of its own people.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What belongs to it, by kind.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

impl Event {
    /// The events of a partner's relation that the reader may see.
    pub(super) fn of(history: Vec<Recorded<CustomerEvent>>, partner: AccountId, reader: Reader) -> Vec<Self> {
        let seen =
            |recorded: &Recorded<CustomerEvent>| reader == Reader::Staff || recorded.event.is_for_partner();
        history
            .into_iter()
            .filter(seen)
            .map(|recorded| Self::new(recorded, partner, reader))
            .collect()
    }

    fn new(recorded: Recorded<CustomerEvent>, partner: AccountId, reader: Reader) -> Self {
        let (by, name) = match recorded.actor {
            Actor::Root { account, name, .. } | Actor::Iam { account, name, .. } if account == partner => {
                ("partner", Some(name))
            }
            // Of other accounts, only the customer's takes part.
            Actor::Root { name, .. } | Actor::Iam { name, .. } => {
                ("customer", Some(name).filter(|_| reader == Reader::Staff))
            }
            Actor::Staff { name, .. } => ("staff", Some(name).filter(|_| reader == Reader::Staff)),
            Actor::Operator { .. } | Actor::System => ("system", None),
            Actor::Visitor => ("visitor", None),
        };
        Self {
            id: recorded.id.into(),
            at: recorded.at,
            kind: recorded.event.kind(),
            by,
            name,
            data: serde_json::to_value(&recorded.event).unwrap_or_default(),
        }
    }
}

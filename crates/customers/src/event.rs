//! What happens between a partner and a customer. Timelines, the audit trail, webhooks and letters follow from it.
//!
//! [`CustomerEvent`]s are the partner's to see, so that none holds what a partner may not know (docs/security.md);
//! [`MembershipEvent`]s are the customer's.

mod transfer;

use jiff::Timestamp;
use kernel::{AccountId, EmailAddress, Words};
use platform::{
    Area, Subject,
    event::{Audience, Event, Kind},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::{Condition, Customer, EndCause, State};

pub use transfer::{TransferEvent, transfer_standing, transfer_subject};

/// Something that happened to a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CustomerEvent {
    /// The partner invited somebody.
    Invited {
        /// Whom.
        email: EmailAddress,
        /// What the partner calls it.
        name: String,
        /// What it is to the partner.
        role: String,
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// The invitation went out again, with a new link.
    InvitationResent {
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// The partner calls it otherwise.
    Renamed {
        /// The name now.
        name: String,
        /// The role now.
        role: String,
    },
    /// The customer came from another partner by a transfer.
    Received {
        /// Its address.
        email: EmailAddress,
        /// What the partner calls it.
        name: String,
        /// What it is to the partner.
        role: String,
    },
    /// The account came from the provider's list as the partner's.
    Imported {
        /// Its address.
        email: EmailAddress,
        /// What it is called.
        name: String,
        /// What it is to the partner.
        role: String,
    },
    /// The customer confirmed.
    Confirmed {
        /// By when staff decide; nothing where they need not.
        due: Option<Timestamp>,
    },
    /// The account is the partner's customer now.
    Activated {
        /// Which account.
        account: AccountId,
    },
    /// The invited person declined.
    Declined {
        /// Which conditions it does not meet, where it allowed to tell.
        unmet: Vec<Condition>,
    },
    /// The partner took it back.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
    /// Staff did not approve.
    Rejected {
        /// Why, in words for customer and partner.
        words: Words,
    },
    /// It is over.
    Ended {
        /// How.
        cause: EndCause,
    },
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
    /// Partner and customer were told that it takes longer.
    DelayTold {
        /// When it was due.
        due: Timestamp,
    },
}

impl Event for CustomerEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "customer.invited",
            Self::InvitationResent { .. } => "customer.invitation_resent",
            Self::Renamed { .. } => "customer.renamed",
            Self::Received { .. } => "customer.received",
            Self::Imported { .. } => "customer.imported",
            Self::Confirmed { .. } => "customer.confirmed",
            Self::Activated { .. } => "customer.activated",
            Self::Declined { .. } => "customer.declined",
            Self::Withdrawn => "customer.withdrawn",
            Self::Expired => "customer.expired",
            Self::Rejected { .. } => "customer.rejected",
            Self::Ended { .. } => "customer.ended",
            Self::Reminded { .. } => "customer.reminded",
            Self::Escalated { .. } => "customer.escalated",
            Self::DelayTold { .. } => "customer.delay_told",
        }
    }
}

impl CustomerEvent {
    /// Whether the partner sees it; the others are staff's own.
    #[must_use]
    pub fn is_for_partner(&self) -> bool {
        let kind = EVENTS.iter().find(|kind| kind.name == self.kind());
        kind.is_some_and(|kind| kind.audience != Audience::Staff)
    }
}

/// Something that happened to an account with its partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum MembershipEvent {
    /// The account is a partner's customer now.
    JoinedPartner {
        /// Whose.
        partner: AccountId,
        /// The partner's name.
        name: String,
    },
    /// It is no longer.
    LeftPartner {
        /// Whose it was.
        partner: AccountId,
        /// The partner's name.
        name: String,
        /// How it ended.
        cause: EndCause,
    },
}

impl Event for MembershipEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::JoinedPartner { .. } => "account.joined_partner",
            Self::LeftPartner { .. } => "account.left_partner",
        }
    }
}

/// The kinds of events of this room.
pub const EVENTS: &[Kind] = &[
    Kind::area(Area::Customers, "customer.invited"),
    Kind::area(Area::Customers, "customer.invitation_resent"),
    Kind::area(Area::Customers, "customer.renamed"),
    Kind::area(Area::Customers, "customer.received"),
    Kind::area(Area::Customers, "customer.imported"),
    Kind::area(Area::Customers, "customer.confirmed"),
    Kind::area(Area::Customers, "customer.activated"),
    Kind::area(Area::Customers, "customer.declined"),
    Kind::area(Area::Customers, "customer.withdrawn"),
    Kind::area(Area::Customers, "customer.expired"),
    Kind::area(Area::Customers, "customer.rejected"),
    Kind::area(Area::Customers, "customer.ended"),
    Kind::staff("customer.reminded"),
    Kind::staff("customer.escalated"),
    Kind::area(Area::Customers, "customer.delay_told"),
    Kind::staff("customer_transfer.proposed"),
    Kind::area(Area::Customers, "customer_transfer.offered"),
    Kind::staff("customer_transfer.done"),
    Kind::staff("customer_transfer.declined"),
    Kind::staff("customer_transfer.withdrawn"),
    Kind::staff("customer_transfer.expired"),
    Kind::staff("customer_transfer.lapsed"),
    Kind::account("account.joined_partner"),
    Kind::account("account.left_partner"),
];

/// Where a relation stands, for the audit trail. What is not there is left out.
#[must_use]
pub fn standing(of: &Customer) -> Value {
    let mut standing = json!({
        "state": of.state.kind().as_str(),
        "name": of.name.as_str(),
        "role": of.role.as_str(),
        "account": of.account(),
    });
    let Value::Object(fields) = &mut standing else {
        return standing;
    };
    let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    match &of.state {
        State::AwaitingCustomer { expires_at } => add("expires_at", json!(expires_at)),
        State::AwaitingApproval { due, .. } => add("due", json!(due)),
        State::Active { approved_by, .. } => add("decided_by", json!(approved_by)),
        State::Rejected { by, words, .. } => {
            add("words", json!(words));
            add("decided_by", json!(by))
        }
        State::Ended { cause, .. } => add("cause", json!(cause)),
        State::Declined { .. } | State::Withdrawn { .. } | State::Expired { .. } => None,
    };
    fields.retain(|_, value| !value.is_null());
    standing
}

/// What events about a relation are about: they are the partner's.
#[must_use]
pub fn subject(of: &Customer) -> Subject {
    Subject {
        kind: "customer",
        id: of.id.into(),
        account: Some(of.partner),
    }
}

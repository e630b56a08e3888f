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

platform::event_kinds! {
    CustomerEvent:
    Invited => Kind::area(Area::Customers, "customer.invited"),
    InvitationResent => Kind::area(Area::Customers, "customer.invitation_resent"),
    Renamed => Kind::area(Area::Customers, "customer.renamed"),
    Received => Kind::area(Area::Customers, "customer.received"),
    Imported => Kind::area(Area::Customers, "customer.imported"),
    Confirmed => Kind::area(Area::Customers, "customer.confirmed"),
    Activated => Kind::area(Area::Customers, "customer.activated"),
    Declined => Kind::area(Area::Customers, "customer.declined"),
    Withdrawn => Kind::area(Area::Customers, "customer.withdrawn"),
    Expired => Kind::area(Area::Customers, "customer.expired"),
    Rejected => Kind::area(Area::Customers, "customer.rejected"),
    Ended => Kind::area(Area::Customers, "customer.ended"),
    Reminded => Kind::staff("customer.reminded"),
    Escalated => Kind::staff("customer.escalated"),
    DelayTold => Kind::area(Area::Customers, "customer.delay_told"),
}

impl CustomerEvent {
    /// Whether the partner sees it; the others are staff's own.
    #[must_use]
    pub fn is_for_partner(&self) -> bool {
        let kind = Self::KINDS.iter().find(|kind| kind.name == self.kind());
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

platform::event_kinds! {
    MembershipEvent:
    JoinedPartner => Kind::account("account.joined_partner"),
    LeftPartner => Kind::account("account.left_partner"),
}

/// The kinds of events of this room.
pub const EVENTS: &[&[Kind]] = &[CustomerEvent::KINDS, TransferEvent::KINDS, MembershipEvent::KINDS];

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

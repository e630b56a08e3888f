//! What happens to a transfer from partner to partner. All of it is for staff, but the offer, which is the receiving
//! partner's. What comes of it for the two partners and the customer is told by their own events.

use jiff::Timestamp;
use kernel::{AccountId, CustomerId, EmailAddress, Words};
use platform::{Area, Subject, event::Kind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::{Side, Transfer, TransferState};

/// Something that happened to a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum TransferEvent {
    /// Staff proposed it, and the customer was asked.
    Proposed {
        /// Whose customer it is.
        from: AccountId,
        /// Whose it would be.
        to: AccountId,
        /// Why, in words for the customer and the receiving partner.
        words: Words,
        /// Until when the customer may answer.
        expires_at: Timestamp,
    },
    /// The customer agreed, and the receiving partner was asked.
    Offered {
        /// The customer's address.
        email: EmailAddress,
        /// The customer's own name.
        name: String,
        /// Until when the partner may answer.
        expires_at: Timestamp,
    },
    /// Both agreed: the customer is the receiving partner's.
    Done {
        /// The relation that it began.
        next: CustomerId,
    },
    /// One of the two declined.
    Declined {
        /// Which.
        side: Side,
    },
    /// Staff took it back.
    Withdrawn,
    /// One of the two did not answer in time.
    Expired {
        /// Which.
        side: Side,
    },
    /// The relation that it would have ended is over.
    Lapsed,
}

platform::event_kinds! {
    TransferEvent:
    Proposed => Kind::staff("customer_transfer.proposed"),
    Offered => Kind::area(Area::Customers, "customer_transfer.offered"),
    Done => Kind::staff("customer_transfer.done"),
    Declined => Kind::staff("customer_transfer.declined"),
    Withdrawn => Kind::staff("customer_transfer.withdrawn"),
    Expired => Kind::staff("customer_transfer.expired"),
    Lapsed => Kind::staff("customer_transfer.lapsed"),
}

/// Where a transfer stands, for the audit trail.
#[must_use]
pub fn transfer_standing(of: &Transfer) -> Value {
    let mut standing = json!({
        "state": of.state.kind().as_str(),
        "from": of.from,
        "to": of.to,
    });
    let more = match of.state {
        TransferState::AwaitingCustomer { expires_at } | TransferState::AwaitingPartner { expires_at } => {
            Some(("expires_at", json!(expires_at)))
        }
        TransferState::Done { next, .. } => Some(("next", json!(next))),
        TransferState::Declined { side, .. } | TransferState::Expired { side, .. } => {
            Some(("side", json!(side)))
        }
        TransferState::Withdrawn { .. } | TransferState::Lapsed { .. } => None,
    };
    if let (Value::Object(fields), Some((name, value))) = (&mut standing, more) {
        fields.insert(name.to_owned(), value);
    }
    standing
}

/// What events about a transfer are about. The offer concerns the receiving partner, all else the customer's account.
#[must_use]
pub fn transfer_subject(of: &Transfer, event: &TransferEvent) -> Subject {
    Subject {
        kind: "customer_transfer",
        id: of.id.into(),
        account: Some(match event {
            TransferEvent::Offered { .. } => of.to,
            _ => of.account,
        }),
    }
}

//! What happens to a partner's discount. The timeline, the audit trail, webhooks and letters follow from it.

use jiff::{Timestamp, civil::Date};
use kernel::{PartnerDiscountId, Words};
use platform::{
    Area, Subject,
    event::{Event, Kind},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::rules::{PartnerDiscount, State, Terms};

/// Something that happened to a discount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PartnerDiscountEvent {
    /// The partner asked for it.
    Requested {
        /// What people call it by.
        reference: String,
        /// What is asked for.
        asked: Terms,
        /// What the partner told staff with it.
        note: Option<Words>,
        /// By when staff decide.
        due: Timestamp,
    },
    /// Staff granted it.
    Approved {
        /// What was asked for.
        asked: Terms,
        /// What was granted. It may differ.
        granted: Terms,
        /// From which moment.
        starts_at: Timestamp,
        /// Why it differs, in words for the partner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// Staff declined it.
    Rejected {
        /// Why, in words for the partner.
        words: Words,
    },
    /// The partner took it back.
    Withdrawn,
    /// It is in force.
    Activated {
        /// Since when: the moment that was due, also where it was written down later.
        effective_at: Timestamp,
        /// Its date.
        from: Date,
    },
    /// Another took its place.
    Expired {
        /// Since when.
        effective_at: Timestamp,
        /// Which.
        replaced_by: PartnerDiscountId,
        /// Whether it ever was in force.
        was_in_force: bool,
    },
    /// Staff were reminded that time runs out.
    Reminded {
        /// When it is due.
        due: Timestamp,
    },
    /// The deadline was missed, and whoever decides was told.
    Escalated {
        /// When it was due.
        due: Timestamp,
    },
    /// The partner was told that it takes longer.
    DelayTold {
        /// When it was due.
        due: Timestamp,
    },
}

impl PartnerDiscountEvent {
    /// Whether it is told to the partner. What staff are reminded of is not.
    #[must_use]
    pub fn is_for_partner(&self) -> bool {
        !matches!(self, Self::Reminded { .. } | Self::Escalated { .. })
    }
}

platform::event_kinds! {
    PartnerDiscountEvent:
    Requested => Kind::area(Area::Discounts, "partner_discount.requested"),
    Approved => Kind::area(Area::Discounts, "partner_discount.approved"),
    Rejected => Kind::area(Area::Discounts, "partner_discount.rejected"),
    Withdrawn => Kind::area(Area::Discounts, "partner_discount.withdrawn"),
    Activated => Kind::area(Area::Discounts, "partner_discount.activated"),
    Expired => Kind::area(Area::Discounts, "partner_discount.expired"),
    Reminded => Kind::staff("partner_discount.reminded"),
    Escalated => Kind::staff("partner_discount.escalated"),
    DelayTold => Kind::area(Area::Discounts, "partner_discount.delay_told"),
}

/// The kinds of events about partner discounts.
pub const EVENTS: &[&[Kind]] = &[PartnerDiscountEvent::KINDS];

/// Where a discount stands, for the audit trail. What is not there is left out.
#[must_use]
pub fn standing(of: &PartnerDiscount) -> Value {
    let mut standing = json!({
        "state": of.state.kind().as_str(),
        "due": of.due(),
        "granted": of.grant().map(|grant| &grant.terms),
        "starts_at": of.grant().map(|grant| grant.starts_at),
        "decided_by": of.grant().map(|grant| grant.by),
        "words": of.grant().and_then(|grant| grant.words.as_ref()),
    });
    if let Value::Object(fields) = &mut standing {
        match &of.state {
            State::AwaitingApproval { .. } => {
                fields.insert("asked".to_owned(), json!(of.asked));
            }
            State::Rejected { by, words, .. } => {
                fields.insert("decided_by".to_owned(), json!(by));
                fields.insert("words".to_owned(), json!(words));
            }
            State::Expired { until, by, .. } => {
                fields.insert("ended_at".to_owned(), json!(until));
                fields.insert("ended_by".to_owned(), json!(by));
            }
            State::AwaitingActivation(_) | State::Active(_) | State::Withdrawn { .. } => {}
        }
        fields.retain(|_, value| !value.is_null());
    }
    standing
}

/// What events about a discount are about.
#[must_use]
pub fn subject(of: &PartnerDiscount) -> Subject {
    Subject {
        kind: "partner_discount",
        id: of.id.into(),
        account: Some(of.partner),
    }
}

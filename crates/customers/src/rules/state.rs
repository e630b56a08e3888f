//! Where the relation of one partner and one customer stands.

use std::str::FromStr;

use jiff::Timestamp;
use kernel::{AccountId, StaffId, Words};
use serde::{Deserialize, Serialize};

use super::Condition;

/// Where the relation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The customer is to confirm or decline.
    AwaitingCustomer {
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// The customer confirmed and is new to the provider: staff decide.
    AwaitingApproval {
        /// The customer's account.
        account: AccountId,
        /// When it confirmed.
        confirmed_at: Timestamp,
        /// By when staff decide.
        due: Timestamp,
    },
    /// The account is the partner's customer.
    Active {
        /// The customer's account.
        account: AccountId,
        /// Since when.
        since: Timestamp,
        /// Who of the staff approved it; nobody where it was known to the provider before.
        approved_by: Option<StaffId>,
    },
    /// The invited person does not want to, or cannot.
    Declined {
        /// When.
        at: Timestamp,
        /// Which conditions it allowed the partner to know that it does not meet.
        unmet: Vec<Condition>,
    },
    /// Taken back by the partner.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The invitation was not answered in time.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Staff did not approve.
    Rejected {
        /// The customer's account.
        account: AccountId,
        /// When.
        at: Timestamp,
        /// Who decided.
        by: StaffId,
        /// Why, in words for the customer and the partner.
        words: Words,
    },
    /// It was active, and is over.
    Ended {
        /// The customer's account.
        account: AccountId,
        /// Since when it had been active.
        since: Timestamp,
        /// When it ended.
        at: Timestamp,
        /// How.
        cause: EndCause,
    },
}

/// A [`State`] without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    /// [`State::AwaitingCustomer`]
    AwaitingCustomer,
    /// [`State::AwaitingApproval`]
    AwaitingApproval,
    /// [`State::Active`]
    Active,
    /// [`State::Declined`]
    Declined,
    /// [`State::Withdrawn`]
    Withdrawn,
    /// [`State::Expired`]
    Expired,
    /// [`State::Rejected`]
    Rejected,
    /// [`State::Ended`]
    Ended,
}

/// How a relation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndCause {
    /// The partner ended it.
    Partner,
    /// The customer went to another partner.
    Transfer,
}

impl State {
    /// Without its data.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AwaitingCustomer { .. } => StateKind::AwaitingCustomer,
            Self::AwaitingApproval { .. } => StateKind::AwaitingApproval,
            Self::Active { .. } => StateKind::Active,
            Self::Declined { .. } => StateKind::Declined,
            Self::Withdrawn { .. } => StateKind::Withdrawn,
            Self::Expired { .. } => StateKind::Expired,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::Ended { .. } => StateKind::Ended,
        }
    }
}

impl StateKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::AwaitingCustomer,
        Self::AwaitingApproval,
        Self::Active,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Rejected,
        Self::Ended,
    ];

    /// The name in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "awaiting_customer",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Active => "active",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Ended => "ended",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "customers-state-awaiting-customer",
            Self::AwaitingApproval => "customers-state-awaiting-approval",
            Self::Active => "customers-state-active",
            Self::Declined => "customers-state-declined",
            Self::Withdrawn => "customers-state-withdrawn",
            Self::Expired => "customers-state-expired",
            Self::Rejected => "customers-state-rejected",
            Self::Ended => "customers-state-ended",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingCustomer | Self::AwaitingApproval => "info",
            Self::Active => "good",
            Self::Declined | Self::Rejected => "bad",
            Self::Withdrawn | Self::Expired | Self::Ended => "calm",
        }
    }

    /// Whether it may still become active, or is.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::AwaitingCustomer | Self::AwaitingApproval | Self::Active
        )
    }
}

impl FromStr for StateKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl EndCause {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Transfer => "transfer",
        }
    }
}

impl FromStr for EndCause {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Partner, Self::Transfer]
            .into_iter()
            .find(|cause| cause.as_str() == text)
            .ok_or(())
    }
}

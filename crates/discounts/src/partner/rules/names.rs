//! The names of states and refusals: in the database, in addresses and in messages.

use std::str::FromStr;

use super::{State, StateKind, TransitionError};

impl State {
    /// Without its data.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AwaitingApproval { .. } => StateKind::AwaitingApproval,
            Self::AwaitingActivation(_) => StateKind::AwaitingActivation,
            Self::Active(_) => StateKind::Active,
            Self::Expired { .. } => StateKind::Expired,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::Withdrawn { .. } => StateKind::Withdrawn,
        }
    }
}

impl StateKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::AwaitingApproval,
        Self::AwaitingActivation,
        Self::Active,
        Self::Expired,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The name in the database and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting_approval",
            Self::AwaitingActivation => "awaiting_activation",
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "partner-discount-state-awaiting-approval",
            Self::AwaitingActivation => "partner-discount-state-awaiting-activation",
            Self::Active => "partner-discount-state-active",
            Self::Expired => "partner-discount-state-expired",
            Self::Rejected => "partner-discount-state-rejected",
            Self::Withdrawn => "partner-discount-state-withdrawn",
        }
    }

    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingApproval | Self::AwaitingActivation => "info",
            Self::Active => "good",
            Self::Rejected => "bad",
            Self::Expired | Self::Withdrawn => "calm",
        }
    }
}

impl FromStr for StateKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl TransitionError {
    /// The message that says it to whoever tried.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Settled(kind) | Self::Elsewhere(kind) => match kind {
                StateKind::AwaitingApproval => "partner-discount-refused-undecided",
                StateKind::AwaitingActivation | StateKind::Active | StateKind::Expired => {
                    "partner-discount-refused-approved"
                }
                StateKind::Rejected => "partner-discount-refused-rejected",
                StateKind::Withdrawn => "partner-discount-refused-withdrawn",
            },
            Self::Past { .. } => "partner-discount-refused-past",
            Self::Calendar(_) => "partner-discount-refused-calendar",
        }
    }
}

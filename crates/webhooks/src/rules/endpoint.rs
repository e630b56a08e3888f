//! An endpoint, and which events it gets.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kernel::{AccountId, EndpointId};
use platform::event::Audience;
use uuid::Uuid;

use super::Target;

/// The kind of event that somebody sends to try an endpoint.
pub const TESTED: &str = "webhook_endpoint.tested";

/// Whose endpoint it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The provider's: it gets events of everybody.
    Provider,
    /// An account's: it gets events about that account.
    Account(AccountId),
}

impl Owner {
    /// The account, where it is one.
    #[must_use]
    pub fn account(self) -> Option<AccountId> {
        match self {
            Self::Provider => None,
            Self::Account(account) => Some(account),
        }
    }

    /// Whether the owner may see events of this audience at all.
    #[must_use]
    pub fn may_see(self, audience: Audience) -> bool {
        self == Self::Provider || audience != Audience::Staff
    }
}

impl From<Option<AccountId>> for Owner {
    fn from(account: Option<AccountId>) -> Self {
        account.map_or(Self::Provider, Self::Account)
    }
}

/// Which kinds of events an endpoint gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// All that its owner may see, also those that a later version brings.
    All,
    /// Only these.
    Chosen(BTreeSet<String>),
}

impl Kinds {
    /// Whether `kind` is among them.
    #[must_use]
    pub fn contain(&self, kind: &str) -> bool {
        match self {
            Self::All => true,
            Self::Chosen(kinds) => kinds.contains(kind),
        }
    }
}

/// Whether something is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It gets its events.
    Enabled,
    /// It gets nothing; what waited for it is held.
    Disabled {
        /// Why.
        reason: Reason,
        /// Since when.
        at: Timestamp,
    },
}

/// Why an endpoint is disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody did it.
    ByHand,
    /// It answered 410 Gone.
    Gone,
    /// It failed for days.
    Failing,
}

impl Reason {
    /// The name in the database, in events and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Gone => "gone",
            Self::Failing => "failing",
        }
    }

    /// The reason of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::ByHand, Self::Gone, Self::Failing]
            .into_iter()
            .find(|reason| reason.as_str() == name)
    }
}

/// Where events are sent to.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Which one.
    pub id: EndpointId,
    /// Whose.
    pub owner: Owner,
    /// Its address.
    pub target: Target,
    /// What people call it.
    pub description: String,
    /// What it gets.
    pub kinds: Kinds,
    /// Whether it gets anything.
    pub state: State,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    /// When something was last delivered.
    pub delivered_at: Option<Timestamp>,
    /// Until when the secret before the last rotation signs too.
    pub old_secret_until: Option<Timestamp>,
    /// Counts changes by people.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Endpoint {
    /// Whether it gets anything.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.state == State::Enabled
    }

    /// Why it is disabled, if it is.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self.state {
            State::Enabled => None,
            State::Disabled { reason, .. } => Some(reason),
        }
    }
}

/// Whether an endpoint gets an event of `kind` about `subject`, concerning `account`.
#[must_use]
pub fn gets(
    endpoint: &Endpoint,
    kind: &str,
    audience: Audience,
    subject: Uuid,
    account: Option<AccountId>,
) -> bool {
    let concerns_owner = match endpoint.owner {
        Owner::Provider => true,
        Owner::Account(owner) => account == Some(owner),
    };
    let wanted = if kind == TESTED {
        subject == Uuid::from(endpoint.id)
    } else {
        endpoint.kinds.contain(kind)
    };
    endpoint.is_enabled() && endpoint.owner.may_see(audience) && concerns_owner && wanted
}

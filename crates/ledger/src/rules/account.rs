//! Ledger accounts.

use kernel::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const DEPOSITS: Uuid = Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0001);
const USAGE: Uuid = Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0002);

/// Between what money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Uuid", into = "Uuid")]
pub enum Account {
    /// The credit of a service account: never below zero.
    Credit(AccountId),
    /// Where money comes from: what was received from outside, below zero.
    Deposits,
    /// Where money goes: what was consumed.
    Usage,
}

impl Account {
    /// Its id in the database: a service account's own, or a well-known one.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Credit(account) => account.into(),
            Self::Deposits => DEPOSITS,
            Self::Usage => USAGE,
        }
    }

    /// Whether it may be below zero: the ends of the ledger may.
    #[must_use]
    pub fn may_be_negative(self) -> bool {
        !matches!(self, Self::Credit(_))
    }

    /// The service account whose credit it is.
    #[must_use]
    pub fn service_account(self) -> Option<AccountId> {
        match self {
            Self::Credit(account) => Some(account),
            Self::Deposits | Self::Usage => None,
        }
    }
}

impl From<Uuid> for Account {
    fn from(id: Uuid) -> Self {
        match id {
            DEPOSITS => Self::Deposits,
            USAGE => Self::Usage,
            id => Self::Credit(id.into()),
        }
    }
}

impl From<Account> for Uuid {
    fn from(account: Account) -> Self {
        account.id()
    }
}

impl From<AccountId> for Account {
    fn from(account: AccountId) -> Self {
        Self::Credit(account)
    }
}

/// In the order of ids, in which they are locked.
impl Ord for Account {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id().cmp(&other.id())
    }
}

impl PartialOrd for Account {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

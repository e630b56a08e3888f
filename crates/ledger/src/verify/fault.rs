//! What can be wrong.

use std::fmt;

use kernel::TransferId;
use uuid::Uuid;

use crate::rules::Account;

/// Where: an entry, or the account that should have it as its newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The account.
    pub account: Account,
    /// As it is stored: it may be no currency at all.
    pub currency: String,
    /// The entry's number.
    pub number: i64,
}

impl Place {
    pub(super) fn new(account: Uuid, currency: &str, number: i64) -> Self {
        Self {
            account: account.into(),
            currency: currency.to_owned(),
            number,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (account, currency, number) = (&self.account, &self.currency, self.number);
        match account {
            Account::Credit(account) => write!(f, "{account} {currency}, entry {number}"),
            Account::Deposits => write!(f, "deposits {currency}, entry {number}"),
            Account::Usage => write!(f, "usage {currency}, entry {number}"),
        }
    }
}

/// A place where the ledger contradicts itself. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Money came from nowhere, or went there.
    #[error("{currency}: all balances sum to {sum}, not to 0")]
    Unbalanced { currency: String, sum: i128 },
    /// A credit below zero.
    #[error("{at}: the credit is {balance}")]
    BelowZero { at: Place, balance: i64 },
    /// The account counts entries that it does not have, or has more.
    #[error("{at}: the account says that this is its last, but that is {last}")]
    Miscounted { at: Place, last: i64 },
    /// The account's balance is not the one after its last entry.
    #[error("{at}: the account's balance is {balance}, after its last entry it was {last}")]
    Elsewhere { at: Place, balance: i64, last: i64 },
    /// An entry of an account that is not there.
    #[error("{at}: there is no such account")]
    NoAccount { at: Place },
    /// Entries are missing before this one.
    #[error("{at}: the one before it is {before}")]
    Gap { at: Place, before: i64 },
    /// The balance is not the one before with the amount added.
    #[error("{at}: the balance is {balance}, by the entry before and its amount it is {expected}")]
    DoesNotFollow { at: Place, balance: i64, expected: i128 },
    /// Older than the entry before.
    #[error("{at}: it is older than the one before it")]
    BackInTime { at: Place },
    /// An entry without a transfer.
    #[error("{at}: its transfer {transfer} is not there")]
    NoTransfer { at: Place, transfer: TransferId },
    /// Account, number, amount, currency or time are not those of the transfer.
    #[error("{at}: it is not what its transfer {transfer} says")]
    Contradicts { at: Place, transfer: TransferId },
    /// A transfer without one of its entries.
    #[error("{at}: it is not there or of another transfer, but transfer {transfer} made it")]
    NoEntry { at: Place, transfer: TransferId },
}

//! Proves the ledger from its own rows: walks accounts, entries and transfers once each and names every place where they
//! contradict each other. What is held in memory is a page of rows and the first faults, whatever the ledger's size.
//!
//! All of it is read from one snapshot, so that the ledger may move meanwhile.

mod fault;
mod walk;

use std::collections::BTreeMap;

use platform::db::Db;
use sea_orm::{AccessMode, ConnectionTrait, DbErr, IsolationLevel, TransactionTrait};

pub use fault::{Fault, Place};

use crate::rules::Account;

/// Rows read at a time.
const PAGE: i64 = 1000;
/// Faults that are kept; further ones are counted.
const KEPT: usize = 100;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// How many accounts there are, one a currency.
    pub accounts: u64,
    /// How many entries.
    pub entries: u64,
    /// How many transfers.
    pub transfers: u64,
    /// The first faults.
    pub faults: Vec<Fault>,
    /// How many there are.
    pub found: u64,
}

impl Findings {
    /// Whether the ledger is whole.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.found == 0
    }

    fn find(&mut self, fault: Fault) {
        self.found += 1;
        if self.faults.len() < KEPT {
            self.faults.push(fault);
        }
    }
}

/// Looks at the whole ledger:
///
/// - over all accounts of a currency the balances sum to zero, and no credit is below zero;
/// - an account stands where its last entry left it, and counts as many entries as it has;
/// - the entries of an account are numbered from 1 without a gap, never go back in time, and each balance follows from
///   the one before;
/// - an entry is what its transfer says of that account, and a transfer has both of its entries.
///
/// An error is the database's.
pub async fn run(db: &Db) -> Result<Findings, DbErr> {
    // On SQLite a transaction that only reads sees one snapshot whatever it is told; PostgreSQL has to be asked.
    let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
    let snapshot = match db.read().get_database_backend() {
        sea_orm::DbBackend::Postgres => db.read().begin_with_config(Some(level), Some(mode)).await?,
        _ => db.read().begin().await?,
    };
    let mut findings = Findings::default();
    accounts(&snapshot, &mut findings).await?;
    entries(&snapshot, &mut findings).await?;
    transfers(&snapshot, &mut findings).await?;
    snapshot.rollback().await?;
    Ok(findings)
}

/// Each account against its last entry, and all of a currency against zero.
async fn accounts(db: &impl ConnectionTrait, findings: &mut Findings) -> Result<(), DbErr> {
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    let mut after = None;
    while let Some(page) = walk::accounts(db, after.as_ref()).await? {
        for row in &page {
            findings.accounts += 1;
            *sums.entry(row.currency.clone()).or_default() += i128::from(row.balance);
            let account = Account::from(row.id);
            let place = || Place::new(row.id, &row.currency, row.entries);
            if row.balance < 0 && !account.may_be_negative() {
                findings.find(Fault::BelowZero {
                    at: place(),
                    balance: row.balance,
                });
            }
            if row.entries != row.last_number {
                findings.find(Fault::Miscounted {
                    at: place(),
                    last: row.last_number,
                });
            }
            if row.balance != row.last_balance {
                findings.find(Fault::Elsewhere {
                    at: place(),
                    balance: row.balance,
                    last: row.last_balance,
                });
            }
        }
        after = page.into_iter().next_back();
    }
    for (currency, sum) in sums {
        if sum != 0 {
            findings.find(Fault::Unbalanced { currency, sum });
        }
    }
    Ok(())
}

/// Each entry against the one before it in its account, and against its transfer.
async fn entries(db: &impl ConnectionTrait, findings: &mut Findings) -> Result<(), DbErr> {
    let mut before: Option<walk::Entry> = None;
    while let Some(page) = walk::entries(db, before.as_ref()).await? {
        for row in page {
            findings.entries += 1;
            let of_same = |before: &&walk::Entry| before.id == row.id && before.currency == row.currency;
            let previous = before.as_ref().filter(of_same);
            if previous.is_none() && !row.has_account {
                findings.find(Fault::NoAccount { at: row.place() });
            }
            follows(&row, previous, findings);
            agrees(&row, findings);
            before = Some(row);
        }
    }
    Ok(())
}

/// That an entry follows from the one before.
fn follows(row: &walk::Entry, previous: Option<&walk::Entry>, findings: &mut Findings) {
    let (number, balance, at) =
        previous.map_or((0, 0, i64::MIN), |row| (row.number, row.balance_after, row.at));
    if row.number != number + 1 {
        findings.find(Fault::Gap {
            at: row.place(),
            before: number,
        });
    }
    // The rules never come near the end of the numbers; what was tampered with may.
    let expected = i128::from(balance) + i128::from(row.amount);
    if i128::from(row.balance_after) != expected {
        findings.find(Fault::DoesNotFollow {
            at: row.place(),
            balance: row.balance_after,
            expected,
        });
    }
    if row.balance_after < 0 && !Account::from(row.id).may_be_negative() {
        findings.find(Fault::BelowZero {
            at: row.place(),
            balance: row.balance_after,
        });
    }
    if row.at < at {
        findings.find(Fault::BackInTime { at: row.place() });
    }
}

/// That an entry is one of the two that its transfer says.
fn agrees(row: &walk::Entry, findings: &mut Findings) {
    let (at, transfer) = (row.place(), row.transfer_id.into());
    let Some(made_by) = &row.transfer else {
        return findings.find(Fault::NoTransfer { at, transfer });
    };
    let side = (row.id, row.number, row.amount);
    let is_side = side == (made_by.from_id, made_by.from_number, -made_by.amount)
        || side == (made_by.to_id, made_by.to_number, made_by.amount);
    if !is_side || made_by.currency != row.currency || made_by.at != row.at {
        findings.find(Fault::Contradicts { at, transfer });
    }
}

/// Each transfer has an entry in either account. With every entry being what its transfer says, it has no more than these.
async fn transfers(db: &impl ConnectionTrait, findings: &mut Findings) -> Result<(), DbErr> {
    let mut after = None;
    while let Some(page) = walk::transfers(db, after).await? {
        for row in &page {
            findings.transfers += 1;
            let sides = [
                (row.from_id, row.from_number, row.has_from),
                (row.to_id, row.to_number, row.has_to),
            ];
            for (account, number, _) in sides.into_iter().filter(|(_, _, there)| !there) {
                findings.find(Fault::NoEntry {
                    at: Place::new(account, &row.currency, number),
                    transfer: row.id.into(),
                });
            }
        }
        after = page.last().map(|row| row.id);
    }
    Ok(())
}

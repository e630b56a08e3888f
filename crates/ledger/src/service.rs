//! Posting inside a use case's transaction.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kernel::{Currency, Money, TransferId};
use platform::{Work, db::Tx};
use sea_orm::DbErr;

use crate::{
    rules::{Account, Books, Instruction, Key, Outcome, Refusal},
    store::books::{self, Accounts},
};

/// What a transaction needs of the ledger: all of it is locked at once, in one order, so that two transactions never wait
/// for each other.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    accounts: Accounts,
    keys: BTreeSet<(Account, Key)>,
    reversals: Vec<TransferId>,
}

impl Wanted {
    /// What posting these instructions needs.
    #[must_use]
    pub fn of<'a>(instructions: impl IntoIterator<Item = &'a Instruction>) -> Self {
        instructions.into_iter().fold(Self::default(), Self::instruction)
    }

    /// And what posting this instruction needs.
    #[must_use]
    pub fn instruction(self, instruction: &Instruction) -> Self {
        let movement = instruction.movement;
        let mut wanted = self
            .account(movement.from(), movement.currency())
            .account(movement.to(), movement.currency())
            .key(movement.from(), instruction.key.clone());
        wanted.reversals.extend(movement.reverses());
        wanted
    }

    /// An account: to see its balance before it is known what will move.
    #[must_use]
    pub fn account(mut self, account: impl Into<Account>, currency: Currency) -> Self {
        self.accounts.insert((account.into(), currency.code()));
        self
    }

    /// The key of an instruction that will debit an account.
    #[must_use]
    pub fn key(mut self, account: impl Into<Account>, key: Key) -> Self {
        self.keys.insert((account.into(), key));
        self
    }
}

/// The ledger inside a transaction, its accounts locked. Nothing is written before [`Ledger::save`].
///
/// Once a transaction: what is locked later could be waited for by somebody who waits for what is locked now.
pub struct Ledger<'a> {
    work: &'a Work,
    books: Books,
}

impl<'a> Ledger<'a> {
    /// Locks what is wanted.
    pub async fn open(work: &'a Work, wanted: Wanted) -> Result<Self, DbErr> {
        let books = open_books(work.tx(), &wanted, work.now()).await?;
        Ok(Self { work, books })
    }

    /// The balance of an account that was wanted, after what was posted so far.
    #[must_use]
    pub fn balance(&self, account: impl Into<Account>, currency: Currency) -> Money {
        let page = self.books.page(account.into(), currency);
        Money::new(page.balance, currency)
    }

    /// Posts an instruction, all of which was wanted, in the name of whoever works.
    pub fn post(&mut self, instruction: &Instruction) -> Result<Outcome, Refusal> {
        let id = TransferId(self.work.new_id());
        self.books
            .post(id, self.work.now(), self.work.caller(), instruction)
    }

    /// Writes what was posted.
    pub async fn save(self) -> Result<(), DbErr> {
        books::save(self.work.tx(), &self.books).await
    }
}

/// Locks what is wanted and reads what decides.
pub(crate) async fn open_books(tx: &Tx, wanted: &Wanted, now: Timestamp) -> Result<Books, DbErr> {
    let mut read = Books::default();
    books::lock(tx, &mut read, &wanted.accounts, now).await?;
    let keys: Vec<(Account, &Key)> = wanted.keys.iter().map(|(account, key)| (*account, key)).collect();
    books::know(tx, &mut read, &keys).await?;
    books::know_reversed(tx, &mut read, &wanted.reversals).await?;
    Ok(read)
}

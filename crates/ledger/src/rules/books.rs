//! What orders do to the accounts: pure, so that a batch is decided in memory while its accounts are locked.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{Currency, Money, TransferId};
use platform::actor::Caller;

use super::{Account, Instruction, Key, Transfer};

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The balance, in minor units.
    pub balance: i64,
    /// The number of its newest entry; 0 where there is none.
    pub entries: i64,
    /// When that was.
    pub latest_at: Timestamp,
}

impl Page {
    /// Of an account without entries.
    pub const EMPTY: Self = Self {
        balance: 0,
        entries: 0,
        latest_at: Timestamp::UNIX_EPOCH,
    };
}

/// Where an account stands after a transfer: its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account.
    pub account: Account,
    /// The number of the transfer's entry in it.
    pub number: i64,
    /// The balance before.
    pub before: Money,
    /// The balance after.
    pub balance: Money,
}

/// A transfer and where its accounts stand after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The transfer.
    pub transfer: Transfer,
    /// The account that was debited.
    pub from: Standing,
    /// The account that was credited.
    pub to: Standing,
}

/// What came of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was posted.
    Posted(Receipt),
    /// It had been posted before: nothing moved.
    Repeated(Receipt),
}

impl Outcome {
    /// The transfer, now or then.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        match self {
            Self::Posted(receipt) | Self::Repeated(receipt) => receipt,
        }
    }

    /// The same.
    #[must_use]
    pub fn into_receipt(self) -> Receipt {
        match self {
            Self::Posted(receipt) | Self::Repeated(receipt) => receipt,
        }
    }
}

/// Why an instruction is not carried out. Nothing of it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The debited account does not have so much.
    #[error("the balance is {balance}")]
    Overdrawn {
        /// What it has.
        balance: Money,
    },
    /// Another order had the same key.
    #[error("the key belongs to transfer {transfer}")]
    KeyReused {
        /// What came of that order.
        transfer: TransferId,
    },
    /// The transfer was reversed before.
    #[error("transfer {by} reversed it")]
    AlreadyReversed {
        /// By this one.
        by: TransferId,
    },
    /// A balance would be beyond what can be counted.
    #[error("the balance would be too large")]
    TooLarge,
}

/// All that decides what becomes of some instructions, as it stands in the database, and as it would stand after them.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pages: HashMap<(Account, Currency), Page>,
    known: HashMap<(Account, Key), Receipt>,
    reversed: HashMap<TransferId, TransferId>,
    pub(super) posted: Vec<Receipt>,
}

impl Books {
    /// Notes where an account stands.
    pub fn set_page(&mut self, account: Account, currency: Currency, page: Page) {
        self.pages.insert((account, currency), page);
    }

    /// Notes a transfer that may be asked for again.
    pub fn set_known(&mut self, receipt: Receipt) {
        let transfer = &receipt.transfer;
        self.known.insert((transfer.from, transfer.key.clone()), receipt);
    }

    /// Notes that a transfer was reversed.
    pub fn set_reversed(&mut self, transfer: TransferId, by: TransferId) {
        self.reversed.insert(transfer, by);
    }

    /// Where an account stands.
    #[must_use]
    pub fn page(&self, account: Account, currency: Currency) -> Page {
        self.pages
            .get(&(account, currency))
            .copied()
            .unwrap_or(Page::EMPTY)
    }

    /// What was posted, in order.
    #[must_use]
    pub fn posted(&self) -> &[Receipt] {
        &self.posted
    }

    /// What came of an instruction of the past, if there was one with this key.
    #[must_use]
    pub fn repeated(&self, instruction: &Instruction) -> Option<Result<Outcome, Refusal>> {
        let key = (instruction.movement.from(), instruction.key.clone());
        let receipt = self.known.get(&key)?;
        Some(if receipt.transfer.is_of(instruction) {
            Ok(Outcome::Repeated(receipt.clone()))
        } else {
            let transfer = receipt.transfer.id;
            Err(Refusal::KeyReused { transfer })
        })
    }

    /// Carries an instruction out, under the id `id`, or says why not: then nothing has changed.
    pub fn post(
        &mut self,
        id: TransferId,
        now: Timestamp,
        caller: &Caller,
        instruction: &Instruction,
    ) -> Result<Outcome, Refusal> {
        if let Some(outcome) = self.repeated(instruction) {
            return outcome;
        }
        let movement = instruction.movement;
        if let Some(by) = movement.reverses().and_then(|of| self.reversed.get(&of)) {
            return Err(Refusal::AlreadyReversed { by: *by });
        }
        let amount = movement.amount().minor();
        let (from, to) = (movement.from(), movement.to());
        let (debited, credited) = (
            self.page(from, movement.currency()),
            self.page(to, movement.currency()),
        );
        let at = now.max(debited.latest_at).max(credited.latest_at);
        let debited = debited.moved(from, -amount, at, movement.currency())?;
        let credited = credited.moved(to, amount, at, movement.currency())?;
        let receipt = Receipt {
            transfer: Transfer {
                id,
                at,
                kind: movement.kind(),
                from,
                to,
                amount: movement.amount(),
                key: instruction.key.clone(),
                reference: instruction.reference.clone(),
                reverses: movement.reverses(),
                actor: caller.actor.clone(),
                origin: caller.origin.map(|address| address.to_string()),
            },
            from: debited.standing(from, -amount, movement.currency()),
            to: credited.standing(to, amount, movement.currency()),
        };
        self.set_page(from, movement.currency(), debited);
        self.set_page(to, movement.currency(), credited);
        if let Some(of) = movement.reverses() {
            self.set_reversed(of, id);
        }
        self.set_known(receipt.clone());
        self.posted.push(receipt.clone());
        Ok(Outcome::Posted(receipt))
    }
}

impl Page {
    fn moved(
        self,
        account: Account,
        amount: i64,
        at: Timestamp,
        currency: Currency,
    ) -> Result<Self, Refusal> {
        let balance = self.balance.checked_add(amount).ok_or(Refusal::TooLarge)?;
        if balance < 0 && amount < 0 && !account.may_be_negative() {
            let balance = Money::new(self.balance, currency);
            return Err(Refusal::Overdrawn { balance });
        }
        Ok(Self {
            balance,
            entries: self.entries + 1,
            latest_at: at,
        })
    }

    fn standing(self, account: Account, amount: i64, currency: Currency) -> Standing {
        Standing {
            account,
            number: self.entries,
            // Was just added without overflow.
            before: Money::new(self.balance.wrapping_sub(amount), currency),
            balance: Money::new(self.balance, currency),
        }
    }
}

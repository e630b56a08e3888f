//! A deposit: a payment to the provider that staff record as credit. Above a limit a second person confirms it.

use jiff::Timestamp;
use kernel::{AccountId, DepositId, Money, StaffId, TransferId, Words};
use platform::{Denied, Partnership, Permission, StaffMember};

use super::Reference;

/// A recorded payment.
#[derive(Clone, Debug, PartialEq)]
pub struct Deposit {
    /// Its id.
    pub id: DepositId,
    /// Whose credit it is.
    pub account: AccountId,
    /// How much was paid.
    pub amount: Money,
    /// The payment's reference; an account's is there once.
    pub reference: Reference,
    /// What staff note about it, among themselves.
    pub note: Option<Words>,
    /// Who recorded it.
    pub recorded_by: StaffId,
    /// When.
    pub recorded_at: Timestamp,
    /// Where it stands.
    pub state: DepositState,
}

/// Where a deposit stands.
#[derive(Clone, Debug, PartialEq)]
pub enum DepositState {
    /// A second person is to look at it. Nothing has moved.
    AwaitingSecond,
    /// It is in the balance.
    Posted {
        /// Since when.
        at: Timestamp,
        /// Who let it through: the second person or, below the limit, who recorded it.
        by: StaffId,
        /// The movement in the ledger.
        transfer: TransferId,
    },
    /// The second person did not confirm it.
    Rejected {
        /// When.
        at: Timestamp,
        /// Who.
        by: StaffId,
        /// Why.
        reason: Words,
    },
    /// It was in the balance and was taken back: its payment may be recorded anew.
    Reversed {
        /// When.
        at: Timestamp,
        /// Who took it back.
        by: StaffId,
        /// The movement that brought it.
        transfer: TransferId,
        /// Why it was taken back.
        reason: Words,
    },
}

/// A state without what belongs to it: for lists and filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// [`DepositState::AwaitingSecond`]
    AwaitingSecond,
    /// [`DepositState::Posted`]
    Posted,
    /// [`DepositState::Rejected`]
    Rejected,
    /// [`DepositState::Reversed`]
    Reversed,
}

impl StateKind {
    /// All of them, in the order of a deposit's life.
    pub const ALL: [Self; 4] = [Self::AwaitingSecond, Self::Posted, Self::Rejected, Self::Reversed];

    /// The name in the database, the API and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingSecond => "awaiting_second",
            Self::Posted => "posted",
            Self::Rejected => "rejected",
            Self::Reversed => "reversed",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingSecond => "credit-deposit-state-awaiting-second",
            Self::Posted => "credit-deposit-state-posted",
            Self::Rejected => "credit-deposit-state-rejected",
            Self::Reversed => "credit-deposit-state-reversed",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingSecond => "warn",
            Self::Posted => "good",
            Self::Rejected => "bad",
            Self::Reversed => "calm",
        }
    }
}

impl DepositState {
    /// Which one it is.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AwaitingSecond => StateKind::AwaitingSecond,
            Self::Posted { .. } => StateKind::Posted,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::Reversed { .. } => StateKind::Reversed,
        }
    }
}

/// Why a deposit cannot be recorded, confirmed or rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DepositError {
    /// A partner's customer gets its credit from its partner alone.
    #[error("a partner's customer gets its credit from its partner")]
    PartnersCustomer,
    /// Whoever recorded it does not decide on it.
    #[error("the second person must be another one")]
    SamePerson,
    /// It is above the limit: only who may be a second person takes it back.
    #[error("above the limit a deposit is taken back by who may confirm one")]
    AboveLimit,
    /// Whoever tried may not move credit of the account.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It was decided already: this is how.
    #[error("the deposit is settled already")]
    Settled(StateKind),
    /// It never was in the balance, or was taken back already.
    #[error("the deposit is not posted")]
    NotPosted,
}

/// Whether an account may get credit by a payment to the provider (partner portal rules, section 3).
pub fn may_hold_deposits(partnership: Partnership) -> Result<(), DepositError> {
    match partnership {
        Partnership::None | Partnership::Partner => Ok(()),
        Partnership::CustomerOf(_) => Err(DepositError::PartnersCustomer),
    }
}

/// What staff record.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDeposit {
    /// Its id.
    pub id: DepositId,
    /// Whose credit.
    pub account: AccountId,
    /// How much; above zero.
    pub amount: Money,
    /// The payment's reference.
    pub reference: Reference,
    /// A note among staff.
    pub note: Option<Words>,
}

impl Deposit {
    /// Whether an amount waits for a second person. `limit` is in minor units: what is above it waits.
    #[must_use]
    pub fn needs_second(amount: Money, limit: i64) -> bool {
        amount.minor() > limit
    }

    /// Records a payment. Above the limit it waits; otherwise it is to be posted by whoever records it, in the same
    /// unit of work.
    pub fn record(
        new: NewDeposit,
        by: &StaffMember,
        partnership: Partnership,
        at: Timestamp,
    ) -> Result<Self, DepositError> {
        by.may(Permission::RecordCredit)?;
        may_hold_deposits(partnership)?;
        let NewDeposit {
            id,
            account,
            amount,
            reference,
            note,
        } = new;
        Ok(Self {
            id,
            account,
            amount,
            reference,
            note,
            recorded_by: by.id,
            recorded_at: at,
            state: DepositState::AwaitingSecond,
        })
    }

    /// Lets it through at once, by whoever recorded it: below the limit.
    pub fn post_at_once(self, transfer: TransferId) -> Result<Self, DepositError> {
        let (at, by) = (self.recorded_at, self.recorded_by);
        self.settle(DepositState::Posted { at, by, transfer })
    }

    /// The second person confirms it. The account must still be one that may hold deposits.
    pub fn confirm(
        self,
        by: &StaffMember,
        partnership: Partnership,
        transfer: TransferId,
        at: Timestamp,
    ) -> Result<Self, DepositError> {
        self.may_be_decided_by(by)?;
        may_hold_deposits(partnership)?;
        let by = by.id;
        self.settle(DepositState::Posted { at, by, transfer })
    }

    /// The second person does not confirm it.
    pub fn reject(self, by: &StaffMember, reason: Words, at: Timestamp) -> Result<Self, DepositError> {
        self.may_be_decided_by(by)?;
        let by = by.id;
        self.settle(DepositState::Rejected { at, by, reason })
    }

    /// Staff take it back out of the balance. `limit` is in minor units.
    pub fn reverse(
        self,
        by: &StaffMember,
        reason: Words,
        at: Timestamp,
        limit: i64,
    ) -> Result<Self, DepositError> {
        Self::may_be_reversed_by(by, self.amount, limit)?;
        let DepositState::Posted { transfer, .. } = self.state else {
            return Err(DepositError::NotPosted);
        };
        let state = DepositState::Reversed {
            at,
            by: by.id,
            transfer,
            reason,
        };
        Ok(Self { state, ..self })
    }

    /// Whether this one may take a deposit of an amount back: one that needed a second person, only who could have been it.
    pub fn may_be_reversed_by(by: &StaffMember, amount: Money, limit: i64) -> Result<(), DepositError> {
        by.may(Permission::RecordCredit)?;
        if Self::needs_second(amount, limit) && by.may(Permission::ConfirmCredit).is_err() {
            return Err(DepositError::AboveLimit);
        }
        Ok(())
    }

    /// Whether this one may be the second person.
    pub fn may_be_decided_by(&self, by: &StaffMember) -> Result<(), DepositError> {
        by.may(Permission::ConfirmCredit)?;
        if by.id == self.recorded_by {
            return Err(DepositError::SamePerson);
        }
        match self.state.kind() {
            StateKind::AwaitingSecond => Ok(()),
            settled => Err(DepositError::Settled(settled)),
        }
    }

    fn settle(self, state: DepositState) -> Result<Self, DepositError> {
        match self.state.kind() {
            StateKind::AwaitingSecond => Ok(Self { state, ..self }),
            settled => Err(DepositError::Settled(settled)),
        }
    }
}

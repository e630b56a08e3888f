//! What moves.

use std::fmt;

use jiff::Timestamp;
use kernel::{AccountId, Currency, Money, TransferId, money::MoneyError};
use platform::Actor;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Account;

/// Why money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Received from outside.
    Deposit,
    /// From a partner to its customer.
    TopUp,
    /// Consumed.
    Usage,
    /// Usage given back.
    Refund,
    /// The opposite of an earlier transfer, whole.
    Reversal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Deposit,
        Self::TopUp,
        Self::Usage,
        Self::Refund,
        Self::Reversal,
    ];

    /// Its name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::TopUp => "top_up",
            Self::Usage => "usage",
            Self::Refund => "refund",
            Self::Reversal => "reversal",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// An amount above zero from one account to another. Its constructors admit what makes sense, and nothing else makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    kind: Kind,
    from: Account,
    to: Account,
    amount: Money,
    reverses: Option<TransferId>,
}

/// Why nothing can move like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MovementError {
    /// The amount is not above zero, or beyond [`Money::MAX_MINOR`].
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// From an account to itself.
    #[error("from an account to itself")]
    SameAccount,
    /// A reversal is not reversed: what it undid is posted anew.
    #[error("a reversal cannot be reversed")]
    IsReversal,
}

impl Movement {
    /// Money received from outside.
    pub fn deposit(to: AccountId, amount: Money) -> Result<Self, MovementError> {
        Self::between(Kind::Deposit, Account::Deposits, to.into(), amount)
    }

    /// From a partner to its customer. Whether they are that is the guard's to know.
    pub fn top_up(partner: AccountId, customer: AccountId, amount: Money) -> Result<Self, MovementError> {
        Self::between(Kind::TopUp, partner.into(), customer.into(), amount)
    }

    /// Money consumed.
    pub fn usage(by: AccountId, amount: Money) -> Result<Self, MovementError> {
        Self::between(Kind::Usage, by.into(), Account::Usage, amount)
    }

    /// Usage given back, all or part of it.
    pub fn refund(to: AccountId, amount: Money) -> Result<Self, MovementError> {
        Self::between(Kind::Refund, Account::Usage, to.into(), amount)
    }

    /// The opposite of a transfer.
    pub fn reversal(of: &Transfer) -> Result<Self, MovementError> {
        if of.kind == Kind::Reversal {
            return Err(MovementError::IsReversal);
        }
        let reverses = Some(of.id);
        Self::between(Kind::Reversal, of.to, of.from, of.amount).map(|movement| Self { reverses, ..movement })
    }

    fn between(kind: Kind, from: Account, to: Account, amount: Money) -> Result<Self, MovementError> {
        if from == to {
            return Err(MovementError::SameAccount);
        }
        Ok(Self {
            kind,
            from,
            to,
            amount: amount.positive()?,
            reverses: None,
        })
    }

    /// Why.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// The account that is debited.
    #[must_use]
    pub fn from(self) -> Account {
        self.from
    }

    /// The account that is credited.
    #[must_use]
    pub fn to(self) -> Account {
        self.to
    }

    /// How much, above zero.
    #[must_use]
    pub fn amount(self) -> Money {
        self.amount
    }

    /// Of which currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.amount.currency()
    }

    /// Which transfer it takes back, if it does.
    #[must_use]
    pub fn reverses(self) -> Option<TransferId> {
        self.reverses
    }
}

/// Tells orders apart, among those that debit one account: the same key is the same order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

/// A text is no idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is of 1 to {max} printable characters", max = Key::MAX)]
pub struct KeyError;

impl Key {
    /// The most characters.
    pub const MAX: usize = 200;

    /// Takes a key: 1 to [`Self::MAX`] characters, none of them a control character.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let fine = (1..=Self::MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fine.then(|| Self(text.to_owned())).ok_or(KeyError)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it was stored.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }
}

impl From<Uuid> for Key {
    fn from(id: Uuid) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A movement, and what makes it this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What moves.
    pub movement: Movement,
    /// The same key again, on the same debited account, is the same order.
    pub key: Key,
    /// What people know it by: a payment's reference, a row of a bill; may be empty.
    pub reference: String,
}

/// A movement that was posted. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// When it was posted.
    pub at: Timestamp,
    /// Why.
    pub kind: Kind,
    /// The account that was debited.
    pub from: Account,
    /// The account that was credited.
    pub to: Account,
    /// How much.
    pub amount: Money,
    /// The key of its order.
    pub key: Key,
    /// What people know it by.
    pub reference: String,
    /// Which transfer it took back.
    pub reverses: Option<TransferId>,
    /// Who ordered it.
    pub actor: Actor,
    /// From which address.
    pub origin: Option<String>,
}

impl Transfer {
    /// Whether an instruction asks for this very transfer.
    #[must_use]
    pub fn is_of(&self, instruction: &Instruction) -> bool {
        let movement = &instruction.movement;
        (self.kind, self.from, self.to, self.amount, self.reverses)
            == (
                movement.kind,
                movement.from,
                movement.to,
                movement.amount,
                movement.reverses,
            )
            && self.key == instruction.key
            && self.reference == instruction.reference
    }
}

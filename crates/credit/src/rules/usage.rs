//! Usage: what billing says that an account used. It is charged as far as the balance goes; the rest stays outstanding
//! and is charged first of all when credit comes in.

use kernel::{AccountId, Money};
use uuid::Uuid;

/// The most characters of a period, as billing writes it.
pub const MAX_PERIOD: usize = 40;
/// The most characters of what was used.
pub const MAX_DESCRIPTION: usize = 200;

/// A text is no line that people are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one line of 1 to {0} characters is meant")]
pub struct LabelError(pub usize);

/// Whether a text is one line of 1 to `max` characters, not all of them spaces.
pub fn check_label(text: &str, max: usize) -> Result<(), LabelError> {
    let fine = !text.trim().is_empty() && text.chars().count() <= max && !text.chars().any(char::is_control);
    fine.then_some(()).ok_or(LabelError(max))
}

/// A row of usage, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Our id: ascends with the import.
    pub id: Uuid,
    /// Billing's id of the row.
    pub row: String,
    /// Whose usage.
    pub account: AccountId,
    /// What it cost.
    pub amount: Money,
    /// The period, as billing writes it.
    pub period: String,
    /// What was used.
    pub description: String,
    /// What was taken from the balance so far, whether or not it was given back since.
    pub charged: Money,
    /// What is still to be taken.
    pub outstanding: Money,
    /// What was given back of what was charged.
    pub refunded: Money,
}

/// A part of a row that is taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The row.
    pub usage: Uuid,
    /// How much of it.
    pub amount: Money,
}

/// What a balance pays of `open` (row and what is outstanding of it, the oldest first): each in turn, the last one
/// perhaps in part.
#[must_use]
pub fn charges(balance: Money, open: impl IntoIterator<Item = (Uuid, Money)>) -> Vec<Charge> {
    let mut left = balance.minor();
    let mut charges = Vec::new();
    for (usage, outstanding) in open {
        let minor = outstanding.minor().min(left);
        if minor <= 0 {
            break;
        }
        left -= minor;
        charges.push(Charge {
            usage,
            amount: Money::new(minor, balance.currency()),
        });
    }
    charges
}

/// What a refund of usage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// So much less is outstanding.
    pub waived: Money,
    /// So much comes back to the balance.
    pub credited: Money,
}

impl Refund {
    /// Both together.
    #[must_use]
    pub fn total(self) -> Money {
        // Together no more than a row, which is no more than [`Money::MAX_MINOR`].
        Money::new(
            self.waived.minor() + self.credited.minor(),
            self.credited.currency(),
        )
    }
}

/// Why usage cannot be refunded so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// Only this much of the row is left to refund.
    #[error("only {0} of the row is left to refund")]
    MoreThanLeft(Money),
}

impl Usage {
    /// What of it was neither waived nor given back: the most that can be refunded.
    #[must_use]
    pub fn refundable(&self) -> Money {
        // What was given back is part of what was charged, so this does not fall below zero.
        let minor = self.charged.minor() - self.refunded.minor() + self.outstanding.minor();
        Money::new(minor, self.amount.currency())
    }

    /// Refunds a positive amount: what is outstanding is waived first, the rest comes back to the balance.
    pub fn refund(self, amount: Money) -> Result<(Self, Refund), RefundError> {
        if amount.minor() > self.refundable().minor() {
            return Err(RefundError::MoreThanLeft(self.refundable()));
        }
        let money = |minor| Money::new(minor, self.amount.currency());
        let waived = amount.minor().min(self.outstanding.minor());
        let credited = amount.minor() - waived;
        let next = Self {
            outstanding: money(self.outstanding.minor() - waived),
            refunded: money(self.refunded.minor() + credited),
            ..self
        };
        let refund = Refund {
            waived: money(waived),
            credited: money(credited),
        };
        Ok((next, refund))
    }

    /// Takes note of a charge.
    #[must_use]
    pub fn charge(self, amount: Money) -> Self {
        let money = |minor| Money::new(minor, self.amount.currency());
        Self {
            charged: money(self.charged.minor() + amount.minor()),
            outstanding: money(self.outstanding.minor() - amount.minor()),
            ..self
        }
    }
}

//! Telling an account that its credit runs low: once when it falls below the threshold, and again only after it has
//! been back at or above it.

use kernel::Money;

/// The threshold of an account, and whether it was told already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Below this the balance is low. Zero: never.
    pub threshold: Money,
    /// It was told, and the balance has been low since.
    pub told: bool,
}

impl Alert {
    /// A threshold that its holder sets while the balance is `balance`: the holder sees it, so nothing is told about
    /// what is low already.
    #[must_use]
    pub fn set(threshold: Money, balance: Money) -> Self {
        Self {
            threshold,
            told: balance.minor() < threshold.minor(),
        }
    }

    /// What follows from a balance, and whether the account is to be told.
    #[must_use]
    pub fn at(self, balance: Money) -> (Self, bool) {
        let low = balance.minor() < self.threshold.minor();
        (Self { told: low, ..self }, low && !self.told)
    }
}

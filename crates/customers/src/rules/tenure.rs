//! Whose customer an account is or was, and when.

use accounts::account::Account;
use jiff::Timestamp;
use kernel::AccountId;

use super::{Customer, State};

/// A stretch of time during which an account was one partner's customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The partner.
    pub partner: AccountId,
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it; none while it lasts.
    pub until: Option<Timestamp>,
}

impl Tenure {
    /// Whether it lasts at a moment. One that lasts now is expected to last.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// When an account was whose customer, the first of them first, by its relations. One that came from the provider's list
/// as a partner's is that partner's since there is the account, also while its relation is not yet written.
#[must_use]
pub fn tenures<'a>(relations: impl IntoIterator<Item = &'a Customer>, account: &Account) -> Vec<Tenure> {
    let mut tenures: Vec<Tenure> = relations.into_iter().filter_map(Customer::tenure).collect();
    tenures.sort_unstable_by_key(|tenure| tenure.from);
    if let Some(partner) = account.managed_by
        && !tenures.iter().any(|tenure| tenure.until.is_none())
    {
        let before = tenures.iter().filter_map(|tenure| tenure.until).max();
        tenures.push(Tenure {
            partner,
            from: before.unwrap_or(account.created_at),
            until: None,
        });
    }
    tenures
}

impl Customer {
    /// When the account is or was the partner's customer, if it ever was.
    #[must_use]
    pub fn tenure(&self) -> Option<Tenure> {
        let (from, until) = match self.state {
            State::Active { since, .. } => (since, None),
            State::Ended { since, at, .. } => (since, Some(at)),
            _ => return None,
        };
        Some(Tenure {
            partner: self.partner,
            from,
            until,
        })
    }
}

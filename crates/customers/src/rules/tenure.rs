//! Whose customer an account is or was, and when.

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

/// When an account was whose customer, the first of them first, by its relations and by whose customer it is now. An
/// account that came from the provider's list as a partner's has no relation: nobody knows since when, so it counts as
/// that partner's from the end of the one before on, or from ever.
#[must_use]
pub fn tenures<'a>(
    relations: impl IntoIterator<Item = &'a Customer>,
    managed_by: Option<AccountId>,
) -> Vec<Tenure> {
    let mut tenures: Vec<Tenure> = relations.into_iter().filter_map(Customer::tenure).collect();
    tenures.sort_unstable_by_key(|tenure| tenure.from);
    if let Some(partner) = managed_by
        && !tenures.iter().any(|tenure| tenure.until.is_none())
    {
        let before = tenures.iter().filter_map(|tenure| tenure.until).max();
        tenures.push(Tenure {
            partner,
            from: before.unwrap_or(Timestamp::MIN),
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

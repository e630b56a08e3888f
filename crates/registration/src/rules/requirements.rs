//! What an account must satisfy to become a partner (partner portal rules, section 1).

use accounts::account::Account;
use kernel::AccountId;

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Registered with the provider, with a verified email address.
    Registered,
    /// Not the customer of a partner.
    Independent,
    /// Classified as an enterprise.
    Enterprise,
}

/// Why one is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// The root user's address was never verified.
    EmailNotVerified,
    /// The account is managed by this partner.
    CustomerOf(AccountId),
    /// The account is a person's.
    Individual,
}

/// All three, with what is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirements([(Requirement, Option<Unmet>); 3]);

impl Requirements {
    /// Checks an account.
    #[must_use]
    pub fn check(account: &Account) -> Self {
        let unverified = account
            .root
            .email_verified_at
            .is_none()
            .then_some(Unmet::EmailNotVerified);
        let individual = account.enterprise().is_none().then_some(Unmet::Individual);
        Self([
            (Requirement::Registered, unverified),
            (
                Requirement::Independent,
                account.managed_by.map(Unmet::CustomerOf),
            ),
            (Requirement::Enterprise, individual),
        ])
    }

    /// Whether nothing stands in the way.
    #[must_use]
    pub fn all_met(&self) -> bool {
        self.0.iter().all(|(_, unmet)| unmet.is_none())
    }

    /// Each requirement and, where it is not met, why.
    pub fn iter(&self) -> impl Iterator<Item = (Requirement, Option<Unmet>)> {
        self.0.iter().copied()
    }

    /// What is not met.
    pub fn unmet(&self) -> impl Iterator<Item = Unmet> {
        self.0.iter().filter_map(|(_, unmet)| *unmet)
    }
}

impl Requirement {
    /// The message key of its name is `registration-requirement-{this}`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Independent => "independent",
            Self::Enterprise => "enterprise",
        }
    }
}

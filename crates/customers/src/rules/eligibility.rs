//! What an account must satisfy to become a partner's customer (partner portal rules, section 2).

use std::str::FromStr;

use accounts::account::{Account, PaymentMode};
use kernel::Money;
use serde::{Deserialize, Serialize};

/// One of the conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Has no credit balance.
    NoCredit,
    /// Uses no service.
    NoServices,
    /// Enjoys no discount of the provider.
    NoDiscount,
    /// Is in no proof of concept.
    NoPoc,
    /// Pays in advance.
    Prepaid,
    /// Is no partner itself, nor recorded as somebody's that becomes one.
    NotPartner,
    /// Is no partner's customer, and has not confirmed to become another's.
    NotCustomer,
}

/// What is known of an account when it is to become a customer.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its credit.
    pub credit: Money,
    /// Whether accounts are its customers: also those that the provider's list gives to one that is no partner yet.
    pub manages_others: bool,
    /// Whether it confirmed another partner's invitation and awaits approval.
    pub confirmed_elsewhere: bool,
}

/// All conditions, each met or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligibility([(Condition, bool); 7]);

impl Eligibility {
    /// Checks an account.
    #[must_use]
    pub fn check(facts: Facts<'_>) -> Self {
        let Facts {
            account,
            credit,
            manages_others,
            confirmed_elsewhere,
        } = facts;
        Self(Condition::ALL.map(|condition| {
            let met = match condition {
                Condition::NoCredit => credit.minor() == 0,
                Condition::NoServices => !account.standing.uses_services,
                Condition::NoDiscount => !account.standing.enjoys_discount,
                Condition::NoPoc => !account.standing.in_poc,
                Condition::Prepaid => account.standing.payment_mode == PaymentMode::Prepaid,
                Condition::NotPartner => account.partner_since.is_none() && !manages_others,
                Condition::NotCustomer => account.managed_by.is_none() && !confirmed_elsewhere,
            };
            (condition, met)
        }))
    }

    /// Whether nothing stands in the way.
    #[must_use]
    pub fn all_met(&self) -> bool {
        self.0.iter().all(|(_, met)| *met)
    }

    /// Each condition, and whether it is met.
    pub fn iter(&self) -> impl Iterator<Item = (Condition, bool)> {
        self.0.iter().copied()
    }

    /// What is not met.
    #[must_use]
    pub fn unmet(&self) -> Vec<Condition> {
        let unmet = self.0.iter().filter(|(_, met)| !met);
        unmet.map(|(condition, _)| *condition).collect()
    }
}

impl Condition {
    /// All of them, in the order in which people are told.
    pub const ALL: [Self; 7] = [
        Self::NoCredit,
        Self::NoServices,
        Self::NoDiscount,
        Self::NoPoc,
        Self::Prepaid,
        Self::NotPartner,
        Self::NotCustomer,
    ];

    /// The name in the database and the API. Its messages are `customers-condition-{this}` and, where it is not met,
    /// `customers-condition-{this}-fix`, with `-` for `_`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoCredit => "no_credit",
            Self::NoServices => "no_services",
            Self::NoDiscount => "no_discount",
            Self::NoPoc => "no_poc",
            Self::Prepaid => "prepaid",
            Self::NotPartner => "not_partner",
            Self::NotCustomer => "not_customer",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> String {
        format!("customers-condition-{}", self.as_str().replace('_', "-"))
    }
}

impl FromStr for Condition {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |condition: &Self| condition.as_str() == text;
        Self::ALL.into_iter().find(named).ok_or(())
    }
}

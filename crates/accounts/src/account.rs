//! What a service account is.

use jiff::Timestamp;
use kernel::{AccountId, EmailAddress, Language, UserId, tax_code::TaxCode};
use platform::Partnership;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A service account, with its root user.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// A person's or a company's.
    pub class: Class,
    /// As it was entered; may be empty for an imported account.
    pub phone: String,
    /// How it stands with the provider.
    pub standing: Standing,
    /// The partner whose customer it is.
    pub managed_by: Option<AccountId>,
    /// Since when it is a partner.
    pub partner_since: Option<Timestamp>,
    /// Who signs in with the email address.
    pub root: RootUser,
    /// Since when.
    pub created_at: Timestamp,
}

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// A person's.
    Individual,
    /// A company's.
    Enterprise(Enterprise),
}

/// A company, as its registration names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// The name in the business register.
    pub legal_name: String,
    /// The tax code; it knows its country.
    pub tax_code: TaxCode,
}

/// How an account pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMode {
    /// In advance, out of its credit.
    #[default]
    Prepaid,
    /// By invoice.
    Postpaid,
}

/// How an account stands with the provider, as billing knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How it pays.
    pub payment_mode: PaymentMode,
    /// Uses services of the provider now.
    pub uses_services: bool,
    /// Enjoys a discount of the provider now.
    pub enjoys_discount: bool,
    /// Is in a proof of concept now.
    pub in_poc: bool,
}

/// What became otherwise in how an account stands with the provider. What is not named stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = AccountStanding)]
pub struct StandingChange {
    /// How it pays.
    pub payment_mode: Option<PaymentMode>,
    /// Uses services of the provider now.
    pub uses_services: Option<bool>,
    /// Enjoys a discount of the provider now.
    pub enjoys_discount: Option<bool>,
    /// Is in a proof of concept now.
    pub in_poc: Option<bool>,
}

impl Standing {
    /// As it is after a change.
    #[must_use]
    pub fn after(self, change: StandingChange) -> Self {
        Self {
            payment_mode: change.payment_mode.unwrap_or(self.payment_mode),
            uses_services: change.uses_services.unwrap_or(self.uses_services),
            enjoys_discount: change.enjoys_discount.unwrap_or(self.enjoys_discount),
            in_poc: change.in_poc.unwrap_or(self.in_poc),
        }
    }
}

/// The root user of an account.
#[derive(Clone, Debug)]
pub struct RootUser {
    /// The user's id.
    pub id: UserId,
    /// Signs in with it.
    pub email: EmailAddress,
    /// The person's name.
    pub name: String,
    /// The language of letters.
    pub language: Language,
    /// When the address was proved to be the person's.
    pub email_verified_at: Option<Timestamp>,
}

impl Account {
    /// The company's name, or the person's.
    #[must_use]
    pub fn display_name(&self) -> &str {
        match &self.class {
            Class::Enterprise(company) => &company.legal_name,
            Class::Individual => &self.root.name,
        }
    }

    /// What it is in the partner programme.
    #[must_use]
    pub fn partnership(&self) -> Partnership {
        match (self.partner_since, self.managed_by) {
            (Some(_), _) => Partnership::Partner,
            (None, Some(partner)) => Partnership::CustomerOf(partner),
            (None, None) => Partnership::None,
        }
    }

    /// The company, where it is one's account.
    #[must_use]
    pub fn enterprise(&self) -> Option<&Enterprise> {
        match &self.class {
            Class::Enterprise(company) => Some(company),
            Class::Individual => None,
        }
    }
}

impl Class {
    /// The name in the database and in import files.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Enterprise(_) => "enterprise",
        }
    }
}

impl PaymentMode {
    /// The name in the database and in import files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid",
            Self::Postpaid => "postpaid",
        }
    }
}

/// A legal name as it is compared: lower case, single spaces, no punctuation.
#[must_use]
pub fn legal_name_key(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

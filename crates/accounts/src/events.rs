//! What happens to accounts.

use kernel::{AccountId, EmailAddress, Language};
use platform::event::{Event, Kind, Subject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::{Enterprise, Standing};

/// What happened to an account, or before there was one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AccountEvent {
    /// Somebody asked for an account with this address; the subject is no account (yet).
    SignUpRequested {
        /// The address, not verified.
        email: EmailAddress,
    },
    /// The form behind the verification link was completed.
    Created {
        /// The verified address.
        email: EmailAddress,
        /// The company, of an enterprise.
        company: Option<Company>,
    },
    /// The account was taken over from the provider's own list.
    Imported {
        /// The address.
        email: EmailAddress,
        /// The company, of an enterprise.
        company: Option<Company>,
    },
    /// The root user of an imported account proved that the address is the own one.
    EmailVerified {
        /// The address.
        email: EmailAddress,
    },
    /// A user changed the own data.
    ProfileChanged {
        /// The name since then.
        name: String,
        /// The language since then.
        language: Language,
        /// The account's telephone number since then, where the user may change it.
        phone: Option<String>,
    },
    /// An individual account became a company's.
    BecameEnterprise {
        /// The company.
        company: Company,
    },
    /// What names the company was corrected by the provider.
    CompanyCorrected {
        /// As it is since then.
        company: Company,
    },
    /// How the account stands with the provider is otherwise, as billing knows.
    StandingChanged {
        /// As it is since then.
        #[serde(flatten)]
        standing: Standing,
    },
}

/// A company in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The name in the business register.
    pub legal_name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The tax code.
    pub tax_code: String,
}

impl From<&Enterprise> for Company {
    fn from(company: &Enterprise) -> Self {
        Self {
            legal_name: company.legal_name.clone(),
            country: company.tax_code.country().code().to_owned(),
            tax_code: company.tax_code.to_string(),
        }
    }
}

platform::event_kinds! {
    AccountEvent:
    SignUpRequested => Kind::staff("account.sign_up_requested"),
    Created => Kind::account("account.created"),
    Imported => Kind::account("account.imported"),
    EmailVerified => Kind::account("account.email_verified"),
    ProfileChanged => Kind::account("account.profile_changed"),
    BecameEnterprise => Kind::account("account.became_enterprise"),
    CompanyCorrected => Kind::account("account.company_corrected"),
    StandingChanged => Kind::account("account.standing_changed"),
}

/// The kinds of events of this room.
pub const EVENTS: &[&[Kind]] = &[AccountEvent::KINDS];

/// The account as the subject of events.
#[must_use]
pub fn subject(account: AccountId) -> Subject {
    Subject {
        kind: "account",
        id: account.into(),
        account: Some(account),
    }
}

/// A sign-up as the subject of events, before there is an account.
#[must_use]
pub fn sign_up(id: Uuid) -> Subject {
    Subject {
        kind: "sign_up",
        id,
        account: None,
    }
}

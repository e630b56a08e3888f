//! What a bearer token may be used for, on top of what its person may do.

use std::{collections::BTreeSet, fmt, str::FromStr, sync::Arc};

use axum::http::{HeaderMap, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actor::{Area, Capacity, SignedIn};

/// A part of the API that a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Scope {
    /// See registrations, requirements and terms.
    #[serde(rename = "registrations:read")]
    RegistrationsRead,
    /// Apply, answer, withdraw; take, ask, decide.
    #[serde(rename = "registrations:write")]
    RegistrationsWrite,
    /// See accounts.
    #[serde(rename = "accounts:read")]
    AccountsRead,
    /// Change the own account; import accounts.
    #[serde(rename = "accounts:write")]
    AccountsWrite,
    /// See emails.
    #[serde(rename = "messages:read")]
    MessagesRead,
    /// Send emails again.
    #[serde(rename = "messages:write")]
    MessagesWrite,
    /// Follow what happens.
    #[serde(rename = "events:read")]
    EventsRead,
    /// Manage webhooks.
    #[serde(rename = "webhooks:manage")]
    WebhooksManage,
    /// See customers.
    #[serde(rename = "customers:read")]
    CustomersRead,
    /// Add, withdraw, end; confirm, decline; decide.
    #[serde(rename = "customers:write")]
    CustomersWrite,
    /// See balances, transactions and statements.
    #[serde(rename = "credit:read")]
    CreditRead,
    /// Top up; record deposits, refunds and usage.
    #[serde(rename = "credit:write")]
    CreditWrite,
    /// See discounts, the catalogue and prices.
    #[serde(rename = "discounts:read")]
    DiscountsRead,
    /// Ask for, grant and decide on discounts.
    #[serde(rename = "discounts:write")]
    DiscountsWrite,
    /// Change products and prices.
    #[serde(rename = "catalogue:write")]
    CatalogueWrite,
    /// See and change who works for the account.
    #[serde(rename = "team:manage")]
    TeamManage,
}

/// A text names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope {0:?}; known are {known}", known = Scopes::all())]
pub struct UnknownScope(String);

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 16] = [
        Self::RegistrationsRead,
        Self::RegistrationsWrite,
        Self::AccountsRead,
        Self::AccountsWrite,
        Self::MessagesRead,
        Self::MessagesWrite,
        Self::EventsRead,
        Self::WebhooksManage,
        Self::CustomersRead,
        Self::CustomersWrite,
        Self::CreditRead,
        Self::CreditWrite,
        Self::DiscountsRead,
        Self::DiscountsWrite,
        Self::CatalogueWrite,
        Self::TeamManage,
    ];

    /// Its name in tokens, configuration and the OpenAPI document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RegistrationsRead => "registrations:read",
            Self::RegistrationsWrite => "registrations:write",
            Self::AccountsRead => "accounts:read",
            Self::AccountsWrite => "accounts:write",
            Self::MessagesRead => "messages:read",
            Self::MessagesWrite => "messages:write",
            Self::EventsRead => "events:read",
            Self::WebhooksManage => "webhooks:manage",
            Self::CustomersRead => "customers:read",
            Self::CustomersWrite => "customers:write",
            Self::CreditRead => "credit:read",
            Self::CreditWrite => "credit:write",
            Self::DiscountsRead => "discounts:read",
            Self::DiscountsWrite => "discounts:write",
            Self::CatalogueWrite => "catalogue:write",
            Self::TeamManage => "team:manage",
        }
    }

    /// The message that tells people what it is for.
    #[must_use]
    pub fn label(self) -> String {
        format!("scope-{}", self.as_str().replace(':', "-"))
    }

    /// Whether it is of any use to somebody in this capacity. The tokens of an IAM user open no area beyond what was
    /// granted; what each request needs is asked besides, so that a scope never gives more than its person has.
    #[must_use]
    pub fn is_for(self, capacity: Capacity) -> bool {
        match capacity {
            Capacity::Staff { .. } => true,
            Capacity::Root { .. } => self.is_for_accounts(),
            Capacity::Iam { grants, .. } => match self {
                Self::CustomersRead => grants.sees(Area::Customers),
                Self::CustomersWrite => grants.manages(Area::Customers),
                Self::CreditRead => grants.sees(Area::Credit),
                Self::CreditWrite => grants.manages(Area::Credit),
                // The catalogue and one's own prices are for every user: so is the scope that opens them.
                Self::DiscountsWrite => grants.manages(Area::Discounts),
                Self::WebhooksManage | Self::TeamManage => false,
                _ => self.is_for_accounts(),
            },
        }
    }

    /// Whether it is of any use to users of accounts; the others are for staff alone.
    fn is_for_accounts(self) -> bool {
        !matches!(
            self,
            Self::MessagesRead | Self::MessagesWrite | Self::CatalogueWrite
        )
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| UnknownScope(text.chars().take(40).collect()))
    }
}

/// Several scopes; written with spaces between them (RFC 6749, 3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Every scope.
    #[must_use]
    pub fn all() -> Self {
        Scope::ALL.into_iter().collect()
    }

    /// Whether a scope is among them.
    #[must_use]
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each, in order.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Whether all of these are among `others`.
    #[must_use]
    pub fn are_within(&self, others: &Self) -> bool {
        self.0.is_subset(&others.0)
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl FromStr for Scopes {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace().map(str::parse).collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{}", scope.as_str())?;
        }
        Ok(())
    }
}

/// What a valid bearer token gives.
#[derive(Clone, Debug)]
pub struct Access {
    /// For whom the caller acts: the person behind the token, as it is at the moment.
    pub person: Arc<SignedIn>,
    /// What for.
    pub scopes: Scopes,
    /// Whose requests are counted: the token or, for short-lived ones, the client.
    pub counted_as: String,
}

/// What a request brought to show who asks.
#[derive(Clone, Debug, Default)]
pub enum Token {
    /// Nothing.
    #[default]
    Missing,
    /// Something that is no token, or one that does not hold (any more).
    Invalid,
    /// A token that holds.
    Valid(Arc<Access>),
}

impl Token {
    /// What it gives, if it holds.
    #[must_use]
    pub fn access(&self) -> Option<&Access> {
        match self {
            Self::Valid(access) => Some(access),
            Self::Missing | Self::Invalid => None,
        }
    }
}

/// The token of the `Authorization` header (RFC 6750, 2.1): `Err` where the header holds something else.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ()> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .ok_or(())?;
    let token = token.trim();
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() {
        Ok(Some(token))
    } else {
        Err(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Scopes};

    #[test]
    fn scopes_are_written_as_they_are_read() {
        for scope in Scope::ALL {
            assert_eq!(scope.as_str().parse(), Ok(scope));
            assert_eq!(
                serde_json::to_value(scope).unwrap(),
                serde_json::json!(scope.as_str())
            );
        }
        let two: Scopes = "events:read  registrations:read".parse().unwrap();
        assert_eq!(two.to_string(), "registrations:read events:read");
        assert!(two.are_within(&Scopes::all()) && !Scopes::all().are_within(&two));
        assert!("registrations".parse::<Scopes>().is_err());
    }
}

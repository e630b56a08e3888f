//! Who acts, and what staff may do.

mod member;
mod staff;
#[cfg(test)]
mod tests;

use std::{net::IpAddr, sync::Arc};

use kernel::{AccountId, EmailAddress, Language, SessionId, StaffId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use member::{Denied, StaffMember};
pub use staff::{Permission, StaffRole};

/// Whoever caused an event, as it is kept with the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// The root user of an account.
    Root {
        user: UserId,
        account: AccountId,
        name: String,
    },
    /// An IAM user of an account.
    Iam {
        user: UserId,
        account: AccountId,
        name: String,
    },
    /// One of the provider's people.
    Staff { staff: StaffId, name: String },
    /// Somebody who is not signed in (signing up, resetting a password).
    Visitor,
    /// Whoever runs Portico, at its command line: as whom and where the operating system says it was.
    Operator { name: String },
    /// Portico itself: a deadline, an activation, a price list that it read.
    System,
}

impl Actor {
    /// The account that it is of; none for anybody else than the users of one.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root { account, .. } | Self::Iam { account, .. } => Some(*account),
            Self::Staff { .. } | Self::Visitor | Self::Operator { .. } | Self::System => None,
        }
    }

    /// Which of the provider's people it is, if one.
    #[must_use]
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Staff { staff, .. } => Some(*staff),
            Self::Root { .. } | Self::Iam { .. } | Self::Visitor | Self::Operator { .. } | Self::System => {
                None
            }
        }
    }

    /// Whether an actor, as it is kept, is one of an account's own users: also one that only a later version knows in
    /// full. Of others an account is not told who they are: not of the provider's people, and not of those of its partner
    /// or its customer.
    #[must_use]
    pub fn is_of(kept: &Value, account: AccountId) -> bool {
        matches!(kept["who"].as_str(), Some("root" | "iam")) && kept["account"] == json!(account)
    }
}

/// Who sits at the browser.
#[derive(Clone, Debug, Default)]
pub enum Visitor {
    /// Not signed in.
    #[default]
    Anonymous,
    /// Signed in.
    SignedIn(Arc<SignedIn>),
}

/// A signed-in person, loaded anew for each request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The browser's session.
    pub session: SessionId,
    /// The person's name.
    pub name: String,
    /// The address that the person signs in with (for an IAM user: its own, where it has one).
    pub email: EmailAddress,
    /// The language of the person's profile.
    pub language: Language,
    /// In which capacity.
    pub capacity: Capacity,
    /// What the person's account is in the partner programme; nothing for staff.
    pub partnership: Partnership,
}

/// What an account is in the partner programme. Never both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Partnership {
    /// Neither of both.
    #[default]
    None,
    /// A partner.
    Partner,
    /// The customer of this partner.
    CustomerOf(AccountId),
}

/// In which capacity somebody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// The root user of an account: may do everything for it.
    Root { user: UserId, account: AccountId },
    /// An IAM user of an account: may do what the root user granted.
    Iam {
        user: UserId,
        account: AccountId,
        grants: Grants,
    },
    /// One of the provider's people.
    Staff { staff: StaffId, role: StaffRole },
}

impl Capacity {
    /// The account that it is of; none for staff.
    #[must_use]
    pub fn account(self) -> Option<AccountId> {
        match self {
            Self::Root { account, .. } | Self::Iam { account, .. } => Some(account),
            Self::Staff { .. } => None,
        }
    }

    /// Which of the provider's people it is, if one.
    #[must_use]
    pub fn staff(self) -> Option<StaffId> {
        match self {
            Self::Root { .. } | Self::Iam { .. } => None,
            Self::Staff { staff, .. } => Some(staff),
        }
    }
}

/// A part of an account's work that its root user lets IAM users into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Its customers: add, withdraw, end.
    Customers,
    /// Its credit: balances, statements, top-ups.
    Credit,
    /// Its discounts and those that it grants.
    Discounts,
}

/// What the root user granted an IAM user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// See and manage customers.
    Customers,
    /// See and move credit.
    Credit,
    /// See and manage discounts.
    Discounts,
    /// See all areas, change nothing.
    ReadOnly,
}

/// Several grants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grants(u8);

impl Grant {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Credit, Self::Discounts, Self::ReadOnly];

    /// The name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Credit => "credit",
            Self::Discounts => "discounts",
            Self::ReadOnly => "read_only",
        }
    }

    /// The message that names it; with `-hint` after it, the one that says what it is for.
    #[must_use]
    pub fn label(self) -> String {
        format!("grant-{}", self.as_str().replace('_', "-"))
    }
}

impl std::str::FromStr for Grant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|grant| grant.as_str() == text)
            .ok_or_else(|| format!("unknown grant {text:?}"))
    }
}

impl Grants {
    /// Whether it is among them.
    #[must_use]
    pub fn contains(self, grant: Grant) -> bool {
        self.0 & (1 << grant as u8) != 0
    }

    /// Each, in order.
    pub fn iter(self) -> impl Iterator<Item = Grant> {
        Grant::ALL.into_iter().filter(move |grant| self.contains(*grant))
    }

    /// Whether they allow changes in an area.
    #[must_use]
    pub fn manages(self, area: Area) -> bool {
        self.contains(match area {
            Area::Customers => Grant::Customers,
            Area::Credit => Grant::Credit,
            Area::Discounts => Grant::Discounts,
        })
    }

    /// Whether they allow a look at an area.
    #[must_use]
    pub fn sees(self, area: Area) -> bool {
        self.manages(area) || self.contains(Grant::ReadOnly)
    }
}

impl FromIterator<Grant> for Grants {
    fn from_iter<T: IntoIterator<Item = Grant>>(grants: T) -> Self {
        Self(grants.into_iter().fold(0, |all, grant| all | (1 << grant as u8)))
    }
}

/// As the database keeps them: names with spaces between them. What is no grant (any more) grants nothing.
impl From<&str> for Grants {
    fn from(text: &str) -> Self {
        text.split_whitespace()
            .filter_map(|name| name.parse().ok())
            .collect()
    }
}

impl std::fmt::Display for Grants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.iter().map(Grant::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

impl Visitor {
    /// The signed-in person, if any.
    #[must_use]
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(person) => Some(person),
        }
    }
}

impl SignedIn {
    /// The account that the person belongs to; none for staff.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.capacity.account()
    }

    /// The first letters of the first and last word of the name: for the mark in the header.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }

    /// Whether this staff member has the permission; never for others.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        matches!(self.capacity, Capacity::Staff { role, .. } if role.may(permission))
    }

    /// Whether this user of an account may look at an area of its work; never staff.
    #[must_use]
    pub fn sees(&self, area: Area) -> bool {
        match self.capacity {
            Capacity::Root { .. } => true,
            Capacity::Iam { grants, .. } => grants.sees(area),
            Capacity::Staff { .. } => false,
        }
    }

    /// Whether this user of an account may change things in an area of its work; never staff.
    #[must_use]
    pub fn manages(&self, area: Area) -> bool {
        match self.capacity {
            Capacity::Root { .. } => true,
            Capacity::Iam { grants, .. } => grants.manages(area),
            Capacity::Staff { .. } => false,
        }
    }

    /// Whether the person's account is a partner.
    #[must_use]
    pub fn is_partner(&self) -> bool {
        self.partnership == Partnership::Partner
    }

    /// The person as the actor of an event.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let name = self.name.clone();
        match self.capacity {
            Capacity::Root { user, account } => Actor::Root { user, account, name },
            Capacity::Iam { user, account, .. } => Actor::Iam { user, account, name },
            Capacity::Staff { staff, .. } => Actor::Staff { staff, name },
        }
    }
}

/// Who acts and from where: what a use case needs to know of a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// From which address, where there is one.
    pub origin: Option<IpAddr>,
}

impl Caller {
    /// Which of the provider's people it is; nobody else may do what staff do.
    pub fn staff(&self) -> Result<StaffId, Denied> {
        self.actor.staff().ok_or(Denied::Role)
    }

    /// Portico itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            actor: Actor::System,
            origin: None,
        }
    }

    /// Whoever runs Portico, as the operating system names them.
    #[must_use]
    pub fn operator(name: String) -> Self {
        Self {
            actor: Actor::Operator { name },
            origin: None,
        }
    }
}

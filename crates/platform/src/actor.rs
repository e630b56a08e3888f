//! Who acts, and what staff may do.

use std::net::IpAddr;

use kernel::{AccountId, EmailAddress, Language, SessionId, StaffId, UserId};
use serde::{Deserialize, Serialize};

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
    /// Portico itself: a deadline, an activation, an import.
    System,
}

/// Who sits at the browser.
#[derive(Clone, Debug, Default)]
pub enum Visitor {
    /// Not signed in.
    #[default]
    Anonymous,
    /// Signed in.
    SignedIn(Box<SignedIn>),
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
}

/// In which capacity somebody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// The root user of an account: may do everything for it.
    Root { user: UserId, account: AccountId },
    /// An IAM user of an account.
    Iam { user: UserId, account: AccountId },
    /// One of the provider's people.
    Staff { staff: StaffId, role: StaffRole },
}

/// What one of the provider's people is there to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Decides on registrations.
    Reviewer,
    /// Decides, hands cases over, decides in bulk.
    Lead,
    /// Sees everything, changes nothing.
    Auditor,
}

/// A permission of staff, named beside the route that needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See the queue, cases, the dashboard.
    SeeRegistrations,
    /// Take a case, ask, approve, reject.
    DecideRegistrations,
    /// Approve several at once, take a case from a colleague.
    LeadRegistrations,
    /// Take over accounts from the provider's own list.
    ImportAccounts,
    /// See emails and their templates.
    SeeMessages,
    /// Send an email again.
    ResendMessages,
    /// Set up the provider's webhooks, see what they delivered, send again.
    ManageWebhooks,
    /// Search the audit trail and take it away as a file.
    SeeAudit,
}

impl StaffRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Reviewer, Self::Lead, Self::Auditor];

    /// The one table of staff permissions.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        use Permission::{
            DecideRegistrations, ImportAccounts, LeadRegistrations, ManageWebhooks, ResendMessages, SeeAudit,
            SeeMessages, SeeRegistrations,
        };
        match permission {
            SeeRegistrations | SeeMessages => true,
            DecideRegistrations | ResendMessages => matches!(self, Self::Reviewer | Self::Lead),
            LeadRegistrations | ImportAccounts | ManageWebhooks => self == Self::Lead,
            SeeAudit => matches!(self, Self::Lead | Self::Auditor),
        }
    }

    /// The name in the database and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Lead => "lead",
            Self::Auditor => "auditor",
        }
    }
}

impl std::str::FromStr for StaffRole {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("unknown role {text:?}; known are reviewer, lead and auditor"))
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
        match self.capacity {
            Capacity::Root { account, .. } | Capacity::Iam { account, .. } => Some(account),
            Capacity::Staff { .. } => None,
        }
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

    /// The person as the actor of an event.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let name = self.name.clone();
        match self.capacity {
            Capacity::Root { user, account } => Actor::Root { user, account, name },
            Capacity::Iam { user, account } => Actor::Iam { user, account, name },
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
    /// Portico itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            actor: Actor::System,
            origin: None,
        }
    }
}

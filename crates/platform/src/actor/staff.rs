//! What the provider's people may do.

use serde::{Deserialize, Serialize};

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
    /// See partners' customers, the queue of those to be reviewed, their cases.
    SeeCustomers,
    /// Approve and reject customers.
    DecideCustomers,
    /// Move a customer from one partner to another.
    TransferCustomers,
    /// See balances, transfers, deposits and statements of all accounts.
    SeeCredit,
    /// Record a payment, give a refund, take a transfer back.
    RecordCredit,
    /// Confirm what another of the staff recorded above the limit.
    ConfirmCredit,
    /// Take over usage from billing.
    ImportUsage,
    /// See partner and customer discounts.
    SeeDiscounts,
    /// Approve and reject partner discounts.
    DecideDiscounts,
    /// See the catalogue with its prices, also those to come.
    SeeCatalogue,
    /// Change products and prices.
    ManageCatalogue,
}

impl StaffRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Reviewer, Self::Lead, Self::Auditor];

    /// The one table of staff permissions.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        use Permission::{
            ConfirmCredit, DecideCustomers, DecideDiscounts, DecideRegistrations, ImportAccounts,
            ImportUsage, LeadRegistrations, ManageCatalogue, ManageWebhooks, RecordCredit, ResendMessages,
            SeeAudit, SeeCatalogue, SeeCredit, SeeCustomers, SeeDiscounts, SeeMessages, SeeRegistrations,
            TransferCustomers,
        };
        match permission {
            SeeRegistrations | SeeMessages | SeeCustomers | SeeCredit | SeeDiscounts | SeeCatalogue => true,
            DecideRegistrations | ResendMessages | DecideCustomers | RecordCredit | DecideDiscounts => {
                matches!(self, Self::Reviewer | Self::Lead)
            }
            LeadRegistrations | ImportAccounts | ManageWebhooks | TransferCustomers | ConfirmCredit
            | ImportUsage | ManageCatalogue => self == Self::Lead,
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

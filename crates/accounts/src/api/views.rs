//! What the API shows of accounts.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::account::{Account, Class, PaymentMode};

/// A service account.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub(super) struct View {
    id: Uuid,
    #[serde(flatten)]
    class: ClassView,
    phone: String,
    payment_mode: PaymentMode,
    /// Uses services of the provider now.
    uses_services: bool,
    /// Enjoys a discount of the provider now.
    enjoys_discount: bool,
    /// Is in a proof of concept now.
    in_poc: bool,
    /// The partner whose customer it is.
    #[schema(required = true)]
    managed_by: Option<Uuid>,
    root_user: RootUser,
    created_at: Timestamp,
}

/// Whose account it is.
#[derive(Serialize, ToSchema)]
#[serde(tag = "class", rename_all = "snake_case")]
#[schema(as = AccountClass)]
enum ClassView {
    /// A person's.
    Individual,
    /// A company's.
    Enterprise {
        /// The name in the business register.
        legal_name: String,
        /// ISO 3166-1 alpha-2.
        #[schema(example = "VN")]
        country: String,
        #[schema(example = "0100109106")]
        tax_code: String,
    },
}

/// Who signs in with the account's address.
#[derive(Serialize, ToSchema)]
struct RootUser {
    id: Uuid,
    email: String,
    name: String,
    /// `en` or `vi`.
    language: &'static str,
    /// When the address was proved to be the person's.
    #[schema(required = true)]
    email_verified_at: Option<Timestamp>,
}

impl From<&Account> for View {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.into(),
            class: match &account.class {
                Class::Individual => ClassView::Individual,
                Class::Enterprise(company) => ClassView::Enterprise {
                    legal_name: company.legal_name.clone(),
                    country: company.tax_code.country().code().to_owned(),
                    tax_code: company.tax_code.to_string(),
                },
            },
            phone: account.phone.clone(),
            payment_mode: account.standing.payment_mode,
            uses_services: account.standing.uses_services,
            enjoys_discount: account.standing.enjoys_discount,
            in_poc: account.standing.in_poc,
            managed_by: account.managed_by.map(Uuid::from),
            root_user: RootUser {
                id: account.root.id.into(),
                email: account.root.email.to_string(),
                name: account.root.name.clone(),
                language: account.root.language.tag(),
                email_verified_at: account.root.email_verified_at,
            },
            created_at: account.created_at,
        }
    }
}

impl View {
    /// The place in a list, the newest first: ids ascend with time.
    pub(super) fn place(&self) -> String {
        self.id.to_string()
    }
}

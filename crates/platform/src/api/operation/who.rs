//! Who may call an operation, in words.

use crate::{
    actor::{Area, Permission},
    web::Need,
};

/// Whom a need admits.
pub(super) fn may(need: Need) -> String {
    match need {
        Need::Nothing => "anybody".to_owned(),
        Need::Account => "users of an account".to_owned(),
        Need::Root => "the root user of an account".to_owned(),
        Need::SignedIn => "users of an account and staff".to_owned(),
        Need::AccountOr(permission) => format!("users of an account and staff who may {}", deed(permission)),
        Need::Staff(permission) => format!("staff who may {}", deed(permission)),
        Need::Sees(area) => format!(
            "the root user of an account and IAM users who see its {}",
            named(area)
        ),
        Need::SeesOr(area, permission) => format!(
            "the root user of an account, IAM users who see its {}, and staff who may {}",
            named(area),
            deed(permission)
        ),
        Need::Manages(area) => format!(
            "the root user of an account and IAM users who manage its {}",
            named(area)
        ),
        Need::PartnerSees(area) => format!(
            "the root user of a partner and IAM users who see its {}",
            named(area)
        ),
        Need::PartnerManages(area) => format!(
            "the root user of a partner and IAM users who manage its {}",
            named(area)
        ),
    }
}

fn deed(permission: Permission) -> &'static str {
    match permission {
        Permission::SeeRegistrations => "see registrations",
        Permission::DecideRegistrations => "decide on registrations",
        Permission::LeadRegistrations => "lead the review of registrations",
        Permission::ImportAccounts => "import accounts",
        Permission::SeeMessages => "see emails",
        Permission::ResendMessages => "send emails again",
        Permission::ManageWebhooks => "manage the provider's webhooks",
        Permission::SeeAudit => "see the audit trail",
        Permission::SeeCustomers => "see customers",
        Permission::DecideCustomers => "decide on customers",
        Permission::TransferCustomers => "transfer customers",
        Permission::SeeCredit => "see credit",
        Permission::RecordCredit => "record credit",
        Permission::ConfirmCredit => "confirm credit that another recorded",
        Permission::ImportUsage => "import usage",
        Permission::SeeDiscounts => "see discounts",
        Permission::DecideDiscounts => "decide on discounts",
        Permission::SeeCatalogue => "see the catalogue",
        Permission::ManageCatalogue => "manage the catalogue",
    }
}

fn named(area: Area) -> &'static str {
    match area {
        Area::Customers => "customers",
        Area::Credit => "credit",
        Area::Discounts => "discounts",
    }
}

//! The rows of new accounts, for who writes many at a time.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::rows::{account, user};
use crate::account::{Account, legal_name_key};

/// The row of a new account.
#[must_use]
pub fn row(of: &Account) -> account::ActiveModel {
    let company = of.enterprise();
    account::ActiveModel {
        id: Set(of.id.into()),
        class: Set(of.class.as_str().to_owned()),
        legal_name: Set(company.map(|company| company.legal_name.clone())),
        legal_name_key: Set(company.map(|company| legal_name_key(&company.legal_name))),
        country: Set(company.map(|company| company.tax_code.country().code().to_owned())),
        tax_code: Set(company.map(|company| company.tax_code.as_str().to_owned())),
        phone: Set(of.phone.clone()),
        payment_mode: Set(of.standing.payment_mode.as_str().to_owned()),
        uses_services: Set(of.standing.uses_services),
        enjoys_discount: Set(of.standing.enjoys_discount),
        in_poc: Set(of.standing.in_poc),
        managed_by: Set(of.managed_by.map(Uuid::from)),
        created_at: Set(of.created_at.as_millisecond()),
        partner_since: Set(of.partner_since.map(Timestamp::as_millisecond)),
    }
}

/// The row of its root user, who has no password yet.
#[must_use]
pub fn root_row(of: &Account) -> user::ActiveModel {
    let root = &of.root;
    user::ActiveModel {
        id: Set(root.id.into()),
        account_id: Set(of.id.into()),
        kind: Set("root".to_owned()),
        email: Set(root.email.to_string()),
        email_domain: Set(root.email.domain().to_owned()),
        user_name: Set(None),
        name: Set(root.name.clone()),
        password_hash: Set(None),
        language: Set(root.language.tag().to_owned()),
        email_verified_at: Set(root.email_verified_at.map(Timestamp::as_millisecond)),
        created_at: Set(of.created_at.as_millisecond()),
        grants: Set(String::new()),
    }
}

/// Whether there is any account.
pub async fn any_account(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(account::Entity::find().one(db).await?.is_some())
}

//! Changes of accounts and users.

use kernel::{AccountId, EmailAddress, Language, StaffId, UserId};
use platform::{Grants, actor::StaffRole};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use super::rows::{account, staff, user};
use crate::{
    account::{Class, Standing, legal_name_key},
    password::PasswordHash,
};

/// Sets a user's name and language.
pub async fn set_user_profile(
    tx: &impl ConnectionTrait,
    user: UserId,
    name: &str,
    language: Language,
) -> Result<(), DbErr> {
    user::Entity::update_many()
        .col_expr(user::Column::Name, Expr::value(name))
        .col_expr(user::Column::Language, Expr::value(language.tag()))
        .filter(user::Column::Id.eq(Uuid::from(user)))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Notes when a user's address was verified. False where it was before, which stays.
pub async fn set_verified(tx: &impl ConnectionTrait, user: Uuid, at: jiff::Timestamp) -> Result<bool, DbErr> {
    let set = user::Entity::update_many()
        .col_expr(user::Column::EmailVerifiedAt, Expr::value(at.as_millisecond()))
        .filter(user::Column::Id.eq(user))
        .filter(user::Column::EmailVerifiedAt.is_null())
        .exec(tx)
        .await?;
    Ok(set.rows_affected == 1)
}

/// Sets an account's telephone number.
pub async fn set_phone(tx: &impl ConnectionTrait, account: AccountId, phone: &str) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Phone, Expr::value(phone))
        .filter(account::Column::Id.eq(Uuid::from(account)))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Sets an account's class.
pub async fn set_class(tx: &impl ConnectionTrait, account: AccountId, class: &Class) -> Result<(), DbErr> {
    let company = match class {
        Class::Enterprise(company) => Some(company),
        Class::Individual => None,
    };
    let row = account::ActiveModel {
        id: Set(account.into()),
        class: Set(class.as_str().to_owned()),
        legal_name: Set(company.map(|company| company.legal_name.clone())),
        legal_name_key: Set(company.map(|company| legal_name_key(&company.legal_name))),
        country: Set(company.map(|company| company.tax_code.country().code().to_owned())),
        tax_code: Set(company.map(|company| company.tax_code.to_string())),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// Makes an account a customer of the partner `manager`, or nobody's.
pub async fn set_managed_by(
    tx: &impl ConnectionTrait,
    account: AccountId,
    manager: Option<AccountId>,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::ManagedBy, Expr::value(manager.map(Uuid::from)))
        .filter(account::Column::Id.eq(Uuid::from(account)))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Sets how an account stands with the provider.
pub async fn set_standing(tx: &impl ConnectionTrait, account: AccountId, to: Standing) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(
            account::Column::PaymentMode,
            Expr::value(to.payment_mode.as_str()),
        )
        .col_expr(account::Column::UsesServices, Expr::value(to.uses_services))
        .col_expr(account::Column::EnjoysDiscount, Expr::value(to.enjoys_discount))
        .col_expr(account::Column::InPoc, Expr::value(to.in_poc))
        .filter(account::Column::Id.eq(Uuid::from(account)))
        .exec(tx)
        .await
        .map(|_| ())
}

/// A new IAM user.
#[derive(Clone, Debug)]
pub struct NewIam {
    /// The user's id.
    pub id: UserId,
    /// For which account it signs in.
    pub account: AccountId,
    /// Its own address: for letters only.
    pub email: EmailAddress,
    /// When the address was proved to be the person's.
    pub email_verified_at: Option<jiff::Timestamp>,
    /// Signs in with it; unique in its account.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// The language of pages and letters.
    pub language: Language,
    /// The password.
    pub password: PasswordHash,
    /// What it may do.
    pub grants: Grants,
}

/// Writes a new IAM user. Fails on the unique index where the account has one of that name.
pub async fn insert_iam(tx: &impl ConnectionTrait, new: NewIam, now: jiff::Timestamp) -> Result<(), DbErr> {
    let row = user::ActiveModel {
        id: Set(new.id.into()),
        account_id: Set(new.account.into()),
        kind: Set("iam".to_owned()),
        email_domain: Set(new.email.domain().to_owned()),
        email: Set(new.email.into()),
        user_name: Set(Some(new.user_name)),
        name: Set(new.name),
        password_hash: Set(Some(new.password.as_str().to_owned())),
        language: Set(new.language.tag().to_owned()),
        email_verified_at: Set(new.email_verified_at.map(jiff::Timestamp::as_millisecond)),
        created_at: Set(now.as_millisecond()),
        grants: Set(new.grants.to_string()),
    };
    row.insert(tx).await.map(|_| ())
}

/// A new staff member.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// The id.
    pub id: StaffId,
    /// Signs in with it.
    pub email: EmailAddress,
    /// The person's name.
    pub name: String,
    /// What the person is there to do.
    pub role: StaffRole,
    /// The language of pages and letters.
    pub language: Language,
    /// None until one is set by "Forgotten password".
    pub password: Option<PasswordHash>,
}

/// Writes a new staff member. Fails on the unique index where the address is taken.
pub async fn insert_staff(
    tx: &impl ConnectionTrait,
    new: NewStaff,
    now: jiff::Timestamp,
) -> Result<(), DbErr> {
    let row = staff::ActiveModel {
        id: Set(new.id.into()),
        email: Set(new.email.into()),
        name: Set(new.name),
        role: Set(new.role.as_str().to_owned()),
        password_hash: Set(new.password.map(|hash| hash.as_str().to_owned())),
        language: Set(new.language.tag().to_owned()),
        created_at: Set(now.as_millisecond()),
        removed_at: Set(None),
    };
    row.insert(tx).await.map(|_| ())
}

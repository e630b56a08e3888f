//! Who is whose customer, for rooms above this one.

use accounts::store::rows::{account, user};
use kernel::{AccountId, EmailAddress};
use platform::db::is_literally;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

/// An active customer, as its partner calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Its account.
    pub account: AccountId,
    /// As its partner calls it.
    pub name: String,
    /// The root user's address.
    pub email: EmailAddress,
}

/// The active customers of a partner, by name.
pub async fn active(db: &impl ConnectionTrait, partner: AccountId) -> Result<Vec<Customer>, DbErr> {
    let rows = account::Entity::find()
        .filter(account::Column::ManagedBy.eq(Uuid::from(partner)))
        .find_also_related(user::Entity)
        .filter(is_literally(user::Column::Kind, "root"))
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for (account, root) in rows {
        let Some(root) = root else { continue };
        let email = root
            .email
            .parse()
            .map_err(|error| DbErr::Custom(format!("user {}: {error}", root.id)))?;
        let name = account.legal_name.unwrap_or(root.name);
        all.push(Customer {
            account: AccountId(account.id),
            name,
            email,
        });
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

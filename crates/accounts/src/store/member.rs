//! The staff, seen from accounts.

use kernel::{AccountId, EmailAddress, StaffId};
use platform::actor::{Capacity, StaffMember};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{find_person, rows::user};

/// A member of staff, seen from the accounts that something concerns; nothing where there is no such person (any more). The
/// role is read now: what the session says may be old.
pub async fn staff_member(
    db: &impl ConnectionTrait,
    staff: StaffId,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<Option<StaffMember>, DbErr> {
    let Some(person) = find_person(db, Uuid::from(staff)).await? else {
        return Ok(None);
    };
    let Capacity::Staff { staff, role } = person.capacity else {
        return Ok(None);
    };
    let mut users = Vec::new();
    for account in accounts {
        users.extend(addresses(db, account).await?);
    }
    Ok(Some(StaffMember::new(
        staff,
        person.name,
        role,
        &person.email,
        &users,
    )))
}

/// The addresses of all users of an account, also of those who were removed: nobody decides on an account that is or was
/// the own one.
pub async fn addresses(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<EmailAddress>, DbErr> {
    let addresses: Vec<String> = user::Entity::find()
        .filter(user::Column::AccountId.eq(Uuid::from(account)))
        .select_only()
        .column(user::Column::Email)
        .into_tuple()
        .all(db)
        .await?;
    // An IAM user need not have an address.
    Ok(addresses
        .iter()
        .filter_map(|address| address.parse().ok())
        .collect())
}

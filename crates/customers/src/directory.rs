//! Who is whose customer, for rooms above this one.

use std::collections::{BTreeSet, HashMap};

use accounts::{
    account::Account,
    store::rows::{account, user},
};
use kernel::{AccountId, EmailAddress};
use platform::{Partnership, db::is_literally};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

pub use crate::rules::Tenure;
use crate::{
    rules::{StateKind, tenures},
    store,
};

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
    let names: HashMap<AccountId, String> = store::active(db, partner)
        .await?
        .into_iter()
        .filter_map(|customer| Some((customer.account()?, customer.name.to_string())))
        .collect();
    let mut all = rows
        .into_iter()
        .filter_map(|(account, root)| Some((account, root?)))
        .map(|(account, root)| read(account, root, &names))
        .collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|a, b| a.name.cmp(&b.name).then(a.account.cmp(&b.account)));
    Ok(all)
}

/// One active customer of a partner; nothing where the account is not its customer.
pub async fn customer(
    db: &impl ConnectionTrait,
    partner: AccountId,
    account: AccountId,
) -> Result<Option<Customer>, DbErr> {
    let row = account::Entity::find_by_id(Uuid::from(account))
        .filter(account::Column::ManagedBy.eq(Uuid::from(partner)))
        .find_also_related(user::Entity)
        .filter(is_literally(user::Column::Kind, "root"))
        .one(db)
        .await?;
    let Some((row, Some(root))) = row else {
        return Ok(None);
    };
    let relation = store::active_with(db, partner, account).await?;
    let names = relation
        .map(|relation| (account, relation.name.to_string()))
        .into_iter()
        .collect();
    read(row, root, &names).map(Some)
}

/// One that was a partner's customer and is not any more, as the partner knew it.
pub async fn former(
    db: &impl ConnectionTrait,
    partner: AccountId,
    account: AccountId,
) -> Result<Option<Customer>, DbErr> {
    let relations = store::of_account(db, account).await?;
    let ended = relations
        .into_iter()
        .find(|relation| relation.partner == partner && relation.state.kind() == StateKind::Ended);
    Ok(ended.map(|relation| Customer {
        account,
        name: relation.name.to_string(),
        email: relation.email,
    }))
}

/// What partners call these accounts, of those that are active customers of one and were named by it: one query, however
/// many. With the partner, so that nobody is told another's name for it.
pub async fn names(
    db: &impl ConnectionTrait,
    accounts: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, (AccountId, String)>, DbErr> {
    store::names(db, accounts).await
}

/// The partner whose customer an account is.
pub async fn partner_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<AccountId>, DbErr> {
    Ok(match accounts::store::partnership(db, account).await? {
        Partnership::CustomerOf(partner) => Some(partner),
        Partnership::Partner | Partnership::None => None,
    })
}

/// The partners whose customer an account is or was, the first of them first.
pub async fn tenures_of(db: &impl ConnectionTrait, account: &Account) -> Result<Vec<Tenure>, DbErr> {
    let relations = store::of_account(db, account.id).await?;
    Ok(tenures(&relations, account))
}

/// An account that was taken over from the provider's list as a partner's has no name of the partner's, but its own.
fn read(
    account: account::Model,
    root: user::Model,
    names: &HashMap<AccountId, String>,
) -> Result<Customer, DbErr> {
    let email = root
        .email
        .parse()
        .map_err(|error| DbErr::Custom(format!("user {}: {error}", root.id)))?;
    let id = AccountId(account.id);
    Ok(Customer {
        account: id,
        name: names
            .get(&id)
            .cloned()
            .or(account.legal_name)
            .unwrap_or(root.name),
        email,
    })
}

//! The tables of endpoints and deliveries.

pub mod deliveries;
pub mod rows;

use jiff::Timestamp;
use kernel::{AccountId, EndpointId};
use platform::{db::corrupt, event::time, secret::Key};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use crate::rules::{Endpoint, Kinds, Owner, Reason, Secret, State, Target};
use rows::endpoint;

/// What secrets are encrypted for.
const PURPOSE: &str = "webhook secret";

/// The owner's endpoint of that id.
pub async fn find(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: EndpointId,
) -> Result<Option<Endpoint>, DbErr> {
    of_owner(owner)
        .filter(endpoint::Column::Id.eq(id.0))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// The owner's endpoint, locked until the transaction ends: for whoever changes it.
pub async fn lock(
    tx: &impl ConnectionTrait,
    owner: Owner,
    id: EndpointId,
) -> Result<Option<endpoint::Model>, DbErr> {
    use sea_orm::QuerySelect;
    of_owner(owner)
        .filter(endpoint::Column::Id.eq(id.0))
        .lock_exclusive()
        .one(tx)
        .await
}

/// Anybody's endpoint, locked: for the worker that records what became of an attempt.
pub async fn lock_any(tx: &impl ConnectionTrait, id: EndpointId) -> Result<Option<endpoint::Model>, DbErr> {
    use sea_orm::QuerySelect;
    endpoint::Entity::find_by_id(id.0).lock_exclusive().one(tx).await
}

/// The owner's endpoints, oldest first. There are few: the configuration bounds them.
pub async fn list(db: &impl ConnectionTrait, owner: Owner) -> Result<Vec<Endpoint>, DbErr> {
    of_owner(owner)
        .order_by_asc(endpoint::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// How many endpoints the owner has.
pub async fn count(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, DbErr> {
    of_owner(owner).count(db).await
}

/// The enabled endpoints that may get events about `accounts`: theirs, and the provider's.
pub async fn enabled_for(
    db: &impl ConnectionTrait,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<Endpoint>, DbErr> {
    let accounts: Vec<Uuid> = accounts.into_iter().map(Uuid::from).collect();
    let rows = endpoint::Entity::find()
        .filter(endpoint::Column::Disabled.is_null())
        .filter(
            Condition::any()
                .add(endpoint::Column::AccountId.is_null())
                .add(endpoint::Column::AccountId.is_in(accounts)),
        )
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(readable).collect())
}

/// Enabled endpoints of which every attempt since `before` failed.
pub async fn failing_since(db: &impl ConnectionTrait, before: Timestamp) -> Result<Vec<EndpointId>, DbErr> {
    let rows = endpoint::Entity::find()
        .filter(endpoint::Column::Disabled.is_null())
        .filter(endpoint::Column::FailingSince.lte(before.as_millisecond()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| EndpointId(row.id)).collect())
}

fn of_owner(owner: Owner) -> Select<endpoint::Entity> {
    let all = endpoint::Entity::find();
    match owner {
        Owner::Provider => all.filter(endpoint::Column::AccountId.is_null()),
        Owner::Account(account) => all.filter(endpoint::Column::AccountId.eq(Uuid::from(account))),
    }
}

/// Writes a new endpoint with its secret.
pub async fn insert(
    tx: &impl ConnectionTrait,
    key: &Key,
    endpoint: &Endpoint,
    secret: &Secret,
) -> Result<(), DbErr> {
    let mut row = changed(endpoint);
    row.id = Set(endpoint.id.0);
    row.account_id = Set(endpoint.owner.account().map(Uuid::from));
    row.secret = Set(hide(key, endpoint.id, secret));
    row.created_at = Set(endpoint.created_at.as_millisecond());
    row.insert(tx).await.map(|_| ())
}

/// Writes what people and workers change of an endpoint.
pub async fn update(tx: &impl ConnectionTrait, endpoint: &Endpoint) -> Result<(), DbErr> {
    changed(endpoint).update(tx).await.map(|_| ())
}

/// Gives an endpoint a new secret; the one before signs too until `endpoint.old_secret_until`.
pub async fn rotate(
    tx: &impl ConnectionTrait,
    key: &Key,
    row: endpoint::Model,
    endpoint: &Endpoint,
    secret: &Secret,
) -> Result<(), DbErr> {
    let mut next = changed(endpoint);
    next.old_secret = Set(Some(row.secret));
    next.secret = Set(hide(key, endpoint.id, secret));
    next.update(tx).await.map(|_| ())
}

/// Deletes an endpoint with its deliveries.
pub async fn delete(tx: &impl ConnectionTrait, id: EndpointId) -> Result<(), DbErr> {
    endpoint::Entity::delete_by_id(id.0).exec(tx).await.map(|_| ())
}

/// The secrets that sign at `now`, the newest first.
pub fn secrets(key: &Key, row: &endpoint::Model, now: Timestamp) -> Result<Vec<Secret>, DbErr> {
    let old = row.old_secret.as_ref().filter(|_| {
        row.old_secret_until
            .is_some_and(|until| until > now.as_millisecond())
    });
    [Some(&row.secret), old]
        .into_iter()
        .flatten()
        .map(|hidden| {
            key.decrypt(PURPOSE, &row.id.to_string(), hidden)
                .map(Secret::from_bytes)
                .ok_or_else(|| unreadable(row.id, "its secret does not open with this installation's key"))
        })
        .collect()
}

fn hide(key: &Key, id: EndpointId, secret: &Secret) -> String {
    key.encrypt(PURPOSE, &id.to_string(), secret.bytes())
}

fn changed(of: &Endpoint) -> endpoint::ActiveModel {
    let kinds = match &of.kinds {
        Kinds::All => None,
        Kinds::Chosen(kinds) => Some(serde_json::json!(kinds).to_string()),
    };
    let (disabled, disabled_at) = match of.state {
        State::Enabled => (None, None),
        State::Disabled { reason, at } => (Some(reason.as_str().to_owned()), Some(at.as_millisecond())),
    };
    endpoint::ActiveModel {
        id: Unchanged(of.id.0),
        url: Set(of.target.to_string()),
        description: Set(of.description.clone()),
        kinds: Set(kinds),
        disabled: Set(disabled),
        disabled_at: Set(disabled_at),
        failing_since: Set(of.failing_since.map(Timestamp::as_millisecond)),
        delivered_at: Set(of.delivered_at.map(Timestamp::as_millisecond)),
        old_secret_until: Set(of.old_secret_until.map(Timestamp::as_millisecond)),
        version: Set(of.version),
        ..Default::default()
    }
}

/// The endpoint of a row.
pub fn read(row: endpoint::Model) -> Result<Endpoint, DbErr> {
    let kinds = match &row.kinds {
        None => Kinds::All,
        Some(text) => Kinds::Chosen(serde_json::from_str(text).map_err(|error| unreadable(row.id, error))?),
    };
    let state = match (&row.disabled, row.disabled_at) {
        (None, _) => State::Enabled,
        (Some(reason), at) => State::Disabled {
            reason: Reason::named(reason).ok_or_else(|| unreadable(row.id, "unknown reason"))?,
            at: time(at.unwrap_or_default()),
        },
    };
    Ok(Endpoint {
        id: EndpointId(row.id),
        owner: row.account_id.map(AccountId).into(),
        target: Target::stored(&row.url).map_err(|error| unreadable(row.id, error))?,
        description: row.description,
        kinds,
        state,
        failing_since: row.failing_since.map(time),
        delivered_at: row.delivered_at.map(time),
        old_secret_until: row.old_secret_until.map(time),
        version: row.version,
        created_at: time(row.created_at),
    })
}

/// The same, for work on many endpoints: one that cannot be read is passed over, so that no other waits for it.
pub(crate) fn readable(row: endpoint::Model) -> Option<Endpoint> {
    let read = read(row);
    read.inspect_err(|error| tracing::error!(%error, "an endpoint is passed over"))
        .ok()
}

fn unreadable(id: Uuid, why: impl std::fmt::Display) -> DbErr {
    corrupt("webhook endpoint", id, why)
}

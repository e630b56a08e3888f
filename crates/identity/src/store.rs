//! Queries that more than one part of the room asks.

pub(crate) mod rows;

use std::collections::HashMap;

use accounts::{
    password::PasswordHash,
    store::rows::{staff, user},
};
use jiff::Timestamp;
use platform::event::time;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::LockType,
};
use uuid::Uuid;

use rows::{access_token, api_token, code, pending, portal_session, sign_in, sso_session};

/// Ends one session at the provider, and with it the portal's session and the tokens that stem from it.
pub(crate) async fn end_sso(tx: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    sso_session::Entity::delete_by_id(id).exec(tx).await?;
    portal_session::Entity::delete_many()
        .filter(portal_session::Column::SsoSessionId.eq(id))
        .exec(tx)
        .await?;
    code::Entity::delete_many()
        .filter(code::Column::SsoSessionId.eq(id))
        .exec(tx)
        .await?;
    access_token::Entity::delete_many()
        .filter(access_token::Column::SsoSessionId.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all sessions of a person, at the provider and at the portal, with all codes and tokens; except what belongs to
/// the session `but` at the provider.
pub(crate) async fn end_all(tx: &impl ConnectionTrait, person: Uuid, but: Option<Uuid>) -> Result<(), DbErr> {
    // No id is all zeros, so that nothing is kept where nothing is to be.
    let but = but.unwrap_or_default();
    sso_session::Entity::delete_many()
        .filter(sso_session::Column::PersonId.eq(person))
        .filter(sso_session::Column::Id.ne(but))
        .exec(tx)
        .await?;
    portal_session::Entity::delete_many()
        .filter(portal_session::Column::PersonId.eq(person))
        .filter(portal_session::Column::SsoSessionId.ne(but))
        .exec(tx)
        .await?;
    code::Entity::delete_many()
        .filter(code::Column::PersonId.eq(person))
        .filter(code::Column::SsoSessionId.ne(but))
        .exec(tx)
        .await?;
    access_token::Entity::delete_many()
        .filter(access_token::Column::PersonId.eq(person))
        .filter(access_token::Column::SsoSessionId.ne(but))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all access of somebody who is removed: sessions, codes, and tokens of the API.
pub async fn end_access(tx: &impl ConnectionTrait, person: Uuid, now: Timestamp) -> Result<(), DbErr> {
    end_all(tx, person, None).await?;
    api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Some(now.as_millisecond()).into())
        .filter(api_token::Column::PersonId.eq(person))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await
        .map(|_| ())
}

/// When each of these people signed in last, within the year that the history goes back.
pub async fn last_sign_ins(
    db: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Timestamp>, DbErr> {
    let rows: Vec<(Uuid, i64)> = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::PersonId)
        .column_as(sign_in::Column::At.max(), "at")
        .filter(sign_in::Column::PersonId.is_in(people.iter().copied()))
        .filter(sign_in::Column::Outcome.eq("succeeded"))
        .group_by(sign_in::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(person, at)| (person, time(at))).collect())
}

/// Whether somebody's password is still the one that was checked. On PostgreSQL it then stays so until the transaction
/// ends: a change that comes meanwhile waits, and ends the session that is opened here.
pub(crate) async fn password_stays(
    tx: &impl ConnectionTrait,
    person: Uuid,
    checked: Option<&PasswordHash>,
    lock: LockType,
) -> Result<bool, DbErr> {
    Ok(lock_password(tx, person, lock).await?.as_ref() == checked)
}

/// Somebody's password, which nobody else changes until the transaction ends. Whoever changes it takes the whole lock
/// ([`LockType::Update`]) before anything else: two that shared it, or took links and sessions before it, would wait for
/// each other.
pub(crate) async fn lock_password(
    tx: &impl ConnectionTrait,
    person: Uuid,
    lock: LockType,
) -> Result<Option<PasswordHash>, DbErr> {
    let user = user::Entity::find_by_id(person).lock(lock).one(tx).await?;
    let hash = match user {
        Some(user) => user.password_hash,
        None => staff::Entity::find_by_id(person)
            .lock(lock)
            .one(tx)
            .await?
            .and_then(|staff| staff.password_hash),
    };
    Ok(hash.map(PasswordHash::stored))
}

/// Whether a session at the provider has not been ended, and cannot be before the transaction ends.
pub(crate) async fn sso_stays(tx: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    Ok(sso_session::Entity::find_by_id(id)
        .lock_shared()
        .one(tx)
        .await?
        .is_some())
}

/// Deletes what can no longer be used. Times are milliseconds since 1970.
pub(crate) async fn delete_expired(
    tx: &impl ConnectionTrait,
    now: i64,
    idle: i64,
    absolute: i64,
) -> Result<(), DbErr> {
    sso_session::Entity::delete_many()
        .filter(
            Condition::any()
                .add(sso_session::Column::SeenAt.lt(now - idle))
                .add(sso_session::Column::AuthAt.lt(now - absolute)),
        )
        .exec(tx)
        .await?;
    portal_session::Entity::delete_many()
        .filter(
            Condition::any()
                .add(portal_session::Column::SeenAt.lt(now - idle))
                .add(portal_session::Column::AuthAt.lt(now - absolute)),
        )
        .exec(tx)
        .await?;
    pending::Entity::delete_many()
        .filter(pending::Column::ExpiresAt.lt(now))
        .exec(tx)
        .await?;
    access_token::Entity::delete_many()
        .filter(access_token::Column::ExpiresAt.lt(now))
        .exec(tx)
        .await?;
    crate::tokens::delete_ended(tx, now).await?;
    // A used code stays as long as a token from it may live, so that a second use still revokes that.
    let lived = now - crate::provider::token::ACCESS_TOKEN_SECONDS * 1000;
    code::Entity::delete_many()
        .filter(code::Column::ExpiresAt.lt(lived))
        .exec(tx)
        .await?;
    sign_in::Entity::delete_many()
        .filter(
            Condition::any()
                .add(sign_in::Column::At.lt(now - HISTORY_MILLIS))
                .add(
                    Condition::all()
                        .add(sign_in::Column::PersonId.is_null())
                        .add(sign_in::Column::At.lt(now - NOBODYS_MILLIS)),
                ),
        )
        .exec(tx)
        .await?;
    Ok(())
}

/// How long the history of sign-ins is kept: a year.
const HISTORY_MILLIS: i64 = 365 * 24 * 3_600_000;

/// How long a try is kept that is in nobody's history: a day. Failures are counted for less long.
const NOBODYS_MILLIS: i64 = 24 * 3_600_000;

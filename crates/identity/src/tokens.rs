//! Tokens of the API: personal ones, made in the profile, and short-lived ones of programs.
//!
//! A token never gives more than its person has: the person, its role and its account are looked at with every
//! request, and what a token adds is only a limit. So it dies with the person's access, and a role that is taken away
//! is gone at the next request, at another process within a second.

mod bearer;

use jiff::{SignedDuration, Timestamp};
use platform::{
    App, Work,
    actor::Caller,
    api::{Scope, Scopes},
    event::time,
    mail::Recipient,
    secret::Token,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use accounts::person::Person;

pub(crate) use bearer::Known;

use crate::{
    events::{IdentityEvent, subject},
    letters,
    store::rows::api_token::{self, Column, Entity},
};

/// What personal tokens begin with, so that scanners of source code find those that got there.
pub const PREFIX: &str = "portico_pat_";
/// What tokens of programs begin with.
const CLIENT_PREFIX: &str = "portico_cat_";
/// The longest name of a token, in characters.
pub const MAX_NAME: usize = 60;
/// For how many days a token may hold.
pub const MAX_DAYS: u16 = 365;
/// For how many days it holds where nothing else is said.
pub const DEFAULT_DAYS: u16 = 90;
/// The most tokens that a person may have at once.
pub const MAX_TOKENS: usize = 50;

/// A personal token, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Personal {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What it opens.
    pub scopes: Scopes,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// When it was used last, to the minute.
    pub used_at: Option<Timestamp>,
}

/// What a personal token is made from.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What it opens.
    pub scopes: Scopes,
    /// For how many days, 1 to [`MAX_DAYS`].
    pub days: u16,
}

/// Why no token is made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The person has [`MAX_TOKENS`].
    #[error("a person has {MAX_TOKENS} tokens at most")]
    TooMany,
    /// The form was sent once before, and made a token.
    #[error("the same form made a token already")]
    Made,
    /// A scope that the person may not have.
    #[error("the scope {} is not for this person", .0.as_str())]
    Scope(Scope),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The scopes that a person may give its tokens.
#[must_use]
pub fn scopes_of(person: &Person) -> Scopes {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.is_for(person.capacity))
        .collect()
}

/// Makes a personal token, and tells its owner by email. The token itself is returned this once.
pub async fn make(
    app: &App,
    caller: Caller,
    person: &Person,
    new: NewToken,
) -> Result<(Personal, Token), MakeError> {
    make_once(app, caller, person, None, new).await
}

/// The same, once an `id`: a form that is sent again makes no second token.
pub async fn make_once(
    app: &App,
    caller: Caller,
    person: &Person,
    id: Option<Uuid>,
    new: NewToken,
) -> Result<(Personal, Token), MakeError> {
    let allowed = scopes_of(person);
    if let Some(scope) = new.scopes.iter().find(|scope| !allowed.contains(*scope)) {
        return Err(MakeError::Scope(scope));
    }
    let mut work = Work::begin(app, caller).await?;
    let now = work.now();
    if let Some(id) = id {
        // Sent twice at once, the second looks once the first is done.
        work.tx().take_turns(&id.to_string()).await?;
        if Entity::find_by_id(id).one(work.tx()).await?.is_some() {
            // What was read may be of a turn whose commit is still to come.
            work.commit().await?;
            return Err(MakeError::Made);
        }
    }
    if list(work.tx(), person.id(), now).await?.len() >= MAX_TOKENS {
        return Err(MakeError::TooMany);
    }
    let token = Token::presented(format!("{PREFIX}{}", Token::random().expose()));
    let days = new.days.clamp(1, MAX_DAYS);
    let made = Personal {
        id: id.unwrap_or_else(|| work.new_id()),
        name: new.name,
        scopes: new.scopes,
        created_at: now,
        expires_at: now + SignedDuration::from_hours(24 * i64::from(days)),
        used_at: None,
    };
    insert(work.tx(), &made, &token, person.id(), None).await?;
    let event = IdentityEvent::TokenMade {
        id: made.id,
        name: made.name.clone(),
        scopes: made.scopes.iter().collect(),
        expires_at: made.expires_at,
    };
    let because = work
        .record_change(subject(person), &event, Value::Null, standing(&made))
        .await?;
    let l = app.l10n(person.language);
    let letter = letters::token_made(&l, app.site(), &person.name, &made);
    let to = Recipient {
        address: person.email.clone(),
        account: person.capacity.account(),
    };
    work.send(because, &to, &letter)?;
    work.commit().await?;
    Ok((made, token))
}

/// Revokes a person's own token. False where it has none of that id.
pub async fn revoke(app: &App, caller: Caller, person: &Person, id: Uuid) -> Result<bool, DbErr> {
    let mut work = Work::begin(app, caller).await?;
    let row = Entity::find_by_id(id)
        .filter(Column::PersonId.eq(person.id()))
        .filter(Column::RevokedAt.is_null())
        .one(work.tx())
        .await?;
    let Some(row) = row else { return Ok(false) };
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Some(work.now().as_millisecond()).into())
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec(work.tx())
        .await?;
    if revoked.rows_affected == 0 {
        return Ok(false);
    }
    let before = standing(&read(row.clone()));
    let event = IdentityEvent::TokenRevoked { id, name: row.name };
    work.record_change(subject(person), &event, before, Value::Null)
        .await?;
    work.commit().await?;
    Ok(true)
}

/// What a token opens, as the audit trail keeps it: never the token.
fn standing(of: &Personal) -> Value {
    json!({ "name": of.name, "scopes": of.scopes.to_string(), "expires_at": of.expires_at })
}

/// A person's tokens that hold, the newest first.
pub async fn list(db: &impl ConnectionTrait, person: Uuid, now: Timestamp) -> Result<Vec<Personal>, DbErr> {
    let rows = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::ClientId.is_null())
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millisecond()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Writes a token of a program that acts as `person`, for a short time.
pub(crate) async fn give_to_client(
    app: &App,
    client: &str,
    person: Uuid,
    scopes: Scopes,
    seconds: i64,
) -> Result<Token, DbErr> {
    let token = Token::presented(format!("{CLIENT_PREFIX}{}", Token::random().expose()));
    let now = app.clock().now();
    let made = Personal {
        id: app.new_id(),
        name: client.to_owned(),
        scopes,
        created_at: now,
        expires_at: now + SignedDuration::from_secs(seconds),
        used_at: None,
    };
    let tx = app.db().begin().await?;
    insert(&tx, &made, &token, person, Some(client)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Deletes tokens that ended. Personal ones stay a while, so that their use can be looked into.
pub(crate) async fn delete_ended(tx: &impl ConnectionTrait, now: i64) -> Result<(), DbErr> {
    const KEPT_MILLIS: i64 = 90 * 24 * 3_600_000;
    Entity::delete_many()
        .filter(Column::ClientId.is_not_null())
        .filter(Column::ExpiresAt.lt(now))
        .exec(tx)
        .await?;
    Entity::delete_many()
        .filter(Column::ExpiresAt.lt(now - KEPT_MILLIS))
        .exec(tx)
        .await
        .map(|_| ())
}

async fn insert(
    tx: &impl ConnectionTrait,
    made: &Personal,
    token: &Token,
    person: Uuid,
    client: Option<&str>,
) -> Result<(), DbErr> {
    let row = api_token::ActiveModel {
        id: Set(made.id),
        token_hash: Set(token.hash()),
        person_id: Set(person),
        client_id: Set(client.map(str::to_owned)),
        name: Set(made.name.clone()),
        scopes: Set(made.scopes.to_string()),
        created_at: Set(made.created_at.as_millisecond()),
        expires_at: Set(made.expires_at.as_millisecond()),
        used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(tx).await.map(|_| ())
}

fn read(row: api_token::Model) -> Personal {
    Personal {
        id: row.id,
        name: row.name,
        scopes: row.scopes.parse().unwrap_or_default(),
        created_at: time(row.created_at),
        expires_at: time(row.expires_at),
        used_at: row.used_at.map(time),
    }
}

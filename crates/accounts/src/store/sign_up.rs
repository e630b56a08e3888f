//! Verification links, consents, and how many letters were asked for.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use kernel::{EmailAddress, Language, UserId};
use platform::secret::Token;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::rows::{consent, email_link, sign_up_request};

const PURPOSE: &str = "sign_up";

/// A verification link that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The mailbox that it proves.
    pub email: EmailAddress,
    /// The language in which it was asked for.
    pub language: Language,
    /// Whether it still works.
    pub state: LinkState,
}

/// Whether a link still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It does.
    Open,
    /// Too much time has passed.
    Expired,
    /// An account was made with it.
    Used,
}

/// The link with this token, as it stands at `now`.
pub async fn find_link(
    db: &impl ConnectionTrait,
    token: &Token,
    now: Timestamp,
) -> Result<Option<Link>, DbErr> {
    let row = email_link::Entity::find_by_id(token.hash())
        .filter(email_link::Column::Purpose.eq(PURPOSE))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let email = row
        .email
        .parse()
        .map_err(|error| DbErr::Custom(format!("an email link: {error}")))?;
    let state = match row.used_at {
        Some(_) => LinkState::Used,
        None if row.expires_at <= now.as_millisecond() => LinkState::Expired,
        None => LinkState::Open,
    };
    Ok(Some(Link {
        email,
        language: row.language.parse().unwrap_or_default(),
        state,
    }))
}

/// Keeps a new link.
pub async fn insert_link(
    tx: &impl ConnectionTrait,
    token: &Token,
    email: &EmailAddress,
    language: Language,
    now: Timestamp,
    life: SignedDuration,
) -> Result<(), DbErr> {
    email_link::ActiveModel {
        token_hash: Set(token.hash()),
        purpose: Set(PURPOSE.to_owned()),
        email: Set(email.to_string()),
        person_id: Set(None),
        language: Set(language.tag().to_owned()),
        created_at: Set(now.as_millisecond()),
        expires_at: Set((now + life).as_millisecond()),
        used_at: Set(None),
    }
    .insert(tx)
    .await
    .map(|_| ())
}

/// Uses a link up. Of several that try at once, one succeeds.
pub async fn use_link(tx: &impl ConnectionTrait, token: &Token, now: Timestamp) -> Result<bool, DbErr> {
    let used = email_link::Entity::update_many()
        .col_expr(email_link::Column::UsedAt, Expr::value(now.as_millisecond()))
        .filter(email_link::Column::TokenHash.eq(token.hash()))
        .filter(email_link::Column::Purpose.eq(PURPOSE))
        .filter(email_link::Column::UsedAt.is_null())
        .filter(email_link::Column::ExpiresAt.gt(now.as_millisecond()))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// What somebody agreed to: the name of a document and its version.
pub type Agreed<'a> = (&'a str, &'a str);

/// Keeps consents of whoever has the mailbox.
pub async fn insert_consents(
    tx: &impl ConnectionTrait,
    ids: impl Fn() -> Uuid,
    email: &EmailAddress,
    agreed: &[Agreed<'_>],
    language: Language,
    now: Timestamp,
    origin: Option<IpAddr>,
) -> Result<(), DbErr> {
    let rows = agreed.iter().map(|(document, version)| consent::ActiveModel {
        id: Set(ids()),
        user_id: Set(None),
        email: Set(email.to_string()),
        document: Set((*document).to_owned()),
        version: Set((*version).to_owned()),
        language: Set(language.tag().to_owned()),
        agreed_at: Set(now.as_millisecond()),
        origin: Set(origin.map(|origin| origin.to_string())),
    });
    consent::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// The mailbox has proved to be the user's: so are the consents given for it.
pub async fn own_consents(
    tx: &impl ConnectionTrait,
    email: &EmailAddress,
    user: UserId,
) -> Result<(), DbErr> {
    consent::Entity::update_many()
        .col_expr(consent::Column::UserId, Expr::value(Uuid::from(user)))
        .filter(consent::Column::Email.eq(email.as_str()))
        .filter(consent::Column::UserId.is_null())
        .exec(tx)
        .await
        .map(|_| ())
}

/// How many letters were asked for within the hour before `now`: to the mailbox, and from the origin.
pub async fn requests_within_hour(
    db: &impl ConnectionTrait,
    email: &EmailAddress,
    origin: Option<&str>,
    now: Timestamp,
) -> Result<(u64, u64), DbErr> {
    let since = (now - SignedDuration::from_hours(1)).as_millisecond();
    let recent = || sign_up_request::Entity::find().filter(sign_up_request::Column::At.gt(since));
    let to_mailbox = recent()
        .filter(sign_up_request::Column::Email.eq(email.as_str()))
        .count(db)
        .await?;
    let from_origin = match origin {
        Some(origin) => {
            recent()
                .filter(sign_up_request::Column::Origin.eq(origin))
                .count(db)
                .await?
        }
        None => 0,
    };
    Ok((to_mailbox, from_origin))
}

/// Counts a letter, and forgets those of the day before.
pub async fn insert_request(
    tx: &impl ConnectionTrait,
    id: Uuid,
    email: &EmailAddress,
    origin: Option<String>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let day_ago = (now - SignedDuration::from_hours(24)).as_millisecond();
    sign_up_request::Entity::delete_many()
        .filter(sign_up_request::Column::Email.eq(email.as_str()))
        .filter(sign_up_request::Column::At.lt(day_ago))
        .exec(tx)
        .await?;
    let row = sign_up_request::ActiveModel {
        id: Set(id),
        email: Set(email.to_string()),
        origin: Set(origin),
        at: Set(now.as_millisecond()),
    };
    row.insert(tx).await.map(|_| ())
}

/// Deletes links that stopped working before `links`, and requests for letters from before `requests`.
pub(crate) async fn delete_old(
    tx: &impl ConnectionTrait,
    links: Timestamp,
    requests: Timestamp,
) -> Result<(), DbErr> {
    email_link::Entity::delete_many()
        .filter(email_link::Column::ExpiresAt.lt(links.as_millisecond()))
        .exec(tx)
        .await?;
    sign_up_request::Entity::delete_many()
        .filter(sign_up_request::Column::At.lt(requests.as_millisecond()))
        .exec(tx)
        .await
        .map(|_| ())
}

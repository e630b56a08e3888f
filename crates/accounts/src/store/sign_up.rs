//! Consents, and how many letters were asked for.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use kernel::{EmailAddress, Language, UserId};
use platform::db::Tx;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::rows::{consent, email_link, sign_up_request};

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

/// How many letters were asked for within the hour before `now`: to the mailbox, and from the origin. Nobody else counts
/// either until the transaction ends: of wishes at once, each sees those before it.
pub async fn requests_within_hour(
    tx: &Tx,
    email: &EmailAddress,
    origin: Option<&str>,
    now: Timestamp,
) -> Result<(u64, u64), DbErr> {
    for counted in [Some(email.as_str()), origin].into_iter().flatten() {
        tx.take_turns(counted).await?;
    }
    let since = (now - SignedDuration::from_hours(1)).as_millisecond();
    let recent = || sign_up_request::Entity::find().filter(sign_up_request::Column::At.gt(since));
    let to_mailbox = recent()
        .filter(sign_up_request::Column::Email.eq(email.as_str()))
        .count(tx)
        .await?;
    let from_origin = match origin {
        Some(origin) => {
            recent()
                .filter(sign_up_request::Column::Origin.eq(origin))
                .count(tx)
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

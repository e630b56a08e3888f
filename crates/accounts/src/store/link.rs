//! Single-use links sent by email: only their hashes are kept.

use jiff::{SignedDuration, Timestamp};
use kernel::{EmailAddress, Language};
use platform::{db::Tx, secret::Token};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::rows::email_link;

/// What a link is for. One that was sent for something else opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Verifies a mailbox that has no account yet.
    SignUp,
    /// Sets a new password.
    PasswordReset,
    /// Joins an account as an IAM user.
    TeamInvitation,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::PasswordReset => "password_reset",
            Self::TeamInvitation => "team_invitation",
        }
    }
}

/// A link that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The mailbox that it proves.
    pub email: EmailAddress,
    /// Whom it is for, where that is somebody already.
    pub person: Option<Uuid>,
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
    /// It has done its work, or was called back.
    Used,
}

/// Why a link does not open.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No letter holds it.
    #[error("the link is unknown")]
    Unknown,
    /// Too much time has passed.
    #[error("the link has expired")]
    Expired,
    /// It has done its work, or was called back.
    #[error("the link has been used")]
    Used,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The link with this token, which still works at `now`. Looking uses nothing up.
pub async fn open(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token: &Token,
    now: Timestamp,
) -> Result<Link, LinkError> {
    let link = find(db, purpose, token, now).await?.ok_or(LinkError::Unknown)?;
    match link.state {
        LinkState::Open => Ok(link),
        LinkState::Expired => Err(LinkError::Expired),
        LinkState::Used => Err(LinkError::Used),
    }
}

/// The link with this token, as it stands at `now`. Looking uses nothing up.
pub async fn find(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token: &Token,
    now: Timestamp,
) -> Result<Option<Link>, DbErr> {
    let row = email_link::Entity::find_by_id(token.hash())
        .filter(email_link::Column::Purpose.eq(purpose.as_str()))
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
        person: row.person_id,
        language: row.language.parse().unwrap_or_default(),
        state,
    }))
}

/// Keeps a new link, which works for `life`.
pub async fn insert(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    token: &Token,
    to: (&EmailAddress, Option<Uuid>, Language),
    now: Timestamp,
    life: SignedDuration,
) -> Result<(), DbErr> {
    let (email, person, language) = to;
    email_link::ActiveModel {
        token_hash: Set(token.hash()),
        purpose: Set(purpose.as_str().to_owned()),
        email: Set(email.to_string()),
        person_id: Set(person),
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
pub async fn use_up(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    token: &Token,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let used = email_link::Entity::update_many()
        .col_expr(email_link::Column::UsedAt, Expr::value(now.as_millisecond()))
        .filter(email_link::Column::TokenHash.eq(token.hash()))
        .filter(email_link::Column::Purpose.eq(purpose.as_str()))
        .filter(email_link::Column::UsedAt.is_null())
        .filter(email_link::Column::ExpiresAt.gt(now.as_millisecond()))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Calls back all of somebody's links of a kind that are still out.
pub async fn call_back(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    email: &EmailAddress,
    person: Uuid,
    now: Timestamp,
) -> Result<(), DbErr> {
    email_link::Entity::update_many()
        .col_expr(email_link::Column::UsedAt, Expr::value(now.as_millisecond()))
        .filter(email_link::Column::Email.eq(email.as_str()))
        .filter(email_link::Column::Purpose.eq(purpose.as_str()))
        .filter(email_link::Column::PersonId.eq(person))
        .filter(email_link::Column::UsedAt.is_null())
        .exec(tx)
        .await
        .map(|_| ())
}

/// How many links of a kind were sent to a mailbox after `since`: for anybody, or for one person. Nobody else counts those
/// of the mailbox until the transaction ends: of wishes at once, each sees those before it.
pub async fn sent_since(
    tx: &Tx,
    purpose: Purpose,
    email: &EmailAddress,
    person: Option<Uuid>,
    since: Timestamp,
) -> Result<u64, DbErr> {
    tx.take_turns(email.as_str()).await?;
    let sent = email_link::Entity::find()
        .filter(email_link::Column::Email.eq(email.as_str()))
        .filter(email_link::Column::Purpose.eq(purpose.as_str()))
        .filter(email_link::Column::CreatedAt.gt(since.as_millisecond()));
    match person {
        Some(person) => sent.filter(email_link::Column::PersonId.eq(person)),
        None => sent,
    }
    .count(tx)
    .await
}

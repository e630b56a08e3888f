//! The tables of teams: invitations that are open, and IAM users.

mod rows;

use accounts::{
    password::PasswordHash,
    store::{NewIam, insert_iam, rows::user},
};
use jiff::Timestamp;
use kernel::{AccountId, EmailAddress, UserId};
use platform::{
    Grants,
    db::is_literally,
    event::{row, time},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use crate::rules::{Member, State, UserName};
use rows::invitation;

/// All members of an account, by name.
pub async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Member>, DbErr> {
    let account = Uuid::from(account);
    let invited = invitation::Entity::find()
        .filter(invitation::Column::AccountId.eq(account))
        .all(db)
        .await?;
    let users = user::Entity::find()
        .filter(user::Column::AccountId.eq(account))
        .filter(is_literally(user::Column::Kind, "iam"))
        .all(db)
        .await?;
    let mut members: Vec<Member> = invited
        .into_iter()
        .map(read_invitation)
        .chain(users.into_iter().map(read_user))
        .collect::<Result<_, _>>()?;
    members.sort_by_cached_key(|member| (member.name.to_lowercase(), member.id));
    Ok(members)
}

/// One member of an account.
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: UserId,
) -> Result<Option<Member>, DbErr> {
    let (account, id) = (Uuid::from(account), Uuid::from(id));
    let invited = invitation::Entity::find_by_id(id)
        .filter(invitation::Column::AccountId.eq(account))
        .one(db)
        .await?;
    if let Some(row) = invited {
        return read_invitation(row).map(Some);
    }
    user::Entity::find_by_id(id)
        .filter(user::Column::AccountId.eq(account))
        .filter(is_literally(user::Column::Kind, "iam"))
        .one(db)
        .await?
        .map(read_user)
        .transpose()
}

/// The account of an invitation that is open, or of somebody who joined.
pub async fn account_of(db: &impl ConnectionTrait, id: UserId) -> Result<Option<AccountId>, DbErr> {
    if let Some(row) = invitation::Entity::find_by_id(Uuid::from(id)).one(db).await? {
        return Ok(Some(AccountId(row.account_id)));
    }
    let user = user::Entity::find_by_id(Uuid::from(id)).one(db).await?;
    Ok(user.map(|row| AccountId(row.account_id)))
}

/// How many letters with a link an account sent after `since`, whatever became of them.
pub async fn letters_since(
    db: &impl ConnectionTrait,
    account: AccountId,
    since: Timestamp,
) -> Result<u64, DbErr> {
    row::Entity::find()
        .filter(row::Column::Kind.is_in(["team.invited", "team.invitation_sent_again"]))
        .filter(row::Column::At.gt(since.as_millisecond()))
        .filter(row::Column::AccountId.eq(Uuid::from(account)))
        .count(db)
        .await
}

/// Writes an invitation.
pub async fn invite(tx: &impl ConnectionTrait, member: &Member) -> Result<(), DbErr> {
    invitation_row(member)?.insert(tx).await.map(|_| ())
}

/// Writes an invitation that was sent again.
pub async fn send_again(tx: &impl ConnectionTrait, member: &Member) -> Result<(), DbErr> {
    invitation_row(member)?.update(tx).await.map(|_| ())
}

/// Forgets an invitation.
pub async fn withdraw(tx: &impl ConnectionTrait, id: UserId) -> Result<(), DbErr> {
    invitation::Entity::delete_by_id(Uuid::from(id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Makes an invitation a user, with a password.
pub async fn join(
    tx: &impl ConnectionTrait,
    member: &Member,
    password: PasswordHash,
    now: Timestamp,
) -> Result<(), DbErr> {
    withdraw(tx, member.id).await?;
    let user = NewIam {
        id: member.id,
        account: member.account,
        email: member.email.clone(),
        // The letter with the link reached its reader.
        email_verified_at: Some(now),
        user_name: member.user_name.to_string(),
        name: member.name.clone(),
        language: member.language,
        password,
        grants: member.grants,
    };
    insert_iam(tx, user, now).await
}

/// Writes what a member may do.
pub async fn set_grants(tx: &impl ConnectionTrait, member: &Member) -> Result<(), DbErr> {
    let (id, grants) = (Uuid::from(member.id), member.grants.to_string());
    match member.state {
        State::Invited { .. } => invitation::Entity::update_many()
            .col_expr(invitation::Column::Grants, Expr::value(grants))
            .filter(invitation::Column::Id.eq(id))
            .exec(tx)
            .await
            .map(|_| ()),
        State::Active { .. } => user::Entity::update_many()
            .col_expr(user::Column::Grants, Expr::value(grants))
            .filter(user::Column::Id.eq(id))
            .exec(tx)
            .await
            .map(|_| ()),
    }
}

/// Makes a user nobody who could sign in. The row stays: what the person did keeps its name.
pub async fn remove(tx: &impl ConnectionTrait, id: UserId) -> Result<(), DbErr> {
    user::Entity::update_many()
        .col_expr(user::Column::Kind, Expr::value("removed"))
        .col_expr(user::Column::PasswordHash, Expr::value(None::<String>))
        .col_expr(user::Column::Grants, Expr::value(""))
        .filter(user::Column::Id.eq(Uuid::from(id)))
        .exec(tx)
        .await
        .map(|_| ())
}

fn invitation_row(member: &Member) -> Result<invitation::ActiveModel, DbErr> {
    let State::Invited {
        at,
        sent_at,
        expires_at,
    } = member.state
    else {
        return Err(DbErr::Custom(format!("{} has joined", member.id)));
    };
    Ok(invitation::ActiveModel {
        id: Set(member.id.into()),
        account_id: Set(member.account.into()),
        email: Set(member.email.to_string()),
        user_name: Set(member.user_name.to_string()),
        name: Set(member.name.clone()),
        language: Set(member.language.tag().to_owned()),
        grants: Set(member.grants.to_string()),
        invited_at: Set(at.as_millisecond()),
        sent_at: Set(sent_at.as_millisecond()),
        expires_at: Set(expires_at.as_millisecond()),
    })
}

fn read_invitation(row: invitation::Model) -> Result<Member, DbErr> {
    Ok(Member {
        id: UserId(row.id),
        account: AccountId(row.account_id),
        email: address(&row.email, row.id)?,
        user_name: UserName::stored(row.user_name),
        name: row.name,
        language: row.language.parse().unwrap_or_default(),
        grants: Grants::from(row.grants.as_str()),
        state: State::Invited {
            at: time(row.invited_at),
            sent_at: time(row.sent_at),
            expires_at: time(row.expires_at),
        },
    })
}

fn read_user(row: user::Model) -> Result<Member, DbErr> {
    Ok(Member {
        id: UserId(row.id),
        account: AccountId(row.account_id),
        email: address(&row.email, row.id)?,
        user_name: UserName::stored(row.user_name.unwrap_or_default()),
        name: row.name,
        language: row.language.parse().unwrap_or_default(),
        grants: Grants::from(row.grants.as_str()),
        state: State::Active {
            since: time(row.created_at),
        },
    })
}

fn address(text: &str, of: Uuid) -> Result<EmailAddress, DbErr> {
    text.parse()
        .map_err(|error| DbErr::Custom(format!("user {of}: {error}")))
}

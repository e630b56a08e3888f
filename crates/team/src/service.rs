//! What can be done with a team: each a transaction with its events and letters. The account is locked first, so that
//! two invitations of one account are told apart, and the last of two changes sees the first.

use accounts::{
    account::Account,
    password::PasswordHash,
    store::{
        link::{self, Link, LinkState, Purpose},
        lock_account,
    },
};
use jiff::SignedDuration;
use kernel::{AccountId, EmailAddress, UserId};
use platform::{
    Grants, Work,
    actor::{Actor, Caller},
    mail::Recipient,
    secret::Token,
};
use sea_orm::DbErr;
use serde_json::Value;

use crate::{
    Team,
    event::{self, TeamEvent, Who, list, standing},
    letters,
    rules::{JoinRefused, Member, NewMember, State, UserName},
    store,
};

/// Why something is not done with a team. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The account has no such member.
    #[error("no such member")]
    Unknown,
    /// Somebody of the account has the address.
    #[error("somebody of the account has this address")]
    EmailTaken,
    /// Somebody of the account signs in with the name.
    #[error("somebody of the account signs in with the user name {0}")]
    UserNameTaken(UserName),
    /// The account has as many people as it may.
    #[error("an account has {0} people at most")]
    Full(u16),
    /// Enough letters for a day.
    #[error("{0} invitations a day are sent to one mailbox")]
    TooManyLetters(u16),
    /// The account sent enough letters for a day.
    #[error("an account sends {0} invitations a day at most")]
    TooManyToday(u16),
    /// There is no invitation to send again: the person has joined.
    #[error("has joined")]
    Joined,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Why a link does not lead into a team.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No letter holds it.
    #[error("the link is unknown")]
    Unknown,
    /// Too much time has passed.
    #[error("the link has expired")]
    Expired,
    /// It was called back, or a newer letter took its place.
    #[error("the link holds no more")]
    Gone,
    /// The person has joined with it, and may still be told how to sign in.
    #[error("the person has joined")]
    Joined(Box<(Member, Account)>),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Invites somebody.
pub async fn invite(
    room: &Team,
    caller: Caller,
    account: AccountId,
    new: NewMember,
) -> Result<Member, TeamError> {
    let mut work = Work::begin(room.app(), caller).await?;
    let owner = lock_account(work.tx(), account)
        .await?
        .ok_or(TeamError::Unknown)?;
    let team = store::of_account(work.tx(), account).await?;
    if team.len() >= usize::from(room.config().most) {
        return Err(TeamError::Full(room.config().most));
    }
    if owner.root.email == new.email || team.iter().any(|member| member.email == new.email) {
        return Err(TeamError::EmailTaken);
    }
    if team.iter().any(|member| member.user_name == new.user_name) {
        return Err(TeamError::UserNameTaken(new.user_name));
    }
    spare(room, &work, account, &new.email).await?;
    let id = UserId(work.new_id());
    let member = Member::invited(id, account, new, work.now(), room.config().link_life());
    store::invite(work.tx(), &member).await?;
    let event = TeamEvent::Invited {
        who: Who::from(&member),
        grants: list(member.grants),
        expires_at: work.now() + room.config().link_life(),
    };
    send_link(room, &mut work, &owner, &member, &event, Value::Null).await?;
    work.commit().await?;
    Ok(member)
}

/// Sends an invitation again, with a new link; the old one no longer works.
pub async fn send_again(
    room: &Team,
    caller: Caller,
    account: AccountId,
    id: UserId,
) -> Result<Member, TeamError> {
    let mut work = Work::begin(room.app(), caller).await?;
    let (owner, member) = locked(&work, account, id).await?;
    let before = standing(&member);
    let (now, life) = (work.now(), room.config().link_life());
    let member = member.sent_again(now, life).map_err(|_| TeamError::Joined)?;
    spare(room, &work, account, &member.email).await?;
    let purpose = Purpose::TeamInvitation;
    link::call_back(work.tx(), purpose, &member.email, member.id.into(), now).await?;
    store::send_again(work.tx(), &member).await?;
    let event = TeamEvent::SentAgain {
        who: Who::from(&member),
        expires_at: now + life,
    };
    send_link(room, &mut work, &owner, &member, &event, before).await?;
    work.commit().await?;
    Ok(member)
}

/// Refuses where a mailbox got, or an account sent, enough invitations for a day.
async fn spare(room: &Team, work: &Work, account: AccountId, email: &EmailAddress) -> Result<(), TeamError> {
    let day_ago = work.now() - SignedDuration::from_hours(24);
    let sent = link::sent_since(work.tx(), Purpose::TeamInvitation, email, None, day_ago).await?;
    let most = room.config().letters_per_mailbox;
    if sent >= most.into() {
        return Err(TeamError::TooManyLetters(most));
    }
    let most = room.config().letters_per_account;
    if store::letters_since(work.tx(), account, day_ago).await? >= most.into() {
        return Err(TeamError::TooManyToday(most));
    }
    Ok(())
}

/// Records why, and sends the letter with a new link.
async fn send_link(
    room: &Team,
    work: &mut Work,
    owner: &Account,
    member: &Member,
    event: &TeamEvent,
    before: Value,
) -> Result<(), DbErr> {
    let token = Token::random();
    let to = (&member.email, Some(member.id.into()), member.language);
    let (now, life) = (work.now(), room.config().link_life());
    link::insert(work.tx(), Purpose::TeamInvitation, &token, to, now, life).await?;
    let because = work
        .record_change(event::subject(member), event, before, standing(member))
        .await?;
    let l = room.app().l10n(member.language);
    let letter = letters::invitation(&l, room.app().site(), owner, member, token.expose());
    work.send(because, &recipient(member), &letter)?;
    Ok(())
}

/// What a link leads to. Looking uses nothing up.
pub async fn open(room: &Team, token: &Token) -> Result<(Member, Account), LinkError> {
    let (db, now) = (room.app().db().read(), room.app().clock().now());
    let found = link::find(db, Purpose::TeamInvitation, token, now).await?;
    let Some(Link {
        person: Some(person),
        state,
        ..
    }) = found
    else {
        return Err(LinkError::Unknown);
    };
    let id = UserId(person);
    let account = store::account_of(db, id).await?.ok_or(LinkError::Gone)?;
    let member = store::find(db, account, id).await?;
    let owner = accounts::store::account(db, account).await?;
    match (member.zip(owner), state) {
        (Some(found), LinkState::Used) if !found.0.is_invited() => Err(LinkError::Joined(Box::new(found))),
        (None, _) | (Some(_), LinkState::Used) => Err(LinkError::Gone),
        (Some(_), LinkState::Expired) => Err(LinkError::Expired),
        (Some(found), LinkState::Open) => Ok(found),
    }
}

/// The person accepts, once for a link, with a password.
pub async fn join(
    room: &Team,
    caller: Caller,
    token: &Token,
    password: PasswordHash,
) -> Result<Member, LinkError> {
    let (member, _) = open(room, token).await?;
    // Whoever holds the link acts from now on as the person whom it names.
    let caller = Caller {
        actor: Actor::Iam {
            user: member.id,
            account: member.account,
            name: member.name,
        },
        ..caller
    };
    let mut work = Work::begin(room.app(), caller).await?;
    let now = work.now();
    let (_, member) = locked(&work, member.account, member.id)
        .await
        .map_err(|error| match error {
            TeamError::Db(error) => LinkError::Database(error),
            _ => LinkError::Gone,
        })?;
    if !link::use_up(work.tx(), Purpose::TeamInvitation, token, now).await? {
        return Err(LinkError::Gone);
    }
    let before = standing(&member);
    let member = member.joined(now).map_err(|refused| match refused {
        JoinRefused::Expired => LinkError::Expired,
        JoinRefused::Joined => LinkError::Gone,
    })?;
    store::join(work.tx(), &member, password, now).await?;
    let event = TeamEvent::Joined {
        who: Who::from(&member),
        grants: list(member.grants),
    };
    work.record_change(event::subject(&member), &event, before, standing(&member))
        .await?;
    work.commit().await?;
    Ok(member)
}

/// Changes what a member may do: it holds from the next request on. The same again changes nothing.
pub async fn change(
    room: &Team,
    caller: Caller,
    account: AccountId,
    id: UserId,
    grants: Grants,
) -> Result<Member, TeamError> {
    let mut work = Work::begin(room.app(), caller).await?;
    let (owner, member) = locked(&work, account, id).await?;
    let (before, from) = (standing(&member), member.grants);
    let Some(member) = member.clone().granted(grants) else {
        work.commit().await?;
        return Ok(member);
    };
    store::set_grants(work.tx(), &member).await?;
    let event = TeamEvent::Changed {
        who: Who::from(&member),
        from: list(from),
        to: list(member.grants),
    };
    let because = work
        .record_change(event::subject(&member), &event, before, standing(&member))
        .await?;
    // Somebody who has not joined yet reads what is granted on the page behind the link.
    if let State::Active { .. } = member.state {
        let l = room.app().l10n(member.language);
        let letter = letters::changed(&l, room.app().site(), &owner, &member);
        work.send(because, &recipient(&member), &letter)?;
    }
    work.commit().await?;
    Ok(member)
}

/// Removes a member: sessions and tokens end at once. Somebody who has not joined yet no longer can.
pub async fn remove(
    room: &Team,
    caller: Caller,
    account: AccountId,
    id: UserId,
) -> Result<Member, TeamError> {
    let mut work = Work::begin(room.app(), caller).await?;
    let (owner, member) = locked(&work, account, id).await?;
    let (subject, before) = (event::subject(&member), standing(&member));
    let who = Who::from(&member);
    if member.is_invited() {
        let (purpose, now) = (Purpose::TeamInvitation, work.now());
        link::call_back(work.tx(), purpose, &member.email, member.id.into(), now).await?;
        store::withdraw(work.tx(), member.id).await?;
        let event = TeamEvent::Withdrawn { who };
        work.record_change(subject, &event, before, Value::Null).await?;
    } else {
        store::remove(work.tx(), member.id).await?;
        identity::end_access(work.tx(), member.id.into(), work.now()).await?;
        let event = TeamEvent::Removed { who };
        let because = work.record_change(subject, &event, before, Value::Null).await?;
        let l = room.app().l10n(member.language);
        let letter = letters::removed(&l, room.app().site(), &owner, &member);
        work.send(because, &recipient(&member), &letter)?;
    }
    work.commit().await?;
    Ok(member)
}

/// The account, locked, and one of its members.
async fn locked(work: &Work, account: AccountId, id: UserId) -> Result<(Account, Member), TeamError> {
    let owner = lock_account(work.tx(), account)
        .await?
        .ok_or(TeamError::Unknown)?;
    let member = store::find(work.tx(), account, id).await?;
    Ok((owner, member.ok_or(TeamError::Unknown)?))
}

fn recipient(member: &Member) -> Recipient {
    Recipient {
        address: member.email.clone(),
        account: Some(member.account),
    }
}

//! Passwords: forgotten, set anew by a link, changed.

use accounts::{
    password::PasswordHash,
    person::Person,
    store::rows::{email_link, user},
};
use kernel::EmailAddress;
use platform::{
    Work,
    event::time,
    mail::Recipient,
    secret::Token,
    web::{Fault, Shell},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use crate::{
    Identity,
    events::{IdentityEvent, account, subject},
    letters,
    pages::sign_in::Variant,
    provider::clients::People,
    store,
};

const PURPOSE: &str = "password_reset";
/// How long a link holds.
const LINK_MILLIS: i64 = 3_600_000;
/// Letters to one address within an hour; further wishes get the same answer and no letter.
const LETTERS_AN_HOUR: u64 = 3;

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeadLink {
    Used,
    Expired,
    Unknown,
}

/// Where somebody sets a new password.
pub(crate) fn forgotten_page(people: People) -> &'static str {
    match people {
        People::Users => "/forgotten",
        People::Staff => "/forgotten?staff=1",
    }
}

pub(crate) fn people(person: &Person) -> People {
    if People::Staff.include(person.capacity) {
        People::Staff
    } else {
        People::Users
    }
}

impl Identity {
    /// Whom an address (and an IAM user name) means.
    pub(crate) async fn named(
        &self,
        variant: Variant,
        email: &str,
        user_name: &str,
    ) -> Result<Option<Person>, DbErr> {
        let Ok(email) = email.parse::<EmailAddress>() else {
            return Ok(None);
        };
        let db = self.app().db().read();
        match variant {
            Variant::Root => accounts::store::find_root(db, &email).await,
            Variant::Iam => accounts::store::find_iam(db, &email, user_name.trim()).await,
            Variant::Staff => accounts::store::find_staff(db, &email).await,
        }
    }

    /// Sends a link, where there is somebody to send it to.
    pub(crate) async fn request_reset(
        &self,
        shell: &Shell,
        variant: Variant,
        email: &str,
        user_name: &str,
    ) -> Result<(), DbErr> {
        let Some(person) = self.named(variant, email, user_name).await? else {
            return Ok(());
        };
        let mut work = Work::begin(self.app(), shell.caller()).await?;
        let now = work.now().as_millisecond();
        let lately = email_link::Entity::find()
            .filter(email_link::Column::PersonId.eq(person.id()))
            .filter(email_link::Column::Purpose.eq(PURPOSE))
            .filter(email_link::Column::CreatedAt.gt(now - 3_600_000))
            .count(work.tx())
            .await?;
        if lately >= LETTERS_AN_HOUR {
            return Ok(());
        }
        let token = Token::random();
        email_link::ActiveModel {
            token_hash: Set(token.hash()),
            purpose: Set(PURPOSE.to_owned()),
            email: Set(person.email.to_string()),
            person_id: Set(Some(person.id())),
            language: Set(person.language.tag().to_owned()),
            created_at: Set(now),
            expires_at: Set(now + LINK_MILLIS),
            used_at: Set(None),
        }
        .insert(work.tx())
        .await?;
        let event = work
            .record(subject(&person), &IdentityEvent::ResetRequested)
            .await?;
        let site = self.app().site();
        let link = site.link(&format!("/reset?token={}", token.expose()));
        let letter = letters::password_reset(&self.app().l10n(person.language), site, &person.name, &link);
        work.send(event, &recipient(&person), &letter).await?;
        work.commit().await
    }

    /// Whose password a link sets; looking uses nothing up.
    pub(crate) async fn person_of_link(&self, token: &str) -> Result<Result<Person, DeadLink>, DbErr> {
        let db = self.app().db().read();
        let row = email_link::Entity::find_by_id(Token::presented(token).hash())
            .filter(email_link::Column::Purpose.eq(PURPOSE))
            .one(db)
            .await?;
        let Some(row) = row else {
            return Ok(Err(DeadLink::Unknown));
        };
        if row.used_at.is_some() {
            return Ok(Err(DeadLink::Used));
        }
        if time(row.expires_at) <= self.app().clock().now() {
            return Ok(Err(DeadLink::Expired));
        }
        let person = accounts::store::find_person(db, row.person_id.unwrap_or_default()).await?;
        Ok(person.ok_or(DeadLink::Unknown))
    }

    /// Sets a password with a link, once. All sessions end.
    pub(crate) async fn reset(
        &self,
        shell: &Shell,
        token: &str,
        person: &Person,
        password: String,
    ) -> Result<Result<(), DeadLink>, Fault> {
        let hash = PasswordHash::of(password).await.map_err(Fault::internal)?;
        let mut work = Work::begin(self.app(), shell.caller()).await?;
        let now = work.now().as_millisecond();
        let used = email_link::Entity::update_many()
            .col_expr(email_link::Column::UsedAt, Some(now).into())
            .filter(email_link::Column::TokenHash.eq(Token::presented(token).hash()))
            .filter(email_link::Column::Purpose.eq(PURPOSE))
            .filter(email_link::Column::UsedAt.is_null())
            .filter(email_link::Column::ExpiresAt.gt(now))
            .exec(work.tx())
            .await?;
        if used.rows_affected == 0 {
            return Ok(Err(DeadLink::Used));
        }
        // The letter reached its reader: an imported account's address is verified by that.
        user::Entity::update_many()
            .col_expr(user::Column::EmailVerifiedAt, Some(now).into())
            .filter(user::Column::Id.eq(person.id()))
            .filter(user::Column::EmailVerifiedAt.is_null())
            .exec(work.tx())
            .await?;
        self.replace(&mut work, person, &hash, None, &IdentityEvent::PasswordReset)
            .await?;
        work.commit().await?;
        Ok(Ok(()))
    }

    /// Sets a password for somebody who is signed in. All sessions end but those of `here`.
    pub(crate) async fn change(
        &self,
        shell: &Shell,
        person: &Person,
        password: String,
        here: Uuid,
    ) -> Result<(), Fault> {
        let hash = PasswordHash::of(password).await.map_err(Fault::internal)?;
        let mut work = Work::begin(self.app(), shell.caller()).await?;
        self.replace(
            &mut work,
            person,
            &hash,
            Some(here),
            &IdentityEvent::PasswordChanged,
        )
        .await?;
        work.commit().await?;
        Ok(())
    }

    async fn replace(
        &self,
        work: &mut Work,
        person: &Person,
        hash: &PasswordHash,
        here: Option<Uuid>,
        event: &IdentityEvent,
    ) -> Result<(), DbErr> {
        accounts::store::set_password(work.tx(), person.id(), hash).await?;
        store::end_all(work.tx(), person.id(), here).await?;
        // Links that are still out would undo it.
        email_link::Entity::update_many()
            .col_expr(
                email_link::Column::UsedAt,
                Some(work.now().as_millisecond()).into(),
            )
            .filter(email_link::Column::PersonId.eq(person.id()))
            .filter(email_link::Column::Purpose.eq(PURPOSE))
            .filter(email_link::Column::UsedAt.is_null())
            .exec(work.tx())
            .await?;
        let id = work.record(subject(person), event).await?;
        let l = self.app().l10n(person.language);
        let forgotten = forgotten_page(people(person));
        let letter = letters::password_changed(&l, self.app().site(), &person.name, work.now(), forgotten);
        work.send(id, &recipient(person), &letter).await?;
        Ok(())
    }
}

fn recipient(person: &Person) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: account(person),
    }
}

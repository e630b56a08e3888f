//! Passwords: forgotten, set anew by a link, changed.

use accounts::{
    password::PasswordHash,
    person::Person,
    store::link::{self, LinkError, Purpose},
};
use jiff::SignedDuration;
use kernel::EmailAddress;
use platform::{
    Work,
    mail::Recipient,
    secret::Token,
    web::{Fault, Shell},
};
use sea_orm::{DbErr, sea_query::LockType};
use uuid::Uuid;

use crate::{
    Identity,
    events::{IdentityEvent, subject},
    letters,
    pages::sign_in::Variant,
    provider::clients::People,
    store,
};

/// How long a link holds.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(1);
/// Letters to one address within an hour; further wishes get the same answer and no letter.
const LETTERS_AN_HOUR: u64 = 3;

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
        // In lower case, as it is kept: a telephone's keyboard capitalises where nobody sees it.
        let user_name = user_name.trim().to_ascii_lowercase();
        match variant {
            Variant::Root => accounts::store::find_root(db, &email).await,
            Variant::Iam => accounts::store::find_iam(db, &email, &user_name).await,
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
        let (now, purpose) = (work.now(), Purpose::PasswordReset);
        let hour_ago = now - SignedDuration::from_hours(1);
        let lately = link::sent_since(work.tx(), purpose, &person.email, Some(person.id()), hour_ago).await?;
        if lately >= LETTERS_AN_HOUR {
            return Ok(());
        }
        let token = Token::random();
        let to = (&person.email, Some(person.id()), person.language);
        link::insert(work.tx(), purpose, &token, to, now, LINK_LIFE).await?;
        let event = work
            .record(subject(&person), &IdentityEvent::ResetRequested)
            .await?;
        let site = self.app().site();
        let link = site.link(&format!("/reset?token={}", token.expose()));
        let letter = letters::password_reset(&self.app().l10n(person.language), site, &person.name, &link);
        work.send(event, &recipient(&person), &letter)?;
        work.commit().await
    }

    /// Whose password a link sets; looking uses nothing up.
    pub(crate) async fn person_of_link(&self, token: &str) -> Result<Person, LinkError> {
        let db = self.app().db().read();
        let token = Token::presented(token);
        let link = link::open(db, Purpose::PasswordReset, &token, self.app().clock().now()).await?;
        let person = accounts::store::find_person(db, link.person.unwrap_or_default()).await?;
        person.ok_or(LinkError::Unknown)
    }

    /// Sets a password with a link, once. All sessions end.
    pub(crate) async fn reset(
        &self,
        shell: &Shell,
        token: &str,
        person: &Person,
        hash: &PasswordHash,
    ) -> Result<(), LinkError> {
        let mut work = Work::begin(self.app(), shell.caller()).await?;
        let now = work.now();
        store::lock_password(work.tx(), person.id(), LockType::Update).await?;
        if !link::use_up(work.tx(), Purpose::PasswordReset, &Token::presented(token), now).await? {
            return Err(LinkError::Used);
        }
        // The letter reached its reader: an imported account's address is verified by that.
        accounts::service::verify_email(&mut work, person).await?;
        self.replace(&mut work, person, hash, None, &IdentityEvent::PasswordReset)
            .await?;
        work.commit().await?;
        Ok(())
    }

    /// Sets a password for somebody who is signed in and whose password was right. All sessions end but those of `here`.
    /// Where that password was set anew meanwhile, or the session ended, it has no say any more.
    pub(crate) async fn change(
        &self,
        shell: &Shell,
        person: &Person,
        password: String,
        here: Uuid,
    ) -> Result<(), Fault> {
        let hash = PasswordHash::of(password).await?;
        let mut work = Work::begin(self.app(), shell.caller()).await?;
        let checked = person.password.as_ref();
        let stays = store::password_stays(work.tx(), person.id(), checked, LockType::Update).await?
            && store::sso_stays(work.tx(), here).await?;
        if !stays {
            return Err(Fault::sign_in_again());
        }
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
        let (purpose, now) = (Purpose::PasswordReset, work.now());
        link::call_back(work.tx(), purpose, &person.email, person.id(), now).await?;
        let id = work.record(subject(person), event).await?;
        let l = self.app().l10n(person.language);
        let forgotten = forgotten_page(people(person));
        let letter = letters::password_changed(&l, self.app().site(), &person.name, work.now(), forgotten);
        work.send(id, &recipient(person), &letter)?;
        Ok(())
    }
}

fn recipient(person: &Person) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: person.capacity.account(),
    }
}

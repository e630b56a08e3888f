//! Who sits at the browser: the provider's session and the portal's, each a cookie with a random token.

use std::sync::Arc;

use accounts::person::Person;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use kernel::SessionId;
use platform::{
    SignedIn, Visitor,
    actor::Capacity,
    api::Access,
    secret::Token,
    web::{Fault, Identify, Shell, read_cookie},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
};
use uuid::Uuid;

use crate::{
    Identity,
    config::Sessions,
    store::rows::{portal_session, sso_session},
};

/// The cookie of the provider's session.
pub(crate) const SSO_COOKIE: &str = "sso";
/// The cookie of the portal's session.
pub(crate) const PORTAL_COOKIE: &str = "session";
/// Sessions are marked as seen at most this often: a write per request would be too much.
const TOUCH_MILLIS: i64 = 60_000;

/// Whether a session still holds. Times are milliseconds since 1970.
#[must_use]
pub fn is_alive(limits: Sessions, auth_at: i64, seen_at: i64, now: i64) -> bool {
    now.saturating_sub(seen_at) < limits.idle.millis()
        && now.saturating_sub(auth_at) < limits.absolute.millis()
}

/// The id of whoever is signed in, as [`Person::id`] gives it.
pub(crate) fn person_id(person: &SignedIn) -> Uuid {
    match person.capacity {
        Capacity::Root { user, .. } | Capacity::Iam { user, .. } => user.into(),
        Capacity::Staff { staff, .. } => staff.into(),
    }
}

/// The client's address, as it is kept; empty where there is none.
pub(crate) fn address(shell: &Shell) -> String {
    shell
        .origin
        .map(|address| address.to_string())
        .unwrap_or_default()
}

/// The browser's own words about itself, cut to a length that fits a table.
pub(crate) fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    text.chars().take(300).collect()
}

/// A browser's session and who it is, as both are kept for a moment between requests.
pub(crate) struct Known {
    sso_session: Uuid,
    auth_at: i64,
    seen_at: i64,
    person: Arc<SignedIn>,
}

impl Known {
    /// Whatever changes the session or the person: the end of the sign-in, the person, the person's account.
    fn about(&self) -> Vec<Uuid> {
        let account = self.person.account().map(Uuid::from);
        [self.sso_session, person_id(&self.person)]
            .into_iter()
            .chain(account)
            .collect()
    }
}

impl Identify for Identity {
    async fn identify_bearer(&self, token: &str) -> Result<Option<Arc<Access>>, Fault> {
        Ok(self.access_by(token).await?)
    }

    async fn identify(&self, headers: &HeaderMap) -> Result<Visitor, Fault> {
        let Some(token) = read_cookie(&self.app().site().public_url, headers, PORTAL_COOKIE) else {
            return Ok(Visitor::Anonymous);
        };
        let hash = Token::presented(token).hash();
        let read = async || self.known(&hash).await;
        let known = self
            .sessions()
            .get(self.app(), hash.clone(), Known::about, read)
            .await?;
        let now = self.now();
        let alive = |known: &Arc<Known>| is_alive(self.config().sessions, known.auth_at, known.seen_at, now);
        let Some(known) = known.filter(alive) else {
            return Ok(Visitor::Anonymous);
        };
        if now - known.seen_at >= TOUCH_MILLIS {
            self.touch(&known, now).await?;
        }
        Ok(Visitor::SignedIn(known.person.clone()))
    }
}

impl Identity {
    /// Now, in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.app().clock().now().as_millisecond()
    }

    /// The session with a token's hash, and whose it is.
    async fn known(&self, token_hash: &str) -> Result<Option<Known>, DbErr> {
        let db = self.app().db().read();
        let Some(row) = portal_session::Entity::find()
            .filter(portal_session::Column::TokenHash.eq(token_hash))
            .one(db)
            .await?
        else {
            return Ok(None);
        };
        let Some(person) = accounts::store::find_person(db, row.person_id).await? else {
            return Ok(None);
        };
        Ok(Some(Known {
            sso_session: row.sso_session_id,
            auth_at: row.auth_at,
            seen_at: row.seen_at,
            person: Arc::new(accounts::store::signed_in(db, SessionId(row.id), person).await?),
        }))
    }

    /// Marks a session as used.
    async fn touch(&self, known: &Known, now: i64) -> Result<(), DbErr> {
        let tx = self.app().db().begin().await?;
        portal_session::Entity::update_many()
            .col_expr(portal_session::Column::SeenAt, now.into())
            .filter(portal_session::Column::Id.eq(known.person.session.0))
            .exec(&tx)
            .await?;
        // Using the portal is using the sign-in that it stems from.
        sso_session::Entity::update_many()
            .col_expr(sso_session::Column::SeenAt, now.into())
            .filter(sso_session::Column::Id.eq(known.sso_session))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        self.session_changed(known.sso_session);
        Ok(())
    }

    /// Says that the sessions that stem from a sign-in at the provider changed or ended. To be called after the commit.
    pub(crate) fn session_changed(&self, sso_session: Uuid) {
        self.app().announce(sso_session);
    }

    /// The portal session whose cookie a request carries, if it still holds.
    pub(crate) async fn portal_session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<portal_session::Model>, DbErr> {
        let Some(token) = read_cookie(&self.app().site().public_url, headers, PORTAL_COOKIE) else {
            return Ok(None);
        };
        let row = portal_session::Entity::find()
            .filter(portal_session::Column::TokenHash.eq(Token::presented(token).hash()))
            .one(self.app().db().read())
            .await?;
        let now = self.now();
        Ok(row.filter(|row| is_alive(self.config().sessions, row.auth_at, row.seen_at, now)))
    }

    /// The provider's session whose cookie a request carries, if it still holds, with its person.
    pub(crate) async fn sso_session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<(sso_session::Model, Person)>, DbErr> {
        let Some(token) = read_cookie(&self.app().site().public_url, headers, SSO_COOKIE) else {
            return Ok(None);
        };
        let db = self.app().db().read();
        let row = sso_session::Entity::find()
            .filter(sso_session::Column::TokenHash.eq(Token::presented(token).hash()))
            .one(db)
            .await?;
        let now = self.now();
        let alive =
            |row: &sso_session::Model| is_alive(self.config().sessions, row.auth_at, row.seen_at, now);
        let Some(row) = row.filter(alive) else {
            return Ok(None);
        };
        let person = accounts::store::find_person(db, row.person_id).await?;
        Ok(person.map(|person| (row, person)))
    }
}

/// Opens a session at the provider; the token is for the cookie.
pub(crate) async fn open_sso(
    tx: &impl ConnectionTrait,
    id: Uuid,
    person: Uuid,
    now: Timestamp,
) -> Result<(sso_session::Model, Token), DbErr> {
    let token = Token::random();
    let row = sso_session::ActiveModel {
        id: Set(id),
        token_hash: Set(token.hash()),
        person_id: Set(person),
        auth_at: Set(now.as_millisecond()),
        seen_at: Set(now.as_millisecond()),
    }
    .insert(tx)
    .await?;
    Ok((row, token))
}

/// The same person signed in again: the session goes on under a new token, and what stems from it stays. Nothing where
/// the session was ended meanwhile.
pub(crate) async fn renew_sso(
    tx: &impl ConnectionTrait,
    session: sso_session::Model,
    now: Timestamp,
) -> Result<Option<(sso_session::Model, Token)>, DbErr> {
    let token = Token::random();
    let renewed = sso_session::ActiveModel {
        token_hash: Set(token.hash()),
        auth_at: Set(now.as_millisecond()),
        seen_at: Set(now.as_millisecond()),
        ..session.into()
    };
    match renewed.update(tx).await {
        Ok(renewed) => Ok(Some((renewed, token))),
        Err(DbErr::RecordNotUpdated) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::is_alive;
    use crate::config::Sessions;

    #[test]
    fn a_session_ends_when_idle_and_at_the_latest_after_its_absolute_time() {
        let limits = Sessions::default();
        let (minute, hour) = (60_000, 3_600_000);
        assert!(is_alive(limits, 0, 0, 29 * minute));
        assert!(!is_alive(limits, 0, 0, 30 * minute));
        assert!(is_alive(limits, 0, 12 * hour - minute, 12 * hour - 1));
        assert!(!is_alive(limits, 0, 12 * hour - minute, 12 * hour));
    }
}

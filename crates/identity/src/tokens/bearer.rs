//! What a request's bearer token gives.

use std::sync::Arc;

use kernel::SessionId;
use platform::{
    api::{Access, Scopes},
    secret::Token,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{CLIENT_PREFIX, PREFIX, scopes_of};
use crate::{
    Identity,
    session::person_id,
    store::rows::api_token::{Column, Entity},
};

/// The use of a token is written down at most this often.
const TOUCH_MILLIS: i64 = 60_000;

/// A token and what it gives, as both are kept for a moment between requests.
pub(crate) struct Known {
    id: Uuid,
    /// Milliseconds since 1970, as is `used_at`.
    expires_at: i64,
    used_at: Option<i64>,
    access: Arc<Access>,
}

impl Known {
    /// Whatever changes the token or the person: its use, the person (who revokes it), the person's account.
    fn about(&self) -> Vec<Uuid> {
        let person = &self.access.person;
        let account = person.account().map(Uuid::from);
        [self.id, person_id(person)].into_iter().chain(account).collect()
    }
}

impl Identity {
    /// What a bearer token gives, if it holds.
    pub(crate) async fn access_by(&self, token: &str) -> Result<Option<Arc<Access>>, DbErr> {
        if !token.starts_with(PREFIX) && !token.starts_with(CLIENT_PREFIX) {
            // An access token of a sign-in is for /userinfo alone: it opens no part of the API.
            return Ok(None);
        }
        let hash = Token::presented(token).hash();
        let read = async || self.known_token(&hash).await;
        let known = self
            .bearers()
            .get(self.app(), hash.clone(), Known::about, read)
            .await?;
        let now = self.now();
        let Some(known) = known.filter(|known| known.expires_at > now) else {
            return Ok(None);
        };
        if known.used_at.is_none_or(|used| now - used >= TOUCH_MILLIS) {
            self.touch_token(known.id, now).await?;
        }
        Ok(Some(known.access.clone()))
    }

    /// The token with a hash, unless it is revoked.
    async fn known_token(&self, hash: &str) -> Result<Option<Known>, DbErr> {
        let db = self.app().db().read();
        let row = Entity::find()
            .filter(Column::TokenHash.eq(hash))
            .filter(Column::RevokedAt.is_null())
            .one(db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        // A client that is configured no longer, or for less, has no more than that.
        let allowed = match &row.client_id {
            Some(client) => match self.clients().find(client) {
                Some(client) => client.scopes.clone(),
                None => return Ok(None),
            },
            None => Scopes::all(),
        };
        let Some(person) = accounts::store::find_person(db, row.person_id).await? else {
            return Ok(None);
        };
        let scopes: Scopes = row.scopes.parse().unwrap_or_default();
        let possible = scopes_of(&person);
        let access = Access {
            scopes: scopes
                .iter()
                .filter(|scope| allowed.contains(*scope) && possible.contains(*scope))
                .collect(),
            counted_as: row.client_id.unwrap_or_else(|| row.id.to_string()),
            person: Arc::new(accounts::store::signed_in(db, SessionId(row.id), person).await?),
        };
        Ok(Some(Known {
            id: row.id,
            expires_at: row.expires_at,
            used_at: row.used_at,
            access: Arc::new(access),
        }))
    }

    /// Marks a token as used.
    async fn touch_token(&self, id: Uuid, now: i64) -> Result<(), DbErr> {
        let tx = self.app().db().begin().await?;
        Entity::update_many()
            .col_expr(Column::UsedAt, Some(now).into())
            .filter(Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        self.app().announce(id);
        Ok(())
    }
}

//! The portal as an ordinary client of the provider (a relying party): it asks for a code, redeems it, checks the ID
//! token, and keeps a session of its own.
//!
//! The one difference to a client elsewhere: its requests to discovery, keys and the token endpoint are handed to the
//! provider's own router inside the process rather than sent over the network. They are the same endpoints with the
//! same checks, and a portal that cannot reach its own public address still signs people in.

mod client;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use openidconnect::{
    AuthorizationCode, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, TokenResponse,
    core::CoreAuthenticationFlow,
};
use platform::{
    secret::{Token, same},
    web::{Fault, Shell, cookie, expired_cookie, local_path, read_cookie, redirect},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, ModelTrait};
use serde::Deserialize;
use uuid::Uuid;

use self::client::ask_provider;
use crate::{
    Identity,
    provider::clients::{PORTAL, People, STAFF, with_query},
    session::{PORTAL_COOKIE, address, user_agent},
    store::{
        self,
        rows::{pending, portal_session},
    },
};

/// Ties a sign-in to the browser that began it.
const BROWSER_COOKIE: &str = "browser";
/// How long somebody may take on the sign-in page.
const PENDING_MILLIS: i64 = 3_600_000;

/// One of the portal's two entrances.
#[derive(Clone, Copy, Debug)]
struct Door {
    client: &'static str,
    people: People,
    sign_in: &'static str,
    callback: &'static str,
    home: &'static str,
    signed_out: &'static str,
}

const USERS: Door = Door {
    client: PORTAL,
    people: People::Users,
    sign_in: "/sign-in",
    callback: "/auth/callback",
    home: "/overview",
    signed_out: "/signed-out",
};

const STAFF_DOOR: Door = Door {
    client: STAFF,
    people: People::Staff,
    sign_in: "/staff/sign-in",
    callback: "/staff/callback",
    home: "/staff/registrations",
    signed_out: "/signed-out?staff=1",
};

#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    to: String,
    /// `iam`: with the form of IAM users.
    #[serde(default)]
    r#as: String,
}

/// The provider's answer.
#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    iss: String,
}

pub(crate) async fn sign_in(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    room.begin_sign_in(&shell, &headers, USERS, &wanted).await
}

pub(crate) async fn staff_sign_in(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    room.begin_sign_in(&shell, &headers, STAFF_DOOR, &wanted).await
}

pub(crate) async fn callback(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Fault> {
    room.finish_sign_in(&shell, &headers, USERS, answer).await
}

pub(crate) async fn staff_callback(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Fault> {
    room.finish_sign_in(&shell, &headers, STAFF_DOOR, answer).await
}

/// Ends the portal's session, then the provider's, by its end-session endpoint.
pub(crate) async fn sign_out(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let Some(session) = room.portal_session(&headers).await? else {
        return Ok(redirect("/signed-out"));
    };
    let door = if session.client_id == STAFF {
        STAFF_DOOR
    } else {
        USERS
    };
    let id_token = session.id_token.clone();
    let tx = room.app().db().begin().await?;
    let sso_session = session.sso_session_id;
    session.delete(&tx).await?;
    tx.commit().await?;
    room.session_changed(sso_session);
    let site = shell.site();
    let parameters = [
        ("id_token_hint", id_token.as_str()),
        ("post_logout_redirect_uri", &site.link(door.signed_out)),
    ];
    let mut response = redirect(&with_query(&site.link("/logout"), &parameters));
    response.headers_mut().append(
        header::SET_COOKIE,
        expired_cookie(&site.public_url, PORTAL_COOKIE),
    );
    Ok(response)
}

/// What a redeemed code proves.
struct Proven {
    person: Uuid,
    sso_session: Uuid,
    auth_at: i64,
    id_token: String,
}

impl Identity {
    async fn begin_sign_in(
        &self,
        shell: &Shell,
        headers: &HeaderMap,
        door: Door,
        wanted: &Wanted,
    ) -> Result<Response, Fault> {
        let to = local_path(&wanted.to).unwrap_or(door.home);
        if shell
            .visitor
            .signed_in()
            .is_some_and(|person| door.people.include(person.capacity))
        {
            return Ok(redirect(to));
        }
        let client = self.portal_client(shell, door).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (mut url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .url();
        if wanted.r#as == "iam" {
            url.query_pairs_mut().append_pair("as", "iam");
        }
        let site = &shell.site().public_url;
        let known = read_cookie(site, headers, BROWSER_COOKIE);
        let browser = known.clone().map_or_else(Token::random, Token::presented);
        let tx = self.app().db().begin().await?;
        pending::ActiveModel {
            state_hash: Set(Token::presented(state.secret()).hash()),
            browser_hash: Set(browser.hash()),
            client_id: Set(door.client.to_owned()),
            nonce: Set(nonce.secret().clone()),
            verifier: Set(verifier.secret().clone()),
            destination: Set(to.to_owned()),
            expires_at: Set(self.now() + PENDING_MILLIS),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        let mut response = redirect(url.as_str());
        if known.is_none() {
            response.headers_mut().append(
                header::SET_COOKIE,
                cookie(site, BROWSER_COOKIE, browser.expose(), None),
            );
        }
        Ok(response)
    }

    async fn finish_sign_in(
        &self,
        shell: &Shell,
        headers: &HeaderMap,
        door: Door,
        answer: Answer,
    ) -> Result<Response, Fault> {
        let Some(pending) = self.take_pending(headers, door, &answer).await? else {
            // Reloaded, or gone back to: who is signed in already goes on.
            if shell
                .visitor
                .signed_in()
                .is_some_and(|person| door.people.include(person.capacity))
            {
                return Ok(redirect(door.home));
            }
            return Err(lost(door));
        };
        if answer.code.is_empty() {
            return Err(lost(door));
        }
        let destination = pending.destination.clone();
        let proven = self.redeem_own(shell, door, answer.code, pending).await?;
        let token = Token::random();
        let tx = self.app().db().begin().await?;
        if !store::sso_stays(&tx, proven.sso_session).await? {
            return Err(lost(door));
        }
        let before = self.portal_session(headers).await?;
        let replaced = before.as_ref().map(|before| before.sso_session_id);
        if let Some(before) = before {
            before.delete(&tx).await?;
        }
        portal_session::ActiveModel {
            id: Set(self.app().new_id()),
            token_hash: Set(token.hash()),
            person_id: Set(proven.person),
            sso_session_id: Set(proven.sso_session),
            client_id: Set(door.client.to_owned()),
            id_token: Set(proven.id_token),
            auth_at: Set(proven.auth_at),
            seen_at: Set(self.now()),
            address: Set(address(shell)),
            user_agent: Set(user_agent(headers)),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        if let Some(replaced) = replaced {
            self.session_changed(replaced);
        }
        let mut response = redirect(&destination);
        let kept = cookie(&shell.site().public_url, PORTAL_COOKIE, token.expose(), None);
        response.headers_mut().append(header::SET_COOKIE, kept);
        Ok(response)
    }

    /// The sign-in that this answer belongs to: begun in this browser, for this entrance, not yet answered, and
    /// answered by our provider (RFC 9207).
    async fn take_pending(
        &self,
        headers: &HeaderMap,
        door: Door,
        answer: &Answer,
    ) -> Result<Option<pending::Model>, Fault> {
        let Some(browser) = read_cookie(&self.app().site().public_url, headers, BROWSER_COOKIE) else {
            return Ok(None);
        };
        let tx = self.app().db().begin().await?;
        let state = Token::presented(&*answer.state).hash();
        let Some(row) = pending::Entity::find_by_id(state.as_str()).one(&tx).await? else {
            return Ok(None);
        };
        let fits = same(&row.browser_hash, &Token::presented(browser).hash())
            && row.client_id == door.client
            && row.expires_at > self.now()
            && answer.iss == self.issuer();
        if !fits {
            return Ok(None);
        }
        let taken = pending::Entity::delete_by_id(state).exec(&tx).await?;
        tx.commit().await?;
        Ok(Some(row).filter(|_| taken.rows_affected == 1))
    }

    async fn redeem_own(
        &self,
        shell: &Shell,
        door: Door,
        code: String,
        pending: pending::Model,
    ) -> Result<Proven, Fault> {
        let refused = |error: &dyn std::fmt::Display| {
            tracing::warn!(%error, client = door.client, "a code was not redeemed");
            lost(door)
        };
        let client = self.portal_client(shell, door).await?;
        let http = |request| ask_provider(self.clone(), shell.clone(), request);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(Fault::internal)?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier))
            .request_async(&http)
            .await
            .map_err(|error| refused(&error))?;
        let id_token = tokens
            .id_token()
            .ok_or_else(|| Fault::internal("the provider gave no ID token"))?;
        let now = self.app().clock().now();
        let verifier = client
            .id_token_verifier()
            .set_time_fn(move || std::time::SystemTime::from(now).into());
        let claims = id_token
            .claims(&verifier, &Nonce::new(pending.nonce))
            .map_err(|error| refused(&error))?;
        let auth_at = claims
            .auth_time()
            .map_or(now.as_millisecond(), |at| at.timestamp_millis());
        Ok(Proven {
            person: claims.subject().as_str().parse().map_err(Fault::internal)?,
            sso_session: claims.additional_claims().sid,
            auth_at,
            id_token: id_token.to_string(),
        })
    }
}

fn lost(door: Door) -> Fault {
    Fault::told_with(
        StatusCode::BAD_REQUEST,
        "signin-lost",
        "signin-again",
        door.sign_in,
    )
}

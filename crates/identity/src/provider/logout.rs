//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use platform::web::{
    Fault, Form, Shell, expired_cookie, page, policy_with_form_action, read_cookie, redirect,
};
use serde::Deserialize;
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::clients::{Client, Clients, with_query};
use crate::{
    Identity,
    provider::keys::IdClaims,
    session::{PORTAL_COOKIE, SSO_COOKIE},
    store,
};

/// What a client asks.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct LogoutRequest {
    #[serde(default)]
    id_token_hint: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    post_logout_redirect_uri: String,
    #[serde(default)]
    state: String,
}

#[derive(Template)]
#[template(path = "logout.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    client: Option<String>,
    client_id: &'a str,
    request: &'a LogoutRequest,
}

pub(crate) async fn by_link(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let mut request = LogoutRequest::default();
    for (name, value) in pairs {
        let place = match &*name {
            "id_token_hint" => &mut request.id_token_hint,
            "client_id" => &mut request.client_id,
            "post_logout_redirect_uri" => &mut request.post_logout_redirect_uri,
            "state" => &mut request.state,
            _ => continue,
        };
        if !place.is_empty() {
            return Err(Fault::bad_request());
        }
        *place = value.into_owned();
    }
    room.log_out(&shell, &headers, &request).await
}

pub(crate) async fn by_form(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Form(request): Form<LogoutRequest>,
) -> Result<Response, Fault> {
    room.log_out(&shell, &headers, &request).await
}

/// The person said yes, on our own page.
pub(crate) async fn confirm(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Form(request): Form<LogoutRequest>,
) -> Result<Response, Fault> {
    let to = destination(room.clients(), &request, None)?;
    let session = room.sso_session(&headers).await?;
    let sessions = [session.map(|(session, _)| session.id), None];
    room.end(&shell, &headers, sessions, to).await
}

/// Where to go afterwards: an address that the client registered, or our own page.
fn destination(
    clients: &Clients,
    request: &LogoutRequest,
    hint: Option<&IdClaims>,
) -> Result<Option<String>, Fault> {
    let refused = || Fault::told(StatusCode::BAD_REQUEST, "signout-wrong-redirect");
    if hint.is_some_and(|hint| !request.client_id.is_empty() && request.client_id != hint.aud) {
        return Err(refused());
    }
    if request.post_logout_redirect_uri.is_empty() {
        return Ok(None);
    }
    let client = client(clients, request, hint).ok_or_else(refused)?;
    let wanted = &request.post_logout_redirect_uri;
    if !client.post_logout_redirect_uris.contains(wanted) {
        return Err(refused());
    }
    let state = [("state", request.state.as_str())];
    Ok(Some(if request.state.is_empty() {
        wanted.clone()
    } else {
        with_query(wanted, &state)
    }))
}

fn client<'a>(clients: &'a Clients, request: &LogoutRequest, hint: Option<&IdClaims>) -> Option<&'a Client> {
    clients.find(hint.map_or(&request.client_id, |hint| &hint.aud))
}

impl Identity {
    async fn log_out(
        &self,
        shell: &Shell,
        headers: &HeaderMap,
        request: &LogoutRequest,
    ) -> Result<Response, Fault> {
        let hint = self.keys().read_hint(&request.id_token_hint, &self.issuer());
        let to = destination(self.clients(), request, hint.as_ref())?;
        let session = self.sso_session(headers).await?;
        match (hint, session) {
            // The client proves with its ID token that the session is one of its user.
            (Some(hint), Some((session, person))) if hint.sub == person.id() => {
                let sessions = [Some(session.id), Some(hint.sid)];
                self.end(shell, headers, sessions, to).await
            }
            (hint, None) => {
                self.end(shell, headers, [None, hint.map(|hint| hint.sid)], to)
                    .await
            }
            // Anybody can make a browser open a link: without such a proof the person is asked.
            (hint, Some(_)) => {
                let asking = client(self.clients(), request, hint.as_ref());
                let client_id = asking.map(|client| client.id.as_str()).unwrap_or_default();
                let client = asking.and_then(|client| client.name.clone());
                let mut response = page(&ConfirmPage {
                    shell,
                    client,
                    client_id,
                    request,
                })?;
                let origin = to
                    .and_then(|to| Url::parse(&to).ok())
                    .map(|url| url.origin().ascii_serialization());
                if let Some(origin) = origin.filter(|origin| *origin != shell.site().public_url.origin()) {
                    response.extensions_mut().insert(policy_with_form_action(&origin));
                }
                Ok(response)
            }
        }
    }

    /// Ends the sessions of this browser and of the hint, and takes away the cookies that came along. Those that did not
    /// may be there all the same: a form of another site comes without them, and must not sign anybody out.
    async fn end(
        &self,
        shell: &Shell,
        headers: &HeaderMap,
        sessions: [Option<Uuid>; 2],
        to: Option<String>,
    ) -> Result<Response, Fault> {
        let tx = self.app().db().begin().await?;
        for session in sessions.into_iter().flatten() {
            store::end_sso(&tx, session).await?;
        }
        tx.commit().await?;
        for session in sessions.into_iter().flatten() {
            self.session_changed(session);
        }
        let mut response = redirect(&to.unwrap_or_else(|| shell.site().link("/signed-out")));
        let site = &shell.site().public_url;
        for name in [SSO_COOKIE, PORTAL_COOKIE] {
            if read_cookie(site, headers, name).is_some() {
                response
                    .headers_mut()
                    .append(header::SET_COOKIE, expired_cookie(site, name));
            }
        }
        Ok(response)
    }
}

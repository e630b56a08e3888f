//! The token endpoint (RFC 6749, 4.1.3; OpenID Connect Core, 3.1.3).

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use platform::{api::Scopes, secret::Token, web::Fault};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use url::form_urlencoded;

use super::{
    clients::{Client, Clients},
    keys::IdClaims,
    pkce,
};
use crate::{
    Identity,
    store::rows::{access_token, code},
    tokens,
};

/// How long an access token and an ID token hold.
pub(crate) const ACCESS_TOKEN_SECONDS: i64 = 600;

/// Why no token is given (RFC 6749, 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    Malformed(&'static str),
    /// The client is not who it says; by a header or not.
    Client {
        by_header: bool,
    },
    Grant(&'static str),
    GrantType,
    /// A scope that the client may not have.
    Scope,
    /// The client may not use this grant.
    NotForClient,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, error, description) = match self {
            Self::Malformed(why) => (StatusCode::BAD_REQUEST, "invalid_request", why),
            Self::Client { .. } => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "the client could not be authenticated",
            ),
            Self::Grant(why) => (StatusCode::BAD_REQUEST, "invalid_grant", why),
            Self::GrantType => (
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "only authorization_code and client_credentials are supported",
            ),
            Self::Scope => (
                StatusCode::BAD_REQUEST,
                "invalid_scope",
                "a scope is unknown, or not this client's",
            ),
            Self::NotForClient => (
                StatusCode::BAD_REQUEST,
                "unauthorized_client",
                "the client is configured for no scopes, or acts as nobody who is of the staff",
            ),
        };
        let body = Json(json!({ "error": error, "error_description": description }));
        let mut response = unstored((status, body).into_response());
        if self == (Self::Client { by_header: true }) {
            let challenge = HeaderValue::from_static("Basic realm=\"token\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// Tokens stay in no cache (RFC 6749, 5.1).
pub(crate) fn unstored(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The form of a token request; a parameter given twice refuses it.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refused> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refused::Malformed(
                "the body must be application/x-www-form-urlencoded",
            ));
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let twice = pairs
            .iter()
            .enumerate()
            .any(|(at, (name, _))| pairs[..at].iter().any(|(other, _)| other == name));
        if twice {
            Err(Refused::Malformed("a parameter was given more than once"))
        } else {
            Ok(Self(pairs))
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

/// Who asks: by HTTP Basic, by a secret in the body, or, for a public client, by its id alone.
fn authenticate<'a>(clients: &'a Clients, headers: &HeaderMap, form: &Form) -> Result<&'a Client, Refused> {
    let header = headers.get(header::AUTHORIZATION);
    if let Some(value) = header {
        let refused = Refused::Client { by_header: true };
        let (id, secret) = basic(value).ok_or(refused)?;
        if form.value("client_secret").is_some() {
            return Err(Refused::Malformed("the client authenticates in two ways"));
        }
        if form.value("client_id").is_some_and(|other| other != id) {
            return Err(Refused::Malformed("client_id is not the authenticated client's"));
        }
        return clients
            .find(&id)
            .filter(|client| client.has_secret(&secret))
            .ok_or(refused);
    }
    let refused = Refused::Client { by_header: false };
    let id = form.value("client_id").ok_or(refused)?;
    let client = clients.find(id).ok_or(refused)?;
    let fine = match form.value("client_secret") {
        Some(secret) => client.has_secret(secret),
        None => client.secret.is_none(),
    };
    if fine { Ok(client) } else { Err(refused) }
}

/// Id and secret of HTTP Basic, each form-encoded (RFC 6749, 2.3.1).
fn basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, credentials) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        let whole = format!("v={part}");
        form_urlencoded::parse(whole.as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

pub(crate) async fn token(
    State(room): State<Identity>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let checked = Form::read(&headers, &body).and_then(|form| {
        authenticate(room.clients(), &headers, &form)
            .cloned()
            .map(|client| (form, client))
    });
    let (form, client) = match checked {
        Ok(checked) => checked,
        Err(refused) => return Ok(refused.into_response()),
    };
    match form.value("grant_type") {
        Some("authorization_code") => {}
        Some("client_credentials") => return room.credentials(&client, form.value("scope")).await,
        Some(_) => return Ok(Refused::GrantType.into_response()),
        None => return Ok(Refused::Malformed("grant_type is missing").into_response()),
    }
    let (Some(given), Some(verifier)) = (form.value("code"), form.value("code_verifier")) else {
        return Ok(Refused::Malformed("code or code_verifier is missing").into_response());
    };
    let redeemed = room
        .redeem(
            &client,
            given,
            form.value("redirect_uri").unwrap_or_default(),
            verifier,
        )
        .await;
    match redeemed {
        Ok((code, access)) => room.tokens(&client, &code, &access),
        Err(RedeemError::Grant(why)) => Ok(Refused::Grant(why).into_response()),
        Err(RedeemError::Database(error)) => Err(error.into()),
    }
}

/// Why a code is not taken in.
#[derive(Debug, thiserror::Error)]
enum RedeemError {
    /// The client is told this.
    #[error("{0}")]
    Grant(&'static str),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Identity {
    /// Takes a code in for an access token. Whatever comes of it, the code is used up.
    async fn redeem(
        &self,
        client: &Client,
        given: &str,
        redirect_uri: &str,
        verifier: &str,
    ) -> Result<(code::Model, Token), RedeemError> {
        let hash = Token::presented(given).hash();
        let now = self.now();
        let tx = self.app().db().begin().await?;
        let taken = code::Entity::update_many()
            .col_expr(code::Column::UsedAt, Some(now).into())
            .filter(code::Column::CodeHash.eq(hash.as_str()))
            .filter(code::Column::UsedAt.is_null())
            .exec(&tx)
            .await?;
        if taken.rows_affected == 0 {
            // Used before (or never given): who holds it twice may have stolen it (RFC 6749, 4.1.2).
            access_token::Entity::delete_many()
                .filter(access_token::Column::CodeHash.eq(hash.as_str()))
                .exec(&tx)
                .await?;
            tx.commit().await?;
            return Err(RedeemError::Grant("the code is unknown, expired or used"));
        }
        let Some(row) = code::Entity::find_by_id(hash).one(&tx).await? else {
            return Err(RedeemError::Grant("the code is unknown, expired or used"));
        };
        let wrong = if row.expires_at <= now {
            Some("the code is unknown, expired or used")
        } else if row.client_id != client.id {
            Some("the code was given to another client")
        } else if row.redirect_uri != redirect_uri {
            Some("redirect_uri is not that of the authorization request")
        } else if !pkce::fits(verifier, &row.challenge) {
            Some("code_verifier does not fit the challenge")
        } else {
            None
        };
        if let Some(why) = wrong {
            tx.commit().await?;
            return Err(RedeemError::Grant(why));
        }
        let access = Token::random();
        access_token::ActiveModel {
            token_hash: Set(access.hash()),
            code_hash: Set(row.code_hash.clone()),
            client_id: Set(row.client_id.clone()),
            scope: Set(row.scope.clone()),
            person_id: Set(row.person_id),
            sso_session_id: Set(row.sso_session_id),
            expires_at: Set(now + ACCESS_TOKEN_SECONDS * 1000),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        Ok((row, access))
    }

    /// A token for a program of the provider, which acts as a member of the staff (RFC 6749, 4.4).
    async fn credentials(&self, client: &Client, scope: Option<&str>) -> Result<Response, Fault> {
        let Some(email) = client.acts_as.as_ref().filter(|_| !client.scopes.is_empty()) else {
            return Ok(Refused::NotForClient.into_response());
        };
        let scopes = match scope.map(str::parse::<Scopes>) {
            None => client.scopes.clone(),
            Some(Ok(scopes)) if !scopes.is_empty() && scopes.are_within(&client.scopes) => scopes,
            Some(_) => return Ok(Refused::Scope.into_response()),
        };
        let Some(person) = accounts::store::find_staff(self.app().db().read(), email).await? else {
            return Ok(Refused::NotForClient.into_response());
        };
        let (id, granted) = (person.id(), scopes.to_string());
        let token = tokens::give_to_client(self.app(), &client.id, id, scopes, ACCESS_TOKEN_SECONDS).await?;
        let body = json!({
            "access_token": token.expose(),
            "token_type": "Bearer",
            "expires_in": ACCESS_TOKEN_SECONDS,
            "scope": granted,
        });
        Ok(unstored(Json(body).into_response()))
    }

    fn tokens(&self, client: &Client, code: &code::Model, access: &Token) -> Result<Response, Fault> {
        let now = self.now() / 1000;
        let claims = IdClaims {
            iss: self.issuer(),
            sub: code.person_id,
            aud: client.id.clone(),
            exp: now + ACCESS_TOKEN_SECONDS,
            iat: now,
            auth_time: code.auth_at / 1000,
            sid: code.sso_session_id,
            nonce: code.nonce.clone(),
        };
        let id_token = self.keys().sign(&claims).map_err(Fault::internal)?;
        let body = json!({
            "access_token": access.expose(),
            "token_type": "Bearer",
            "expires_in": ACCESS_TOKEN_SECONDS,
            "scope": code.scope,
            "id_token": id_token,
        });
        Ok(unstored(Json(body).into_response()))
    }
}

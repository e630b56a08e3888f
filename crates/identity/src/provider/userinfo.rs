//! The endpoint that tells who somebody is (OpenID Connect Core, 5.3).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::{secret::Token, web::Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::token::unstored;
use crate::{Identity, store::rows::access_token};

pub(crate) async fn userinfo(State(room): State<Identity>, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(token) = bearer(&headers) else {
        return Ok(refused("Bearer realm=\"userinfo\"", "no_token"));
    };
    let db = room.app().db().read();
    let row = access_token::Entity::find_by_id(Token::presented(token).hash())
        .filter(access_token::Column::ExpiresAt.gt(room.now()))
        .one(db)
        .await?;
    let person = match &row {
        Some(row) => accounts::store::find_person(db, row.person_id).await?,
        None => None,
    };
    let (Some(row), Some(person)) = (row, person) else {
        return Ok(refused(
            "Bearer realm=\"userinfo\", error=\"invalid_token\"",
            "invalid_token",
        ));
    };
    let has = |scope: &str| row.scope.split(' ').any(|granted| granted == scope);
    let mut claims = json!({ "sub": person.id() });
    if has("profile") {
        claims["name"] = json!(person.name);
        claims["locale"] = json!(person.language.tag());
    }
    if has("email") {
        claims["email"] = json!(person.email.as_str());
    }
    Ok(unstored(Json(claims).into_response()))
}

/// The token of RFC 6750, 2.1.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

fn refused(challenge: &'static str, error: &'static str) -> Response {
    let mut response = unstored((StatusCode::UNAUTHORIZED, Json(json!({ "error": error }))).into_response());
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

//! Discovery (OpenID Connect Discovery 1.0, RFC 8414) and the public keys.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, EndSessionUrl, IssuerUrl, JsonWebKeySetUrl, ProviderMetadata,
    ResponseTypes, Scope, TokenUrl, UserInfoUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
    url::ParseError,
};
use platform::web::Fault;
use serde::{Deserialize, Serialize};

use super::request::SCOPES;
use crate::Identity;

/// What the library's metadata lacks: PKCE (RFC 8414), `iss` in the answer (RFC 9207), logout.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct More {
    code_challenge_methods_supported: Vec<String>,
    authorization_response_iss_parameter_supported: bool,
    end_session_endpoint: EndSessionUrl,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(crate) async fn configuration(State(room): State<Identity>) -> Result<Response, Fault> {
    let metadata = metadata(&room).map_err(Fault::internal)?;
    Ok(Json(metadata).into_response())
}

pub(crate) async fn jwks(State(room): State<Identity>) -> Response {
    Json(room.keys().published()).into_response()
}

fn metadata(room: &Identity) -> Result<Metadata, ParseError> {
    let link = |path: &str| room.app().site().link(path);
    let more = More {
        code_challenge_methods_supported: vec!["S256".to_owned()],
        authorization_response_iss_parameter_supported: true,
        end_session_endpoint: EndSessionUrl::new(link("/logout"))?,
    };
    let claims = [
        "sub",
        "iss",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "nonce",
        "sid",
        "name",
        "locale",
        "email",
    ];
    Ok(Metadata::new(
        IssuerUrl::new(room.issuer())?,
        AuthUrl::new(link("/ap/auth"))?,
        JsonWebKeySetUrl::new(link("/jwks"))?,
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        vec![CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256],
        more,
    )
    .set_token_endpoint(Some(TokenUrl::new(link("/token"))?))
    .set_userinfo_endpoint(Some(UserInfoUrl::new(link("/userinfo"))?))
    .set_scopes_supported(Some(
        SCOPES
            .iter()
            .copied()
            .chain(platform::api::Scope::ALL.map(platform::api::Scope::as_str))
            .map(|scope| Scope::new(scope.to_owned()))
            .collect(),
    ))
    .set_response_modes_supported(Some(vec![CoreResponseMode::Query]))
    .set_grant_types_supported(Some(vec![
        CoreGrantType::AuthorizationCode,
        CoreGrantType::ClientCredentials,
    ]))
    .set_token_endpoint_auth_methods_supported(Some(vec![
        CoreClientAuthMethod::ClientSecretBasic,
        CoreClientAuthMethod::ClientSecretPost,
        CoreClientAuthMethod::None,
    ]))
    .set_claims_supported(Some(
        claims
            .iter()
            .map(|name| CoreClaimName::new((*name).to_owned()))
            .collect(),
    ))
    .set_request_parameter_supported(Some(false))
    .set_request_uri_parameter_supported(Some(false)))
}

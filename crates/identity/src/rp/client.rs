//! The portal's client object, and how its requests reach the provider.

use axum::body::{Body, to_bytes};
use openidconnect::{
    AdditionalClaims, Client, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, RedirectUrl,
    StandardErrorResponse, StandardTokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use platform::web::{Fault, Shell};
use serde::{Deserialize, Serialize};
use tower::ServiceExt;
use uuid::Uuid;

use super::Door;
use crate::Identity;

/// The claim by which the portal's session knows the provider's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SessionClaim {
    pub(super) sid: Uuid,
}

impl AdditionalClaims for SessionClaim {}

pub(super) type Fields = IdTokenFields<
    SessionClaim,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

pub(super) type PortalClient = Client<
    SessionClaim,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider's router cannot be asked.
#[derive(Debug, thiserror::Error)]
#[error("the provider did not answer: {0}")]
pub(super) struct Unanswered(String);

/// Hands a request to the provider's router; `shell` stands for what the server's front puts into each request.
pub(super) async fn ask_provider(
    room: Identity,
    shell: Shell,
    request: HttpRequest,
) -> Result<HttpResponse, Unanswered> {
    let mut request = request.map(Body::from);
    request.extensions_mut().insert(shell);
    let answer = match room.protocol().router.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, 64 * 1024)
        .await
        .map_err(|error| Unanswered(error.to_string()))?;
    Ok(HttpResponse::from_parts(parts, body.to_vec()))
}

impl Identity {
    /// The client object, made from what discovery says: asked once, since addresses and keys stay as long as the process.
    pub(super) async fn portal_client(&self, shell: &Shell, door: Door) -> Result<PortalClient, Fault> {
        let http = |request| ask_provider(self.clone(), shell.clone(), request);
        let discover = async || {
            let issuer = IssuerUrl::new(self.issuer()).map_err(Fault::internal)?;
            CoreProviderMetadata::discover_async(issuer, &http)
                .await
                .map_err(Fault::internal)
        };
        let provider = self.discovered().get_or_try_init(discover).await?.clone();
        let secret = self
            .clients()
            .find(door.client)
            .and_then(|client| client.secret.as_ref());
        let secret = secret.map(|secret| ClientSecret::new(secret.expose().to_owned()));
        let callback = RedirectUrl::new(shell.site().link(door.callback)).map_err(Fault::internal)?;
        let id = ClientId::new(door.client.to_owned());
        Ok(PortalClient::from_provider_metadata(provider, id, secret).set_redirect_uri(callback))
    }
}

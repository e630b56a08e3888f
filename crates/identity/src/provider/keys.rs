//! The key pair that signs ID tokens (RS256).

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use platform::App;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Signs and checks ID tokens.
pub struct Keys {
    private: EncodingKey,
    public: DecodingKey,
    jwk: Jwk,
    kid: String,
}

/// The signing key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
    /// What the database keeps is no key.
    #[error("the signing key in the settings cannot be read: {0}")]
    Unreadable(String),
}

/// The claims of an ID token (OpenID Connect Core, section 2).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdClaims {
    /// Who issued it.
    pub iss: String,
    /// The person.
    pub sub: Uuid,
    /// The client.
    pub aud: String,
    /// Seconds since 1970.
    pub exp: i64,
    /// Seconds since 1970.
    pub iat: i64,
    /// When the password was given, in seconds since 1970.
    pub auth_time: i64,
    /// The session at the provider, so that signing out ends the right one.
    pub sid: Uuid,
    /// As the client asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

impl Keys {
    /// The installation's key pair, made on the first start and kept in the settings.
    pub async fn load(app: &App) -> Result<Self, KeyError> {
        let kept = platform::app::setting_or_insert(app.db(), "id-token-key", generate).await?;
        let unreadable = |error: jsonwebtoken::errors::Error| KeyError::Unreadable(error.to_string());
        let private = EncodingKey::from_rsa_pem(kept.as_bytes()).map_err(unreadable)?;
        let mut jwk = Jwk::from_encoding_key(&private, Algorithm::RS256).map_err(unreadable)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(unreadable)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let public = DecodingKey::from_jwk(&jwk).map_err(unreadable)?;
        Ok(Self {
            private,
            public,
            jwk,
            kid,
        })
    }

    /// The public half, as clients fetch it.
    #[must_use]
    pub fn published(&self) -> JwkSet {
        JwkSet {
            keys: vec![self.jwk.clone()],
        }
    }

    /// Signs an ID token.
    pub fn sign(&self, claims: &IdClaims) -> Result<String, jsonwebtoken::errors::Error> {
        let header = Header {
            kid: Some(self.kid.clone()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, claims, &self.private)
    }

    /// The claims of an ID token of ours, even an expired one: as a hint at signing out it may be old.
    #[must_use]
    pub fn read_hint(&self, token: &str, issuer: &str) -> Option<IdClaims> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.set_issuer(&[issuer]);
        jsonwebtoken::decode::<IdClaims>(token, &self.public, &validation)
            .ok()
            .map(|token| token.claims)
    }
}

fn generate() -> String {
    let pair = KeyPair::generate(KeySize::Rsa2048)
        .expect("the system gives random bytes, or nothing here is safe to go on with");
    let der: Pkcs8V1Der<'_> = pair
        .as_der()
        .expect("a key pair that was just made can be written down");
    // PKCS #8 as PEM (RFC 7468): of the two forms that the signing library reads, the one with a frame around it.
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(der.as_ref())
    )
}

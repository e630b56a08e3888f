//! Signing as Standard Webhooks 1.0 has it: HMAC-SHA256 over id, timestamp and body.

use aws_lc_rs::{digest, hmac, rand};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use kernel::{DeliveryId, EndpointId, EventId};
use uuid::Uuid;

const PREFIX: &str = "whsec_";

/// What an endpoint's requests are signed with. Its `Debug` is a placeholder.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// 256 random bits.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = vec![0; 32];
        rand::fill(&mut bytes).expect("the system gives random bytes, or nothing here is safe to go on with");
        Self(bytes)
    }

    /// As it was kept.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// To be kept, encrypted.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// `whsec_…`, to be shown to the owner once.
    #[must_use]
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&key, format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(tag))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The three headers of a request. While a rotation is under way, two secrets sign, and the receiver takes whichever
/// it knows.
#[must_use]
pub fn headers(id: DeliveryId, at: Timestamp, body: &str, secrets: &[Secret]) -> [(&'static str, String); 3] {
    let (id, timestamp) = (id.to_string(), at.as_second());
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.sign(&id, timestamp, body))
        .collect();
    [
        ("webhook-id", id),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

/// The id of an event's delivery to an endpoint: always the same, so that the receiver knows a repetition.
#[must_use]
pub fn webhook_id(event: EventId, endpoint: EndpointId) -> DeliveryId {
    let text = format!("{event} {endpoint}");
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    DeliveryId(Uuid::new_v8(bytes))
}

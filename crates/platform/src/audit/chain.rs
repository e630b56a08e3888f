//! The hash chain over all events. Each seal covers the seal before it, so whoever knows the newest seal knows, from
//! the rows alone, whether any of them was changed, removed, added or moved since.

use std::{fmt, str::FromStr};

use aws_lc_rs::digest::{Context, SHA256};
use uuid::Uuid;

use crate::event::row::Model;

/// A link of the chain: SHA-256 (FIPS 180-4) over everything up to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal([u8; 32]);

/// The version of the encoding that seals are made over; it stands in front of each.
const VERSION: &str = "1:";

impl Seal {
    /// What stands before the first event.
    pub const START: Self = Self([0; 32]);

    /// The seal of `event` at the place `seq`, behind this one.
    ///
    /// Version 1 hashes `portico event 1`, this seal, and the columns in the order below: each is a 0 byte where it is
    /// empty, else a 1 byte, its length in bytes and its bytes. Numbers are 64 bits, big-endian.
    #[must_use]
    pub fn next(self, seq: i64, event: &Model) -> Self {
        let mut hash = Context::new(&SHA256);
        hash.update(b"portico event 1");
        hash.update(&self.0);
        let mut field = |value: Option<&[u8]>| match value {
            None => hash.update(&[0]),
            Some(bytes) => {
                hash.update(&[1]);
                hash.update(&(bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
        };
        field(Some(&seq.to_be_bytes()));
        field(Some(event.id.as_bytes()));
        field(Some(&event.at.to_be_bytes()));
        field(Some(event.kind.as_bytes()));
        field(Some(event.subject.as_bytes()));
        field(Some(event.subject_id.as_bytes()));
        field(event.account_id.as_ref().map(|id| id.as_bytes().as_slice()));
        field(Some(event.actor.as_bytes()));
        field(event.origin.as_deref().map(str::as_bytes));
        field(Some(event.data.as_bytes()));
        field(event.before.as_deref().map(str::as_bytes));
        field(event.after.as_deref().map(str::as_bytes));
        let mut seal = [0; 32];
        seal.copy_from_slice(hash.finish().as_ref());
        Self(seal)
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}{}", hex::encode(self.0))
    }
}

/// Not a seal of a version that is known here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a seal is \"{VERSION}\" and 64 hexadecimal digits")]
pub struct BadSeal;

impl FromStr for Seal {
    type Err = BadSeal;

    fn from_str(text: &str) -> Result<Self, BadSeal> {
        let digits = text.strip_prefix(VERSION).ok_or(BadSeal)?;
        // A seal has one written form, in lower case.
        if digits.contains(|digit: char| digit.is_ascii_uppercase()) {
            return Err(BadSeal);
        }
        let mut seal = [0; 32];
        hex::decode_to_slice(digits, &mut seal).map_err(|_| BadSeal)?;
        Ok(Self(seal))
    }
}

/// The person in an event's `actor` column, by whom events are found.
#[must_use]
pub fn actor_id(actor: &str) -> Option<Uuid> {
    let actor: serde_json::Value = serde_json::from_str(actor).ok()?;
    let id = actor.get("staff").or_else(|| actor.get("user"))?;
    id.as_str()?.parse().ok()
}

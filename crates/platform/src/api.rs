//! The JSON API: everything below `/api/`.
//!
//! - [`scope`]: what a bearer token may be used for
//! - [`routes`], [`operation`]: routes with their permission, their scope and their description beside them; the
//!   OpenAPI document is made from these, so that it cannot say anything else than what is served
//! - [`extract`], [`answer`], [`paging`]: what comes in, what goes out
//! - [`problem`]: what goes wrong (RFC 9457)
//! - [`unit`]: what a request asks of the unit of work: that nothing changed meanwhile (`If-Match`), and that it is
//!   done once (`Idempotency-Key`, [`idempotency`])
//! - [`reference`]: the page of all that
//! - [`limits`]: how many requests a token may make
//!
//! Cookies are never looked at below `/api/`, so that no page of another site can act by them.

pub mod answer;
mod described;
mod document;
pub mod extract;
mod idempotency;
pub mod limits;
pub mod operation;
pub mod paging;
pub mod problem;
pub mod reference;
mod routes;
pub mod scope;
mod shared;
pub(crate) mod unit;
mod whole;

use serde::Deserialize;

pub use answer::{created, json, nothing, precondition, versioned};
pub use extract::{Body, Id, Once, Query};
pub use idempotency::Tidy;
pub use operation::Op;
pub use paging::{Limit, Page, Paging};
pub use problem::{FieldProblem, Kind, Problem};
pub use routes::{Mounted, Routes};
pub use scope::{Access, Scope, Scopes, Token};
pub use shared::mount;
pub use whole::{whole, whole_or_null};

/// The `[api]` section.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How many requests a token may make within a minute, at each process.
    pub requests_per_minute: u32,
    /// How many requests without a valid token one address may make within a minute, at each process.
    pub anonymous_per_minute: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            requests_per_minute: 600,
            anonymous_per_minute: 120,
        }
    }
}

/// Whether a path belongs to the API. `/api` itself is a page for people.
#[must_use]
pub fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

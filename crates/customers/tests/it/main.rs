//! Partners' customers, through the browser and the use cases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod adopt;
mod api;
mod directory;
mod import;
mod inviting;
mod people;
mod privacy;
mod review;
mod rivals;
mod transfer;

//! What accounts do for people, through the whole portal, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod importing;
mod profile;
mod sign_up;
mod standing;

//! Behaviour of sign-in, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod outside;
mod password;
mod provider;
mod removed;
mod sessions;
mod sign_in;
mod throttle;

//! Webhooks, with receivers that listen on real sockets, and through the browser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::similar_names, reason = "a receiver has received")]

mod api;
mod delivering;
mod hard_moments;
mod health;
mod managing;
mod receiver;
mod support;

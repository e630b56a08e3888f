//! Events sent to endpoints of the provider and of accounts, signed as Standard Webhooks 1.0.
//!
//! - [`rules`]: the pure core: endpoints, which events they get, where requests may go, signing, back-off
//! - [`store`]: tables and queries
//! - [`service`]: the use cases, each one transaction; [`events`] and [`letters`]: what follows from them
//! - `fan_out`: from sealed events to deliveries, in the transaction that seals them; [`payload`]: what is told
//! - [`delivery`]: the job that makes the requests; `tidy`: the one that forgets old deliveries
//! - `pages`: what owners see; `api`: the same as JSON

mod api;
pub mod config;
pub mod delivery;
mod draft;
pub mod events;
mod fan_out;
mod figures;
pub mod letters;
mod pages;
pub mod payload;
mod room;
pub mod rules;
pub mod service;
pub mod store;
mod tidy;

pub use config::Config;
pub use draft::{Draft, Mistake};
pub use events::EVENTS;
pub use letters::PREVIEWS;
pub use pages::NAV;
pub use room::Webhooks;
pub use store::deliveries::{Lag, lag};

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[
    platform::db::Migration {
        name: "2026112313_webhooks",
        sql: include_str!("../migrations/2026112313_webhooks.sql"),
    },
    platform::db::Migration {
        name: "2026112313_webhooks_due",
        sql: include_str!("../migrations/2026112313_webhooks_due.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "webhooks",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

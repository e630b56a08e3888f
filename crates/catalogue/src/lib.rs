//! What the provider sells, in groups, with public prices that hold from a moment on.
//!
//! - [`rules`]: the pure core: codes, price histories, and from what is wanted to the changes that lead there
//! - [`store`]: tables and queries; [`Catalogue::prices`] keeps the whole list in memory
//! - [`service`]: the one use case, a transaction: [`service::apply`]
//! - [`file`]: the price list as a file of the configuration
//! - `pages`: what staff see; `api`: the same as JSON

mod api;
pub mod config;
pub mod event;
pub mod file;
mod pages;
mod room;
pub mod rules;
pub mod service;
pub mod store;

use platform::{db::Migration, i18n::Messages, mail::Preview};

pub use config::Config;
pub use event::EVENTS;
pub use pages::NAV;
pub use room::Catalogue;
pub use rules::{Code, Group, History, Line, PriceList, Product};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026112520_catalogue",
        sql: include_str!("../migrations/2026112520_catalogue.sql"),
    },
    Migration {
        name: "2026120110_catalogue_file",
        sql: include_str!("../migrations/2026120110_catalogue_file.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "catalogue",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// It sends no letters.
pub const PREVIEWS: &[Preview] = &[];

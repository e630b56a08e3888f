//! A partner's customers: invite, confirm, review, end, hand over.
//!
//! - [`rules`]: the pure core: who is eligible, the states of a relation and what leads from one to another
//! - [`store`]: tables and queries; [`directory`]: who is whose customer, for rooms above
//! - [`service`]: the use cases, each one transaction; [`letters`]: the emails that go with them
//! - [`job`]: what expires, and the deadline of staff
//! - [`pages`]: what partners, customers and staff see

mod adopt;
mod api;
pub mod config;
pub mod directory;
pub mod event;
pub mod import;
mod job;
pub mod letters;
mod pages;
mod room;
pub mod rules;
pub mod service;
pub mod store;

use platform::{db::Migration, i18n::Messages};

pub use config::Config;
pub use event::EVENTS;
pub use letters::PREVIEWS;
pub use pages::{NAV, WAITING};
pub use room::Customers;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026112530_customers",
        sql: include_str!("../migrations/2026112530_customers.sql"),
    },
    Migration {
        name: "2026112630_customers_transfers",
        sql: include_str!("../migrations/2026112630_customers_transfers.sql"),
    },
    Migration {
        name: "2026113001_customers_missed",
        sql: include_str!("../migrations/2026113001_customers_missed.sql"),
    },
    Migration {
        name: "2026113031_customers_by_email",
        sql: include_str!("../migrations/2026113031_customers_by_email.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "customers",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

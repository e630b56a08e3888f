//! Credit: deposits, top-ups, usage, statements.
//!
//! - [`rules`]: the pure core: deposits and their second person, charging usage, when an account is told
//! - [`store`]: tables and queries of what the ledger does not know
//! - [`service`]: the use cases. All movement goes through the ledger's poster, with what follows from it in the same
//!   transaction; [`letters`]: the emails that go with them
//! - [`pages`]: what accounts, partners and staff see

mod api;
pub mod config;
pub mod event;
mod job;
pub mod letters;
pub mod pages;
mod period;
mod room;
pub mod rules;
pub mod service;
mod sheet;
pub mod store;

use platform::{db::Migration, i18n::Messages};

pub use config::Config;
pub use event::EVENTS;
pub use letters::PREVIEWS;
pub use pages::{NAV, WAITING};
pub use room::Credit;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026112515_credit",
        sql: include_str!("../migrations/2026112515_credit.sql"),
    },
    Migration {
        name: "2026112610_credit_refunds",
        sql: include_str!("../migrations/2026112610_credit_refunds.sql"),
    },
    Migration {
        name: "2026113030_credit_deposits_by_reference",
        sql: include_str!("../migrations/2026113030_credit_deposits_by_reference.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "credit",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

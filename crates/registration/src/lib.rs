//! Becoming a partner: eligibility, terms, application, review, deadline.
//!
//! - [`rules`]: the pure core: requirements, the states of a registration and what leads from one to another
//! - [`store`]: tables and queries
//! - [`service`]: the use cases, each one transaction; [`letters`]: the emails that go with them
//! - [`deadline`]: the job that reminds, escalates and tells of a delay
//! - [`search`]: finding registrations by words
//! - [`stats`]: the figures of the dashboard
//! - [`terms`]: the versioned terms and conditions
//! - [`pages`]: what applicants and staff see

mod api;
pub mod config;
pub mod deadline;
mod desk;
pub mod event;
mod indexing;
pub mod letters;
pub mod pages;
pub mod rules;
pub mod search;
pub mod service;
pub mod stats;
pub mod store;
pub mod terms;

pub use config::Config;
pub use desk::{Desk, Pending, PendingElsewhere};
pub use event::EVENTS;
pub use letters::PREVIEWS;
pub use pages::{
    NAV,
    review::{MESSAGES as REVIEW_MESSAGES, NAV as REVIEW_NAV, WAITING},
};
pub use terms::Terms;

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[
    platform::db::Migration {
        name: "2026112304_registration",
        sql: include_str!("../migrations/2026112304_registration.sql"),
    },
    platform::db::Migration {
        name: "2026112315_registration_figures",
        sql: include_str!("../migrations/2026112315_registration_figures.sql"),
    },
    platform::db::Migration {
        name: "2026112316_registration_search",
        sql: include_str!("../migrations/2026112316_registration_search.sql"),
    },
    platform::db::Migration {
        name: "2026112502_registration_partners",
        sql: include_str!("../migrations/2026112502_registration_partners.sql"),
    },
    platform::db::Migration {
        name: "2026112503_registration_nobodys",
        sql: include_str!("../migrations/2026112503_registration_nobodys.sql"),
    },
    platform::db::Migration {
        name: "2026113003_registration_nobodys_by_state",
        sql: include_str!("../migrations/2026113003_registration_nobodys_by_state.sql"),
    },
    platform::db::Migration {
        name: "2026113004_registration_along",
        sql: include_str!("../migrations/2026113004_registration_along.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "registration",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

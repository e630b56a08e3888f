//! What every feature room stands on.
//!
//! - [`config`]: one TOML file plus environment variables; every mistake named with its line
//! - [`db`], [`work`], [`event`]: the unit of work. A state change, its event and the messages that follow from
//!   it are committed together or not at all
//! - [`audit`]: the one order of all events, sealed so that a change of what was written is found
//! - [`cache`]: what was just read need not be read again
//! - [`mail`]: letters as data, and their delivery
//! - [`i18n`]: Fluent messages, dates and times
//! - [`api`]: the JSON API
//! - [`web`]: the shell around every page, routes with their permission beside them, forms, errors
//! - [`job`]: what runs without a request; [`due`]: the rows whose time has come, each acted on once
//! - [`collect`]: figures that are read off the state
//! - [`queue`]: what awaits a decision of staff
//! - [`csv`]: texts in files for spreadsheets

pub mod actor;
pub mod api;
pub mod app;
pub mod audit;
pub mod bulk;
pub mod cache;
pub mod clock;
pub mod collect;
pub mod config;
pub mod csv;
pub mod db;
pub mod due;
pub mod event;
pub mod i18n;
pub mod job;
pub mod mail;
pub mod queue;
pub mod secret;
pub mod site;
pub mod web;
pub mod work;

pub use actor::{
    Actor, Area, Denied, Grant, Grants, Partnership, Permission, SignedIn, StaffMember, StaffRole, Visitor,
};
pub use app::App;
pub use clock::Clock;
pub use db::Db;
pub use event::{Event, Subject};
pub use i18n::L10n;
pub use work::Work;

/// The messages of this crate, for the [`i18n::Catalog`].
pub const MESSAGES: i18n::Messages = i18n::Messages {
    room: "platform",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// The messages of the audit trail.
pub const AUDIT_MESSAGES: i18n::Messages = i18n::Messages {
    room: "audit",
    english: include_str!("../messages/audit.en.ftl"),
    vietnamese: include_str!("../messages/audit.vi.ftl"),
};

/// The tables of this crate.
pub const MIGRATIONS: &[db::Migration] = &[
    db::Migration {
        name: "2026112301_platform",
        sql: include_str!("../migrations/2026112301_platform.sql"),
    },
    db::Migration {
        name: "2026112311_audit",
        sql: include_str!("../migrations/2026112311_audit.sql"),
    },
    db::Migration {
        name: "2026112312_api_requests",
        sql: include_str!("../migrations/2026112312_api_requests.sql"),
    },
    db::Migration {
        name: "2026112315_mail_figures",
        sql: include_str!("../migrations/2026112315_mail_figures.sql"),
    },
    db::Migration {
        name: "2026112710_letters",
        sql: include_str!("../migrations/2026112710_letters.sql"),
    },
];

/// The kinds of events of this crate.
pub const EVENTS: &[&[event::Kind]] = &[mail::delivery::EVENTS, audit::pages::EVENTS];

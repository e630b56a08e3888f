//! Service accounts: how they come to be, what class they have, who belongs to them.
//!
//! - [`account`]: what an account is; [`person`]: who signs in
//! - [`password`]: the policy, and hashing
//! - [`store`]: tables and queries
pub mod account;
pub mod password;
pub mod person;
pub mod store;

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[platform::db::Migration {
    name: "2026112302_accounts",
    sql: include_str!("../migrations/2026112302_accounts.sql"),
}];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "accounts",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

//! Becoming a partner: eligibility, terms, application, review, deadline.

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[platform::db::Migration {
    name: "2026112304_registration",
    sql: include_str!("../migrations/2026112304_registration.sql"),
}];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "registration",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

//! Sign-in: an OpenID provider, the portal as its client, sessions, passwords.

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[platform::db::Migration {
    name: "2026112303_identity",
    sql: include_str!("../migrations/2026112303_identity.sql"),
}];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "identity",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

//! The binary: command line, configuration, wiring, demo.
//!
//! [`rooms`] is the map: it says which rooms there are and what each brings; [`installation`] puts them together.

mod backup;
pub mod cli;
pub mod config;
pub mod demo;
mod directory;
pub mod installation;
pub mod operations;
pub mod rooms;
pub mod server;

/// The messages of this crate.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "portico",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

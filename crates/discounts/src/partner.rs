//! What the provider grants partners.
//!
//! - [`rules`]: the pure core: what is asked for and granted, the states, and which discount is in force when
//! - [`store`]: tables and queries
//! - [`service`]: the use cases, each one transaction; [`letters`]: the emails that go with them
//! - [`jobs`]: what happens by itself: activation on the date; reminders, escalation and word of a delay
//! - `pages`: what partners and staff see; `api`: the same as JSON

pub(crate) mod api;
pub mod event;
pub mod jobs;
pub mod letters;
pub(crate) mod pages;
pub mod rules;
pub mod service;
pub mod store;

pub use event::EVENTS;
pub use letters::PREVIEWS;
pub use pages::{NAV, WAITING};

/// The messages about partner discounts.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "discounts, partner",
    english: include_str!("../messages/partner.en.ftl"),
    vietnamese: include_str!("../messages/partner.vi.ftl"),
};

//! Who works for an account: its root user invites IAM users, changes what they may do, removes them.
//!
//! Every account may have a team, not only a partner: a customer's accountant looks at its credit, an applicant's
//! colleague at the registration. What a grant opens follows from what the account is.
//!
//! - [`rules`]: what a member is, from the invitation on
//! - [`service`]: what can be done; [`event`] and [`letters`]: what follows from it
//! - [`store`]: the tables; `pages` and `api`: the same for people and programs

mod api;
pub mod config;
mod draft;
pub mod event;
pub mod letters;
mod pages;
pub mod rules;
pub mod service;
pub mod store;

use std::sync::Arc;

use accounts::password::Policy;
use platform::{
    App,
    db::Migration,
    i18n::Messages,
    web::{Mounted, NavEntry, Need},
};

pub use config::Config;
pub use event::EVENTS;
pub use letters::PREVIEWS;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "2026112540_team_invitations",
    sql: include_str!("../migrations/2026112540_team_invitations.sql"),
}];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "team",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// Its entries in the navigation.
pub const NAV: &[NavEntry] = &[NavEntry {
    href: "/team",
    label: "team-nav",
    need: Need::Root,
}];

/// This room. Cheap to clone.
#[derive(Clone)]
pub struct Team(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    policy: Policy,
}

impl Team {
    /// The room of an installation; `policy` is what passwords are accepted.
    #[must_use]
    pub fn new(app: App, config: Config, policy: Policy) -> Self {
        Self(Arc::new(Parts { app, config, policy }))
    }

    /// The installation.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        pages::mount(self)
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        api::mount(self)
    }
}

//! Service accounts: how they come to be, what class they have, who belongs to them.
//!
//! - [`account`]: what an account is; [`person`]: who signs in
//! - [`password`]: the policy, and hashing
//! - [`store`]: tables and queries
//! - [`forms`]: what people typed, made into typed values; [`robot`]: the check against robots
//! - [`import`]: a provider's existing accounts
//! - [`service`]: what can be done with accounts; [`events`] and [`letters`]: what follows from it
pub mod account;
mod api;
mod config;
pub mod events;
pub mod forms;
pub mod import;
mod job;
pub mod letters;
mod pages;
pub mod password;
pub mod person;
pub mod robot;
pub mod service;
pub mod store;

pub use config::{Config, Document};
pub use events::EVENTS;
pub use letters::{LETTERS, PREVIEWS};

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[
    platform::db::Migration {
        name: "2026112302_accounts",
        sql: include_str!("../migrations/2026112302_accounts.sql"),
    },
    platform::db::Migration {
        name: "2026112302_sign_up_requests",
        sql: include_str!("../migrations/2026112302_sign_up_requests.sql"),
    },
    platform::db::Migration {
        name: "2026112316_accounts_large",
        sql: include_str!("../migrations/2026112316_accounts_large.sql"),
    },
    platform::db::Migration {
        name: "2026112411_staff_removed",
        sql: include_str!("../migrations/2026112411_staff_removed.sql"),
    },
    platform::db::Migration {
        name: "2026112501_accounts_partners",
        sql: include_str!("../migrations/2026112501_accounts_partners.sql"),
    },
    platform::db::Migration {
        name: "2026112811_accounts_partners_since",
        sql: include_str!("../migrations/2026112811_accounts_partners_since.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "accounts",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// The navigation entries of this room: none, since the profile stands in everybody's own menu.
pub const NAV: &[platform::web::NavEntry] = &[];

/// This room. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    app: platform::app::App,
    config: std::sync::Arc<Config>,
}

impl Accounts {
    /// The room of an installation.
    #[must_use]
    pub fn new(app: platform::app::App, config: Config) -> Self {
        Self {
            app,
            config: std::sync::Arc::new(config),
        }
    }

    /// The message `key` about how long a link works: `$hours`.
    fn for_hours(&self, l: &platform::i18n::L10n, key: &str) -> String {
        l.t1(key, "hours", i64::from(self.config.link_hours))
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        api::mount(self)
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> platform::web::Mounted {
        pages::mount(self)
    }
    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<std::sync::Arc<dyn platform::job::Job>> {
        vec![std::sync::Arc::new(job::Tidy::new(self.app.clone()))]
    }
}

//! A partner's customers: invite, confirm, review, end, hand over.

pub mod config;
pub mod directory;

use std::sync::Arc;

use kernel::calendar::BusinessCalendar;
use platform::{
    App,
    db::Migration,
    event::Kind,
    i18n::Messages,
    job::Job,
    mail::Preview,
    web::{Mounted, NavEntry, Routes},
};

pub use config::Config;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "customers",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// The kinds of events of this room.
pub const EVENTS: &[Kind] = &[];

/// Its letters, with made-up facts.
pub const PREVIEWS: &[Preview] = &[];

/// Its entries in the navigation.
pub const NAV: &[NavEntry] = &[];

/// This room. Cheap to clone.
#[derive(Clone)]
pub struct Customers(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    calendar: BusinessCalendar,
}

impl Customers {
    /// The room of an installation.
    #[must_use]
    pub fn new(app: App, config: Config, calendar: BusinessCalendar) -> Self {
        Self(Arc::new(Parts {
            app,
            config,
            calendar,
        }))
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

    /// When the provider works.
    #[must_use]
    pub fn calendar(&self) -> &BusinessCalendar {
        &self.0.calendar
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        Routes::<Self>::new().with_state(self.clone())
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        platform::api::Mounted::default()
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        Vec::new()
    }
}

//! What the provider grants partners and partners grant customers; what anything costs whom.

pub mod config;
pub mod partner;
pub mod price;

use std::sync::Arc;

use catalogue::Catalogue;
use kernel::calendar::BusinessCalendar;
use platform::{
    App,
    db::Migration,
    event::Kind,
    i18n::Messages,
    job::Job,
    mail::Preview,
    web::{Mounted, NavEntry},
};

pub use config::Config;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "2026112524_discounts_partner",
    sql: include_str!("../migrations/2026112524_discounts_partner.sql"),
}];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "discounts",
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
pub struct Discounts(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    calendar: BusinessCalendar,
    catalogue: Catalogue,
}

impl Discounts {
    /// The room of an installation.
    #[must_use]
    pub fn new(app: App, config: Config, calendar: BusinessCalendar, catalogue: Catalogue) -> Self {
        Self(Arc::new(Parts {
            app,
            config,
            calendar,
            catalogue,
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

    /// What the provider sells.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        partner::pages::mount(self)
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        platform::api::Mounted::default()
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        partner::jobs::all(self)
    }
}

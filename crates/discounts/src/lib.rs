//! What the provider grants partners and partners grant customers; what anything costs whom.

pub mod config;
pub mod customer;
mod facts;
pub mod partner;
pub mod price;
mod prices;

use std::sync::Arc;

use catalogue::Catalogue;
use kernel::{AccountId, calendar::BusinessCalendar};
use platform::{
    App,
    cache::Cache,
    db::Migration,
    event::Kind,
    i18n::Messages,
    job::Job,
    mail::Preview,
    web::{Mounted, NavEntry},
};

pub use config::Config;
pub use facts::Terms;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026112524_discounts_partner",
        sql: include_str!("../migrations/2026112524_discounts_partner.sql"),
    },
    Migration {
        name: "2026112526_discounts_customer",
        sql: include_str!("../migrations/2026112526_discounts_customer.sql"),
    },
    Migration {
        name: "2026112701_discounts_of_partner",
        sql: include_str!("../migrations/2026112701_discounts_of_partner.sql"),
    },
    Migration {
        name: "2026113002_discounts_missed",
        sql: include_str!("../migrations/2026113002_discounts_missed.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: Messages = Messages {
    room: "discounts",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// The kinds of events of customer discounts.
pub const EVENTS: &[&[Kind]] = customer::EVENTS;

/// The letters of customer discounts, with made-up facts.
pub const PREVIEWS: &[Preview] = customer::PREVIEWS;

/// Its entries in the navigation.
pub const NAV: &[NavEntry] = prices::NAV;

/// This room. Cheap to clone.
#[derive(Clone)]
pub struct Discounts(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    calendar: BusinessCalendar,
    catalogue: Catalogue,
    kept_terms: Cache<AccountId, Terms>,
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
            kept_terms: Cache::default(),
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

    pub(crate) fn kept_terms(&self) -> &Cache<AccountId, Terms> {
        &self.0.kept_terms
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        partner::pages::mount(self)
            .and(customer::pages::mount(self))
            .and(prices::pages(self))
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        partner::api::mount(self)
            .and(customer::api::mount(self))
            .and(prices::api(self))
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        let mut jobs = partner::jobs::all(self);
        jobs.push(Arc::new(customer::job::DatesJob::new(self.clone())));
        jobs
    }
}

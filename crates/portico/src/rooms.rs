//! The rooms, opened side by side, and what each brings.

use std::sync::Arc;

use kernel::calendar::BusinessCalendar;
use platform::{
    App, api,
    collect::Collector,
    db::Migration,
    event::Kind,
    i18n::Messages,
    job::Job,
    mail::{self, Preview},
    queue::{Queue, QueueFigures},
    web::{Mounted, NavEntry},
};

use crate::{config::Config, installation::StartError};

/// The tables of all rooms.
pub const MIGRATIONS: &[&[Migration]] = &[
    platform::MIGRATIONS,
    accounts::MIGRATIONS,
    identity::MIGRATIONS,
    registration::MIGRATIONS,
    ledger::MIGRATIONS,
    catalogue::MIGRATIONS,
    customers::MIGRATIONS,
    credit::MIGRATIONS,
    discounts::MIGRATIONS,
    team::MIGRATIONS,
    webhooks::MIGRATIONS,
];

/// The messages of all rooms.
pub const MESSAGES: &[Messages] = &[
    platform::MESSAGES,
    platform::AUDIT_MESSAGES,
    accounts::MESSAGES,
    identity::MESSAGES,
    registration::MESSAGES,
    registration::REVIEW_MESSAGES,
    catalogue::MESSAGES,
    customers::MESSAGES,
    credit::MESSAGES,
    discounts::MESSAGES,
    discounts::partner::MESSAGES,
    team::MESSAGES,
    webhooks::MESSAGES,
    crate::MESSAGES,
];

/// The kinds of events of all rooms.
#[must_use]
pub fn events() -> Vec<Kind> {
    EVENTS.concat().concat()
}

const EVENTS: &[&[&[Kind]]] = &[
    platform::EVENTS,
    accounts::EVENTS,
    identity::EVENTS,
    registration::EVENTS,
    catalogue::EVENTS,
    customers::EVENTS,
    credit::EVENTS,
    discounts::partner::EVENTS,
    discounts::EVENTS,
    team::EVENTS,
    webhooks::EVENTS,
];

/// The letters of all rooms, with made-up facts.
pub const PREVIEWS: &[&[Preview]] = &[
    accounts::PREVIEWS,
    identity::PREVIEWS,
    registration::PREVIEWS,
    catalogue::PREVIEWS,
    customers::PREVIEWS,
    credit::PREVIEWS,
    discounts::partner::PREVIEWS,
    discounts::PREVIEWS,
    team::PREVIEWS,
    webhooks::PREVIEWS,
];

/// The navigation, in its order.
pub const NAV: &[&[NavEntry]] = &[
    registration::NAV,
    registration::REVIEW_NAV,
    customers::NAV,
    credit::NAV,
    discounts::partner::NAV,
    discounts::NAV,
    catalogue::NAV,
    team::NAV,
    webhooks::NAV,
    accounts::NAV,
    identity::NAV,
    mail::pages::NAV,
    platform::audit::pages::NAV,
];

/// Where decisions of staff wait in rooms other than registration, whose dashboard tells of them.
const QUEUES: &[Queue] = &[customers::WAITING, discounts::partner::WAITING, credit::WAITING];

/// Every room, open.
pub struct Rooms {
    /// Sign-up and accounts.
    pub accounts: accounts::Accounts,
    /// Sign-in: the demo prints its published link.
    pub identity: identity::Identity,
    /// Registration: the demo's sample data goes through its use cases.
    pub desk: registration::Desk,
    /// What the provider sells.
    pub catalogue: catalogue::Catalogue,
    /// Partners' customers.
    pub customers: customers::Customers,
    /// Credit.
    pub credit: credit::Credit,
    /// Discounts.
    pub discounts: discounts::Discounts,
    /// Who works for an account.
    pub team: team::Team,
    /// Webhooks: how far they are behind.
    pub webhooks: webhooks::Webhooks,
}

impl Rooms {
    /// Finishes what was taken on and is not durable yet, and takes on no more.
    pub async fn close(&self) {
        self.credit.close().await;
    }

    /// Opens all rooms of an installation.
    ///
    /// # Errors
    /// A room that cannot be set up says why.
    pub async fn open(app: &App, config: &Config, calendar: &BusinessCalendar) -> Result<Self, StartError> {
        let room = |error: &dyn std::fmt::Display| StartError::Room(error.to_string());
        let policy = config.accounts.password.clone();
        let terms =
            registration::Terms::load(config.registration.terms.as_deref()).map_err(|error| room(&error))?;
        let catalogue = catalogue::Catalogue::new(app.clone(), config.catalogue.clone());
        catalogue.take_over_file().await.map_err(|error| room(&error))?;
        let customers = customers::Customers::new(app.clone(), config.customers.clone(), calendar.clone());
        let desk = registration::Desk::new(
            app.clone(),
            config.registration.clone(),
            calendar.clone(),
            terms,
            Arc::new(customers.clone()),
            QUEUES,
        );
        Ok(Self {
            accounts: accounts::Accounts::new(app.clone(), config.accounts.clone()),
            identity: identity::Identity::new(app.clone(), config.identity.clone(), policy.clone())
                .await
                .map_err(|error| room(&error))?,
            desk,
            customers,
            credit: credit::Credit::new(app.clone(), config.credit.clone()),
            discounts: discounts::Discounts::new(
                app.clone(),
                config.discounts.clone(),
                calendar.clone(),
                catalogue.clone(),
            ),
            catalogue,
            team: team::Team::new(app.clone(), config.team.clone(), policy),
            webhooks: webhooks::Webhooks::new(app.clone(), config.webhooks.clone())
                .map_err(|error| room(&error))?,
        })
    }

    /// Their pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        self.accounts
            .pages()
            .and(self.identity.pages())
            .and(self.desk.pages())
            .and(self.catalogue.pages())
            .and(self.customers.pages())
            .and(self.credit.pages())
            .and(self.discounts.pages())
            .and(self.team.pages())
            .and(self.webhooks.pages())
    }

    /// The same as JSON, beside what the API has of itself.
    #[must_use]
    pub fn api(&self, app: &App) -> api::Mounted {
        api::mount(app)
            .and(self.accounts.api())
            .and(self.desk.api())
            .and(self.catalogue.api())
            .and(self.customers.api())
            .and(self.credit.api())
            .and(self.discounts.api())
            .and(self.team.api())
            .and(self.webhooks.api())
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        [
            self.accounts.jobs(),
            self.identity.jobs(),
            self.desk.jobs(),
            self.catalogue.jobs(),
            self.customers.jobs(),
            self.credit.jobs(),
            self.discounts.jobs(),
            self.webhooks.jobs(),
        ]
        .concat()
    }

    /// What reads figures off the state.
    pub(crate) fn collectors(&self, app: &App) -> Vec<Box<dyn Collector>> {
        let queues = [registration::WAITING].into_iter().chain(QUEUES.iter().copied());
        let figures = queues.map(|queue| -> Box<dyn Collector> {
            let app = app.clone();
            Box::new(QueueFigures { app, queue })
        });
        let others: [Box<dyn Collector>; 2] = [
            Box::new(mail::figures::MailFigures(app.clone())),
            Box::new(self.webhooks.clone()),
        ];
        figures.chain(others).collect()
    }
}

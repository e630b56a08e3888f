//! How the rooms are put together.

use std::{path::Path, sync::Arc};

use axum::{Router, routing::get};
use platform::{
    App, Clock, Db, api,
    app::Setup,
    audit,
    collect::Collector,
    db::Migration,
    event::Kind,
    i18n::{BadMessages, Catalog, Messages},
    job::{Job, keep_running},
    mail::{self, MailError, Mailer, Preview},
    web::{self, NavEntry, Route},
};

use crate::{
    backup::BackupError,
    config::Config,
    demo,
    directory::Directory,
    operations::{
        metrics::{self, Metrics},
        readiness, traces,
    },
};

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
    webhooks::MESSAGES,
    crate::MESSAGES,
];

/// The kinds of events of all rooms.
pub const EVENTS: &[&[Kind]] = &[
    platform::EVENTS,
    accounts::EVENTS,
    identity::EVENTS,
    registration::EVENTS,
    catalogue::EVENTS,
    customers::EVENTS,
    credit::EVENTS,
    discounts::EVENTS,
    webhooks::EVENTS,
];

/// All rooms, ready to serve.
pub struct Installation {
    /// What they share.
    pub app: App,
    /// Every page and endpoint.
    pub router: Router,
    /// Their list, with the permission of each.
    pub routes: Vec<Route>,
    /// What runs without a request.
    pub jobs: Vec<Arc<dyn Job>>,
    /// The figures, where anybody may look at them.
    pub metrics: Option<Metrics>,
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
    /// Webhooks: how far they are behind.
    pub webhooks: webhooks::Webhooks,
}

/// Why an installation does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] platform::config::Problems),
    /// The database cannot be opened or brought up to date.
    #[error("the database: {0}")]
    Db(#[from] sea_orm::DbErr),
    /// Mail cannot be prepared.
    #[error("mail: {0}")]
    Mail(#[from] MailError),
    /// A message file of ours is broken.
    #[error(transparent)]
    Messages(#[from] BadMessages),
    /// A backup cannot be taken or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A file or socket.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// A room cannot be set up.
    #[error("{0}")]
    Room(String),
}

/// Puts an installation together on the data folder `data`, and brings its database up to date.
pub async fn install(
    config: Config,
    data: &Path,
    clock: Clock,
    is_demo: bool,
) -> Result<Installation, StartError> {
    let calendar = config.calendar.build(&config.site)?;
    let db = Db::connect(&config.database.url(data), config.database.connections).await?;
    db.migrate(MIGRATIONS).await?;
    let app = App::new(Setup {
        db,
        clock,
        site: config.site,
        catalog: Catalog::new(MESSAGES)?,
        events: EVENTS.concat(),
        mailer: Mailer::new(&config.mail, data)?,
        demo: is_demo,
        trusted_proxies: config.server.trusted_proxies,
        span_hook: config
            .operations
            .otlp_endpoint
            .is_some()
            .then_some(traces::follow),
    })
    .await?;

    let room = |error: &dyn std::fmt::Display| StartError::Room(error.to_string());
    let policy = config.accounts.password.clone();
    let accounts = accounts::Accounts::new(app.clone(), config.accounts);
    let identity = identity::Identity::new(app.clone(), config.identity, policy)
        .await
        .map_err(|error| room(&error))?;
    let terms =
        registration::Terms::load(config.registration.terms.as_deref()).map_err(|error| room(&error))?;
    let desk = registration::Desk::new(app.clone(), config.registration, calendar.clone(), terms);
    let catalogue = catalogue::Catalogue::new(app.clone(), config.catalogue);
    let customers = customers::Customers::new(app.clone(), config.customers, calendar.clone());
    let credit = credit::Credit::new(app.clone(), config.credit);
    let discounts = discounts::Discounts::new(app.clone(), config.discounts, calendar.clone());
    let webhooks = webhooks::Webhooks::new(app.clone(), config.webhooks).map_err(|error| room(&error))?;
    let previews: Vec<Preview> = [
        accounts::PREVIEWS,
        identity::PREVIEWS,
        registration::PREVIEWS,
        catalogue::PREVIEWS,
        customers::PREVIEWS,
        credit::PREVIEWS,
        discounts::PREVIEWS,
        webhooks::PREVIEWS,
    ]
    .concat();
    let messages = mail::pages::Desk::new(app.clone(), previews);

    let mut pages = accounts
        .pages()
        .and(identity.pages())
        .and(desk.pages())
        .and(catalogue.pages())
        .and(customers.pages())
        .and(credit.pages())
        .and(discounts.pages())
        .and(webhooks.pages())
        .and(messages.pages())
        .and(audit::pages::Desk::new(app.clone(), Arc::new(Directory(app.clone()))).pages());
    if is_demo {
        pages = pages.and(demo::pages(app.clone(), calendar));
    }
    let api = api::mount(&app)
        .and(accounts.api())
        .and(desk.api())
        .and(catalogue.api())
        .and(customers.api())
        .and(credit.api())
        .and(discounts.api())
        .and(webhooks.api());
    let (api, document) = api.finish(&app).map_err(|error| room(&error))?;
    pages = pages.and(api::reference::pages(&document).map_err(|error| room(&error))?);
    let protocol = identity.protocol().and(api);
    let routes = pages.table.iter().chain(&protocol.table).cloned().collect();
    let rooms = [
        accounts.jobs(),
        identity.jobs(),
        desk.jobs(),
        catalogue.jobs(),
        customers.jobs(),
        credit.jobs(),
        discounts.jobs(),
        webhooks.jobs(),
    ];
    let jobs = jobs(&app, rooms.concat(), &webhooks);
    let site = web::Site {
        app: app.clone(),
        pages,
        protocol,
        nav: nav(),
        identify: identity.clone(),
        api: config.api,
    };
    let metrics = Metrics::new(&app, config.operations.metrics_token, collectors(&app, &webhooks));
    Ok(Installation {
        router: web::assemble(site).merge(probes(&app, metrics.clone())),
        metrics,
        app,
        routes,
        jobs,
        identity,
        desk,
        catalogue,
        customers,
        credit,
        discounts,
        webhooks,
    })
}

fn nav() -> Vec<NavEntry> {
    [
        registration::NAV,
        registration::REVIEW_NAV,
        customers::NAV,
        credit::NAV,
        discounts::NAV,
        catalogue::NAV,
        webhooks::NAV,
        accounts::NAV,
        identity::NAV,
        mail::pages::NAV,
        audit::pages::NAV,
    ]
    .concat()
}

/// What reads figures off the state.
fn collectors(app: &App, webhooks: &webhooks::Webhooks) -> Vec<Box<dyn Collector>> {
    vec![
        Box::new(mail::figures::MailFigures(app.clone())),
        Box::new(registration::figures::RegistrationFigures(app.clone())),
        Box::new(webhooks.clone()),
    ]
}

/// Outside everything: asked many times a minute by whatever watches the process.
fn probes(app: &App, metrics: Option<Metrics>) -> Router {
    Router::new()
        .route("/readyz", get(readiness::answer).with_state(app.clone()))
        .route("/metrics", get(metrics::answer).with_state(metrics))
}

fn jobs(app: &App, rooms: Vec<Arc<dyn Job>>, webhooks: &webhooks::Webhooks) -> Vec<Arc<dyn Job>> {
    let mut jobs: Vec<Arc<dyn Job>> = vec![
        Arc::new(mail::delivery::Delivery(app.clone())),
        Arc::new(api::Tidy::new(app.clone())),
    ];
    jobs.extend(rooms);
    // What follows from events in the transaction that seals them.
    let followers: Vec<Arc<dyn audit::Follower>> = vec![Arc::new(webhooks.clone())];
    jobs.push(Arc::new(audit::Sealer::new(app.clone(), followers)));
    jobs.push(Arc::new(audit::Watcher::new(app.clone())));
    jobs
}

impl Installation {
    /// Starts all jobs; they end when the installation stops.
    #[must_use]
    pub fn start_jobs(&self) -> tokio::task::JoinSet<()> {
        let mut running = tokio::task::JoinSet::new();
        for job in &self.jobs {
            running.spawn(keep_running(self.app.clone(), job.clone()));
        }
        running
    }
}

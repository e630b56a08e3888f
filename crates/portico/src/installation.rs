//! An installation: its database, its rooms and their routes, ready to serve.

use std::{path::Path, sync::Arc};

use axum::{Router, routing::get};
use platform::{
    App, Clock, Db, api,
    app::Setup,
    audit,
    i18n::Catalog,
    job::{Job, keep_running},
    mail::{self, MailSetupError, Mailer},
    web::{self, Route},
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
    rooms::{self, MESSAGES, MIGRATIONS, NAV, PREVIEWS, Rooms},
};

/// All of it, ready to serve.
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
    /// The rooms: the demo's sample data goes through their use cases.
    pub rooms: Rooms,
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
    Mail(#[from] MailSetupError),
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
        site: config.site.clone(),
        catalog: Catalog::new(MESSAGES),
        events: rooms::events(),
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

    let rooms = Rooms::open(&app, &config, &calendar).await?;
    let mut pages = rooms
        .pages()
        .and(mail::pages::Desk::new(app.clone(), PREVIEWS.concat()).pages())
        .and(audit::pages::Desk::new(app.clone(), Arc::new(Directory(app.clone()))).pages());
    if is_demo {
        pages = pages.and(demo::pages(app.clone(), calendar));
    }
    let (api, document) = rooms.api(&app).finish(&app);
    let served = pages
        .and(api::reference::pages(document))
        .and(rooms.identity.protocol())
        .and(api);
    let routes = served.table.clone();
    let site = web::Site {
        app: app.clone(),
        routes: served,
        nav: NAV.concat(),
        identify: rooms.identity.clone(),
        api: config.api,
    };
    let metrics = Metrics::new(&app, config.operations.metrics_token, rooms.collectors(&app));
    Ok(Installation {
        router: web::assemble(site).merge(probes(&app, metrics.clone())),
        metrics,
        jobs: jobs(&app, &rooms),
        app,
        routes,
        rooms,
    })
}

/// Outside everything: asked many times a minute by whatever watches the process.
fn probes(app: &App, metrics: Option<Metrics>) -> Router {
    Router::new()
        .route("/readyz", get(readiness::answer).with_state(app.clone()))
        .route("/metrics", get(metrics::answer).with_state(metrics))
}

fn jobs(app: &App, rooms: &Rooms) -> Vec<Arc<dyn Job>> {
    let mut jobs: Vec<Arc<dyn Job>> = vec![
        Arc::new(mail::delivery::Delivery(app.clone())),
        Arc::new(api::Tidy::new(app.clone())),
    ];
    jobs.extend(rooms.jobs());
    // What follows from events in the transaction that seals them.
    let followers: Vec<Arc<dyn audit::Follower>> = vec![Arc::new(rooms.webhooks.clone())];
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

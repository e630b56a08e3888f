//! What one running installation consists of; handed to every handler and job.

use std::sync::{Arc, Mutex, PoisonError};

use kernel::Language;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, sea_query::OnConflict};
use tokio::sync::{Notify, broadcast, watch};
use uuid::{ContextV7, Uuid};

use crate::{
    cache::Turns,
    clock::Clock,
    db::Db,
    event::Kind,
    i18n::{Catalog, L10n},
    mail::Mailer,
    secret::{Key, Token},
    site::Site,
    web::SpanHook,
};

/// One running installation. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    db: Db,
    clock: Clock,
    site: Site,
    catalog: Arc<Catalog>,
    events: Vec<Kind>,
    mailer: Mailer,
    key: Key,
    demo: bool,
    /// How many reverse proxies stand in front, each adding one address to `X-Forwarded-For`.
    trusted_proxies: usize,
    ids: Mutex<ContextV7>,
    mail_waits: Notify,
    seal_waits: Notify,
    changed: broadcast::Sender<Uuid>,
    turns: Turns,
    stopping: watch::Sender<Stage>,
    span_hook: Option<SpanHook>,
}

/// How far an installation is on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Not at all.
    No,
    /// Says that it is not ready, so that balancers send their requests elsewhere; those that come are answered.
    Draining,
    /// Open streams end, jobs finish their step.
    Ending,
}

/// What an installation is made from.
pub struct Setup {
    /// The database, migrated.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The provider.
    pub site: Site,
    /// The messages of all rooms.
    pub catalog: Catalog,
    /// The kinds of events of all rooms.
    pub events: Vec<Kind>,
    /// Where emails go.
    pub mailer: Mailer,
    /// Whether this is a demo: mailbox and clock can be reached from the browser.
    pub demo: bool,
    /// How many reverse proxies stand in front.
    pub trusted_proxies: usize,
    /// What follows requests beyond the log, if anything does.
    pub span_hook: Option<SpanHook>,
}

impl App {
    /// Puts an installation together, making its key on the first start.
    pub async fn new(setup: Setup) -> Result<Self, DbErr> {
        let secret = setting_or_insert(&setup.db, "key", || Token::random().expose().to_owned()).await?;
        Ok(Self(Arc::new(Parts {
            db: setup.db,
            clock: setup.clock,
            site: setup.site,
            catalog: Arc::new(setup.catalog),
            events: setup.events,
            mailer: setup.mailer,
            key: Key::new(&Token::presented(secret)),
            demo: setup.demo,
            trusted_proxies: setup.trusted_proxies,
            ids: Mutex::new(ContextV7::new()),
            mail_waits: Notify::new(),
            seal_waits: Notify::new(),
            changed: broadcast::channel(1024).0,
            turns: Turns::default(),
            stopping: watch::channel(Stage::No).0,
            span_hook: setup.span_hook,
        })))
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The provider.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// The catalogue of events: every kind that may be recorded.
    #[must_use]
    pub fn events(&self) -> &[Kind] {
        &self.0.events
    }

    /// The kinds that somebody may see, where they concern the own account.
    #[must_use]
    pub fn events_for(&self, person: &crate::actor::SignedIn) -> Vec<&'static str> {
        let seen = self.events().iter().filter(|kind| kind.audience.includes(person));
        seen.map(|kind| kind.name).collect()
    }

    /// Where emails go.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// The installation's key.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.0.key
    }

    /// Whether this is a demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// How many reverse proxies stand in front.
    #[must_use]
    pub fn trusted_proxies(&self) -> usize {
        self.0.trusted_proxies
    }

    /// The messages, dates and times for a reader of `language`.
    #[must_use]
    pub fn l10n(&self, language: Language) -> L10n {
        L10n::new(self.0.catalog.clone(), language, self.0.site.time_zone.0.clone())
    }

    /// A fresh id. Those of one process ascend, also within a millisecond.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let now = self.0.clock.now();
        let context = self.0.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos))
    }

    /// Tells open pages and caches that something about `id` (an account, a person) changed. To be called after the
    /// commit; [`crate::Work`] does.
    pub fn announce(&self, id: Uuid) {
        self.0.turns.announce(id);
        // No listener is no fault.
        let _ = self.0.changed.send(id);
    }

    /// Hears what [`Self::announce`] tells.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Uuid> {
        self.0.changed.subscribe()
    }

    /// Which announcements there were.
    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    /// Emails are waiting.
    pub fn wake_mail(&self) {
        self.0.mail_waits.notify_one();
    }

    /// Waits for [`Self::wake_mail`].
    pub async fn mail_waits(&self) {
        self.0.mail_waits.notified().await;
    }

    /// Events are waiting for their seals.
    pub fn wake_sealer(&self) {
        self.0.seal_waits.notify_one();
    }

    /// Waits for [`Self::wake_sealer`].
    pub async fn seal_waits(&self) {
        self.0.seal_waits.notified().await;
    }

    /// What follows requests beyond the log, if anything does.
    #[must_use]
    pub fn span_hook(&self) -> Option<SpanHook> {
        self.0.span_hook
    }

    /// Begins to turn requests away: it still answers, but says that it is not ready for more.
    pub fn drain(&self) {
        self.0.stopping.send_replace(Stage::Draining);
    }

    /// Whether it is turning requests away, or stopping already.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        *self.0.stopping.borrow() >= Stage::Draining
    }

    /// Begins to stop: open streams end, jobs finish their step.
    pub fn stop(&self) {
        self.0.stopping.send_replace(Stage::Ending);
    }

    /// Whether it is stopping: a job takes up nothing new.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.0.stopping.borrow() == Stage::Ending
    }

    /// Waits until the installation begins to stop.
    pub async fn stopped(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // An error means that the installation is gone, which is stopped enough.
        let _ = stopping.wait_for(|stage| *stage == Stage::Ending).await;
    }
}

/// The table of settings.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The setting `name`, if it was kept.
pub async fn setting(db: &Db, name: &str) -> Result<Option<String>, DbErr> {
    let row = row::Entity::find_by_id(name).one(db.read()).await?;
    Ok(row.map(|row| row.value))
}

/// The setting `name`, made by `make` where there is none. Of several processes that make it at once, one wins
/// and all return its value.
pub async fn setting_or_insert(db: &Db, name: &str, make: impl FnOnce() -> String) -> Result<String, DbErr> {
    if let Some(row) = row::Entity::find_by_id(name).one(db.read()).await? {
        return Ok(row.value);
    }
    let tx = db.begin().await?;
    let setting = row::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(make()),
    };
    row::Entity::insert(setting)
        .on_conflict(OnConflict::column(row::Column::Name).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    let row = row::Entity::find_by_id(name).one(db.read()).await?;
    row.map(|row| row.value)
        .ok_or_else(|| DbErr::RecordNotFound(format!("setting {name}")))
}

/// Keeps a setting.
pub async fn put_setting(db: &Db, name: &str, value: String) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    row::Entity::insert(row::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value),
    })
    .on_conflict(
        OnConflict::column(row::Column::Name)
            .update_column(row::Column::Value)
            .to_owned(),
    )
    .exec_without_returning(&tx)
    .await?;
    tx.commit().await
}

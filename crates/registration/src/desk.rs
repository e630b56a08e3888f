//! The room: what its handlers, use cases and jobs share.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::{
    AccountId,
    calendar::{BusinessCalendar, BusinessTime},
};
use platform::{
    App,
    cache::Cache,
    job::Job,
    queue::Queue,
    web::{Fault, Mounted, Shell, When},
};

use crate::{
    config::Config,
    deadline::DeadlineJob,
    indexing::IndexJob,
    letters::Facts,
    pages::{self, OnFile},
    rules::Registration,
    terms::Terms,
};

/// The desk where registrations are handed in and decided. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    calendar: BusinessCalendar,
    terms: Terms,
    on_file: Cache<AccountId, OnFile>,
    kept: Mutex<HashSet<String>>,
    elsewhere: Arc<dyn PendingElsewhere>,
    queues: &'static [Queue],
}

/// What another room has under way for an account, which the first page says instead of how to become a partner.
#[async_trait]
pub trait PendingElsewhere: Send + Sync {
    /// What there is to tell a user of an account.
    async fn pending_for(&self, shell: &Shell, account: AccountId) -> Result<Option<Pending>, Fault>;
}

/// Something that awaits a decision.
pub struct Pending {
    /// Where it stands.
    pub title: String,
    /// What it is; before the moment by which it is decided.
    pub text: String,
    /// By when.
    pub due: When,
    /// The page that tells more, and what it is called.
    pub page: (&'static str, String),
}

impl Desk {
    /// Opens the desk. `elsewhere` is asked by the first page; the dashboard tells how `queues` of other rooms stand.
    #[must_use]
    pub fn new(
        app: App,
        config: Config,
        calendar: BusinessCalendar,
        terms: Terms,
        elsewhere: Arc<dyn PendingElsewhere>,
        queues: &'static [Queue],
    ) -> Self {
        Self(Arc::new(Parts {
            app,
            config,
            calendar,
            terms,
            on_file: Cache::default(),
            kept: Mutex::default(),
            elsewhere,
            queues,
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

    /// The terms and conditions.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// The working time in which staff decide.
    #[must_use]
    pub fn allowance(&self) -> BusinessTime {
        self.config().business_days.allowance(self.calendar())
    }

    /// When staff are reminded of a registration; nothing while its clock is stopped.
    #[must_use]
    pub fn remind_at(&self, of: &Registration) -> Option<Timestamp> {
        let with_left = self.config().business_days.reminder(self.calendar());
        // Beyond the calendar's reach there is nobody to remind.
        of.deadline()?.reminder(self.calendar(), with_left).ok().flatten()
    }

    pub(crate) async fn pending(&self, shell: &Shell, account: AccountId) -> Result<Option<Pending>, Fault> {
        self.0.elsewhere.pending_for(shell, account).await
    }

    /// Where decisions wait in other rooms.
    pub(crate) fn queues(&self) -> &'static [Queue] {
        self.0.queues
    }

    pub(crate) fn on_file(&self) -> &Cache<AccountId, OnFile> {
        &self.0.on_file
    }

    /// Whether the text with a hash was seen to be in the database: it is written once, not with every application.
    pub(crate) fn keeps(&self, hash: &str) -> bool {
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.contains(hash)
    }

    /// Notes that the text with a hash is in the database: a transaction that put it there is committed.
    pub(crate) fn has_kept(&self, hash: &str) {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(hash.to_owned());
    }

    pub(crate) fn facts(&self, of: &Registration) -> Facts {
        Facts::of(of, self.config().business_days.get())
    }

    /// All pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        pages::mount(self)
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        crate::api::mount(self)
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        vec![
            Arc::new(DeadlineJob::new(self.clone())),
            Arc::new(IndexJob::new(self.0.app.clone())),
        ]
    }
}

//! The room: what its pages, its use cases and its job share.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{AccountId, Currency, Money};
use ledger::{Poster, Settings};
use platform::{App, job::Job, web::Mounted};
use tokio::sync::Notify;

use crate::{
    config::Config,
    job::FollowUp,
    service::{Managed, TopUps},
};

/// This room. Cheap to clone.
#[derive(Clone)]
pub struct Credit(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    top_ups: TopUps,
    /// Accounts whose balance moved and that the job has not looked at yet.
    moved: Mutex<BTreeSet<AccountId>>,
    any_moved: Notify,
}

impl Credit {
    /// The room of an installation. Starts the task that posts top-ups, so it is to be called in the runtime.
    #[must_use]
    pub fn new(app: App, config: Config) -> Self {
        let top_ups = Poster::start(app.clone(), Managed, Settings::default());
        Self(Arc::new(Parts {
            app,
            config,
            top_ups,
            moved: Mutex::default(),
            any_moved: Notify::new(),
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

    /// The currency of all credit here.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.app().site().currency
    }

    /// Below which balance an account is told, unless it sets something itself.
    #[must_use]
    pub fn low_balance_below(&self) -> Money {
        Money::new(self.config().low_balance_below.get(), self.currency())
    }

    /// What posts top-ups.
    #[must_use]
    pub fn top_ups(&self) -> &TopUps {
        &self.0.top_ups
    }

    /// Posts what was ordered, and takes no more.
    pub async fn close(&self) {
        self.0.top_ups.close().await;
    }

    /// Has the job look at accounts whose balance moved: usage that waits for credit, a balance that runs low.
    pub(crate) fn follow_up(&self, accounts: impl IntoIterator<Item = AccountId>) {
        let mut moved = self.0.moved.lock().unwrap_or_else(PoisonError::into_inner);
        moved.extend(accounts);
        drop(moved);
        self.0.any_moved.notify_one();
    }

    /// Those that it has not looked at yet.
    pub(crate) fn take_moved(&self) -> BTreeSet<AccountId> {
        std::mem::take(&mut *self.0.moved.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns when there are some.
    pub(crate) async fn moved(&self) {
        self.0.any_moved.notified().await;
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        crate::pages::mount(self)
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        crate::api::mount(self)
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        vec![Arc::new(FollowUp::new(self.clone()))]
    }
}

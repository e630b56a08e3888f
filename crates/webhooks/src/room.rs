//! The room: what its handlers, use cases and jobs share.

use std::sync::Arc;

use async_trait::async_trait;
use platform::{
    App,
    audit::Follower,
    db::Tx,
    event::{Kind, Sealed},
    job::Job,
    web::Mounted,
};
use sea_orm::DbErr;
use tokio::sync::Notify;

use crate::{
    config::Config,
    delivery::{Client, Delivery},
    fan_out::fan_out,
    pages,
    rules::{Owner, Reach, TESTED},
    tidy::Tidy,
};

/// Webhooks of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Webhooks(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    reach: Reach,
    client: Client,
    waits: Notify,
}

impl Webhooks {
    /// Opens the room. It fails where no TLS client can be made.
    pub fn new(app: App, config: Config) -> Result<Self, reqwest::Error> {
        let reach = config.reach();
        Ok(Self(Arc::new(Parts {
            client: Client::new(&reach, config.timeout.0)?,
            app,
            config,
            reach,
            waits: Notify::new(),
        })))
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

    /// Which addresses may be reached.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.0.reach
    }

    pub(crate) fn client(&self) -> &Client {
        &self.0.client
    }

    /// Deliveries are waiting.
    pub(crate) fn wake(&self) {
        self.0.waits.notify_one();
    }

    /// Waits for [`Self::wake`].
    pub(crate) async fn woken(&self) {
        self.0.waits.notified().await;
    }

    /// The kinds of events that an owner may choose.
    pub fn kinds(&self, owner: Owner) -> impl Iterator<Item = &Kind> {
        let all = self.0.app.events().iter();
        all.filter(move |kind| owner.may_see(kind.audience) && kind.name != TESTED)
    }

    /// All pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        pages::mount(self)
    }

    /// All of the API.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        crate::api::mount(self)
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        vec![
            Arc::new(Delivery::new(self.clone())),
            Arc::new(Tidy(self.clone())),
        ]
    }
}

#[async_trait]
impl Follower for Webhooks {
    async fn follow(&self, tx: &Tx, events: &[Sealed]) -> Result<(), DbErr> {
        fan_out(self.app(), tx, events).await
    }

    fn committed(&self) {
        self.wake();
    }
}

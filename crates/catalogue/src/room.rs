//! The room: what its handlers, use cases and jobs share.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use platform::{App, cache::Cache, event::time, job::Job, web::Mounted};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::{config::Config, rules::PriceList, store};

/// The catalogue of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Catalogue(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    /// The version of the database, not asked for more than once a second.
    version: Cache<(), i64>,
    kept: RwLock<Kept>,
}

/// The list as it was at a version.
struct Kept {
    version: i64,
    list: Arc<PriceList>,
}

/// What is announced when the catalogue changes: an id that nothing else has.
const CHANGED: Uuid = Uuid::from_u128(0x0ca7_a109_0000_7000_8000_0000_0000_0ca7);

impl Catalogue {
    /// The room of an installation.
    #[must_use]
    pub fn new(app: App, config: Config) -> Self {
        Self(Arc::new(Parts {
            app,
            config,
            version: Cache::default(),
            kept: RwLock::new(Kept {
                version: 0,
                list: Arc::default(),
            }),
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

    /// The whole price list, from memory. A change by this process shows at once, one by another within a second.
    pub async fn prices(&self) -> Result<Arc<PriceList>, DbErr> {
        let db = self.app().db().read();
        let version = self
            .0
            .version
            .get(
                self.app(),
                (),
                |_| vec![CHANGED],
                async || store::version(db).await.map(Some),
            )
            .await?;
        let version = version.as_deref().copied().unwrap_or_default();
        {
            let kept = self.0.kept.read().unwrap_or_else(PoisonError::into_inner);
            if kept.version >= version {
                return Ok(kept.list.clone());
            }
        }
        // Read after its version: what changes in between is read once more, under the version after.
        let list = Arc::new(store::read(db).await?);
        let mut kept = self.0.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.version < version {
            *kept = Kept {
                version,
                list: list.clone(),
            };
        }
        Ok(list)
    }

    /// The time, to the millisecond as the database keeps it.
    pub(crate) fn now(&self) -> Timestamp {
        time(self.app().clock().now().as_millisecond())
    }

    /// The catalogue changed.
    pub(crate) fn forget(&self) {
        self.app().announce(CHANGED);
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
        Vec::new()
    }
}

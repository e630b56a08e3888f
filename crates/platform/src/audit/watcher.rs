//! Hears of what other processes on the same database wrote.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::sealer::head;
use crate::{
    app::App,
    event::row,
    job::{Job, JobError},
};

/// Announced at one look; pages that follow others look for themselves every few seconds.
const AT_ONCE: u64 = 1000;

/// Announces newly sealed events to the open pages of this process, whoever recorded them.
pub struct Watcher {
    app: App,
    seen: Mutex<Option<i64>>,
}

impl Watcher {
    /// The watcher of a process.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            app,
            seen: Mutex::new(None),
        }
    }
}

#[async_trait]
impl Job for Watcher {
    fn name(&self) -> &'static str {
        "watching for events"
    }

    async fn run(&self) -> Result<(), JobError> {
        let db = self.app.db().read();
        let (newest, _) = head(db).await?;
        let seen = self
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(newest);
        let Some(seen) = seen.filter(|seen| *seen < newest) else {
            return Ok(());
        };
        let news: Vec<(Uuid, Option<Uuid>)> = row::Entity::find()
            .filter(row::Column::Seq.gt(seen))
            .filter(row::Column::Seq.lte(newest))
            .order_by_desc(row::Column::Seq)
            .limit(AT_ONCE)
            .select_only()
            .columns([row::Column::SubjectId, row::Column::AccountId])
            .into_tuple()
            .all(db)
            .await?;
        let changed: HashSet<Uuid> = news
            .into_iter()
            .flat_map(|(subject, account)| std::iter::once(subject).chain(account))
            .collect();
        for id in changed {
            self.app.announce(id);
        }
        Ok(())
    }
}

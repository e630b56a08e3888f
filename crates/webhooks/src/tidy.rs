//! Forgets deliveries that have been over for long.

use async_trait::async_trait;
use platform::job::{Job, JobError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{Webhooks, store::rows::delivery};

/// How many at once: a short transaction.
const AT_ONCE: u64 = 500;

/// The job.
pub(crate) struct Tidy(pub(crate) Webhooks);

#[async_trait]
impl Job for Tidy {
    fn name(&self) -> &'static str {
        "forgetting old webhook deliveries"
    }

    async fn run(&self) -> Result<(), JobError> {
        let app = self.0.app();
        let before = app.clock().now() - self.0.config().keep_days.length();
        let old: Vec<Uuid> = delivery::Entity::find()
            .filter(delivery::Column::SettledAt.lt(before.as_millisecond()))
            .select_only()
            .column(delivery::Column::Id)
            .limit(AT_ONCE)
            .into_tuple()
            .all(app.db().read())
            .await?;
        if old.is_empty() {
            return Ok(());
        }
        let tx = app.db().begin().await?;
        delivery::Entity::delete_many()
            .filter(delivery::Column::Id.is_in(old))
            // Sent again in the meantime, it is not over.
            .filter(delivery::Column::SettledAt.lt(before.as_millisecond()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

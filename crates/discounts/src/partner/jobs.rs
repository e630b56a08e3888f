//! What happens by itself: a discount begins on its date; staff are reminded of one that waits.

use std::sync::Arc;

use async_trait::async_trait;
use platform::job::{Job, JobError, Several};

use super::{
    service,
    store::{self, DEADLINES},
};
use crate::Discounts;

/// Lets discounts begin on their dates. Whoever comes first does it, under the lock of the account; how late does not
/// matter, since each begins at the moment that was due.
pub struct ActivationJob(Discounts);

/// Reminds staff while there is time, escalates when it is missed, and tells the partner of the delay. Each of these
/// happens once for a discount, however many processes look.
pub struct DeadlineJob(Discounts);

/// Both.
pub(crate) fn all(room: &Discounts) -> Vec<Arc<dyn Job>> {
    vec![
        Arc::new(ActivationJob(room.clone())),
        Arc::new(DeadlineJob(room.clone())),
    ]
}

#[async_trait]
impl Job for ActivationJob {
    fn name(&self) -> &'static str {
        "partner discount activation"
    }

    async fn run(&self) -> Result<(), JobError> {
        let app = self.0.app();
        let due = store::due_to_begin(app.db(), app.clock().now()).await?;
        let mut several = Several::of(self.name());
        several
            .each(due, |partner| service::begin_due(&self.0, partner))
            .await;
        several.done()
    }
}

#[async_trait]
impl Job for DeadlineJob {
    fn name(&self) -> &'static str {
        "partner discount deadlines"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut several = Several::of(self.name());
        let act = |id, milestone| service::pass_milestone(&self.0, id, milestone);
        DEADLINES.each(self.0.app(), &mut several, act).await?;
        several.done()
    }
}

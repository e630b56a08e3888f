//! The job that indexes the words of registrations which a version before wrote: those from before an update, and
//! those that processes of the old version still take while the new one is rolled out.

use async_trait::async_trait;
use platform::{
    App,
    job::{Job, JobError},
};

use crate::store;

/// How many batches a look does at most, so that an installation that stops does not wait for all of them.
const BATCHES: usize = 20;

pub(crate) struct IndexJob(App);

impl IndexJob {
    pub(crate) fn new(app: App) -> Self {
        Self(app)
    }
}

#[async_trait]
impl Job for IndexJob {
    fn name(&self) -> &'static str {
        "registration words"
    }

    async fn run(&self) -> Result<(), JobError> {
        for _ in 0..BATCHES {
            if !store::index_some(self.0.db()).await? {
                break;
            }
        }
        Ok(())
    }
}

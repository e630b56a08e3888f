//! What runs without a request: mail delivery, deadlines, tidying up.

use std::time::Duration;

use async_trait::async_trait;

use crate::app::App;

/// Work that is looked at again and again. [`Job::run`] does what is due and returns; running it twice, or in two
/// processes at once, does nothing twice.
#[async_trait]
pub trait Job: Send + Sync {
    /// The name in logs.
    fn name(&self) -> &'static str;

    /// Does all that is due.
    async fn run(&self) -> Result<(), JobError>;

    /// Returns when there may be something to do sooner than the next look.
    async fn woken(&self) {
        std::future::pending::<()>().await;
    }
}

/// Why a job failed; it is tried again at the next look.
pub type JobError = Box<dyn std::error::Error + Send + Sync>;

/// Looks at `job` every second, and when it is woken, until the installation stops.
pub async fn keep_running(app: App, job: std::sync::Arc<dyn Job>) {
    loop {
        if let Err(error) = job.run().await {
            tracing::error!(job = job.name(), %error, "a job failed and will be tried again");
        }
        tokio::select! {
            () = app.stopped() => return,
            () = job.woken() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

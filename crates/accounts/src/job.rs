//! Tidying up.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use jiff::SignedDuration;
use platform::{
    app::App,
    job::{Job, JobError},
};

use crate::store::sign_up;

/// How often there is something worth deleting.
const EVERY: SignedDuration = SignedDuration::from_mins(10);

/// How long links that no longer work are kept: so long their readers are told why.
const LINKS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How long requests for letters are kept; the limits look back an hour.
const REQUESTS: SignedDuration = SignedDuration::from_hours(24);

/// Deletes email links and requests for letters that nothing asks for any more.
pub(crate) struct Tidy {
    app: App,
    /// When it is worth looking again, in milliseconds since 1970.
    next: AtomicI64,
}

impl Tidy {
    pub(crate) fn new(app: App) -> Self {
        Self {
            app,
            next: AtomicI64::new(0),
        }
    }
}

#[async_trait]
impl Job for Tidy {
    fn name(&self) -> &'static str {
        "tidying email links"
    }

    async fn run(&self) -> Result<(), JobError> {
        let now = self.app.clock().now();
        if now.as_millisecond() < self.next.load(Ordering::Relaxed) {
            return Ok(());
        }
        let tx = self.app.db().begin().await?;
        sign_up::delete_old(&tx, now - LINKS, now - REQUESTS).await?;
        tx.commit().await?;
        self.next.store((now + EVERY).as_millisecond(), Ordering::Relaxed);
        Ok(())
    }
}

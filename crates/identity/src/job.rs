//! Tidying up.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use platform::job::{Job, JobError};

use crate::{Identity, store};

/// How often there is something worth deleting.
const EVERY_MILLIS: i64 = 600_000;

/// Deletes sessions, codes and tokens that can no longer be used, and sign-in history that is older than a year.
pub(crate) struct Tidy {
    room: Identity,
    next: AtomicI64,
}

impl Tidy {
    pub(crate) fn new(room: Identity) -> Self {
        Self {
            room,
            next: AtomicI64::new(0),
        }
    }
}

#[async_trait]
impl Job for Tidy {
    fn name(&self) -> &'static str {
        "tidy-sessions"
    }

    async fn run(&self) -> Result<(), JobError> {
        let now = self.room.now();
        if now < self.next.load(Ordering::Relaxed) {
            return Ok(());
        }
        let limits = self.room.config().sessions;
        let tx = self.room.app().db().begin().await?;
        store::delete_expired(&tx, now, limits.idle.millis(), limits.absolute.millis()).await?;
        tx.commit().await?;
        self.next.store(now + EVERY_MILLIS, Ordering::Relaxed);
        Ok(())
    }
}

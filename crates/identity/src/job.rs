//! Tidying up.

use async_trait::async_trait;
use platform::job::{Job, JobError, Rounds};

use crate::{Identity, store};

/// Deletes sessions, codes and tokens that can no longer be used, and sign-in history that is older than a year.
pub(crate) struct Tidy {
    room: Identity,
    rounds: Rounds,
}

impl Tidy {
    pub(crate) fn new(room: Identity) -> Self {
        Self {
            room,
            rounds: Rounds::default(),
        }
    }
}

#[async_trait]
impl Job for Tidy {
    fn name(&self) -> &'static str {
        "tidy-sessions"
    }

    async fn run(&self) -> Result<(), JobError> {
        let app = self.room.app();
        let now = app.clock().now();
        if !self.rounds.is_due(now) {
            return Ok(());
        }
        let limits = self.room.config().sessions;
        let tx = app.db().begin().await?;
        store::delete_expired(
            &tx,
            now.as_millisecond(),
            limits.idle.millis(),
            limits.absolute.millis(),
        )
        .await?;
        tx.commit().await?;
        self.rounds.pass(now);
        Ok(())
    }
}

//! Tidying up.

use async_trait::async_trait;
use jiff::SignedDuration;
use platform::{
    app::App,
    job::{Job, JobError, Rounds},
};

use crate::store::sign_up;

/// How long links that no longer work are kept: so long their readers are told why.
const LINKS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How long requests for letters are kept; the limits look back an hour.
const REQUESTS: SignedDuration = SignedDuration::from_hours(24);

/// Deletes email links and requests for letters that nothing asks for any more.
pub(crate) struct Tidy {
    app: App,
    rounds: Rounds,
}

impl Tidy {
    pub(crate) fn new(app: App) -> Self {
        Self {
            app,
            rounds: Rounds::default(),
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
        if !self.rounds.is_due(now) {
            return Ok(());
        }
        let tx = self.app.db().begin().await?;
        sign_up::delete_old(&tx, now - LINKS, now - REQUESTS).await?;
        tx.commit().await?;
        self.rounds.pass(now);
        Ok(())
    }
}

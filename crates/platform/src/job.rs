//! What runs without a request: mail delivery, deadlines, tidying up.

use std::{
    fmt::Display,
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sea_orm::DbErr;

use crate::{app::App, db::is_outage};

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

/// When the next round begins of what a job does every ten minutes only.
#[derive(Debug, Default)]
pub struct Rounds(AtomicI64);

impl Rounds {
    const EVERY: SignedDuration = SignedDuration::from_mins(10);

    /// Whether a round is due; one always is when the process begins, and where a clock that had jumped ahead is back.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let next = self.0.load(Ordering::Relaxed);
        next <= now.as_millisecond() || next > (now + Self::EVERY).as_millisecond()
    }

    /// Puts the next off, counted from this one.
    pub fn pass(&self, now: Timestamp) {
        self.0
            .store((now + Self::EVERY).as_millisecond(), Ordering::Relaxed);
    }
}

/// Several things that a job acts on, one after the other. One that fails keeps no other waiting.
#[derive(Debug)]
pub struct Several {
    job: &'static str,
    /// Why the first that failed did.
    failed: Option<JobError>,
    is_away: bool,
}

/// Why one of several things could not be acted on.
pub trait Failure: Display + Into<JobError> {
    /// Whether nothing can be acted on while that lasts: the database is away.
    fn is_outage(&self) -> bool;
}

impl Failure for DbErr {
    fn is_outage(&self) -> bool {
        is_outage(self)
    }
}

impl Several {
    /// Of a job of this name; nothing failed yet.
    #[must_use]
    pub fn of(job: &'static str) -> Self {
        Self {
            job,
            failed: None,
            is_away: false,
        }
    }

    /// Acts on each of them, until the database is away.
    pub async fn each<T, F, E>(&mut self, all: impl IntoIterator<Item = T>, act: impl Fn(T) -> F)
    where
        T: Copy + Display,
        F: Future<Output = Result<(), E>>,
        E: Failure,
    {
        for one in all {
            if self.is_away {
                return;
            }
            let outcome = act(one).await;
            self.note(one, outcome);
        }
    }

    /// Takes note of what came of one.
    pub fn note(&mut self, one: impl Display, outcome: Result<(), impl Failure>) {
        let Err(error) = outcome else { return };
        tracing::warn!(job = self.job, %one, %error, "one of several could not be acted on");
        self.is_away |= error.is_outage();
        self.failed.get_or_insert_with(|| error.into());
    }

    /// Whether none has failed so far.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.failed.is_none()
    }

    /// The first failure, where there was one.
    pub fn done(self) -> Result<(), JobError> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// Looks at `job` every second, and when it is woken, until the installation stops. While it fails it is tried less
/// often, and said once.
pub async fn keep_running(app: App, job: std::sync::Arc<dyn Job>) {
    let mut failures = 0;
    loop {
        let started = Instant::now();
        match job.run().await {
            Ok(()) => {
                if failures > 0 {
                    tracing::info!(job = job.name(), failures, "a job works again");
                }
                failures = 0;
                count(job.name(), "ok", started.elapsed());
            }
            Err(error) => {
                if failures == 0 {
                    tracing::error!(job = job.name(), %error, "a job failed and is tried until it works");
                }
                failures += 1;
                count(job.name(), "failed", started.elapsed());
            }
        }
        tokio::select! {
            () = app.stopped() => return,
            () = job.woken(), if failures == 0 => {}
            () = tokio::time::sleep(pause(failures)) => {}
        }
    }
}

/// How long until the next look: soon enough that nobody waits long for the database's return to be noticed.
fn pause(failures: u32) -> Duration {
    Duration::from_secs(u64::from((failures + 1).min(5)))
}

fn count(job: &'static str, outcome: &'static str, took: Duration) {
    metrics::counter!("portico_job_runs_total", "job" => job, "outcome" => outcome).increment(1);
    metrics::histogram!("portico_job_duration_seconds", "job" => job).record(took);
    if outcome == "ok"
        && let Ok(now) = SystemTime::now().duration_since(UNIX_EPOCH)
    {
        metrics::gauge!("portico_job_last_success_timestamp_seconds", "job" => job).set(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumped_ahead_and_back_stops_no_round() {
        let rounds = Rounds::default();
        let now = Timestamp::constant(1_795_399_200, 0);
        assert!(rounds.is_due(now));
        rounds.pass(now);
        assert!(!rounds.is_due(now + SignedDuration::from_mins(9)));
        assert!(rounds.is_due(now + SignedDuration::from_mins(10)));
        rounds.pass(now + SignedDuration::from_hours(24));
        assert!(rounds.is_due(now + SignedDuration::from_mins(1)));
    }
}

//! The job that makes the requests: takes what is due, sends it, backs off, gives up visibly.
//!
//! An attempt is written down before its request is made. So a process that dies in between leaves an attempt without
//! an answer, and the delivery comes due again when the claim lapses: at least once, under the same `webhook-id`.

mod claim;
mod client;
mod record;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use jiff::SignedDuration;
use kernel::EndpointId;
use platform::job::{Job, JobError, Several};
use tokio::task::JoinSet;

pub use client::Client;
pub(crate) use client::Outcome;

use crate::{Webhooks, service};
use claim::Claimed;

/// How long a run goes on while there is something to send. Then it ends, so that it counts as a success and the next
/// one looks for endpoints to disable: an endpoint that hangs and has much waiting for it would keep it for ever.
const TURN: SignedDuration = SignedDuration::from_secs(30);

/// Delivers events to endpoints.
pub struct Delivery {
    room: Webhooks,
    /// What the run before left under way.
    left: Mutex<UnderWay>,
}

/// How many requests to each endpoint are under way.
type Busy = HashMap<EndpointId, u16>;

/// Requests under way, in tasks of their own: one that is recording goes on while the next are claimed. They end with
/// this.
#[derive(Default)]
struct UnderWay {
    tasks: JoinSet<EndpointId>,
    busy: Busy,
}

impl UnderWay {
    fn begin(&mut self, room: Webhooks, claimed: Claimed) {
        *self.busy.entry(claimed.place.endpoint).or_default() += 1;
        self.tasks.spawn(attempt(room, claimed));
    }

    fn release(&mut self, endpoint: EndpointId) {
        if let Some(requests) = self.busy.get_mut(&endpoint) {
            *requests -= 1;
            if *requests == 0 {
                self.busy.remove(&endpoint);
            }
        }
    }
}

impl Delivery {
    /// The job of an installation.
    #[must_use]
    pub fn new(room: Webhooks) -> Self {
        Self {
            room,
            left: Mutex::default(),
        }
    }

    /// Sends what is due, for one turn.
    async fn deliver(&self) -> Result<(), JobError> {
        let clock = self.room.app().clock();
        let end = clock.now() + TURN;
        let mut under_way = std::mem::take(&mut *self.left());
        let mut stopping = false;
        loop {
            if !stopping {
                for claimed in claim::claim(&self.room, &under_way.busy).await? {
                    under_way.begin(self.room.clone(), claimed);
                }
            }
            if under_way.tasks.is_empty() {
                return Ok(());
            }
            if !stopping && clock.now() >= end {
                *self.left() = under_way;
                // The next run begins at once, so that nothing waits for it.
                self.room.wake();
                return Ok(());
            }
            // Something may come due while others are under way: they do not wait for one that hangs.
            tokio::select! {
                Some(finished) = under_way.tasks.join_next() => {
                    under_way.release(finished?);
                    // Whatever else is finished by now, before the database is asked again.
                    while let Some(finished) = under_way.tasks.try_join_next() {
                        under_way.release(finished?);
                    }
                }
                () = self.room.woken() => {}
                () = self.room.app().stopped(), if !stopping => stopping = true,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    fn left(&self) -> MutexGuard<'_, UnderWay> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends one delivery and records what became of it. Returns whose slot is free again.
async fn attempt(room: Webhooks, claimed: Claimed) -> EndpointId {
    let endpoint = claimed.place.endpoint;
    let outcome = room.client().send(&claimed.target, claimed.request).await;
    metrics::histogram!("portico_webhook_request_seconds").record(outcome.took.as_secs_f64());
    if let Err(error) = record::record(&room, &claimed.place, &claimed.target, outcome).await {
        tracing::error!(%endpoint, %error, "an attempt was not recorded and will be repeated");
    }
    endpoint
}

#[async_trait]
impl Job for Delivery {
    fn name(&self) -> &'static str {
        "webhook delivery"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut several = Several::of(self.name());
        service::disable_failing(&self.room, &mut several).await?;
        self.deliver().await?;
        several.done()
    }

    async fn woken(&self) {
        self.room.woken().await;
    }
}

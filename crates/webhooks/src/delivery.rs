//! The job that makes the requests: takes what is due, sends it, backs off, gives up visibly.
//!
//! An attempt is written down before its request is made. So a process that dies in between leaves an attempt without
//! an answer, and the delivery comes due again when the claim lapses: at least once, under the same `webhook-id`.

mod claim;
mod client;
mod record;

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use kernel::EndpointId;
use platform::job::{Job, JobError};
use tokio::task::JoinSet;

pub use client::Client;
pub(crate) use client::Outcome;

use crate::{Webhooks, service};
use claim::Claimed;

/// Delivers events to endpoints.
pub struct Delivery {
    room: Webhooks,
}

/// How many requests to each endpoint are under way.
type Busy = HashMap<EndpointId, u16>;

impl Delivery {
    /// The job of an installation.
    #[must_use]
    pub fn new(room: Webhooks) -> Self {
        Self { room }
    }
}

/// Sends one delivery and records what became of it. Returns whose slot is free again.
async fn attempt(room: Webhooks, claimed: Claimed) -> EndpointId {
    let endpoint = claimed.place.endpoint;
    let outcome = room.client().send(&claimed.target, claimed.request).await;
    metrics::histogram!("portico_webhook_request_seconds").record(outcome.took.as_secs_f64());
    if let Err(error) = record::record(&room, &claimed.place, outcome).await {
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
        service::disable_failing(&self.room).await?;
        // Tasks of their own: one that is recording goes on while the next are claimed. They end with this job.
        let mut under_way = JoinSet::new();
        let mut busy = Busy::new();
        let mut stopping = false;
        loop {
            if !stopping {
                for claimed in claim::claim(&self.room, &busy).await? {
                    *busy.entry(claimed.place.endpoint).or_default() += 1;
                    under_way.spawn(attempt(self.room.clone(), claimed));
                }
            }
            if under_way.is_empty() {
                return Ok(());
            }
            // Something may come due while others are under way: they do not wait for one that hangs.
            tokio::select! {
                Some(finished) = under_way.join_next() => {
                    release(&mut busy, finished?);
                    // Whatever else is finished by now, before the database is asked again.
                    while let Some(finished) = under_way.try_join_next() {
                        release(&mut busy, finished?);
                    }
                }
                () = self.room.woken() => {}
                () = self.room.app().stopped(), if !stopping => stopping = true,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    async fn woken(&self) {
        self.room.woken().await;
    }
}

fn release(busy: &mut Busy, endpoint: EndpointId) {
    if let Some(requests) = busy.get_mut(&endpoint) {
        *requests -= 1;
        if *requests == 0 {
            busy.remove(&endpoint);
        }
    }
}

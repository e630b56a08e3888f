//! The job that makes the requests: takes what is due, sends it, backs off, gives up visibly.
//!
//! An attempt is written down before its request is made. So a process that dies in between leaves an attempt without
//! an answer, and the delivery comes due again when the claim lapses: at least once, under the same `webhook-id`.

mod claim;
mod client;
mod record;

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use kernel::EndpointId;
use platform::job::{Job, JobError};
use sea_orm::DbErr;

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

    /// Sends one delivery and records what became of it. Returns whose slot is free again.
    async fn attempt(&self, claimed: Claimed) -> (EndpointId, Result<(), DbErr>) {
        let outcome = self.room.client().send(&claimed.target, claimed.request).await;
        metrics::histogram!("portico_webhook_request_seconds").record(outcome.took.as_secs_f64());
        let recorded = record::record(&self.room, &claimed.place, outcome).await;
        (claimed.place.endpoint, recorded)
    }
}

#[async_trait]
impl Job for Delivery {
    fn name(&self) -> &'static str {
        "webhook delivery"
    }

    async fn run(&self) -> Result<(), JobError> {
        service::disable_failing(&self.room).await?;
        let mut under_way = FuturesUnordered::new();
        let mut busy = Busy::new();
        let mut stopping = false;
        loop {
            if !stopping {
                for claimed in claim::claim(&self.room, &busy).await? {
                    *busy.entry(claimed.place.endpoint).or_default() += 1;
                    under_way.push(self.attempt(claimed));
                }
            }
            if under_way.is_empty() {
                return Ok(());
            }
            // Something may come due while others are under way: they do not wait for one that hangs.
            tokio::select! {
                Some(finished) = under_way.next() => {
                    release(&mut busy, finished);
                    // Whatever else is finished by now, before the database is asked again.
                    while let Some(Some(finished)) = under_way.next().now_or_never() {
                        release(&mut busy, finished);
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

fn release(busy: &mut Busy, (endpoint, recorded): (EndpointId, Result<(), DbErr>)) {
    if let Err(error) = recorded {
        tracing::error!(%endpoint, %error, "an attempt was not recorded and will be repeated");
    }
    if let Some(requests) = busy.get_mut(&endpoint) {
        *requests -= 1;
        if *requests == 0 {
            busy.remove(&endpoint);
        }
    }
}

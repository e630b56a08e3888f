//! Takes due deliveries, so that no other worker does, and writes down the attempts that are about to be made.

use std::collections::{HashMap, hash_map::Entry};

use jiff::{SignedDuration, Timestamp};
use kernel::{DeliveryId, EndpointId};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{LockBehavior, LockType},
};
use uuid::Uuid;

use super::{Busy, client::Request};
use crate::{
    Webhooks,
    rules::{Endpoint, Secret, Target, headers},
    store::{
        self,
        deliveries::Standing,
        rows::{attempt, delivery, endpoint},
    },
};

/// How long a worker may hold a delivery before another takes it: longer than a request may take.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);

/// Which attempt of what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) endpoint: EndpointId,
    pub(super) delivery: DeliveryId,
    pub(super) attempt: Uuid,
    /// Its number among all of the delivery.
    pub(super) number: i32,
}

/// A delivery that is ours to send.
pub(super) struct Claimed {
    pub(super) place: Place,
    pub(super) target: Target,
    pub(super) request: Request,
}

/// An endpoint with the secrets that sign now.
struct Signer {
    endpoint: Endpoint,
    secrets: Vec<Secret>,
}

/// Takes what is due, as far as there is room beside what is under way.
pub(super) async fn claim(room: &Webhooks, busy: &Busy) -> Result<Vec<Claimed>, DbErr> {
    let mut claiming = Claiming::new(room, busy);
    if claiming.slots == 0 || claiming.due().one(room.app().db().read()).await?.is_none() {
        return Ok(Vec::new());
    }
    let tx = room.app().db().begin().await?;
    let mut claimed = Vec::new();
    loop {
        let rows = claiming
            .due()
            .order_by_asc(delivery::Column::DueAt)
            .limit(4 * u64::from(claiming.slots))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            claimed.extend(claiming.take(&tx, row).await?);
        }
        if claiming.slots == 0 {
            break;
        }
    }
    tx.commit().await?;
    Ok(claimed)
}

struct Claiming<'a> {
    room: &'a Webhooks,
    now: Timestamp,
    /// How many more requests there is room for.
    slots: u16,
    busy: Busy,
    /// Endpoints that there is no more room for.
    full: Vec<Uuid>,
    /// None of an endpoint whose row or secret cannot be read: the others do not wait for it.
    signers: HashMap<Uuid, Option<Signer>>,
}

impl<'a> Claiming<'a> {
    fn new(room: &'a Webhooks, busy: &Busy) -> Self {
        // One that fails and is busy is full; how many another one takes is known when its row is read.
        let most = room.config().concurrency_per_endpoint.0;
        let full = busy.iter().filter(|(_, requests)| **requests >= most);
        Self {
            room,
            now: room.app().clock().now(),
            slots: room.config().concurrency.0.saturating_sub(busy.values().sum()),
            full: full.map(|(endpoint, _)| endpoint.0).collect(),
            busy: busy.clone(),
            signers: HashMap::new(),
        }
    }

    fn due(&self) -> Select<delivery::Entity> {
        delivery::Entity::find()
            .filter(delivery::Column::State.eq(Standing::Waiting.as_str()))
            .filter(delivery::Column::DueAt.lte(self.now.as_millisecond()))
            .filter(delivery::Column::EndpointId.is_not_in(self.full.iter().copied()))
    }

    /// Takes one, if its endpoint has room for it.
    async fn take(
        &mut self,
        tx: &impl ConnectionTrait,
        row: delivery::Model,
    ) -> Result<Option<Claimed>, DbErr> {
        if self.slots == 0 || self.full.contains(&row.endpoint_id) {
            return Ok(None);
        }
        let endpoint = EndpointId(row.endpoint_id);
        let signer = match self.signers.entry(row.endpoint_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let read = signer(self.room, tx, row.endpoint_id, self.now).await;
                let told =
                    read.inspect_err(|error| tracing::error!(%endpoint, %error, "nothing is sent to it"));
                unknown.insert(told.ok())
            }
        };
        let Some(signer) = signer else {
            self.full.push(endpoint.0);
            return Ok(None);
        };
        if !signer.endpoint.is_enabled() {
            // It came in while the endpoint was being disabled.
            let mut held = row.into_active_model();
            held.state = Set(Standing::Held.as_str().to_owned());
            held.update(tx).await?;
            return Ok(None);
        }
        let most = if signer.endpoint.failing_since.is_some() {
            1
        } else {
            self.room.config().concurrency_per_endpoint.0
        };
        let busy = self.busy.entry(endpoint).or_default();
        if *busy >= most {
            self.full.push(endpoint.0);
            return Ok(None);
        }
        *busy += 1;
        self.slots -= 1;
        write_down(self.room, tx, row, signer, self.now).await.map(Some)
    }
}

async fn signer(
    room: &Webhooks,
    tx: &impl ConnectionTrait,
    id: Uuid,
    now: Timestamp,
) -> Result<Signer, DbErr> {
    let row = endpoint::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("webhook endpoint {id}")))?;
    Ok(Signer {
        secrets: store::secrets(room.app().key(), &row, now)?,
        endpoint: store::read(row)?,
    })
}

/// The attempt, before it is made.
async fn write_down(
    room: &Webhooks,
    tx: &impl ConnectionTrait,
    row: delivery::Model,
    signer: &Signer,
    now: Timestamp,
) -> Result<Claimed, DbErr> {
    let id = DeliveryId(row.id);
    let body = row.payload.clone();
    let headers = headers(id, now, &body, &signer.secrets);
    let attempt = room.app().new_id();
    let number = row.attempts + 1;
    let tries = row.tries + 1;
    let mut next = row.into_active_model();
    next.attempts = Set(number);
    next.tries = Set(tries);
    next.due_at = Set((now + CLAIM).as_millisecond());
    next.update(tx).await?;
    attempt::ActiveModel {
        id: Set(attempt),
        delivery_id: Set(id.0),
        at: Set(now.as_millisecond()),
        signature: Set(headers[2].1.clone()),
        status: Set(None),
        error: Set(None),
        excerpt: Set(None),
        took: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(Claimed {
        place: Place {
            endpoint: signer.endpoint.id,
            delivery: id,
            attempt,
            number,
        },
        target: signer.endpoint.target.clone(),
        request: Request {
            headers,
            body,
            at: now,
        },
    })
}

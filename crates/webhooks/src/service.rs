//! What can be done with endpoints: each a transaction with its event.

use jiff::{SignedDuration, Timestamp};
use kernel::{DeliveryId, EndpointId};
use platform::{Work, actor::Caller, event::time, job::Several};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, IntoActiveModel, QuerySelect};
use serde_json::Value;

use crate::{
    Draft, Webhooks,
    events::{EndpointEvent, state_of, subject},
    letters,
    rules::{Endpoint, Owner, Reason, Secret, State},
    store::{
        self,
        deliveries::{self, Standing},
        rows::endpoint,
    },
};

/// For how long the secret before a rotation signs too.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

/// Why something cannot be done with an endpoint.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The owner has none of that id.
    #[error("no such endpoint or delivery")]
    Unknown,
    /// The owner has as many as it may.
    #[error("there are {0} endpoints already, which is the most")]
    TooMany(u32),
    /// Somebody else changed it in the meantime.
    #[error("the endpoint was changed in the meantime")]
    Changed,
    /// It is disabled: nothing is sent to it.
    #[error("the endpoint is disabled")]
    Disabled,
    /// The delivery waits for its next attempt already.
    #[error("the delivery is waiting to be sent already")]
    Waiting,
    /// The form was sent once before, and made this endpoint.
    #[error("the endpoint {0} was made by the same form already")]
    Made(EndpointId),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Sets up an endpoint. The secret is told here and never again.
pub async fn create(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    draft: Draft,
) -> Result<(Endpoint, Secret), Refusal> {
    create_once(room, caller, owner, None, draft).await
}

/// The same, once an `id`: a form that is sent again makes no second endpoint.
pub async fn create_once(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: Option<EndpointId>,
    draft: Draft,
) -> Result<(Endpoint, Secret), Refusal> {
    let most = room.config().endpoints_per_owner;
    let mut work = Work::begin(room.app(), caller).await?;
    if let Some(id) = id {
        // Sent twice at once, the second looks once the first is done.
        work.tx().take_turns(&id.to_string()).await?;
        if store::find(work.tx(), owner, id).await?.is_some() {
            // What was read may be of a turn whose commit is still to come.
            work.commit().await?;
            return Err(Refusal::Made(id));
        }
    }
    // One over at two requests at once does no harm.
    if store::count(work.tx(), owner).await? >= most.into() {
        return Err(Refusal::TooMany(most));
    }
    let secret = Secret::random();
    let endpoint = Endpoint {
        id: id.unwrap_or_else(|| work.new_id().into()),
        owner,
        target: draft.target,
        description: draft.description,
        kinds: draft.kinds,
        state: State::Enabled,
        failing_since: None,
        delivered_at: None,
        old_secret_until: None,
        version: 1,
        created_at: work.now(),
    };
    store::insert(work.tx(), room.app().key(), &endpoint, &secret).await?;
    let event = EndpointEvent::Created {
        url: endpoint.target.without_query(),
    };
    record(&mut work, &endpoint, &event, Value::Null, state_of(&endpoint)).await?;
    work.commit().await?;
    Ok((endpoint, secret))
}

/// Changes an endpoint's address, description and kinds; refused where its version is not the one `seen`. What waits is
/// tried at once at another address.
pub async fn change(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
    seen: i64,
    draft: Draft,
) -> Result<Endpoint, Refusal> {
    let (mut work, _, before) = open(room, caller, owner, id).await?;
    if before.version != seen {
        return Err(Refusal::Changed);
    }
    let has_moved = draft.target != before.target;
    let after = Endpoint {
        target: draft.target,
        description: draft.description,
        kinds: draft.kinds,
        // Of another address nothing is known yet.
        failing_since: before.failing_since.filter(|_| !has_moved),
        version: before.version + 1,
        ..before.clone()
    };
    let event = EndpointEvent::Changed {
        url: after.target.without_query(),
    };
    save(&mut work, &before, &after, &event).await?;
    if has_moved {
        deliveries::start_anew(work.tx(), id, Standing::Waiting, work.now()).await?;
    }
    work.commit().await?;
    if has_moved {
        room.wake();
    }
    Ok(after)
}

/// Sends nothing more to an endpoint; what waits is held. Doing it twice is doing it once.
pub async fn disable(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
) -> Result<Endpoint, Refusal> {
    let (mut work, _, before) = open(room, caller, owner, id).await?;
    let after = disable_within(room, &mut work, before, Reason::ByHand).await?;
    work.commit().await?;
    Ok(after)
}

/// The same within a transaction; where Portico itself does it, the owner gets a letter.
pub(crate) async fn disable_within(
    room: &Webhooks,
    work: &mut Work,
    before: Endpoint,
    reason: Reason,
) -> Result<Endpoint, DbErr> {
    if !before.is_enabled() {
        return Ok(before);
    }
    let after = Endpoint {
        state: State::Disabled {
            reason,
            at: work.now(),
        },
        version: before.version + 1,
        ..before.clone()
    };
    let event = EndpointEvent::Disabled {
        reason: reason.as_str().to_owned(),
    };
    let because = save(work, &before, &after, &event).await?;
    deliveries::hold(work.tx(), after.id).await?;
    if reason == Reason::ByHand {
        return Ok(after);
    }
    let days = room.config().disable_after_days.0;
    for (recipient, language) in letters::recipients(work.tx(), after.owner).await? {
        let l = room.app().l10n(language);
        let path = crate::pages::path_of(after.owner, after.id);
        let url = after.target.without_query();
        let letter = letters::disabled(&l, room.app().site(), after.owner, &url, &path, reason, days);
        work.send(because, &recipient, &letter)?;
    }
    Ok(after)
}

/// Sends to an endpoint again, what was held first. Doing it twice is doing it once.
pub async fn enable(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
) -> Result<Endpoint, Refusal> {
    let (mut work, _, before) = open(room, caller, owner, id).await?;
    if before.is_enabled() {
        return Ok(before);
    }
    let after = Endpoint {
        state: State::Enabled,
        failing_since: None,
        version: before.version + 1,
        ..before.clone()
    };
    save(&mut work, &before, &after, &EndpointEvent::Enabled).await?;
    deliveries::start_anew(work.tx(), id, Standing::Held, work.now()).await?;
    work.commit().await?;
    room.wake();
    Ok(after)
}

/// Removes an endpoint, with its deliveries.
pub async fn remove(room: &Webhooks, caller: Caller, owner: Owner, id: EndpointId) -> Result<(), Refusal> {
    let (mut work, _, before) = open(room, caller, owner, id).await?;
    store::delete(work.tx(), id).await?;
    let event = EndpointEvent::Removed {
        url: before.target.without_query(),
    };
    record(&mut work, &before, &event, state_of(&before), Value::Null).await?;
    Ok(work.commit().await?)
}

/// Gives an endpoint a new secret, told here and never again. The old one signs too for a day. Refused where its version
/// is not the one `seen`, if somebody saw one: a form that is sent again makes no second secret.
pub async fn rotate(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
    seen: Option<i64>,
) -> Result<(Endpoint, Secret), Refusal> {
    let (mut work, row, before) = open(room, caller, owner, id).await?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Refusal::Changed);
    }
    let secret = Secret::random();
    let after = Endpoint {
        old_secret_until: Some(work.now() + OVERLAP),
        version: before.version + 1,
        ..before
    };
    store::rotate(work.tx(), room.app().key(), row, &after, &secret).await?;
    let (now, event) = (state_of(&after), EndpointEvent::SecretRotated);
    record(&mut work, &after, &event, now.clone(), now).await?;
    work.commit().await?;
    Ok((after, secret))
}

/// Sends an event to this endpoint alone, to try it. It comes like any other event, when it is sealed.
pub async fn test(room: &Webhooks, caller: Caller, owner: Owner, id: EndpointId) -> Result<(), Refusal> {
    let (mut work, _, endpoint) = open(room, caller, owner, id).await?;
    if !endpoint.is_enabled() {
        return Err(Refusal::Disabled);
    }
    work.record(subject(id, owner), &EndpointEvent::Tested).await?;
    Ok(work.commit().await?)
}

/// Queues a delivery that is over once more, under the same `webhook-id`.
pub async fn resend(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
    delivery: DeliveryId,
) -> Result<(), Refusal> {
    let (mut work, _, endpoint) = open(room, caller, owner, id).await?;
    if !endpoint.is_enabled() {
        return Err(Refusal::Disabled);
    }
    let row = deliveries::of_endpoint(id, delivery)
        .lock_exclusive()
        .one(work.tx())
        .await?
        .ok_or(Refusal::Unknown)?;
    if !Standing::of(&row).is_settled() {
        return Err(Refusal::Waiting);
    }
    let mut next = row.into_active_model();
    next.state = Set(Standing::Waiting.as_str().to_owned());
    next.tries = Set(0);
    next.due_at = Set(work.now().as_millisecond());
    next.settled_at = Set(None);
    next.update(work.tx()).await?;
    work.record(subject(id, owner), &EndpointEvent::Resent { delivery })
        .await?;
    work.commit().await?;
    room.wake();
    Ok(())
}

/// Disables the endpoints that failed for too long without one success.
pub(crate) async fn disable_failing(room: &Webhooks, several: &mut Several) -> Result<(), DbErr> {
    let app = room.app();
    let before = app.clock().now() - room.config().disable_after_days.length();
    let failing = store::failing_since(app.db().read(), before).await?;
    several.each(failing, |id| disable_one(room, id, before)).await;
    Ok(())
}

async fn disable_one(room: &Webhooks, id: EndpointId, before: Timestamp) -> Result<(), DbErr> {
    let mut work = Work::begin(room.app(), Caller::system()).await?;
    let Some(row) = store::lock_any(work.tx(), id).await? else {
        return Ok(());
    };
    // Looked at again: another process may have been faster, or a delivery arrived.
    let still_fails = row.failing_since.is_some_and(|since| time(since) <= before);
    if still_fails && let Some(endpoint) = store::readable(row) {
        disable_within(room, &mut work, endpoint, Reason::Failing).await?;
        work.commit().await?;
    }
    Ok(())
}

/// Begins a use case on an endpoint, which is locked.
async fn open(
    room: &Webhooks,
    caller: Caller,
    owner: Owner,
    id: EndpointId,
) -> Result<(Work, endpoint::Model, Endpoint), Refusal> {
    let work = Work::begin(room.app(), caller).await?;
    let row = store::lock(work.tx(), owner, id).await?.ok_or(Refusal::Unknown)?;
    let endpoint = store::read(row.clone())?;
    Ok((work, row, endpoint))
}

async fn save(
    work: &mut Work,
    before: &Endpoint,
    after: &Endpoint,
    event: &EndpointEvent,
) -> Result<kernel::EventId, DbErr> {
    store::update(work.tx(), after).await?;
    record(work, after, event, state_of(before), state_of(after)).await
}

async fn record(
    work: &mut Work,
    endpoint: &Endpoint,
    event: &EndpointEvent,
    before: Value,
    after: Value,
) -> Result<kernel::EventId, DbErr> {
    work.record_change(subject(endpoint.id, endpoint.owner), event, before, after)
        .await
}

//! Writes down what became of an attempt, and what follows from it.

use platform::{Work, actor::Caller};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    DbErr, EntityTrait, IntoActiveModel, QuerySelect,
};

use super::{Outcome, claim::Place};
use crate::{
    Webhooks,
    rules::{Answer, Endpoint, Next, Reason, Target, after},
    service,
    store::{
        self,
        deliveries::Standing,
        rows::{attempt, delivery},
    },
};

/// Records what `asked` answered. Nothing, where the endpoint was removed in the meantime.
pub(super) async fn record(
    room: &Webhooks,
    place: &Place,
    asked: &Target,
    outcome: Outcome,
) -> Result<(), DbErr> {
    let mut work = Work::begin(room.app(), Caller::system()).await?;
    let Some(row) = store::lock_any(work.tx(), place.endpoint).await? else {
        count("removed");
        return Ok(());
    };
    let before = store::read(row)?;
    let delivery = delivery::Entity::find_by_id(place.delivery.0)
        .lock_exclusive()
        .one(work.tx())
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("webhook delivery {}", place.delivery)))?;
    let tries = u32::try_from(delivery.tries).unwrap_or_default();
    let now = work.now();
    // What a former address answers says nothing of the one that the endpoint has now, which is to be asked next.
    let is_former = before.target != *asked;
    let next = match after(outcome.answer, tries, now, rand::random()) {
        next if next == Next::Delivered || !is_former => next,
        _ => Next::Again(now),
    };
    note_attempt(&work, place, &outcome).await?;
    note_delivery(&work, place, delivery, &outcome, next, &before).await?;
    if !is_former {
        let after = match next {
            Next::Delivered => Endpoint {
                failing_since: None,
                delivered_at: Some(now),
                ..before
            },
            _ => Endpoint {
                failing_since: before.failing_since.or(Some(now)),
                ..before
            },
        };
        store::update(work.tx(), &after).await?;
        if next == Next::Gone {
            service::disable_within(room, &mut work, after, Reason::Gone).await?;
        }
    }
    work.commit().await?;
    tell(place, &outcome, next);
    Ok(())
}

async fn note_attempt(work: &Work, place: &Place, outcome: &Outcome) -> Result<(), DbErr> {
    let noted = attempt::ActiveModel {
        id: Unchanged(place.attempt),
        status: Set(status(outcome)),
        error: Set(outcome.error.clone()),
        excerpt: Set(outcome.excerpt.clone()),
        took: Set(Some(took(outcome))),
        ..Default::default()
    };
    noted.update(work.tx()).await.map(|_| ())
}

async fn note_delivery(
    work: &Work,
    place: &Place,
    row: delivery::Model,
    outcome: &Outcome,
    next: Next,
    endpoint: &Endpoint,
) -> Result<(), DbErr> {
    // Where our claim lapsed, a later attempt is the one to say what follows, unless ours arrived.
    let is_ours = row.attempts == place.number && !Standing::of(&row).is_settled();
    let arrived = next == Next::Delivered && Standing::of(&row) != Standing::Delivered;
    if !is_ours && !arrived {
        return Ok(());
    }
    let mut changed = row.into_active_model();
    changed.status = Set(status(outcome));
    changed.error = Set(outcome.error.clone());
    changed.took = Set(Some(took(outcome)));
    let standing = match next {
        Next::Delivered => Standing::Delivered,
        Next::GiveUp | Next::Gone => Standing::GivenUp,
        Next::Again(_) if !endpoint.is_enabled() => Standing::Held,
        Next::Again(at) => {
            changed.due_at = Set(at.as_millisecond());
            Standing::Waiting
        }
    };
    changed.state = Set(standing.as_str().to_owned());
    if standing.is_settled() {
        changed.settled_at = Set(Some(work.now().as_millisecond()));
    }
    changed.update(work.tx()).await.map(|_| ())
}

fn status(outcome: &Outcome) -> Option<i32> {
    match outcome.answer {
        Answer::Status(status, _) => Some(status.into()),
        Answer::Nothing => None,
    }
}

fn took(outcome: &Outcome) -> i64 {
    i64::try_from(outcome.took.as_millis()).unwrap_or(i64::MAX)
}

fn tell(place: &Place, outcome: &Outcome, next: Next) {
    let (delivery, endpoint, attempt) = (place.delivery, place.endpoint, place.number);
    let (status, error) = (status(outcome), outcome.error.as_deref());
    match next {
        Next::Delivered => count("delivered"),
        Next::Again(_) => {
            count("retried");
            tracing::info!(%delivery, %endpoint, attempt, status, error, "a webhook will be tried again");
        }
        Next::GiveUp => {
            count("given_up");
            tracing::warn!(%delivery, %endpoint, attempt, status, error, "a webhook was given up");
        }
        Next::Gone => {
            count("given_up");
            tracing::warn!(%delivery, %endpoint, "an endpoint is gone and was disabled");
        }
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("portico_webhook_deliveries_total", "outcome" => outcome).increment(1);
}

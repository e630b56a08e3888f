//! From sealed events to deliveries, in the transaction that seals them: what did not commit is not sent, and what
//! committed is.

use jiff::Timestamp;
use platform::{
    App,
    event::{Audience, Kind, Sealed},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    payload,
    rules::{Endpoint, gets, webhook_id},
    store::{self, deliveries::Standing, rows::delivery},
};

/// Rows in one statement: SQLite takes 32,766 values.
const AT_ONCE: usize = 500;

/// Makes one delivery for each event and endpoint that gets it. Done twice, it does nothing twice.
pub(crate) async fn fan_out(app: &App, tx: &impl ConnectionTrait, events: &[Sealed]) -> Result<(), DbErr> {
    let accounts = events.iter().filter_map(|event| event.account_id);
    let endpoints = store::enabled_for(tx, accounts).await?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let now = app.clock().now();
    let deliveries: Vec<delivery::ActiveModel> = events
        .iter()
        .flat_map(|event| {
            let audience = audience(app.events(), &event.kind);
            endpoints
                .iter()
                .filter(move |endpoint| {
                    gets(
                        endpoint,
                        &event.kind,
                        audience,
                        event.subject_id,
                        event.account_id,
                    )
                })
                .map(move |endpoint| delivery(event, endpoint, now))
        })
        .collect();
    for chunk in deliveries.chunks(AT_ONCE) {
        delivery::Entity::insert_many(chunk.to_vec())
            .on_conflict(OnConflict::column(delivery::Column::Id).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// A kind that this version does not know is nobody's but the provider's.
fn audience(catalogue: &[Kind], kind: &str) -> Audience {
    catalogue
        .iter()
        .find(|known| known.name == kind)
        .map_or(Audience::Staff, |known| known.audience)
}

fn delivery(event: &Sealed, to: &Endpoint, now: Timestamp) -> delivery::ActiveModel {
    delivery::ActiveModel {
        id: Set(webhook_id(event.id, to.id).0),
        endpoint_id: Set(to.id.0),
        event_id: Set(Uuid::from(event.id)),
        seq: Set(event.seq),
        kind: Set(event.kind.clone()),
        payload: Set(payload::body(event, to.owner)),
        state: Set(Standing::Waiting.as_str().to_owned()),
        attempts: Set(0),
        tries: Set(0),
        due_at: Set(now.as_millisecond()),
        status: Set(None),
        error: Set(None),
        took: Set(None),
        created_at: Set(now.as_millisecond()),
        settled_at: Set(None),
    }
}

//! Deliveries.

use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::{DeliveryId, EndpointId};
use platform::{
    api::{self, Id, Paging, Query},
    web::{Fault, Shell},
};

use super::{
    endpoints, owner, refused,
    views::{DeliveriesQuery, Delivery, OneDelivery},
};
use crate::{Webhooks, service, store::deliveries};

pub(super) async fn list(
    State(room): State<Webhooks>,
    shell: Shell,
    Id(id): Id<EndpointId>,
    Query(query): Query<DeliveriesQuery>,
) -> Result<Response, Fault> {
    endpoints::find(&room, &shell, id).await?;
    let purpose = format!("webhook deliveries {id} {:?}", query.state);
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let state = query.state.map(Into::into);
    let db = room.app().db().read();
    let found = deliveries::list(db, id, state, paging.place()?.into(), paging.wanted()).await?;
    let found = found.iter().map(Delivery::from).collect();
    paging.answer(&shell, found, Delivery::place)
}

/// The ids in the path. A malformed id is answered with 404.
fn ids((id, delivery): &(String, String)) -> Result<(EndpointId, DeliveryId), Fault> {
    match (id.parse(), delivery.parse()) {
        (Ok(id), Ok(delivery)) => Ok((id, delivery)),
        _ => Err(Fault::not_found()),
    }
}

pub(super) async fn get(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(texts): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (id, delivery) = ids(&texts)?;
    endpoints::find(&room, &shell, id).await?;
    let db = room.app().db().read();
    let row = deliveries::find(db, id, delivery)
        .await?
        .ok_or_else(Fault::not_found)?;
    api::json(&OneDelivery::new(&row, deliveries::attempts(db, delivery).await?))
}

pub(super) async fn resend(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(texts): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (id, delivery) = ids(&texts)?;
    service::resend(&room, shell.caller(), owner(&shell)?, id, delivery)
        .await
        .map_err(refused)?;
    Ok(api::nothing())
}

//! Endpoints.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::EndpointId;
use platform::{
    api::{self, Body, Id, Paging, Problem, Query},
    web::{Fault, FieldErrors, Shell},
};
use serde::Serialize;

use super::{
    base, owner, refused,
    views::{Draft, Endpoint, EndpointWithSecret, ListQuery},
};
use crate::{
    Webhooks,
    rules::{self, Owner},
    service, store,
};

/// The caller's endpoint, unless it changed since the caller saw it.
async fn seen(
    room: &Webhooks,
    shell: &Shell,
    headers: &HeaderMap,
    id: EndpointId,
) -> Result<rules::Endpoint, Fault> {
    let found = find(room, shell, id).await?;
    api::precondition(room.app(), headers, id).await?;
    Ok(found)
}

pub(super) async fn find(room: &Webhooks, shell: &Shell, id: EndpointId) -> Result<rules::Endpoint, Fault> {
    store::find(room.app().db().read(), owner(shell)?, id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// As it is now, with its version.
async fn shown(room: &Webhooks, shell: &Shell, id: EndpointId) -> Result<Response, Fault> {
    versioned(room, shell, id, |endpoint| Endpoint::from(endpoint)).await
}

async fn versioned<T: Serialize>(
    room: &Webhooks,
    shell: &Shell,
    id: EndpointId,
    show: impl FnOnce(&rules::Endpoint) -> T,
) -> Result<Response, Fault> {
    api::versioned(room.app(), id, async { Ok(show(&find(room, shell, id).await?)) }).await
}

fn draft(room: &Webhooks, shell: &Shell, owner: Owner, sent: &Draft) -> Result<crate::Draft, Fault> {
    crate::Draft::parse(room, owner, &sent.url, &sent.description, sent.events.as_deref()).map_err(
        |mistakes| {
            let mut errors = FieldErrors::default();
            for mistake in mistakes {
                errors.add(mistake.field(), shell.l.t(mistake.message()));
            }
            Problem::fields(&errors).into()
        },
    )
}

pub(super) async fn list(
    State(room): State<Webhooks>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let owner = owner(&shell)?;
    let purpose = format!("webhook endpoints {owner:?}");
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let after: Option<EndpointId> = paging.place()?;
    // There are few: the configuration bounds them.
    let all = store::list(room.app().db().read(), owner).await?;
    let found = all
        .iter()
        .filter(|endpoint| after.is_none_or(|after| endpoint.id > after))
        .map(Endpoint::from)
        .collect();
    paging.answer(&shell, found, Endpoint::place)
}

pub(super) async fn create(
    State(room): State<Webhooks>,
    shell: Shell,
    Body(sent): Body<Draft>,
) -> Result<Response, Fault> {
    let owner = owner(&shell)?;
    let draft = draft(&room, &shell, owner, &sent)?;
    let (endpoint, secret) = service::create(&room, shell.caller(), owner, draft)
        .await
        .map_err(refused)?;
    let place = format!("{}/{}", base(owner), endpoint.id);
    api::created(&place, &EndpointWithSecret::new(&endpoint, &secret))
}

pub(super) async fn get(
    State(room): State<Webhooks>,
    shell: Shell,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    shown(&room, &shell, id).await
}

pub(super) async fn change(
    State(room): State<Webhooks>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<EndpointId>,
    Body(sent): Body<Draft>,
) -> Result<Response, Fault> {
    let before = seen(&room, &shell, &headers, id).await?;
    let draft = draft(&room, &shell, before.owner, &sent)?;
    service::change(&room, shell.caller(), before.owner, id, before.version, draft)
        .await
        .map_err(refused)?;
    shown(&room, &shell, id).await
}

pub(super) async fn remove(
    State(room): State<Webhooks>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    let before = seen(&room, &shell, &headers, id).await?;
    service::remove(&room, shell.caller(), before.owner, id)
        .await
        .map_err(refused)?;
    Ok(api::nothing())
}

pub(super) async fn disable(
    State(room): State<Webhooks>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    let before = seen(&room, &shell, &headers, id).await?;
    service::disable(&room, shell.caller(), before.owner, id)
        .await
        .map_err(refused)?;
    shown(&room, &shell, id).await
}

pub(super) async fn enable(
    State(room): State<Webhooks>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    let before = seen(&room, &shell, &headers, id).await?;
    service::enable(&room, shell.caller(), before.owner, id)
        .await
        .map_err(refused)?;
    shown(&room, &shell, id).await
}

pub(super) async fn rotate(
    State(room): State<Webhooks>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    let before = seen(&room, &shell, &headers, id).await?;
    let (_, secret) = service::rotate(&room, shell.caller(), before.owner, id, None)
        .await
        .map_err(refused)?;
    versioned(&room, &shell, id, |endpoint| {
        EndpointWithSecret::new(endpoint, &secret)
    })
    .await
}

pub(super) async fn test(
    State(room): State<Webhooks>,
    shell: Shell,
    Id(id): Id<EndpointId>,
) -> Result<Response, Fault> {
    service::test(&room, shell.caller(), owner(&shell)?, id)
        .await
        .map_err(refused)?;
    Ok(api::nothing())
}

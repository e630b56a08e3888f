//! What is done with an endpoint at the press of a button, after a second look where it cannot be undone.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use platform::web::{Fault, Form, Shell, flash, page, redirect};
use serde::Deserialize;

use super::{base, endpoint, fault, path_of};
use crate::{
    Webhooks,
    rules::{Endpoint, Secret},
    service::{self, Refusal},
};

#[derive(Template)]
#[template(path = "webhook-secret.html")]
struct SecretPage<'a> {
    shell: &'a Shell,
    endpoint: &'a Endpoint,
    secret: String,
    rotated: bool,
    path: String,
}

/// The one page that shows a secret. It answers the form itself: nothing keeps the secret for a page after it.
pub(super) fn show_secret(
    shell: &Shell,
    endpoint: &Endpoint,
    secret: &Secret,
    rotated: bool,
) -> Result<Response, Fault> {
    page(&SecretPage {
        shell,
        secret: secret.expose(),
        rotated,
        path: path_of(endpoint.owner, endpoint.id),
        endpoint,
    })
}

/// A second look.
#[derive(Template)]
#[template(path = "webhook-confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    endpoint: &'a Endpoint,
    path: String,
    about: About,
}

/// What somebody looks at a second time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Secret,
    Disabling,
    Removing,
}

impl About {
    fn title(self) -> &'static str {
        match self {
            Self::Secret => "webhooks-rotate-title",
            Self::Disabling => "webhooks-disable-title",
            Self::Removing => "webhooks-remove-title",
        }
    }
}

async fn confirm(room: Webhooks, shell: Shell, id: String, about: About) -> Result<Response, Fault> {
    let endpoint = endpoint(&room, &shell, &id).await?;
    page(&ConfirmPage {
        shell: &shell,
        path: path_of(endpoint.owner, endpoint.id),
        endpoint: &endpoint,
        about,
    })
}

pub(super) async fn ask_to_rotate(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    confirm(room, shell, id, About::Secret).await
}

pub(super) async fn rotate(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<RotateForm>,
) -> Result<Response, Fault> {
    let before = endpoint(&room, &shell, &id).await?;
    let seen = form.version.parse().ok();
    match service::rotate(&room, shell.caller(), before.owner, before.id, seen).await {
        Ok((after, secret)) => show_secret(&shell, &after, &secret, true),
        Err(Refusal::Changed) => Ok(flash(
            &shell,
            &path_of(before.owner, before.id),
            "webhooks-rotated-already",
        )),
        Err(other) => Err(fault(other)),
    }
}

/// Which state of the endpoint somebody saw who asks for a new secret.
#[derive(Deserialize)]
pub(super) struct RotateForm {
    #[serde(default)]
    version: String,
}

pub(super) async fn ask_to_remove(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    confirm(room, shell, id, About::Removing).await
}

pub(super) async fn remove(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let gone = endpoint(&room, &shell, &id).await?;
    service::remove(&room, shell.caller(), gone.owner, gone.id)
        .await
        .map_err(fault)?;
    Ok(flash(&shell, base(gone.owner), "webhooks-removed"))
}

pub(super) async fn test(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let of = endpoint(&room, &shell, &id).await?;
    service::test(&room, shell.caller(), of.owner, of.id)
        .await
        .map_err(fault)?;
    Ok(flash(&shell, &path_of(of.owner, of.id), "webhooks-test-sent"))
}

pub(super) async fn ask_to_disable(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    confirm(room, shell, id, About::Disabling).await
}

/// The page itself says then who disabled it.
pub(super) async fn disable(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let of = endpoint(&room, &shell, &id).await?;
    service::disable(&room, shell.caller(), of.owner, of.id)
        .await
        .map_err(fault)?;
    Ok(redirect(&path_of(of.owner, of.id)))
}

pub(super) async fn enable(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let of = endpoint(&room, &shell, &id).await?;
    service::enable(&room, shell.caller(), of.owner, of.id)
        .await
        .map_err(fault)?;
    Ok(flash(&shell, &path_of(of.owner, of.id), "webhooks-now-enabled"))
}

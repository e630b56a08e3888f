//! Setting up an endpoint, and changing it.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::EndpointId;
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page_with};
use serde::Deserialize;

use super::{actions::show_secret, base, endpoint, fault, owner, path_of};
use crate::{
    Draft, Webhooks,
    rules::{Endpoint, Kinds, Owner},
    service::{self, Refusal},
};

/// The form as it comes.
#[derive(Default, Deserialize)]
pub(super) struct EndpointForm {
    #[serde(default)]
    url: String,
    #[serde(default)]
    description: String,
    /// `all` or `chosen`.
    #[serde(default)]
    events: String,
    #[serde(default)]
    kind: BTreeSet<String>,
    #[serde(default)]
    version: String,
    /// Of a new one: what makes the form count once.
    #[serde(default)]
    key: String,
}

impl EndpointForm {
    fn of(endpoint: &Endpoint) -> Self {
        let (events, kind) = match &endpoint.kinds {
            Kinds::All => ("all", BTreeSet::new()),
            Kinds::Chosen(kinds) => ("chosen", kinds.clone()),
        };
        Self {
            url: endpoint.target.to_string(),
            description: endpoint.description.clone(),
            events: events.to_owned(),
            kind,
            version: endpoint.version.to_string(),
            key: String::new(),
        }
    }

    fn chose(&self, kind: &str) -> bool {
        self.kind.contains(kind)
    }

    fn check(&self, room: &Webhooks, shell: &Shell, owner: Owner) -> Result<Draft, FieldErrors> {
        let kinds: Vec<String> = self.kind.iter().cloned().collect();
        let kinds = (self.events != "all").then_some(kinds.as_slice());
        Draft::parse(room, owner, &self.url, &self.description, kinds).map_err(|mistakes| {
            let mut errors = FieldErrors::default();
            for mistake in mistakes {
                errors.add(mistake.field(), shell.l.t(mistake.message()));
            }
            errors
        })
    }
}

/// The kinds of one room, to tick.
struct Group {
    name: String,
    kinds: Vec<&'static str>,
}

fn groups(room: &Webhooks, owner: Owner) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for kind in room.kinds(owner) {
        let name = kind.name.split('.').next().unwrap_or_default();
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.kinds.push(kind.name),
            None => groups.push(Group {
                name: name.to_owned(),
                kinds: vec![kind.name],
            }),
        }
    }
    groups
}

#[derive(Template)]
#[template(path = "webhook-form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    typed: &'a EndpointForm,
    groups: Vec<Group>,
    /// Where the form goes.
    action: String,
    /// Where "cancel" leads.
    back: String,
    is_new: bool,
    /// Within how many seconds an endpoint answers.
    seconds: u64,
}

pub(super) async fn new(State(room): State<Webhooks>, shell: Shell) -> Result<Response, Fault> {
    let typed = EndpointForm {
        events: "all".to_owned(),
        key: shell.form_key(),
        ..EndpointForm::default()
    };
    ask(
        &room,
        &shell,
        StatusCode::OK,
        None,
        &typed,
        FieldErrors::default(),
    )
}

pub(super) async fn create(
    State(room): State<Webhooks>,
    shell: Shell,
    Form(form): Form<EndpointForm>,
) -> Result<Response, Fault> {
    let owner = owner(&shell)?;
    let draft = match form.check(&room, &shell, owner) {
        Ok(draft) => draft,
        Err(errors) => {
            return ask(
                &room,
                &shell,
                StatusCode::UNPROCESSABLE_ENTITY,
                None,
                &form,
                errors,
            );
        }
    };
    let id = shell.opened_form_key(&form.key).map(EndpointId);
    match service::create_once(&room, shell.caller(), owner, id, draft).await {
        Ok((endpoint, secret)) => show_secret(&shell, &endpoint, &secret, false),
        Err(Refusal::Made(id)) => Ok(flash(&shell, &path_of(owner, id), "webhooks-made-already")),
        Err(other) => Err(fault(other)),
    }
}

pub(super) async fn edit(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let endpoint = endpoint(&room, &shell, &id).await?;
    let typed = EndpointForm::of(&endpoint);
    ask(
        &room,
        &shell,
        StatusCode::OK,
        Some(&endpoint),
        &typed,
        FieldErrors::default(),
    )
}

pub(super) async fn save(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<EndpointForm>,
) -> Result<Response, Fault> {
    let before = endpoint(&room, &shell, &id).await?;
    let wrong = |errors: FieldErrors| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        ask(&room, &shell, status, Some(&before), &form, errors)
    };
    let draft = match form.check(&room, &shell, before.owner) {
        Ok(draft) => draft,
        Err(errors) => return wrong(errors),
    };
    let seen = form.version.parse().map_err(|_| Fault::bad_request())?;
    match service::change(&room, shell.caller(), before.owner, before.id, seen, draft).await {
        Ok(after) => Ok(flash(&shell, &path_of(after.owner, after.id), "webhooks-saved")),
        Err(Refusal::Changed) => wrong(FieldErrors::one(
            "url",
            shell.l.t("webhooks-changed-meanwhile-text"),
        )),
        Err(other) => Err(fault(other)),
    }
}

fn ask(
    room: &Webhooks,
    shell: &Shell,
    status: StatusCode,
    of: Option<&Endpoint>,
    typed: &EndpointForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let owner = owner(shell)?;
    let place = of.map_or_else(|| base(owner).to_owned(), |endpoint| path_of(owner, endpoint.id));
    page_with(
        status,
        &FormPage {
            shell,
            errors,
            typed,
            groups: groups(room, owner),
            action: place.clone(),
            back: place,
            is_new: of.is_none(),
            seconds: room.config().timeout.0.as_secs().max(1),
        },
    )
}

//! What applicants do.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{Language, RegistrationId};
use platform::{
    api::{self, Body, Id, Limit, Paging, Problem, Query},
    event,
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    EXISTS, TERMS_CHANGED, UNMET, refused,
    views::{For, Registration, Requirements, Terms, events},
    words,
};
use crate::{
    desk::Desk,
    event::RegistrationEvent,
    rules,
    service::{self, Acceptance, Submission, SubmitRefused},
    store,
};

/// A language, as the API writes it.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Language)]
pub(super) enum Tongue {
    En,
    Vi,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::En => Self::English,
            Tongue::Vi => Self::Vietnamese,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsQuery {
    /// In which language; without it, that of the answer.
    #[param(inline, nullable = false)]
    language: Option<Tongue>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Application {
    /// The version of the terms that are agreed to.
    #[schema(example = "2026-11-01")]
    terms_version: String,
    /// The hash of the text that was read.
    terms_hash: String,
    // It was read in this one, and letters are written in it. A doc comment would become a second, conflicting schema.
    #[schema(inline)]
    language: Tongue,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// What is answered.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

pub(super) async fn requirements(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let account = accounts::store::account(desk.app().db().read(), shell.account()?).await?;
    let account = account.ok_or_else(Fault::not_found)?;
    api::json(&Requirements::from(&rules::Requirements::check(&account)))
}

pub(super) async fn terms(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<TermsQuery>,
) -> Result<Response, Fault> {
    let language = query.language.map_or(shell.l.language(), Language::from);
    let text = desk.terms().current(language);
    api::json(&Terms {
        version: text.version.clone(),
        language: text.language.tag(),
        hash: text.hash.clone(),
        text: text.text.clone(),
    })
}

pub(super) async fn list(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let account = shell.account()?;
    let paging = Paging::new(
        &shell,
        &format!("registrations of {account}"),
        query.limit,
        query.cursor.as_deref(),
    )?;
    let after: Option<RegistrationId> = paging.place()?;
    let all = store::of_account(desk.app().db().read(), account).await?;
    let found = all
        .iter()
        .filter(|registration| after.is_none_or(|after| registration.id < after))
        .map(|registration| Registration::new(registration, For::Applicant))
        .collect();
    paging.answer(&shell, found, Registration::place)
}

/// One of the account's own.
async fn own(desk: &Desk, shell: &Shell, id: RegistrationId) -> Result<rules::Registration, Fault> {
    let account = shell.account()?;
    store::find(desk.app().db().read(), id)
        .await?
        .filter(|registration| registration.account == account)
        .ok_or_else(Fault::not_found)
}

pub(super) async fn get(
    State(desk): State<Desk>,
    shell: Shell,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    current(&desk, &shell, id).await
}

/// As it is now, with its version.
async fn current(desk: &Desk, shell: &Shell, id: RegistrationId) -> Result<Response, Fault> {
    api::versioned(desk.app(), id, async {
        let registration = own(desk, shell, id).await?;
        Ok(Registration::new(&registration, For::Applicant))
    })
    .await
}

pub(super) async fn timeline(
    State(desk): State<Desk>,
    shell: Shell,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    own(&desk, &shell, id).await?;
    let history = event::history::<RegistrationEvent>(desk.app().db().read(), id).await?;
    api::json(&events(desk.app(), history, For::Applicant))
}

pub(super) async fn apply(
    State(desk): State<Desk>,
    shell: Shell,
    Body(sent): Body<Application>,
) -> Result<Response, Fault> {
    let acceptance = Acceptance {
        version: sent.terms_version,
        hash: sent.terms_hash,
        language: sent.language.into(),
    };
    match service::submit(&desk, shell.caller(), shell.account()?, &acceptance).await {
        Ok(Submission::Taken(registration)) => api::created(
            &format!("/api/v1/account/registrations/{}", registration.id),
            &Registration::new(&registration, For::Applicant),
        ),
        Ok(Submission::Already(_)) => Err(Problem::new(EXISTS).into()),
        Err(SubmitRefused::TermsChanged) => Err(Problem::new(TERMS_CHANGED).into()),
        Err(SubmitRefused::Unmet(_)) => Err(Problem::new(UNMET).into()),
        Err(SubmitRefused::NotRoot) => Err(Fault::forbidden()),
        Err(SubmitRefused::Calendar(error)) => Err(Fault::internal(error)),
        Err(SubmitRefused::Database(error)) => Err(error.into()),
    }
}

pub(super) async fn answer(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
    Body(sent): Body<Answer>,
) -> Result<Response, Fault> {
    let words = words(&shell, "words", &sent.words)?;
    newest(&desk, &shell, &headers, id).await?;
    let result = service::answer(&desk, shell.caller(), shell.account()?, words).await;
    shown(&desk, &shell, id, result).await
}

pub(super) async fn withdraw(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    newest(&desk, &shell, &headers, id).await?;
    let result = service::withdraw(&desk, shell.caller(), shell.account()?).await;
    shown(&desk, &shell, id, result).await
}

/// The use cases act on the account's newest registration: any other is settled, and stays so.
async fn newest(desk: &Desk, shell: &Shell, headers: &HeaderMap, id: RegistrationId) -> Result<(), Fault> {
    let registration = own(desk, shell, id).await?;
    api::precondition(desk.app(), headers, id).await?;
    let all = store::of_account(desk.app().db().read(), registration.account).await?;
    if all.first().is_some_and(|newest| newest.id == id) {
        Ok(())
    } else {
        let kind = registration.state.kind();
        Err(super::rule(shell, &rules::TransitionError::Settled(kind)))
    }
}

/// What came of a use case, as the caller sees it.
async fn shown(
    desk: &Desk,
    shell: &Shell,
    id: RegistrationId,
    result: Result<rules::Registration, service::Refused>,
) -> Result<Response, Fault> {
    result.map_err(|error| refused(shell, error))?;
    current(desk, shell, id).await
}

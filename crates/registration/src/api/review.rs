//! What staff do.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{RegistrationId, StaffId};
use platform::{
    api::{self, Body, FieldProblem, Id, Limit, Paging, Problem, Query, problem::INVALID},
    event,
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    figures::ReviewFigures,
    kind, refused,
    views::{Decision, For, LookAlike, Reason, Registration, events},
    words,
};
use crate::{
    desk::Desk,
    event::RegistrationEvent,
    rules::{self, StateKind},
    service::{self, Refused},
    store::{self, Holder, Listing, figures::Figures},
};

/// The most that is approved at once.
const MOST: usize = 50;

/// A state to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    AwaitingApproval,
    Approved,
    Rejected,
    Withdrawn,
}

impl From<Standing> for StateKind {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::AwaitingApproval => Self::AwaitingApproval,
            Standing::Approved => Self::Approved,
            Standing::Rejected => Self::Rejected,
            Standing::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Who holds a case.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HeldBy {
    Me,
    Nobody,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Standing>,
    /// Only those that this one holds.
    #[param(inline, nullable = false)]
    held_by: Option<HeldBy>,
    /// Only those whose applicant was asked and has not answered (or the others).
    #[param(nullable = false)]
    asked: Option<bool>,
    /// Only those that await approval past their deadline.
    #[serde(default)]
    #[param(default = false)]
    late: bool,
    /// Words that its reference, legal name, tax code or email all have, or words of theirs begin with; without diacritics as well.
    #[param(nullable = false, max_length = 200)]
    q: Option<String>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver {
    /// The colleague.
    to: Uuid,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// What is asked.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejection {
    #[schema(inline)]
    reason: Reason,
    /// Why, in words for the applicant.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
    /// For staff only.
    #[serde(default)]
    #[schema(max_length = 4000)]
    private_note: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Several {
    /// Which.
    #[schema(min_items = 1, max_items = 50)]
    ids: Vec<Uuid>,
}

pub(super) async fn list(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let staff = shell.staff()?;
    Paging::check_length(&shell, "q", query.q.as_deref(), 200)?;
    let filters = format!(
        "registrations {:?} {:?} {:?} {} {:?}",
        query.state, query.held_by, query.asked, query.late, query.q
    );
    let paging = Paging::new(&shell, &filters, query.limit, query.cursor.as_deref())?;
    let listing = Listing {
        state: query.state.map(StateKind::from),
        holder: query.held_by.map(|held_by| match held_by {
            HeldBy::Me => Holder::Staff(staff),
            HeldBy::Nobody => Holder::Nobody,
        }),
        asked: query.asked,
        late_at: query.late.then(|| desk.app().clock().now()),
        text: query.q.unwrap_or_default(),
    };
    let found = listing
        .after(desk.app().db(), paging.place()?, paging.wanted())
        .await?;
    let found = found
        .iter()
        .map(|registration| Registration::new(registration, For::Staff))
        .collect();
    paging.answer(&shell, found, Registration::place)
}

pub(super) async fn figures(State(desk): State<Desk>) -> Result<Response, Fault> {
    let figures = Figures::gather(&desk, desk.app().clock().now()).await?;
    api::json(&ReviewFigures::from(figures))
}

async fn find(desk: &Desk, id: RegistrationId) -> Result<rules::Registration, Fault> {
    store::find(desk.app().db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)
}

pub(super) async fn get(State(desk): State<Desk>, Id(id): Id<RegistrationId>) -> Result<Response, Fault> {
    current(&desk, id).await
}

/// As it is now, with its version.
async fn current(desk: &Desk, id: RegistrationId) -> Result<Response, Fault> {
    api::versioned(desk.app(), id, async {
        let registration = find(desk, id).await?;
        Ok(Registration::new(&registration, For::Staff))
    })
    .await
}

pub(super) async fn timeline(
    State(desk): State<Desk>,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    find(&desk, id).await?;
    let history = event::history::<RegistrationEvent>(desk.app().db().read(), id).await?;
    api::json(&events(desk.app(), history, For::Staff))
}

pub(super) async fn look_alikes(
    State(desk): State<Desk>,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    let registration = find(&desk, id).await?;
    let db = desk.app().db().read();
    let account = accounts::store::account(db, registration.account)
        .await?
        .ok_or_else(Fault::not_found)?;
    let mut found = Vec::new();
    for other in accounts::store::look_alikes(db, &account).await? {
        let newest = store::of_account(db, other.id).await?.into_iter().next();
        found.push(LookAlike {
            account_id: other.id.into(),
            name: other.display_name().to_owned(),
            tax_code: other.enterprise().map(|company| company.tax_code.to_string()),
            email: other.root.email.to_string(),
            registration_id: newest.map(|newest| newest.id.into()),
        });
    }
    api::json(&found)
}

/// What came of a use case, as the caller sees it.
async fn shown(
    desk: &Desk,
    shell: &Shell,
    id: RegistrationId,
    result: Result<rules::Registration, Refused>,
) -> Result<Response, Fault> {
    result.map_err(|error| refused(shell, error))?;
    current(desk, id).await
}

pub(super) async fn take(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    api::precondition(desk.app(), &headers, id).await?;
    shown(&desk, &shell, id, service::take(&desk, shell.caller(), id).await).await
}

pub(super) async fn release(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    api::precondition(desk.app(), &headers, id).await?;
    shown(
        &desk,
        &shell,
        id,
        service::release(&desk, shell.caller(), id).await,
    )
    .await
}

pub(super) async fn hand_over(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
    Body(sent): Body<HandOver>,
) -> Result<Response, Fault> {
    api::precondition(desk.app(), &headers, id).await?;
    let to = StaffId(sent.to);
    let db = desk.app().db().read();
    if accounts::store::find_person(db, sent.to).await?.is_none() {
        let detail = shell.l.t("review-error-colleague");
        return Err(Problem::new(INVALID)
            .error(FieldProblem::at("/to", detail))
            .into());
    }
    shown(
        &desk,
        &shell,
        id,
        service::hand_over(&desk, shell.caller(), id, to).await,
    )
    .await
}

pub(super) async fn ask(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
    Body(sent): Body<Question>,
) -> Result<Response, Fault> {
    let words = words(&shell, "words", &sent.words)?;
    api::precondition(desk.app(), &headers, id).await?;
    shown(
        &desk,
        &shell,
        id,
        service::ask(&desk, shell.caller(), id, words).await,
    )
    .await
}

pub(super) async fn approve(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
) -> Result<Response, Fault> {
    api::precondition(desk.app(), &headers, id).await?;
    shown(
        &desk,
        &shell,
        id,
        service::approve(&desk, shell.caller(), id).await,
    )
    .await
}

pub(super) async fn reject(
    State(desk): State<Desk>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<RegistrationId>,
    Body(sent): Body<Rejection>,
) -> Result<Response, Fault> {
    let said = words(&shell, "words", &sent.words)?;
    let note = sent
        .private_note
        .as_deref()
        .filter(|note| !note.trim().is_empty())
        .map(|note| words(&shell, "private_note", note))
        .transpose()?;
    api::precondition(desk.app(), &headers, id).await?;
    let reason = sent.reason.into();
    let result = service::reject(&desk, shell.caller(), id, reason, said, note).await;
    shown(&desk, &shell, id, result).await
}

pub(super) async fn approve_several(
    State(desk): State<Desk>,
    shell: Shell,
    Body(sent): Body<Several>,
) -> Result<Response, Fault> {
    let mut ids: Vec<RegistrationId> = Vec::new();
    for id in sent.ids {
        if !ids.contains(&RegistrationId(id)) {
            ids.push(RegistrationId(id));
        }
    }
    if ids.is_empty() || ids.len() > MOST {
        let detail = shell.l.t1("problem-too-many-at-once", "max", MOST);
        return Err(Problem::new(INVALID)
            .error(FieldProblem::at("/ids", detail))
            .into());
    }
    let mut decisions = Vec::new();
    for (id, result) in service::approve_many(&desk, &shell.caller(), &ids).await {
        let (problem, detail) = match result {
            Ok(_) => (None, None),
            Err(Refused::Database(error)) => return Err(error.into()),
            Err(Refused::NotFound) => (
                Some(platform::api::problem::NOT_FOUND.uri()),
                Some(shell.l.t("problem-not-found-detail")),
            ),
            Err(Refused::Rule(error)) => {
                let kind = kind(&error).unwrap_or(platform::api::problem::FORBIDDEN);
                (Some(kind.uri()), Some(shell.l.t(error.key())))
            }
        };
        decisions.push(Decision {
            id: id.into(),
            approved: problem.is_none(),
            problem,
            detail,
        });
    }
    api::json(&decisions)
}

//! Declining: a reason, words for the applicant, and a second look before it is said.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use platform::web::{Fault, FieldErrors, Form, Shell, page, page_with};
use serde::Deserialize;

use super::{
    actions::{answer, words_error},
    case::{Case, show_refused},
    parts::id,
};
use crate::{
    desk::Desk,
    rules::{RejectionReason, Words},
    service,
};

/// The form as it comes.
#[derive(Default, Deserialize)]
pub(super) struct RejectForm {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    step: String,
}

/// A form that can be acted on.
struct Rejection {
    reason: RejectionReason,
    words: Words,
    note: Option<Words>,
}

impl RejectForm {
    fn check(&self, shell: &Shell) -> Result<Rejection, FieldErrors> {
        let l = &shell.l;
        let mut errors = FieldErrors::default();
        let reason = errors.check(
            "reason",
            self.reason.parse().map_err(|()| l.t("review-error-reason")),
        );
        let words = Words::parse(&self.words);
        let words = errors.check(
            "words",
            words.map_err(|error| words_error(shell, error, "review-error-words")),
        );
        let note = if self.note.trim().is_empty() {
            Ok(None)
        } else {
            Words::parse(&self.note).map(Some)
        };
        let note = errors.check(
            "note",
            note.map_err(|error| words_error(shell, error, "review-error-words")),
        );
        match (reason, words, note) {
            (Some(reason), Some(words), Some(note)) => Ok(Rejection { reason, words, note }),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "review-reject.html")]
struct RejectPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    reasons: [RejectionReason; 6],
    typed: &'a RejectForm,
    errors: &'a FieldErrors,
}

#[derive(Template)]
#[template(path = "review-reject-confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    rejection: &'a Rejection,
    typed: &'a RejectForm,
}

pub(super) async fn form(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&desk, &shell, id(&text)?).await?;
    if let Some(refused) = refused(&desk, &shell, &case).await {
        return refused;
    }
    ask(
        &shell,
        &case,
        StatusCode::OK,
        &RejectForm::default(),
        &FieldErrors::default(),
    )
}

pub(super) async fn reject(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<RejectForm>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let case = Case::load(&desk, &shell, id).await?;
    if let Some(refused) = refused(&desk, &shell, &case).await {
        return refused;
    }
    let rejection = match form.check(&shell) {
        Ok(rejection) => rejection,
        Err(errors) => return ask(&shell, &case, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors),
    };
    match form.step.as_str() {
        "confirmed" => {
            let Rejection { reason, words, note } = rejection;
            let result = service::reject(&desk, shell.caller(), id, reason, words, note).await;
            answer(&desk, &shell, id, result, "review-done-rejected", String::new()).await
        }
        "change" => ask(&shell, &case, StatusCode::OK, &form, &FieldErrors::default()),
        _ => page(&ConfirmPage {
            shell: &shell,
            case: &case,
            rejection: &rejection,
            typed: &form,
        }),
    }
}

/// The case instead, where it is not the reader's to decide.
async fn refused(desk: &Desk, shell: &Shell, case: &Case) -> Option<Result<Response, Fault>> {
    let registration = &case.registration;
    let settled = registration
        .clone()
        .take(&case.by)
        .err()
        .filter(|_| registration.deadline().is_none());
    let error = settled.or_else(|| registration.may_be_acted_on_by(&case.by).err())?;
    Some(show_refused(desk, shell, registration.id, &error, String::new()).await)
}

fn ask(
    shell: &Shell,
    case: &Case,
    status: StatusCode,
    typed: &RejectForm,
    errors: &FieldErrors,
) -> Result<Response, Fault> {
    page_with(
        status,
        &RejectPage {
            shell,
            case,
            reasons: RejectionReason::ALL,
            typed,
            errors,
        },
    )
}

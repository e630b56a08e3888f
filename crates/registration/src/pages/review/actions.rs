//! What staff do with a case: take it, give it on, ask, approve.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::RegistrationId;
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page};
use serde::Deserialize;

use super::{
    case::{Case, Said, show, show_refused},
    parts::{case_path, id},
};
use crate::{
    desk::Desk,
    rules::{Registration, Requirements, Words, WordsError},
    service::{self, Refused},
};

/// Back to the case, with what was done or why it was not.
pub(super) async fn answer(
    desk: &Desk,
    shell: &Shell,
    id: RegistrationId,
    result: Result<Registration, Refused>,
    done: &'static str,
    typed: String,
) -> Result<Response, Fault> {
    match result {
        Ok(_) => Ok(flash(shell, &case_path(id), done)),
        Err(Refused::Rule(error)) => show_refused(desk, shell, id, &error, typed).await,
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn take(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let result = service::take(&desk, shell.caller(), id).await;
    answer(&desk, &shell, id, result, "review-done-taken", String::new()).await
}

pub(super) async fn release(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let result = service::release(&desk, shell.caller(), id).await;
    answer(&desk, &shell, id, result, "review-done-released", String::new()).await
}

#[derive(Deserialize)]
pub(super) struct HandOverForm {
    #[serde(default)]
    to: String,
}

pub(super) async fn hand_over(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<HandOverForm>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let Ok(to) = form.to.parse() else {
        let case = Case::load(&desk, &shell, id).await?;
        let errors = FieldErrors::one("to", shell.l.t("review-error-colleague"));
        return show(
            &desk,
            &shell,
            &case,
            StatusCode::UNPROCESSABLE_ENTITY,
            &Said {
                errors,
                ..Said::default()
            },
        )
        .await;
    };
    let result = service::hand_over(&desk, shell.caller(), id, to).await;
    answer(
        &desk,
        &shell,
        id,
        result,
        "review-done-handed-over",
        String::new(),
    )
    .await
}

#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    question: String,
}

pub(super) async fn ask(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<AskForm>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    match Words::parse(&form.question) {
        Ok(words) => {
            let result = service::ask(&desk, shell.caller(), id, words).await;
            answer(&desk, &shell, id, result, "review-done-asked", form.question).await
        }
        Err(error) => {
            let case = Case::load(&desk, &shell, id).await?;
            let errors = FieldErrors::one("question", words_error(&shell, error, "review-error-question"));
            let said = Said {
                errors,
                question: form.question,
                refusal: None,
            };
            show(&desk, &shell, &case, StatusCode::UNPROCESSABLE_ENTITY, &said).await
        }
    }
}

/// What is wrong with some words; `empty` is the message for none.
pub(super) fn words_error(shell: &Shell, error: WordsError, empty: &'static str) -> String {
    match error {
        WordsError::Empty => shell.l.t(empty),
        WordsError::TooLong => shell.l.t1("review-error-long", "max", Words::MAX),
    }
}

#[derive(Template)]
#[template(path = "review-approve.html")]
struct ApprovePage<'a> {
    shell: &'a Shell,
    case: &'a Case,
}

pub(super) async fn confirm_approval(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&desk, &shell, id(&text)?).await?;
    let requirements = Requirements::check(&case.account);
    let now = desk.app().clock().now();
    match case.registration.clone().approve(&case.by, &requirements, now) {
        Ok(_) => page(&ApprovePage {
            shell: &shell,
            case: &case,
        }),
        Err(error) => show_refused(&desk, &shell, case.registration.id, &error, String::new()).await,
    }
}

pub(super) async fn approve(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let result = service::approve(&desk, shell.caller(), id).await;
    answer(&desk, &shell, id, result, "review-done-approved", String::new()).await
}

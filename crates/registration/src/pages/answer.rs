//! The answer to a question of staff.

use axum::{extract::State, response::Response};
use platform::web::{Fault, FieldErrors, Form, Shell, flash};
use serde::Deserialize;

use super::{Standing, status};
use crate::{
    desk::Desk,
    rules::{TransitionError, Words, WordsError},
    service::{self, Refused},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    answer: String,
}

pub(super) async fn submit(
    State(desk): State<Desk>,
    shell: Shell,
    Form(sent): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let standing = Standing::of_reader(&desk, &shell).await?;
    let words = match (Words::parse(&sent.answer), standing.live()) {
        (Ok(words), _) => words,
        (Err(error), Some(live)) if live.question().is_some() => {
            let text = match error {
                WordsError::Empty => shell.l.t("registration-answer-empty"),
                WordsError::TooLong => shell.l.t1("registration-words-too-long", "max", Words::MAX),
            };
            let errors = FieldErrors::one("answer", text);
            return status::show_with(&desk, shell, &standing, live, errors, sent.answer);
        }
        (Err(_), _) => return Ok(flash(&shell, "/registration", "registration-answer-overtaken")),
    };
    match service::answer(&desk, shell.caller(), standing.account.id, words).await {
        Ok(_) => Ok(flash(&shell, "/registration", "registration-answered")),
        Err(Refused::NotFound | Refused::Rule(TransitionError::NoQuestion | TransitionError::Settled(_))) => {
            Ok(flash(&shell, "/registration", "registration-answer-overtaken"))
        }
        Err(refused) => Err(refused.into()),
    }
}

//! Declining: why, then a confirmation.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use kernel::{Words, WordsError};
use platform::web::{FieldErrors, Form, Shell, page, page_with};
use serde::Deserialize;

use super::{
    super::{Answer, id, view::Row},
    case::{self, Case},
};
use crate::{Discounts, partner::service};

#[derive(Default, Deserialize)]
pub(crate) struct RejectForm {
    #[serde(default)]
    words: String,
    #[serde(default)]
    step: String,
}

#[derive(Template)]
#[template(path = "staff-discount-reject.html")]
struct RejectPage<'a> {
    shell: &'a Shell,
    partner: &'a str,
    row: Row,
    errors: &'a FieldErrors,
    words: &'a str,
    language: String,
    /// Whether only the confirmation is missing.
    confirms: bool,
}

pub(crate) async fn form(State(room): State<Discounts>, shell: Shell, Path(text): Path<String>) -> Answer {
    let case = Case::load(&room, id(&text)?).await?;
    if let Some(page) = case::undecidable(&room, &shell, &case).await? {
        return Ok(page);
    }
    page(&reject_page(&room, &shell, &case, "", &FieldErrors::default()))
}

pub(crate) async fn reject(
    State(room): State<Discounts>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<RejectForm>,
) -> Answer {
    let id = id(&text)?;
    let case = Case::load(&room, id).await?;
    let words = Words::parse(&form.words).map_err(|error| match error {
        WordsError::Empty => shell.l.t("partner-discount-error-no-reason"),
        WordsError::TooLong => shell.l.t1("partner-discount-error-long", "max", Words::MAX),
    });
    let mut errors = FieldErrors::default();
    let Some(words) = errors.check("words", words) else {
        let again = reject_page(&room, &shell, &case, &form.words, &errors);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    match form.step.as_str() {
        "confirmed" => {
            let result = service::reject(&room, shell.caller(), id, words).await;
            case::answer(
                &room,
                &shell,
                id,
                result,
                "partner-discount-done-rejected",
                &form.words,
            )
            .await
        }
        step => {
            let mut next = reject_page(&room, &shell, &case, &form.words, &errors);
            next.confirms = step != "change";
            page(&next)
        }
    }
}

fn reject_page<'a>(
    room: &Discounts,
    shell: &'a Shell,
    case: &'a Case,
    words: &'a str,
    errors: &'a FieldErrors,
) -> RejectPage<'a> {
    RejectPage {
        partner: case.partner.display_name(),
        row: Row::new(&shell.l, room, &case.discount),
        language: shell.l.language_name(case.partner.root.language),
        confirms: false,
        words,
        errors,
        shell,
    }
}

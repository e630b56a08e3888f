//! Approving something else than was asked for: a form that starts from what was, and a page that shows both.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use platform::web::{FieldErrors, Form, Shell, page, page_with};

use super::{
    super::{
        Answer,
        form::{Group, Typed, groups},
        id,
        view::{Line, Row, day, lines},
    },
    case::{self, Case},
};
use crate::{
    Discounts,
    partner::{
        rules::{Instead, Terms, TransitionError},
        service::{self, Refused},
    },
};

#[derive(Template)]
#[template(path = "staff-discount-change.html")]
struct ChangePage<'a> {
    shell: &'a Shell,
    partner: &'a str,
    row: Row,
    errors: &'a FieldErrors,
    groups: Vec<Group>,
    typed: &'a Typed,
    asked_from: String,
    /// What the partner's root user reads.
    language: String,
}

#[derive(Template)]
#[template(path = "staff-discount-change-confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    partner: &'a str,
    row: Row,
    lines: Vec<Line>,
    asked_from: String,
    granted_from: String,
    typed: &'a Typed,
    replaces: Option<(String, String)>,
}

pub(crate) async fn form(State(room): State<Discounts>, shell: Shell, Path(text): Path<String>) -> Answer {
    let case = Case::load(&room, id(&text)?).await?;
    if let Some(page) = case::undecidable(&room, &shell, &case).await? {
        return Ok(page);
    }
    let products = room.catalogue().prices().await?;
    let asked = &case.discount.asked;
    let typed = Typed::from_terms(&shell.l, &products, Some(&asked.percents), asked.from);
    ask(
        &room,
        &shell,
        &case,
        StatusCode::OK,
        &typed,
        &FieldErrors::default(),
    )
    .await
}

pub(crate) async fn approve(
    State(room): State<Discounts>,
    shell: Shell,
    Path(text): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let case = Case::load(&room, id(&text)?).await?;
    if let Some(page) = case::undecidable(&room, &shell, &case).await? {
        return Ok(page);
    }
    let (typed, l) = (Typed::from(fields), &shell.l);
    let products = room.catalogue().prices().await?;
    let mut errors = FieldErrors::default();
    let words = typed.note(l, "words", &mut errors);
    let terms = typed.read(l, &products, None, &mut errors);
    let today = room.calendar().date(shell.now());
    let past = |terms: &Terms| terms.from < today && terms.from != case.discount.asked.from;
    if terms.as_ref().is_some_and(past) {
        errors.add("from", l.t1("partner-discount-error-past", "date", day(l, today)));
    }
    let Some(terms) = terms.filter(|_| errors.is_empty()) else {
        return ask(
            &room,
            &shell,
            &case,
            StatusCode::UNPROCESSABLE_ENTITY,
            &typed,
            &errors,
        )
        .await;
    };
    match typed.of("step") {
        "confirmed" => decide(&room, &shell, &case, &typed, Instead { terms, words }).await,
        "change" => ask(&room, &shell, &case, StatusCode::OK, &typed, &errors).await,
        _ => page(&ConfirmPage {
            partner: case.partner.display_name(),
            row: Row::new(l, &room, &case.discount),
            lines: lines(
                l,
                &products,
                case.in_force(),
                &case.discount.asked.percents,
                Some(&terms.percents),
            ),
            asked_from: l.day(case.discount.asked.from),
            granted_from: l.day(terms.from.max(today)),
            typed: &typed,
            replaces: case.replaces(&shell),
            shell: &shell,
        }),
    }
}

async fn decide(room: &Discounts, shell: &Shell, case: &Case, typed: &Typed, instead: Instead) -> Answer {
    let id = case.discount.id;
    match service::approve(room, shell.caller(), id, Some(instead)).await {
        // Midnight has passed since it was looked at.
        Err(Refused::Rule(TransitionError::Past { today })) => {
            let text = shell
                .l
                .t1("partner-discount-error-past", "date", day(&shell.l, today));
            let errors = FieldErrors::one("from", text);
            ask(
                room,
                shell,
                case,
                StatusCode::UNPROCESSABLE_ENTITY,
                typed,
                &errors,
            )
            .await
        }
        result => case::answer(room, shell, id, result, "partner-discount-done-changed", "").await,
    }
}

async fn ask(
    room: &Discounts,
    shell: &Shell,
    case: &Case,
    status: StatusCode,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let products = room.catalogue().prices().await?;
    let asked = &case.discount.asked;
    page_with(
        status,
        &ChangePage {
            partner: case.partner.display_name(),
            row: Row::new(&shell.l, room, &case.discount),
            groups: groups(&shell.l, &products, typed, case.in_force(), Some(&asked.percents)),
            asked_from: day(&shell.l, asked.from),
            language: shell.l.language_name(case.partner.root.language),
            typed,
            errors,
            shell,
        },
    )
}

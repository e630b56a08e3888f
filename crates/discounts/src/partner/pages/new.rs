//! Asking for a discount. The form starts from the one in force.

use askama::Template;
use axum::{extract::State, http::StatusCode};
use jiff::civil::Date;
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page_with};

use super::{
    Answer, HOME,
    form::{Group, Typed, groups, too_early},
    view::day,
};
use crate::{
    Discounts,
    partner::{
        rules::{AskError, PartnerDiscount, earliest},
        service::{self, AskRefused, Request},
        store,
    },
};

#[derive(Template)]
#[template(path = "partner-discount-form.html")]
struct AskPage<'a> {
    shell: &'a Shell,
    errors: &'a FieldErrors,
    groups: Vec<Group>,
    typed: &'a Typed,
    earliest: String,
    date_attributes: String,
    days: u32,
    /// Whether there is a discount in force to start from.
    starts_from: bool,
    /// The approved one that has not begun, which this one would take the place of, and its date.
    replaces: Option<(String, String)>,
}

/// The first date that may be asked for now.
fn first_date(room: &Discounts, shell: &Shell) -> Result<Date, Fault> {
    earliest(room.calendar(), room.config().days_ahead.get(), shell.now()).map_err(Fault::internal)
}

pub(super) async fn form(State(room): State<Discounts>, shell: Shell) -> Answer {
    let standing = store::standing(room.app().db().read(), shell.account()?).await?;
    if let Some(waiting) = standing.asked {
        return Ok(already(&shell, &format!("{HOME}/{}", waiting.id)));
    }
    let products = room.catalogue().prices().await?;
    let in_force = standing.active.as_ref().and_then(PartnerDiscount::grant);
    let in_force = in_force.map(|grant| &grant.terms.percents);
    let typed = Typed::from_terms(&shell.l, &products, in_force, first_date(&room, &shell)?);
    show(&room, &shell, StatusCode::OK, &typed, &FieldErrors::default()).await
}

pub(super) async fn ask(
    State(room): State<Discounts>,
    shell: Shell,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let (typed, l) = (Typed::from(fields), &shell.l);
    let products = room.catalogue().prices().await?;
    let mut errors = FieldErrors::default();
    let terms = typed.read(l, &products, Some(first_date(&room, &shell)?), &mut errors);
    let note = typed.note(l, "note", &mut errors);
    let Some(terms) = terms.filter(|_| errors.is_empty()) else {
        return show(&room, &shell, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await;
    };
    match service::ask(&room, shell.caller(), Request { terms, note }).await {
        Ok(asked) => Ok(flash(
            &shell,
            &format!("{HOME}/{}", asked.id),
            "partner-discount-done-asked",
        )),
        Err(AskRefused::Waiting(_)) => Ok(already(&shell, HOME)),
        Err(AskRefused::Rule(AskError::TooEarly { earliest })) => {
            errors.add("from", too_early(l, earliest));
            show(&room, &shell, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
        Err(AskRefused::Rule(AskError::Unchanged)) => {
            errors.add("percents", l.t("partner-discount-error-unchanged"));
            show(&room, &shell, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
        Err(AskRefused::Rule(AskError::Calendar(_))) => {
            errors.add("from", l.t("partner-discount-refused-calendar"));
            show(&room, &shell, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
        Err(AskRefused::NotPartner) => Err(Fault::forbidden()),
        // The form offers what the catalogue has: it changed in between.
        Err(AskRefused::NoProduct(_)) => Err(Fault::bad_request()),
        Err(AskRefused::Database(error)) => Err(error.into()),
    }
}

fn already(shell: &Shell, to: &str) -> axum::response::Response {
    flash(shell, to, "partner-discount-already-waiting")
}

async fn show(
    room: &Discounts,
    shell: &Shell,
    status: StatusCode,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let products = room.catalogue().prices().await?;
    let standing = store::standing(room.app().db().read(), shell.account()?).await?;
    let in_force = standing.active.as_ref().and_then(PartnerDiscount::grant);
    let in_force = in_force.map(|grant| &grant.terms.percents);
    let replaces = standing.to_begin(shell.now());
    let first = first_date(room, shell)?;
    page_with(
        status,
        &AskPage {
            groups: groups(&shell.l, &products, typed, in_force, None),
            earliest: day(&shell.l, first),
            date_attributes: format!("class=\"w-m\" type=\"date\" min=\"{first}\""),
            days: room.config().business_days.get(),
            starts_from: in_force.is_some(),
            replaces: replaces.map(|(of, grant)| (of.reference(), day(&shell.l, grant.terms.from))),
            typed,
            errors,
            shell,
        },
    )
}

//! Pages about passwords: forgotten, set anew, changed.

use std::time::Duration;

use accounts::{forms::tell_weakness, password::PasswordHash, person::Person, store::link::LinkError};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use platform::{
    i18n::L10n,
    web::{Fault, FieldErrors, Form, Shell, flash, page, page_with},
};
use serde::Deserialize;

use super::sign_in::Variant;
use crate::{
    Identity,
    attempts::{AttemptError, Login, until, wait_told},
    password::{forgotten_page, people},
    provider::clients::People,
    session::person_id,
};

#[derive(Deserialize)]
pub(crate) struct Whose {
    #[serde(default)]
    staff: String,
}

#[derive(Deserialize)]
pub(crate) struct ForgottenForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    staff: String,
}

#[derive(Template)]
#[template(path = "forgotten.html")]
struct ForgottenPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    email: String,
    user_name: String,
    staff: bool,
}

#[derive(Template)]
#[template(path = "forgotten_sent.html")]
struct SentPage<'a> {
    shell: &'a Shell,
    again: &'static str,
}

#[derive(Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
pub(crate) struct ResetForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    token: &'a str,
    email: String,
    hint: String,
}

#[derive(Deserialize)]
pub(crate) struct ChangeForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "password.html")]
struct ChangePage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    hint: String,
}

pub(crate) async fn forgotten(shell: Shell, Query(whose): Query<Whose>) -> Result<Response, Fault> {
    let staff = !whose.staff.is_empty();
    let (email, user_name) = (String::new(), String::new());
    page(&ForgottenPage {
        shell: &shell,
        errors: FieldErrors::default(),
        email,
        user_name,
        staff,
    })
}

pub(crate) async fn ask(
    State(room): State<Identity>,
    shell: Shell,
    Form(form): Form<ForgottenForm>,
) -> Result<Response, Fault> {
    let staff = !form.staff.is_empty();
    if !form.email.contains('@') {
        let errors = FieldErrors::one("email", shell.l.t("signin-email-missing"));
        let (email, user_name) = (form.email, form.user_name);
        let form = ForgottenPage {
            shell: &shell,
            errors,
            email,
            user_name,
            staff,
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let variant = match (staff, form.user_name.trim()) {
        (true, _) => Variant::Staff,
        (false, "") => Variant::Root,
        (false, _) => Variant::Iam,
    };
    // Sending takes longer than finding nobody: the answer comes after the same time whether the address is known.
    let same_time = tokio::time::sleep(Duration::from_millis(300));
    let (sent, ()) = tokio::join!(
        room.request_reset(&shell, variant, &form.email, &form.user_name),
        same_time
    );
    sent?;
    let again = forgotten_page(if staff { People::Staff } else { People::Users });
    page(&SentPage { shell: &shell, again })
}

pub(crate) async fn reset(
    State(room): State<Identity>,
    shell: Shell,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    let person = room.person_of_link(&link.token).await.map_err(dead)?;
    let (errors, hint) = (FieldErrors::default(), hint(&room, &shell.l));
    page(&ResetPage {
        shell: &shell,
        errors,
        token: &link.token,
        email: person.email.to_string(),
        hint,
    })
}

pub(crate) async fn set(
    State(room): State<Identity>,
    shell: Shell,
    Form(form): Form<ResetForm>,
) -> Result<Response, Fault> {
    let person = room.person_of_link(&form.token).await.map_err(dead)?;
    let personal = [person.email.as_str(), person.name.as_str()];
    if let Err(weakness) = room.policy().check(&form.password, &personal) {
        let errors = FieldErrors::one("password", tell_weakness(&shell.l, weakness));
        let (email, hint) = (person.email.to_string(), hint(&room, &shell.l));
        let form = ResetPage {
            shell: &shell,
            errors,
            token: &form.token,
            email,
            hint,
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let hash = PasswordHash::of(form.password).await?;
    room.reset(&shell, &form.token, &person, &hash)
        .await
        .map_err(dead)?;
    let door = match people(&person) {
        People::Users => "/sign-in",
        People::Staff => "/staff/sign-in",
    };
    Ok(flash(&shell, door, "password-reset-done"))
}

pub(crate) async fn form(State(room): State<Identity>, shell: Shell) -> Result<Response, Fault> {
    let hint = hint(&room, &shell.l);
    page(&ChangePage {
        shell: &shell,
        errors: FieldErrors::default(),
        hint,
    })
}

impl ChangeForm {
    fn errors(&self, room: &Identity, l: &L10n, person: &Person) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.current.is_empty() {
            errors.add("current", l.t("password-current-missing"));
        }
        let personal = [person.email.as_str(), person.name.as_str()];
        let checked = room.policy().check(&self.password, &personal);
        errors.check("password", checked.map_err(|weak| tell_weakness(l, weak)));
        errors
    }
}

pub(crate) async fn change(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let person = accounts::store::find_person(db, person_id(shell.person()?)).await?;
    let (Some(person), Some(session)) = (person, room.portal_session(&headers).await?) else {
        return Err(Fault::sign_in_again());
    };
    let hint = hint(&room, &shell.l);
    let back = |status, errors| {
        page_with(
            status,
            &ChangePage {
                shell: &shell,
                errors,
                hint: hint.clone(),
            },
        )
    };
    let errors = form.errors(&room, &shell.l, &person);
    if !errors.is_empty() {
        return back(StatusCode::UNPROCESSABLE_ENTITY, errors);
    }
    // Somebody at an open browser must not find out the password by trying.
    let attempt = match room
        .try_sign_in(&shell, &headers, &Login::again(person.id()))
        .await
    {
        Ok(attempt) => attempt,
        Err(AttemptError::Database(error)) => return Err(error.into()),
        Err(AttemptError::Wait(wait)) => {
            let errors = FieldErrors::one("current", wait_told(&shell, wait));
            return Ok(until(back(StatusCode::TOO_MANY_REQUESTS, errors)?, wait));
        }
    };
    let right = room
        .is_right(&attempt, form.current, person.password.clone())
        .await?;
    room.settle(attempt, None, right).await?;
    if !right {
        let errors = FieldErrors::one("current", shell.l.t("password-current-wrong"));
        return back(StatusCode::UNPROCESSABLE_ENTITY, errors);
    }
    room.change(&shell, &person, form.password, session.sso_session_id)
        .await?;
    Ok(flash(&shell, "/profile/sign-ins", "password-changed-done"))
}

/// A link that does not open says why, and offers a new one.
fn dead(why: LinkError) -> Fault {
    let (status, key) = match why {
        LinkError::Used => (StatusCode::GONE, "password-link-used"),
        LinkError::Expired => (StatusCode::GONE, "password-link-expired"),
        LinkError::Unknown => (StatusCode::NOT_FOUND, "password-link-unknown"),
        LinkError::Database(error) => return error.into(),
    };
    Fault::told_with(status, key, "password-link-again", "/forgotten")
}

fn hint(room: &Identity, l: &L10n) -> String {
    let key = if room.policy().mixed {
        "accounts-password-hint-mixed"
    } else {
        "accounts-password-hint"
    };
    l.say(key, "min", room.policy().min_length)
}

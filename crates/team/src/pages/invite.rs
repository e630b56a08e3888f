//! The form that invites somebody.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page_with};
use serde::Deserialize;

use super::{Choice, choices, fault};
use crate::{
    Team,
    draft::Typed,
    service::{self, TeamError},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InviteForm {
    email: String,
    name: String,
    user_name: String,
    language: String,
    grants: Vec<String>,
}

#[derive(Template)]
#[template(path = "team-invite.html")]
struct InvitePage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    form: &'a InviteForm,
    choices: Vec<Choice>,
    days: u16,
}

impl InvitePage<'_> {
    fn language(&self) -> &str {
        if self.form.language.is_empty() {
            self.shell.l.language().tag()
        } else {
            &self.form.language
        }
    }
}

fn ask(
    room: &Team,
    shell: &Shell,
    status: StatusCode,
    form: &InviteForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let ticked = |grant: platform::Grant| form.grants.iter().any(|name| name == grant.as_str());
    let asked = InvitePage {
        shell,
        errors,
        form,
        choices: choices(&shell.l, ticked),
        days: room.config().invitation_days,
    };
    page_with(status, &asked)
}

pub(super) async fn form(State(room): State<Team>, shell: Shell) -> Result<Response, Fault> {
    let form = InviteForm::default();
    ask(&room, &shell, StatusCode::OK, &form, FieldErrors::default())
}

pub(super) async fn submit(
    State(room): State<Team>,
    shell: Shell,
    Form(form): Form<InviteForm>,
) -> Result<Response, Fault> {
    let again = |errors| ask(&room, &shell, StatusCode::UNPROCESSABLE_ENTITY, &form, errors);
    let typed = Typed {
        email: &form.email,
        name: &form.name,
        user_name: &form.user_name,
        language: &form.language,
        grants: &form.grants,
    };
    let new = match typed.parse(&shell.l) {
        Ok(new) => new,
        Err(errors) => return again(errors),
    };
    match service::invite(&room, shell.caller(), shell.account()?, new).await {
        Ok(_) => Ok(flash(&shell, "/team", "team-invited")),
        Err(error) => match taken(&shell, &error) {
            Some(errors) => again(errors),
            None => Err(fault(error)),
        },
    }
}

/// What the form can be corrected to.
fn taken(shell: &Shell, error: &TeamError) -> Option<FieldErrors> {
    let l = &shell.l;
    match error {
        TeamError::EmailTaken => Some(FieldErrors::one("email", l.t("team-error-email-taken"))),
        TeamError::UserNameTaken(name) => Some(FieldErrors::one(
            "user_name",
            l.say("team-error-user-name-taken", "name", name),
        )),
        TeamError::Full(most) => Some(FieldErrors::one("email", l.t1("team-error-full", "most", *most))),
        TeamError::TooManyToday(most) => Some(FieldErrors::one(
            "email",
            l.t1("team-error-too-many-today", "most", *most),
        )),
        TeamError::TooManyLetters(_) => Some(FieldErrors::one("email", l.t("team-too-many-letters-text"))),
        TeamError::Unknown | TeamError::Joined | TeamError::Db(_) => None,
    }
}

//! One member: what the person may do, the invitation, removal.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page, page_with};
use serde::Deserialize;

use super::{Choice, choices, fault, found};
use crate::{
    Team, draft,
    rules::{Member, State as Stand},
    service,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GrantsForm {
    grants: Vec<String>,
}

#[derive(Template)]
#[template(path = "team-member.html")]
struct MemberPage {
    shell: Shell,
    errors: FieldErrors,
    member: Member,
    choices: Vec<Choice>,
    last: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "team-remove.html")]
struct RemovePage {
    shell: Shell,
    member: Member,
}

impl MemberPage {
    async fn of(room: &Team, shell: Shell, member: Member) -> Result<Self, Fault> {
        let id = member.id.into();
        let last = identity::last_sign_ins(room.app().db().read(), &[id]).await?;
        Ok(Self {
            errors: FieldErrors::default(),
            choices: choices(&shell.l, |grant| member.grants.contains(grant)),
            last: last.get(&id).copied(),
            shell,
            member,
        })
    }

    fn when(&self, at: &Timestamp) -> String {
        self.shell.l.short_date_time(*at)
    }
}

pub(super) async fn show(
    State(room): State<Team>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let member = found(&room, &shell, &id).await?;
    page(&MemberPage::of(&room, shell, member).await?)
}

pub(super) async fn save(
    State(room): State<Team>,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<GrantsForm>,
) -> Result<Response, Fault> {
    let member = found(&room, &shell, &id).await?;
    let grants = match draft::grants(&shell.l, &form.grants) {
        Ok(grants) => grants,
        Err(mistake) => {
            let mut back = MemberPage::of(&room, shell, member).await?;
            back.errors = FieldErrors::one("grants", mistake);
            back.choices = choices(&back.shell.l, |grant| {
                form.grants.iter().any(|name| name == grant.as_str())
            });
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
        }
    };
    service::change(&room, shell.caller(), shell.account()?, member.id, grants)
        .await
        .map_err(fault)?;
    Ok(flash(&shell, "/team", "team-changed"))
}

pub(super) async fn send_again(
    State(room): State<Team>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let member = found(&room, &shell, &id).await?;
    service::send_again(&room, shell.caller(), shell.account()?, member.id)
        .await
        .map_err(fault)?;
    Ok(flash(&shell, "/team", "team-sent-again"))
}

pub(super) async fn confirm(
    State(room): State<Team>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let member = found(&room, &shell, &id).await?;
    page(&RemovePage { shell, member })
}

pub(super) async fn remove(
    State(room): State<Team>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let member = found(&room, &shell, &id).await?;
    let member = service::remove(&room, shell.caller(), shell.account()?, member.id)
        .await
        .map_err(fault)?;
    let told = if member.is_invited() {
        "team-withdrawn"
    } else {
        "team-removed"
    };
    Ok(flash(&shell, "/team", told))
}

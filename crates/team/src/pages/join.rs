//! The page behind the letter's link: the person sets a password, and has joined.

use accounts::{account::Account, forms::tell_weakness, password::PasswordHash};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use platform::{
    secret::Token,
    web::{Fault, FieldErrors, Form, Shell, page, page_with, redirect},
};
use serde::Deserialize;

use crate::{
    Team,
    rules::Member,
    service::{self, LinkError},
};

#[derive(Deserialize)]
pub(super) struct LinkQuery {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
pub(super) struct JoinForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "team-join.html")]
struct JoinPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    member: Member,
    owner: Account,
    token: &'a str,
    hint: String,
}

impl JoinPage<'_> {
    fn lede(&self) -> String {
        self.shell.l.t2(
            "team-join-lede",
            "by",
            self.owner.root.name.as_str(),
            "account",
            self.owner.display_name(),
        )
    }

    fn grants(&self) -> String {
        self.shell.l.grants(self.member.grants)
    }
}

#[derive(Template)]
#[template(path = "team-joined.html")]
struct JoinedPage<'a> {
    shell: &'a Shell,
    member: Member,
    owner: Account,
}

impl<'a> JoinPage<'a> {
    fn new(room: &Team, shell: &'a Shell, token: &'a str, (member, owner): (Member, Account)) -> Self {
        let policy = room.policy();
        let hint = if policy.mixed {
            "accounts-password-hint-mixed"
        } else {
            "accounts-password-hint"
        };
        Self {
            errors: FieldErrors::default(),
            hint: shell.l.say(hint, "min", policy.min_length),
            shell,
            member,
            owner,
            token,
        }
    }
}

pub(super) async fn show(
    State(room): State<Team>,
    shell: Shell,
    Query(query): Query<LinkQuery>,
) -> Result<Response, Fault> {
    match service::open(&room, &Token::presented(&query.token)).await {
        Ok(found) => page(&JoinPage::new(&room, &shell, &query.token, found)),
        Err(error) => tell(&shell, error),
    }
}

pub(super) async fn submit(
    State(room): State<Team>,
    shell: Shell,
    Form(form): Form<JoinForm>,
) -> Result<Response, Fault> {
    let token = Token::presented(&form.token);
    let found = match service::open(&room, &token).await {
        Ok(found) => found,
        Err(error) => return tell(&shell, error),
    };
    let (member, owner) = &found;
    let personal = [
        member.email.as_str(),
        &member.name,
        member.user_name.as_str(),
        owner.display_name(),
    ];
    if let Err(weakness) = room.policy().check(&form.password, &personal) {
        let back = JoinPage {
            errors: FieldErrors::one("password", tell_weakness(&shell.l, weakness)),
            ..JoinPage::new(&room, &shell, &form.token, found)
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
    }
    let password = PasswordHash::of(form.password).await?;
    match service::join(&room, shell.caller(), &token, password).await {
        // The token is one that was found: safe in an address as it is.
        Ok(_) => Ok(redirect(&format!("/join?token={}", form.token))),
        Err(error) => tell(&shell, error),
    }
}

/// A link that does not lead on says why, and what to do instead.
fn tell(shell: &Shell, error: LinkError) -> Result<Response, Fault> {
    match error {
        LinkError::Joined(found) => {
            let (member, owner) = *found;
            page(&JoinedPage { shell, member, owner })
        }
        LinkError::Unknown => Err(Fault::told(StatusCode::NOT_FOUND, "team-link-unknown")),
        LinkError::Expired => Err(Fault::told(StatusCode::GONE, "team-link-expired")),
        LinkError::Gone => Err(Fault::told(StatusCode::GONE, "team-link-gone")),
        LinkError::Database(error) => Err(error.into()),
    }
}

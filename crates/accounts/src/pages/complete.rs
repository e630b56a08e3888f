//! The second form, behind the verification link.

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

use super::sign_up::{Asked, to_sent};
use crate::{
    Accounts,
    forms::CompleteForm,
    password::PasswordHash,
    service::{self, Completion, NewRoot, Requested},
    store::link::{self, Link, LinkError, Purpose},
};

#[derive(Deserialize)]
pub(super) struct LinkQuery {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "complete.html")]
struct CompletePage<'a> {
    shell: Shell,
    errors: FieldErrors,
    form: CompleteForm,
    /// One that was found: safe in an address as it is.
    token: String,
    email: String,
    room: &'a Accounts,
}

impl CompletePage<'_> {
    /// What is chosen in the list of countries.
    fn country(&self) -> &str {
        if self.form.company.country.is_empty() {
            "VN"
        } else {
            &self.form.company.country
        }
    }

    fn password_hint(&self) -> String {
        let policy = &self.room.config.password;
        let key = if policy.mixed {
            "accounts-password-hint-mixed"
        } else {
            "accounts-password-hint"
        };
        let hint = self.shell.l.say(key, "min", policy.min_length);
        if self.errors.is_empty() || !self.errors.of("password").is_empty() {
            return hint;
        }
        // Another field was wrong, and a password is never filled in again.
        format!("{} {hint}", self.shell.l.t("accounts-password-again"))
    }
}

/// A link that does not lead on, and what to do instead.
#[derive(Template)]
#[template(path = "link-gone.html")]
struct LinkGonePage {
    shell: Shell,
    /// The part of the messages' keys that says why.
    state: &'static str,
    token: String,
}

impl LinkGonePage {
    fn say(&self, part: &str) -> String {
        self.shell.l.t(&format!("accounts-link-{}-{part}", self.state))
    }
}

pub(super) async fn show(
    State(room): State<Accounts>,
    shell: Shell,
    Query(query): Query<LinkQuery>,
) -> Result<Response, Fault> {
    match open_link(&room, &query.token).await {
        Ok(link) => page(&CompletePage {
            shell,
            errors: FieldErrors::default(),
            form: CompleteForm::default(),
            token: query.token,
            email: link.email.to_string(),
            room: &room,
        }),
        Err(error) => link_gone(shell, error, query.token),
    }
}

pub(super) async fn submit(
    State(room): State<Accounts>,
    shell: Shell,
    Query(query): Query<LinkQuery>,
    Form(form): Form<CompleteForm>,
) -> Result<Response, Fault> {
    let link = match open_link(&room, &query.token).await {
        Ok(link) => link,
        Err(error) => return link_gone(shell, error, query.token),
    };
    let done = match form.parse(&room.config.password, &link.email) {
        Ok(done) => done,
        Err(mistakes) => {
            let errors = mistakes.tell(&shell.l);
            let (token, email) = (query.token, link.email.to_string());
            let back = CompletePage {
                shell,
                errors,
                form,
                token,
                email,
                room: &room,
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
        }
    };
    let password = PasswordHash::of(done.password).await?;
    let new = NewRoot {
        name: done.name,
        password,
        phone: done.phone,
        class: done.class,
    };
    let token = Token::presented(query.token.clone());
    match service::complete(&room.app, shell.caller(), &shell.l, &token, new).await? {
        Completion::Created(_) => Ok(redirect("/sign-up/done")),
        Completion::LinkGone => link_gone(shell, LinkError::Used, query.token),
    }
}

/// Another letter to the mailbox of a link that has expired.
pub(super) async fn renew(
    State(room): State<Accounts>,
    shell: Shell,
    Form(query): Form<LinkQuery>,
) -> Result<Response, Fault> {
    let token = Token::presented(query.token);
    let Some(link) = link::find(room.app.db().read(), Purpose::SignUp, &token, shell.now()).await? else {
        return Ok(redirect("/sign-up"));
    };
    let asked = Asked {
        email: link.email,
        human: true,
    };
    let sent = service::request_letter(
        &room.app,
        &room.config,
        shell.caller(),
        &shell.l,
        &asked.email,
        false,
    )
    .await?;
    match sent {
        Requested::Sent => Ok(to_sent(&shell, &asked)),
        Requested::TooMany => Err(Fault::told(
            StatusCode::TOO_MANY_REQUESTS,
            "accounts-too-many-letters",
        )),
    }
}

#[derive(Template)]
#[template(path = "account-ready.html")]
struct ReadyPage {
    shell: Shell,
}

pub(super) async fn done(shell: Shell) -> Result<Response, Fault> {
    page(&ReadyPage { shell })
}

/// The open link that a token stands for. Looking uses nothing up.
async fn open_link(room: &Accounts, token: &str) -> Result<Link, LinkError> {
    let (db, now) = (room.app.db().read(), room.app.clock().now());
    let link = link::open(db, Purpose::SignUp, &Token::presented(token), now).await?;
    // Another link of the same mailbox may have been first.
    match crate::store::find_root(db, &link.email).await? {
        Some(_) => Err(LinkError::Used),
        None => Ok(link),
    }
}

fn link_gone(shell: Shell, error: LinkError, token: String) -> Result<Response, Fault> {
    let state = match error {
        LinkError::Unknown => "unknown",
        LinkError::Expired => "expired",
        LinkError::Used => "used",
        LinkError::Database(error) => return Err(error.into()),
    };
    page_with(StatusCode::GONE, &LinkGonePage { shell, state, token })
}

//! The first form, and the page that says to look into the mailbox.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use kernel::EmailAddress;
use platform::web::{self, Fault, FieldErrors, Form, Shell, page, page_with, redirect};
use serde::Deserialize;

use crate::{
    Accounts,
    forms::SignUpForm,
    robot::{self, Verdict},
    service::{self, Requested},
};

#[derive(Template)]
#[template(path = "sign-up.html")]
struct SignUpPage<'a> {
    shell: Shell,
    errors: FieldErrors,
    form: SignUpForm,
    room: &'a Accounts,
}

#[derive(Deserialize)]
pub(super) struct SignUpQuery {
    /// The address that was invited, where the link is an invitation's.
    #[serde(default)]
    email: String,
}

pub(super) async fn show(
    State(room): State<Accounts>,
    shell: Shell,
    Query(query): Query<SignUpQuery>,
) -> Result<Response, Fault> {
    let form = SignUpForm {
        email: query.email,
        ticket: ticket(&room, &shell),
        ..SignUpForm::default()
    };
    page(&SignUpPage {
        shell,
        errors: FieldErrors::default(),
        form,
        room: &room,
    })
}

pub(super) async fn submit(
    State(room): State<Accounts>,
    shell: Shell,
    Form(form): Form<SignUpForm>,
) -> Result<Response, Fault> {
    let floor = room.config.floor();
    match robot::judge(room.app.key(), &form.ticket, shell.now(), floor) {
        Verdict::Pass => {}
        Verdict::HoldBack(time) => tokio::time::sleep(time.unsigned_abs()).await,
        Verdict::Stale => {
            let errors = FieldErrors::one("email", shell.l.t("accounts-sign-up-stale"));
            return again_with(&room, shell, form, errors, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let email = match form.parse() {
        Ok(email) => email,
        Err(mistakes) => {
            let errors = mistakes.tell(&shell.l);
            return again_with(&room, shell, form, errors, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    if !form.website.is_empty() {
        tracing::info!(origin = ?shell.origin, "a robot filled in the sign-up form");
        return Ok(to_sent(&shell, &Asked { email, human: false }));
    }
    match service::request_letter(&room.app, &room.config, shell.caller(), &shell.l, &email, true).await? {
        Requested::Sent => Ok(to_sent(&shell, &Asked { email, human: true })),
        Requested::TooMany => {
            let errors = FieldErrors::one("email", shell.l.t("accounts-sign-up-too-many"));
            again_with(&room, shell, form, errors, StatusCode::TOO_MANY_REQUESTS)
        }
    }
}

fn again_with(
    room: &Accounts,
    shell: Shell,
    form: SignUpForm,
    errors: FieldErrors,
    status: StatusCode,
) -> Result<Response, Fault> {
    let form = SignUpForm {
        ticket: ticket(room, &shell),
        ..form
    };
    page_with(
        status,
        &SignUpPage {
            shell,
            errors,
            form,
            room,
        },
    )
}

fn ticket(room: &Accounts, shell: &Shell) -> String {
    robot::ticket(room.app.key(), shell.now())
}

/// For whom a letter was asked for: sealed in a cookie, so that another can be asked for.
pub(super) struct Asked {
    /// The mailbox.
    pub(super) email: EmailAddress,
    /// Whether a letter was sent at all.
    pub(super) human: bool,
}

const COOKIE: &str = "sign-up";

impl Asked {
    fn read(shell: &Shell, headers: &HeaderMap) -> Option<Self> {
        let sealed = web::read_cookie(&shell.site().public_url, headers, COOKIE)?;
        let value = shell.app().key().open(COOKIE, &sealed)?;
        let (mark, email) = value.split_at_checked(1)?;
        Some(Self {
            email: email.parse().ok()?,
            human: mark == "+",
        })
    }
}

/// On to the page that says to look into the mailbox.
pub(super) fn to_sent(shell: &Shell, asked: &Asked) -> Response {
    let mark = if asked.human { '+' } else { '-' };
    let sealed = shell.app().key().seal(COOKIE, &format!("{mark}{}", asked.email));
    let mut response = redirect("/sign-up/sent");
    let cookie = web::cookie(&shell.site().public_url, COOKIE, &sealed, Some(3600));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

#[derive(Template)]
#[template(path = "sign-up-sent.html")]
struct SentPage<'a> {
    shell: Shell,
    email: String,
    too_many: bool,
    room: &'a Accounts,
}

pub(super) async fn sent(
    State(room): State<Accounts>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let Some(asked) = Asked::read(&shell, &headers) else {
        return Ok(redirect("/sign-up"));
    };
    page(&SentPage {
        shell,
        email: asked.email.to_string(),
        too_many: false,
        room: &room,
    })
}

pub(super) async fn again(
    State(room): State<Accounts>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let Some(asked) = Asked::read(&shell, &headers) else {
        return Ok(redirect("/sign-up"));
    };
    let sent = if asked.human {
        service::request_letter(
            &room.app,
            &room.config,
            shell.caller(),
            &shell.l,
            &asked.email,
            false,
        )
        .await?
    } else {
        Requested::Sent
    };
    match sent {
        Requested::Sent => Ok(web::flash(&shell, "/sign-up/sent", "accounts-sent-again")),
        Requested::TooMany => {
            let email = asked.email.to_string();
            page_with(
                StatusCode::TOO_MANY_REQUESTS,
                &SentPage {
                    shell,
                    email,
                    too_many: true,
                    room: &room,
                },
            )
        }
    }
}

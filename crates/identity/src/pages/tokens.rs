//! The profile's page of tokens: make one, see it once, revoke it.

use accounts::{
    forms::{Mistake, line},
    person::Person,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use platform::{
    L10n,
    api::{Scope, Scopes},
    secret::Token,
    web::{Fault, FieldErrors, Form, Shell, flash, page, page_with},
};
use serde::Deserialize;

use crate::{
    Identity,
    session::person_id,
    tokens::{self, DEFAULT_DAYS, MAX_DAYS, MAX_NAME, MakeError, NewToken, Personal},
};

/// A scope to tick.
struct Choice {
    scope: Scope,
    label: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    tokens: Vec<Personal>,
    choices: Vec<Choice>,
    name: &'a str,
    days: &'a str,
    key: String,
    made: Option<Token>,
}

#[derive(Template)]
#[template(path = "token_revoke.html")]
struct RevokePage<'a> {
    shell: &'a Shell,
    token: Personal,
}

/// What was typed. Scopes are fields of their own, so that the form works without a script.
#[derive(Deserialize)]
pub(crate) struct NewForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    scope: Vec<String>,
    /// What makes the form count once.
    #[serde(default)]
    key: String,
}

async fn person(room: &Identity, shell: &Shell) -> Result<Person, Fault> {
    accounts::store::find_person(room.app().db().read(), person_id(shell.person()?))
        .await?
        .ok_or_else(Fault::sign_in_again)
}

async fn show(
    room: &Identity,
    shell: &Shell,
    status: StatusCode,
    errors: FieldErrors,
    form: &NewForm,
    made: Option<Token>,
) -> Result<Response, Fault> {
    let person = person(room, shell).await?;
    let now = room.app().clock().now();
    let scopes = tokens::scopes_of(&person);
    let choices = scopes.iter().map(|scope| Choice {
        label: purpose(&shell.l, scope, shell.is_staff()),
        ticked: form.scope.iter().any(|ticked| ticked == scope.as_str()),
        scope,
    });
    page_with(
        status,
        &TokensPage {
            shell,
            errors,
            tokens: tokens::list(room.app().db().read(), person.id(), now).await?,
            choices: choices.collect(),
            name: &form.name,
            days: &form.days,
            key: shell.form_key(),
            made,
        },
    )
}

/// What a scope is for; to users of accounts without what only staff do with it, where there is such.
fn purpose(l: &L10n, scope: Scope, staff: bool) -> String {
    let own = format!("{}-own", scope.label());
    if !staff && l.has(&own) {
        l.t(&own)
    } else {
        l.t(&scope.label())
    }
}

fn empty() -> NewForm {
    NewForm {
        name: String::new(),
        days: DEFAULT_DAYS.to_string(),
        scope: Vec::new(),
        key: String::new(),
    }
}

pub(crate) async fn list(State(room): State<Identity>, shell: Shell) -> Result<Response, Fault> {
    show(
        &room,
        &shell,
        StatusCode::OK,
        FieldErrors::default(),
        &empty(),
        None,
    )
    .await
}

pub(crate) async fn make(
    State(room): State<Identity>,
    shell: Shell,
    Form(form): Form<NewForm>,
) -> Result<Response, Fault> {
    let refuse = async |errors| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        show(&room, &shell, status, errors, &form, None).await
    };
    let new = match read(&shell, &form) {
        Ok(new) => new,
        Err(errors) => return refuse(errors).await,
    };
    let person = person(&room, &shell).await?;
    let id = shell.opened_form_key(&form.key);
    match tokens::make_once(room.app(), shell.caller(), &person, id, new).await {
        // Shown in the answer itself and nowhere else: going back to the page does not show it again.
        Ok((_, token)) => {
            let (status, errors) = (StatusCode::CREATED, FieldErrors::default());
            show(&room, &shell, status, errors, &empty(), Some(token)).await
        }
        Err(MakeError::TooMany) => {
            let text = shell.l.t1("tokens-too-many", "max", tokens::MAX_TOKENS);
            refuse(FieldErrors::one("name", text)).await
        }
        Err(MakeError::Made) => Ok(flash(&shell, "/profile/tokens", "tokens-made-already")),
        Err(MakeError::Scope(_)) => Err(Fault::forbidden()),
        Err(MakeError::Database(error)) => Err(error.into()),
    }
}

fn read(shell: &Shell, form: &NewForm) -> Result<NewToken, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = line(&form.name, MAX_NAME).map_err(|mistake| match mistake {
        Mistake::Missing => shell.l.t("tokens-error-name"),
        other => other.tell(&shell.l, "name"),
    });
    let name = errors.check("name", name);
    let days = form.days.trim().parse::<u16>().ok();
    let days = days.filter(|days| (1..=MAX_DAYS).contains(days));
    let days = errors.check(
        "days",
        days.ok_or_else(|| shell.l.t1("tokens-error-days", "max", MAX_DAYS)),
    );
    let scopes: Scopes = form
        .scope
        .iter()
        .filter_map(|scope| scope.parse::<Scope>().ok())
        .collect();
    if scopes.is_empty() {
        errors.add("scope", shell.l.t("tokens-error-scope"));
    }
    match (name, days) {
        (Some(name), Some(days)) if errors.is_empty() => Ok(NewToken { name, scopes, days }),
        _ => Err(errors),
    }
}

/// One of the reader's own.
async fn own(room: &Identity, shell: &Shell, id: &str) -> Result<Personal, Fault> {
    let id: uuid::Uuid = id.parse().map_err(|_| Fault::not_found())?;
    let person = person(room, shell).await?;
    let now = room.app().clock().now();
    let all = tokens::list(room.app().db().read(), person.id(), now).await?;
    all.into_iter()
        .find(|token| token.id == id)
        .ok_or_else(Fault::not_found)
}

pub(crate) async fn confirm(
    State(room): State<Identity>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let token = own(&room, &shell, &id).await?;
    page(&RevokePage { shell: &shell, token })
}

pub(crate) async fn revoke(
    State(room): State<Identity>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = id.parse().map_err(|_| Fault::not_found())?;
    let person = person(&room, &shell).await?;
    if tokens::revoke(room.app(), shell.caller(), &person, id).await? {
        Ok(flash(&shell, "/profile/tokens", "tokens-revoked"))
    } else {
        Err(Fault::not_found())
    }
}

impl TokensPage<'_> {
    fn when(&self, at: &Timestamp) -> String {
        self.shell.l.short_date_time(*at)
    }
}

//! The form that invites several.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use kernel::{EmailAddress, EmailError, Language};
use platform::{
    L10n,
    web::{Fault, FieldErrors, Form, Shell, flash, page_with},
};

use crate::{
    room::Customers,
    rules::{FriendlyName, NameError, Role},
    service::{self, InviteError, Invitee},
};

/// How many rows the form begins with, and grows by.
const ROWS: usize = 5;

/// The most rows of one form.
const MOST: usize = 50;

/// A row as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    email: String,
    name: String,
    role: String,
}

impl Typed {
    /// A role alone is what the form itself put there.
    fn is_empty(&self) -> bool {
        self.email.trim().is_empty() && self.name.trim().is_empty()
    }
}

#[derive(Template)]
#[template(path = "customers-new.html")]
struct NewPage {
    shell: Shell,
    errors: FieldErrors,
    rows: Vec<Typed>,
    language: Language,
    days: u32,
    most: usize,
}

pub(super) async fn show(State(room): State<Customers>, shell: Shell) -> Result<Response, Fault> {
    let language = shell.l.language();
    form(
        &room,
        shell,
        vec![Typed::default(); ROWS],
        language,
        FieldErrors::default(),
        StatusCode::OK,
    )
}

/// All fields of the form are `email-N`, `name-N`, `role-N` (N from 1), `language` and `do`.
pub(super) async fn submit(
    State(room): State<Customers>,
    shell: Shell,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let fields: HashMap<&str, &str> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
    let field = |name: &str| fields.get(name).copied().unwrap_or_default();
    let language = field("language").parse().unwrap_or(shell.l.language());
    let mut rows: Vec<Typed> = (1..=MOST)
        .take_while(|n| fields.contains_key(format!("email-{n}").as_str()))
        .map(|n| Typed {
            email: field(&format!("email-{n}")).to_owned(),
            name: field(&format!("name-{n}")).to_owned(),
            role: field(&format!("role-{n}")).to_owned(),
        })
        .collect();
    if field("do") == "add" {
        let wanted = (rows.len() + ROWS).min(MOST);
        rows.resize(wanted, Typed::default());
        return form(
            &room,
            shell,
            rows,
            language,
            FieldErrors::default(),
            StatusCode::OK,
        );
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let invitees = match check(&shell.l, &rows) {
        Ok(invitees) => invitees,
        Err(errors) => return form(&room, shell, rows, language, errors, refused),
    };
    let (numbers, invitees): (Vec<usize>, Vec<Invitee>) = invitees.into_iter().unzip();
    let Err(why) = service::invite(&room, shell.caller(), &invitees, language).await else {
        return Ok(flash(&shell, "/customers", "customers-invited-done"));
    };
    let emails = numbers.into_iter().zip(invitees.iter().map(|it| &it.email));
    let errors = told(&shell.l, why, emails)?;
    form(&room, shell, rows, language, errors, refused)
}

/// Why nobody was invited, at the fields of those that stand in the way. `emails` are the addresses with the numbers of their
/// rows.
fn told<'a>(
    l: &L10n,
    why: InviteError,
    emails: impl Iterator<Item = (usize, &'a EmailAddress)>,
) -> Result<FieldErrors, Fault> {
    let mut errors = FieldErrors::default();
    if let Some((wrong, key)) = why.named() {
        for (n, _) in emails.filter(|(_, email)| wrong.contains(email)) {
            errors.add(format!("email-{n}"), in_row(l, n, &l.t(key)));
        }
    }
    match why {
        InviteError::Already(_) | InviteError::TooSoon(_) | InviteError::Own(_) => Ok(errors),
        InviteError::TooMany(left) => {
            let text = l.t1("customers-error-too-many", "left", left);
            Ok(FieldErrors::one("email-1", text))
        }
        InviteError::NotPartner => Err(Fault::forbidden()),
        InviteError::Database(error) => Err(error.into()),
    }
}

/// What was typed, each with the number of its row; empty rows are left out.
fn check(l: &L10n, rows: &[Typed]) -> Result<Vec<(usize, Invitee)>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut invitees: Vec<(usize, Invitee)> = Vec::new();
    for (n, typed) in (1..).zip(rows).filter(|(_, typed)| !typed.is_empty()) {
        let mut part = |field: &str, error: String| errors.add(format!("{field}-{n}"), in_row(l, n, &error));
        let email = typed.email.parse::<EmailAddress>();
        let email = email.map_err(|error| part("email", email_error(l, error))).ok();
        let name = FriendlyName::parse(&typed.name);
        let name = name.map_err(|error| part("name", name_error(l, error))).ok();
        let role = Role::parse(&typed.role);
        let role = role.map_err(|error| part("role", name_error(l, error))).ok();
        if let Some(email) = &email
            && let Some((first, _)) = invitees.iter().find(|(_, it)| it.email == *email)
        {
            part("email", l.t1("customers-error-twice", "row", *first));
        }
        if let (Some(email), Some(name), Some(role)) = (email, name, role) {
            invitees.push((n, Invitee { email, name, role }));
        }
    }
    if errors.is_empty() && invitees.is_empty() {
        errors.add("email-1", in_row(l, 1, &l.t("customers-error-none")));
    }
    if errors.is_empty() {
        Ok(invitees)
    } else {
        Err(errors)
    }
}

fn in_row(l: &L10n, row: usize, error: &str) -> String {
    l.t2("customers-error-row", "row", row, "error", error)
}

/// What is wrong with an address.
pub(crate) fn email_error(l: &L10n, error: EmailError) -> String {
    match error {
        EmailError::Empty => l.t("customers-error-email-empty"),
        EmailError::TooLong | EmailError::Malformed => l.t("customers-error-email"),
    }
}

/// What is wrong with a name or role.
pub(crate) fn name_error(l: &L10n, error: NameError) -> String {
    match error {
        NameError::Empty => l.t("customers-error-name-empty"),
        NameError::TooLong(max) => l.t1("customers-error-long", "max", max),
    }
}

fn form(
    room: &Customers,
    shell: Shell,
    mut rows: Vec<Typed>,
    language: Language,
    errors: FieldErrors,
    status: StatusCode,
) -> Result<Response, Fault> {
    if rows.is_empty() {
        rows = vec![Typed::default(); ROWS];
    }
    let page = NewPage {
        shell,
        errors,
        rows,
        language,
        days: room.config().invitation_days.get(),
        most: MOST,
    };
    page_with(status, &page)
}

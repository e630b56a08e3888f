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
    /// The first field of the rows that were just added, where it goes on.
    goes_on: Option<String>,
}

impl NewPage {
    fn email_attributes(&self, field: &str) -> &'static str {
        if self.goes_on.as_deref() == Some(field) {
            "type=\"email\" autocomplete=\"off\" maxlength=\"254\" autofocus"
        } else {
            "type=\"email\" autocomplete=\"off\" maxlength=\"254\""
        }
    }
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
        let (had, wanted) = (rows.len(), (rows.len() + ROWS).min(MOST));
        rows.resize(wanted, Typed::default());
        let errors = FieldErrors::default();
        let mut page = page(&room, shell, rows, language, errors);
        page.goes_on = Some(format!("email-{}", had + 1));
        return page_with(StatusCode::OK, &page);
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Checked {
        invitees,
        emails,
        mut errors,
    } = check(&shell.l, &rows);
    // Told with the rest, so that nobody is told one thing after the other.
    for why in
        service::not_to_be_invited(&room, &shell.caller(), emails.iter().map(|(_, email)| email)).await?
    {
        tell(&shell.l, why, &emails, &mut errors)?;
    }
    if errors.is_empty() {
        match service::invite(&room, shell.caller(), &invitees, language).await {
            Ok(invited) => {
                return Ok(flash(&shell, "/customers", invited_told(invited.len())));
            }
            Err(why) => tell(&shell.l, why, &emails, &mut errors)?,
        }
    }
    errors.arrange(place);
    form(&room, shell, rows, language, errors, refused)
}

/// The message that tells how many were invited.
pub(super) fn invited_told(n: usize) -> &'static str {
    if n == 1 {
        "customers-invited-one"
    } else {
        "customers-invited-done"
    }
}

/// Where a field stands in the form: its row, and in that.
fn place(field: &str) -> (usize, usize) {
    let (name, row) = field.split_once('-').unwrap_or_default();
    let column = ["email", "name", "role"]
        .iter()
        .position(|column| *column == name);
    (row.parse().unwrap_or_default(), column.unwrap_or_default())
}

/// Why nobody is invited, at the fields of those that stand in the way. `emails` are the addresses with the numbers of their
/// rows.
fn tell(
    l: &L10n,
    why: InviteError,
    emails: &[(usize, EmailAddress)],
    errors: &mut FieldErrors,
) -> Result<(), Fault> {
    if let Some((wrong, key)) = why.named() {
        for (n, _) in emails.iter().filter(|(_, email)| wrong.contains(email)) {
            errors.add(format!("email-{n}"), in_row(l, *n, &l.t(key)));
        }
    }
    match why {
        InviteError::Already(_) | InviteError::TooSoon(_) | InviteError::Own(_) => Ok(()),
        InviteError::TooMany(left) => {
            errors.add("email-1", l.t1("customers-error-too-many", "left", left));
            Ok(())
        }
        InviteError::NotPartner => Err(Fault::forbidden()),
        InviteError::Database(error) => Err(error.into()),
    }
}

/// What was typed, as far as it can be read.
#[derive(Default)]
struct Checked {
    /// The rows that can be.
    invitees: Vec<Invitee>,
    /// The addresses that can be, with the numbers of their rows.
    emails: Vec<(usize, EmailAddress)>,
    errors: FieldErrors,
}

/// Reads what was typed; empty rows are left out.
fn check(l: &L10n, rows: &[Typed]) -> Checked {
    let mut read = Checked::default();
    for (n, typed) in (1..).zip(rows).filter(|(_, typed)| !typed.is_empty()) {
        let errors = &mut read.errors;
        let mut part = |field: &str, error: String| errors.add(format!("{field}-{n}"), in_row(l, n, &error));
        let email = typed.email.parse::<EmailAddress>();
        let email = email.map_err(|error| part("email", email_error(l, error))).ok();
        let name = FriendlyName::parse(&typed.name);
        let name = name.map_err(|error| part("name", name_error(l, error))).ok();
        let role = Role::parse(&typed.role);
        let role = role.map_err(|error| part("role", name_error(l, error))).ok();
        if let Some(email) = &email {
            match read.emails.iter().find(|(_, known)| known == email) {
                Some((first, _)) => part("email", l.t1("customers-error-twice-above", "row", *first)),
                None => read.emails.push((n, email.clone())),
            }
        }
        if let (Some(email), Some(name), Some(role)) = (email, name, role) {
            read.invitees.push(Invitee { email, name, role });
        }
    }
    if read.errors.is_empty() && read.invitees.is_empty() {
        read.errors
            .add("email-1", in_row(l, 1, &l.t("customers-error-none")));
    }
    read
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
    rows: Vec<Typed>,
    language: Language,
    errors: FieldErrors,
    status: StatusCode,
) -> Result<Response, Fault> {
    page_with(status, &page(room, shell, rows, language, errors))
}

fn page(
    room: &Customers,
    shell: Shell,
    mut rows: Vec<Typed>,
    language: Language,
    errors: FieldErrors,
) -> NewPage {
    if rows.is_empty() {
        rows = vec![Typed::default(); ROWS];
    }
    NewPage {
        shell,
        errors,
        rows,
        language,
        days: room.config().invitation_days.get(),
        most: MOST,
        goes_on: None,
    }
}

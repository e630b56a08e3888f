//! Inviting many from a file: the file, what would become of each row, and the invitations after a yes.

mod file;

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use file::receive;
pub(super) use file::template;
use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, EmailAddress, Language};
use platform::{
    L10n,
    web::{Fault, FieldErrors, Form, Shell, flash, page_with},
};
use serde::{Deserialize, Serialize};

use super::{add::invited_told, email_error, name_error, role_shown};
use crate::{
    import::{self, Column, FileError, Line, MOST_BYTES, MOST_ROWS, Mistake, Planned},
    room::Customers,
    service::{self, InviteError, Invitee},
};

/// The most bytes of a request: a file with what a browser puts around it.
pub(super) const BODY: usize = MOST_BYTES + 64 * 1024;
/// How long a preview may lie open.
const FRESH: SignedDuration = SignedDuration::from_hours(12);
/// What its rows are sealed for.
const PURPOSE: &str = "customers import";

#[derive(Template)]
#[template(path = "customers-import.html")]
struct FilePage {
    shell: Shell,
    errors: FieldErrors,
    language: Language,
    days: u32,
}

impl FilePage {
    fn limits(&self) -> String {
        self.shell.l.t2(
            "customers-import-limits",
            "rows",
            MOST_ROWS,
            "mebibytes",
            MOST_BYTES / (1024 * 1024),
        )
    }
}

pub(super) async fn show(State(room): State<Customers>, shell: Shell) -> Result<Response, Fault> {
    let language = shell.l.language();
    file_page(&room, shell, language, FieldErrors::default())
}

fn file_page(
    room: &Customers,
    shell: Shell,
    language: Language,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = FilePage {
        days: room.config().invitation_days.get(),
        language,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// Reads the file and says what would become of each row. Nothing is done.
pub(super) async fn preview(
    State(room): State<Customers>,
    shell: Shell,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let sent = receive(form).await?;
    let language = sent.language.unwrap_or(shell.l.language());
    let lines = if sent.file.is_empty() {
        Err(shell.l.t(if sent.chosen {
            "customers-import-empty-file"
        } else {
            "customers-import-no-file"
        }))
    } else if sent.file.len() > MOST_BYTES {
        return Err(Fault::too_large());
    } else {
        let file = sent.file;
        // Unpacking and parsing takes a moment that others do not have to wait.
        let read = tokio::task::spawn_blocking(move || import::read(&file)).await;
        let read = read.map_err(Fault::internal)?;
        read.map_err(|error| file_error(&shell.l, error))
    };
    match lines {
        Ok(lines) => plan(&room, shell, &lines, language, None).await,
        Err(text) => file_page(&room, shell, language, FieldErrors::one("file", text)),
    }
}

fn file_error(l: &L10n, error: FileError) -> String {
    match error {
        FileError::Unreadable => l.t("customers-import-unreadable"),
        FileError::NoColumn(Column::Email) => l.t("customers-import-no-email"),
        FileError::NoColumn(Column::Name | Column::Role) => l.t("customers-import-no-name"),
        FileError::Empty => l.t("customers-import-empty"),
        FileError::TooMany => l.t1("customers-import-too-many", "max", MOST_ROWS),
    }
}

/// A row of the preview.
struct Row {
    number: usize,
    email: String,
    name: String,
    role: String,
    tone: &'static str,
    /// Whether it is one of those to be invited.
    invites: bool,
    /// Why nothing will.
    why: String,
}

impl Row {
    fn new(l: &L10n, line: &Line, planned: &Planned) -> Self {
        let (tone, why) = match planned {
            Planned::Invite(_) => ("good", String::new()),
            Planned::Already => ("calm", l.t("customers-error-already")),
            Planned::TooSoon => ("calm", l.t("customers-error-too-soon")),
            Planned::Wrong(mistakes) => {
                let said: Vec<String> = mistakes.iter().map(|mistake| said(l, *mistake)).collect();
                ("bad", said.join(" "))
            }
        };
        let role = match planned {
            Planned::Invite(invitee) => role_shown(l, &invitee.role),
            Planned::Already | Planned::TooSoon | Planned::Wrong(_) => line.role.clone(),
        };
        Self {
            number: line.number,
            email: line.email.clone(),
            name: line.name.clone(),
            role,
            tone,
            invites: matches!(planned, Planned::Invite(_)),
            why,
        }
    }
}

fn said(l: &L10n, mistake: Mistake) -> String {
    match mistake {
        Mistake::Email(error) => email_error(l, error),
        Mistake::Name(error) | Mistake::Role(error) => name_error(l, error),
        Mistake::Own => l.t("customers-error-own"),
        Mistake::Twice(row) => l.t1("customers-error-twice", "row", row),
    }
}

#[derive(Template)]
#[template(path = "customers-import-preview.html")]
struct PreviewPage {
    shell: Shell,
    rows: Vec<Row>,
    invites: usize,
    /// How many more may be invited today, where that is fewer.
    over: Option<u64>,
    /// What came in between.
    problem: Option<String>,
    /// The rows to invite, sealed: nobody changes them in between. Nothing where there is nothing to say yes to.
    order: Option<String>,
}

impl PreviewPage {
    fn count(&self, key: &str) -> String {
        self.shell.l.t1(key, "n", self.invites)
    }

    /// What will become of the rows; of those that are too many for today nothing.
    fn lead(&self) -> String {
        let n = self.rows.len() - self.invites;
        let left_out = self.shell.l.t1("customers-import-left-out", "n", n);
        match self.over {
            Some(left) => {
                let over = self
                    .shell
                    .l
                    .t2("customers-import-over", "wanted", self.invites, "left", left);
                format!("{over} {left_out}")
            }
            None => format!("{} {left_out}", self.count("customers-import-count")),
        }
    }

    fn outcome(&self, row: &Row) -> (&'static str, &'static str) {
        match (row.invites, self.over) {
            (true, None) => ("good", "customers-import-invites"),
            (true, Some(_)) => ("calm", "customers-import-fits"),
            (false, _) => (row.tone, "customers-import-skipped"),
        }
    }
}

/// The rows that were shown, until when they may be confirmed, and by whom.
#[derive(Deserialize, Serialize)]
struct Order {
    partner: AccountId,
    language: Language,
    /// Number, address, name and role.
    rows: Vec<(usize, String, String, String)>,
    until: Timestamp,
}

/// The partner's own address, where it is among them, and what becomes of those that are not to be invited.
async fn not_to_be_invited(
    room: &Customers,
    shell: &Shell,
    lines: &[Line],
) -> Result<(Option<EmailAddress>, HashMap<EmailAddress, Planned>), Fault> {
    let mut otherwise = HashMap::new();
    let mut own = None;
    for why in service::not_to_be_invited(room, &shell.caller(), import::emails(lines).iter()).await? {
        match why {
            InviteError::Own(email) => own = Some(email),
            InviteError::Already(emails) => {
                otherwise.extend(emails.into_iter().map(|email| (email, Planned::Already)));
            }
            InviteError::TooSoon(emails) => {
                otherwise.extend(emails.into_iter().map(|email| (email, Planned::TooSoon)));
            }
            InviteError::NotPartner | InviteError::TooMany(_) => return Err(Fault::forbidden()),
            InviteError::Database(error) => return Err(error.into()),
        }
    }
    Ok((own, otherwise))
}

async fn plan(
    room: &Customers,
    shell: Shell,
    lines: &[Line],
    language: Language,
    problem: Option<String>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let (own, otherwise) = not_to_be_invited(room, &shell, lines).await?;
    let planned = import::plan(lines, own.as_ref(), |email| otherwise.get(email).cloned());
    let rows: Vec<Row> = lines
        .iter()
        .zip(&planned)
        .map(|(line, planned)| Row::new(&shell.l, line, planned))
        .collect();
    let invited = lines
        .iter()
        .zip(&planned)
        .filter_map(|(line, planned)| match planned {
            Planned::Invite(invitee) => Some((
                line.number,
                invitee.email.to_string(),
                invitee.name.to_string(),
                invitee.role.to_string(),
            )),
            Planned::Already | Planned::TooSoon | Planned::Wrong(_) => None,
        });
    let order = Order {
        partner,
        language,
        rows: invited.collect(),
        until: shell.now() + FRESH,
    };
    let left = service::left_today(room, room.app().db().read(), partner, shell.now()).await?;
    let over = (u64::try_from(order.rows.len()).is_ok_and(|wanted| wanted > left)).then_some(left);
    let text = serde_json::to_string(&order).map_err(Fault::internal)?;
    let page = PreviewPage {
        invites: order.rows.len(),
        problem,
        order: (over.is_none() && !order.rows.is_empty()).then(|| room.app().key().seal(PURPOSE, &text)),
        over,
        rows,
        shell,
    };
    let status = if page.problem.is_some() || page.over.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page_with(status, &page)
}

/// What the partner's root user signs in with.
async fn own_address(room: &Customers, partner: AccountId) -> Result<EmailAddress, Fault> {
    let account = accounts::store::account(room.app().db().read(), partner).await?;
    Ok(account.ok_or_else(Fault::sign_in_again)?.root.email)
}

#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    order: String,
}

/// Invites those that were shown. Where something changed since, it shows them anew instead.
pub(super) async fn confirm(
    State(room): State<Customers>,
    shell: Shell,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, Fault> {
    let stale = || {
        Fault::told_with(
            StatusCode::CONFLICT,
            "customers-import-stale",
            "customers-import",
            "/customers/import",
        )
    };
    let partner = shell.account()?;
    let order = room
        .app()
        .key()
        .open(PURPOSE, &form.order)
        .and_then(|text| serde_json::from_str::<Order>(text).ok())
        .filter(|order| order.partner == partner && shell.now() < order.until)
        .ok_or_else(stale)?;
    let lines: Vec<Line> = order
        .rows
        .into_iter()
        .map(|(number, email, name, role)| Line {
            number,
            email,
            name,
            role,
        })
        .collect();
    let own = own_address(&room, partner).await?;
    let invitees: Vec<Invitee> = import::plan(&lines, Some(&own), |_| None)
        .into_iter()
        .filter_map(|planned| match planned {
            Planned::Invite(invitee) => Some(invitee),
            Planned::Already | Planned::TooSoon | Planned::Wrong(_) => None,
        })
        .collect();
    if invitees.is_empty() {
        return Err(stale());
    }
    match service::invite(&room, shell.caller(), &invitees, order.language).await {
        Ok(invited) => Ok(flash(&shell, "/customers", invited_told(invited.len()))),
        Err(InviteError::Already(_) | InviteError::TooSoon(_)) => {
            let changed = shell.l.t("customers-import-changed");
            plan(&room, shell, &lines, order.language, Some(changed)).await
        }
        Err(InviteError::TooMany(_)) => plan(&room, shell, &lines, order.language, None).await,
        Err(InviteError::NotPartner | InviteError::Own(_)) => Err(Fault::forbidden()),
        Err(InviteError::Database(error)) => Err(error.into()),
    }
}

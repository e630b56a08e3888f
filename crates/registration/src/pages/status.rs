//! Where an application stands; the page follows it while it is open.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use platform::web::{Fault, FieldErrors, Shell, live, page_with};

use super::{
    Shown as _, Standing,
    history::{self, Earlier},
    timeline::{self, Moment, When},
};
use crate::{
    desk::Desk,
    rules::{Registration, State as Stand, StateKind},
};

#[derive(Template)]
#[template(path = "registration-status.html")]
struct StatusPage<'a> {
    shell: Shell,
    errors: FieldErrors,
    registration: &'a Registration,
    is_root: bool,
    is_late: bool,
    moments: Vec<Moment>,
    earlier: Vec<Earlier>,
    /// What was typed as an answer.
    answer: String,
}

impl StatusPage<'_> {
    fn kind(&self) -> StateKind {
        self.registration.state.kind()
    }

    fn is_approved(&self) -> bool {
        self.kind() == StateKind::Approved
    }

    fn due(&self) -> Option<jiff::Timestamp> {
        self.registration
            .deadline()
            .and_then(kernel::calendar::Deadline::due)
    }

    fn approved_at(&self) -> Option<jiff::Timestamp> {
        match self.registration.state {
            Stand::Approved { at, .. } => Some(at),
            _ => None,
        }
    }
}

/// A stream that tells the page when something happened to the account.
pub(super) async fn events(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let account = shell.account()?;
    live::account_events(desk.app(), account).await
}

pub(super) fn show(
    desk: &Desk,
    shell: Shell,
    standing: &Standing,
    registration: &Registration,
) -> Result<Response, Fault> {
    show_with(
        desk,
        shell,
        standing,
        registration,
        FieldErrors::default(),
        String::new(),
    )
}

/// The page with an answer that could not be taken.
pub(super) fn show_with(
    desk: &Desk,
    shell: Shell,
    standing: &Standing,
    registration: &Registration,
    errors: FieldErrors,
    answer: String,
) -> Result<Response, Fault> {
    let now = shell.now();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = StatusPage {
        moments: timeline::of(&shell.l, desk.calendar(), registration, &standing.events, now),
        is_late: registration
            .deadline()
            .is_some_and(|deadline| deadline.is_late(now)),
        earlier: history::of(&shell.l, &standing.registrations, Some(registration)),
        is_root: standing.is_root,
        registration,
        errors,
        answer,
        shell,
    };
    page_with(status, &page)
}

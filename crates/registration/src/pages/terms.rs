//! The terms and conditions, to read and to print.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use kernel::Language;
use platform::web::{Fault, Shell, page};
use serde::Deserialize;

use crate::{desk::Desk, terms::Document};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TermsQuery {
    language: Option<String>,
    version: Option<String>,
}

#[derive(Template)]
#[template(path = "registration-terms.html")]
struct TermsPage {
    shell: Shell,
    document: Document,
}

pub(super) async fn show(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<TermsQuery>,
) -> Result<Response, Fault> {
    let language: Language = query
        .language
        .and_then(|tag| tag.parse().ok())
        .unwrap_or(shell.l.language());
    let document = match &query.version {
        None => Some(desk.terms().current(language)),
        Some(version) => desk.terms().find(version, language),
    };
    let document = document.ok_or_else(Fault::not_found)?.clone();
    page(&TermsPage { shell, document })
}

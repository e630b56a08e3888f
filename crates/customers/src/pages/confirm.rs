//! The page that asks before what cannot be undone.

use askama::Template;
use axum::response::Response;
use platform::web::{Fault, Shell, page};

/// What is about to be done.
#[derive(Template)]
#[template(path = "customers-confirm.html")]
pub(super) struct ConfirmPage {
    pub(super) shell: Shell,
    pub(super) title: String,
    /// What it means, a paragraph each.
    pub(super) texts: Vec<String>,
    /// What must not be overlooked.
    pub(super) warning: Option<String>,
    pub(super) facts: Vec<(String, String)>,
    /// Where the form goes.
    pub(super) action: String,
    pub(super) button: String,
    /// Whether something is lost by it.
    pub(super) is_danger: bool,
    /// Where whoever thinks better of it goes.
    pub(super) back: String,
}

impl ConfirmPage {
    pub(super) fn show(&self) -> Result<Response, Fault> {
        page(self)
    }
}

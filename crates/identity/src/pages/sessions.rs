//! Sessions as people see them: signed out, history, where they are signed in.

use askama::Template;
use axum::{extract::Query, response::Response};
use platform::web::{Fault, Shell, page};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage<'a> {
    shell: &'a Shell,
    sign_in: &'static str,
}

#[derive(Deserialize)]
pub(crate) struct Whose {
    #[serde(default)]
    staff: String,
}

pub(crate) async fn signed_out(shell: Shell, Query(whose): Query<Whose>) -> Result<Response, Fault> {
    let sign_in = if whose.staff.is_empty() {
        "/sign-in"
    } else {
        "/staff/sign-in"
    };
    page(&SignedOutPage {
        shell: &shell,
        sign_in,
    })
}

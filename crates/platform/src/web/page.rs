//! Answers: pages and redirects.

use askama::Template;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use super::{Fault, shell::Shell};

/// A page.
pub fn page(template: &impl Template) -> Result<Response, Fault> {
    page_with(StatusCode::OK, template)
}

/// A page with another status: 422 for a form that comes back, for instance.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, Fault> {
    // Most pages are no larger: they need not be moved while they grow.
    let mut text = String::with_capacity(8 * 1024);
    template.render_into(&mut text)?;
    Ok(html(status, text))
}

pub(crate) fn html(status: StatusCode, body: String) -> Response {
    let mut response = (status, Body::from(body)).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

/// To another page of ours, after something was done (303, so that reloading does not do it again).
#[must_use]
pub fn redirect(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// The same, and the message `key` is shown there once.
#[must_use]
pub fn flash(shell: &Shell, to: &str, key: &'static str) -> Response {
    let mut response = redirect(to);
    let cookie = super::cookie(
        &shell.site().public_url,
        "flash",
        &shell.seal_flash(key),
        Some(60),
    );
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

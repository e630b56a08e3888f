//! Security headers of every answer (OWASP ASVS 5, chapter 3).

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::site::PublicUrl;

/// The usual policy.
const USUAL: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What every answer carries, unless it says otherwise itself.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=()"),
    ),
];

/// A policy other than the usual one, put into a response's extensions.
#[derive(Clone, Debug)]
pub struct ContentPolicy(pub String);

/// The usual policy, with forms that may also lead (by redirect) to `origin`: browsers apply `form-action` to the
/// redirects after a form, and a sign-in ends at the client's own site.
#[must_use]
pub fn policy_with_form_action(origin: &str) -> ContentPolicy {
    ContentPolicy(USUAL.replace("form-action 'self'", &format!("form-action 'self' {origin}")))
}

/// For a foreign document (an email) in a frame of ours: inline styles, and nothing that acts.
#[must_use]
pub fn frame_policy() -> ContentPolicy {
    ContentPolicy("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox".to_owned())
}

pub(crate) fn add_headers(url: &PublicUrl, signed_in: bool, response: &mut Response) {
    let own = response.extensions().get::<ContentPolicy>();
    let policy = own.and_then(|ContentPolicy(policy)| HeaderValue::from_str(policy).ok());
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    // What a person sees stays on no shared machine; forms of strangers may be kept to go back to.
    let kept = if signed_in {
        "no-store"
    } else {
        "no-cache, private"
    };
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(kept));
    if url.is_https() {
        let always = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(always);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(policy.unwrap_or(HeaderValue::from_static(USUAL)));
}

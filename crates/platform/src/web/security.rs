//! Security headers of every answer (OWASP ASVS 5, chapter 3).

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::site::PublicUrl;

const BASE: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'";

/// A policy other than the usual one, put into a response's extensions.
#[derive(Clone, Debug)]
pub struct ContentPolicy(pub String);

/// The usual policy, with forms that may also lead (by redirect) to `origin`: browsers apply `form-action` to the
/// redirects after a form, and a sign-in ends at the client's own site.
#[must_use]
pub fn policy_with_form_action(origin: &str) -> ContentPolicy {
    ContentPolicy(format!(
        "{BASE}; form-action 'self' {origin}; frame-ancestors 'none'"
    ))
}

/// For a foreign document (an email) in a frame of ours: inline styles, and nothing that acts.
#[must_use]
pub fn frame_policy() -> ContentPolicy {
    ContentPolicy("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox".to_owned())
}

pub(crate) fn add_headers(url: &PublicUrl, signed_in: bool, response: &mut Response) {
    let policy = match response.extensions().get::<ContentPolicy>() {
        Some(ContentPolicy(policy)) => policy.clone(),
        None => format!("{BASE}; form-action 'self'; frame-ancestors 'none'"),
    };
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "same-origin");
    add(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    add(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    add(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    );
    // What a person sees stays on no shared machine; forms of strangers may be kept to go back to.
    add(
        header::CACHE_CONTROL,
        if signed_in {
            "no-store"
        } else {
            "no-cache, private"
        },
    );
    if url.is_https() {
        add(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        );
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
}

//! Cookies: `HttpOnly`, `SameSite=Lax`, and under HTTPS with the `__Host-` prefix (RFC 6265bis, 4.1.3.2).

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::Cookie;

use crate::site::PublicUrl;

/// The name of a cookie as this site sets it.
#[must_use]
pub fn cookie_name<'a>(url: &PublicUrl, name: &'a str) -> Cow<'a, str> {
    if url.is_https() {
        format!("__Host-{name}").into()
    } else {
        name.into()
    }
}

/// A `Set-Cookie` value; without `seconds` the cookie ends with the browser's session.
///
/// `value` is one of ours: a token, a key, a sealed text. None of them needs quoting.
#[must_use]
pub fn cookie(url: &PublicUrl, name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    let secure = if url.is_https() { "; Secure" } else { "" };
    let age = seconds
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    let text = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
        cookie_name(url, name)
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// A `Set-Cookie` value that takes a cookie away.
#[must_use]
pub fn expired_cookie(url: &PublicUrl, name: &str) -> HeaderValue {
    cookie(url, name, "", Some(0))
}

/// The value of a cookie of ours; of several, the last.
#[must_use]
pub fn read(url: &PublicUrl, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = cookie_name(url, name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name)
        .last()
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

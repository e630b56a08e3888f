//! Cookies: `HttpOnly`, `SameSite=Lax`, and under HTTPS with the `__Host-` prefix (RFC 6265bis, 4.1.3.2).

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite, time::Duration};

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
/// `value` is one of ours (a token, a key, a sealed text) and is read back as it is written: no quoting, no escapes. So
/// it must not hold `;`, white space or anything beyond ASCII.
#[must_use]
pub fn cookie(url: &PublicUrl, name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    let mut cookie = Cookie::build((cookie_name(url, name), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(url.is_https())
        .build();
    cookie.set_max_age(seconds.map(Duration::seconds));
    HeaderValue::try_from(cookie.to_string()).expect("tokens, keys and sealed texts are visible ASCII")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_ours_alone_and_under_https_bound_to_this_host() {
        let url: PublicUrl = "https://partner.example.com".parse().expect("an address");
        let kept = cookie(&url, "sign-up", "+a%b@x.vn.tag", Some(3600));
        assert_eq!(
            kept,
            "__Host-sign-up=+a%b@x.vn.tag; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"
        );
        let url: PublicUrl = "http://localhost:8080".parse().expect("an address");
        assert_eq!(
            cookie(&url, "flash", "key", None),
            "flash=key; HttpOnly; SameSite=Lax; Path=/"
        );
        assert_eq!(
            expired_cookie(&url, "flash"),
            "flash=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn a_value_is_read_as_it_was_written() {
        let url: PublicUrl = "http://localhost:8080".parse().expect("an address");
        for value in ["+a%b@x.vn.tag", "+a%25b@x.vn.tag", "+o'hara+{x}=y@x.vn.tag"] {
            let set = cookie(&url, "sign-up", value, None);
            let pair = set.to_str().expect("text").split(';').next();
            let pair = HeaderValue::from_str(pair.expect("a pair")).expect("a header");
            let headers = HeaderMap::from_iter([(header::COOKIE, pair)]);
            assert_eq!(read(&url, &headers, "sign-up").as_deref(), Some(value));
        }
    }
}

//! What the server reads of a request's head: cookies, languages, addresses of proxies, where to go next.
#![no_main]

use axum::http::{HeaderMap, HeaderValue, header};
use platform::{
    site::PublicUrl,
    web::{client_address, local_path, read_cookie},
};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let mut headers = HeaderMap::new();
    for name in [header::COOKIE, header::ACCEPT_LANGUAGE, header::HeaderName::from_static("x-forwarded-for")] {
        headers.append(name, value.clone());
    }
    for site in ["https://partner.example", "http://127.0.0.1:8080"] {
        let site: PublicUrl = site.parse().expect("an address");
        for name in ["session", "sso", "flash", "language"] {
            assert_ne!(read_cookie(&site, &headers, name).as_deref(), Some(""));
        }
    }
    let peer = Some([127, 0, 0, 1].into());
    assert_eq!(client_address(&headers, peer, 0), peer, "without a proxy of ours nobody is believed");
    for proxies in 1..4 {
        let _ = client_address(&headers, peer, proxies);
    }
    if let Ok(text) = value.to_str() {
        let _ = kernel::Language::accepted(text);
        if let Some(path) = local_path(text) {
            // As browsers read it, it stays on this site.
            let site = url::Url::parse("https://partner.example/sign-in").expect("an address");
            let there = site.join(path).expect("a path joins");
            assert_eq!(there.origin(), site.origin(), "{path}");
        }
    }
});

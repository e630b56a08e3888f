use platform::secret::{Key, Token};
use proptest::prelude::*;

use super::{AuthorizationRequest, Prompt, Refusal, State};
use crate::{config::ClientConfig, provider::clients::Clients};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK: &str = "https://shop.example/callback?from=portal";

fn clients() -> Clients {
    let site: platform::site::Site = platform::config::load(
        "site.toml",
        "name = \"VNG Cloud\"\npublic_url = \"https://partner.example\"\ntime_zone = \"Asia/Ho_Chi_Minh\"\n\
         [support]\nemail = \"help@partner.example\"",
        [],
    )
    .unwrap();
    let text = format!("id = \"shop\"\nname = \"Shop\"\nredirect_uris = [\"{CALLBACK}\"]");
    let shop: ClientConfig = platform::config::load("client.toml", &text, []).unwrap();
    Clients::new(&site, &Key::new(&Token::random()), &[shop]).unwrap()
}

fn query(change: &[(&str, Option<&str>)]) -> String {
    let mut pairs = vec![
        ("client_id", "shop"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "s1"),
        ("nonce", "n1"),
    ];
    for (name, value) in change {
        pairs.retain(|(other, _)| other != name);
        if let Some(value) = value {
            pairs.push((name, value));
        }
    }
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn read(query: &str) -> Result<AuthorizationRequest, Refusal> {
    AuthorizationRequest::read(query, &clients())
}

fn error_of(query: &str) -> &'static str {
    match read(query) {
        Err(Refusal::Tell { error, .. }) => error,
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn the_standard_names_are_read() {
    let request = read(&query(&[
        ("scope", Some("openid email address")),
        ("max_age", Some("60")),
    ]))
    .unwrap();
    assert_eq!(request.client.id, "shop");
    assert_eq!(
        request.state,
        Some(State {
            name: "state",
            value: "s1".to_owned()
        })
    );
    assert_eq!(request.scope, "openid email", "unknown scopes are ignored");
    assert_eq!(request.nonce.as_deref(), Some("n1"));
    assert_eq!((request.prompt, request.max_age), (Prompt::Auto, Some(60)));
}

#[test]
fn the_published_names_are_read_and_the_state_goes_back_under_its_own() {
    let pairs = [
        ("clientId", "shop"),
        ("redirectUri", CALLBACK),
        ("responseType", "code"),
        ("codeChallenge", CHALLENGE),
        ("codeChallengeMethod", "S256"),
        ("appState", "a b"),
    ];
    let request = read(
        &url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish(),
    )
    .unwrap();
    assert_eq!(request.scope, "openid");
    assert_eq!(
        request
            .reply_to()
            .answer("https://partner.example", &[("code", "c1")]),
        "https://shop.example/callback?from=portal&code=c1&appState=a+b&iss=https%3A%2F%2Fpartner.example"
    );
}

#[test]
fn without_a_known_client_and_address_there_is_no_redirect() {
    for strange in [Some("other"), Some(""), None] {
        assert_eq!(
            read(&query(&[("client_id", strange)])).unwrap_err(),
            Refusal::UnknownClient
        );
    }
    for strange in [
        Some("https://shop.example/callback"),
        Some("https://shop.example/callback?from=portal&more=1"),
        Some("https://SHOP.example/callback?from=portal"),
        None,
    ] {
        assert_eq!(
            read(&query(&[("redirect_uri", strange)])).unwrap_err(),
            Refusal::WrongRedirect
        );
    }
    let twice = format!("{}&redirectUri={CALLBACK}", query(&[]));
    assert_eq!(read(&twice).unwrap_err(), Refusal::WrongRedirect);
    let twice = format!("{}&clientId=shop", query(&[]));
    assert_eq!(read(&twice).unwrap_err(), Refusal::UnknownClient);
}

#[test]
fn the_client_is_told_what_is_wrong() {
    let cases: &[(&str, Option<&str>, &str)] = &[
        ("response_type", Some("token"), "unsupported_response_type"),
        (
            "response_type",
            Some("code id_token"),
            "unsupported_response_type",
        ),
        ("response_type", None, "invalid_request"),
        ("code_challenge", None, "invalid_request"),
        ("code_challenge", Some("short"), "invalid_request"),
        ("code_challenge_method", Some("plain"), "invalid_request"),
        ("code_challenge_method", None, "invalid_request"),
        ("scope", Some("email"), "invalid_scope"),
        ("prompt", Some("none login"), "invalid_request"),
        ("max_age", Some("-1"), "invalid_request"),
        ("response_mode", Some("fragment"), "invalid_request"),
        ("request", Some("x"), "request_not_supported"),
        ("request_uri", Some("x"), "request_uri_not_supported"),
    ];
    for (name, value, error) in cases {
        assert_eq!(error_of(&query(&[(name, *value)])), *error, "{name}={value:?}");
    }
}

#[test]
fn a_parameter_given_twice_or_under_both_names_is_refused() {
    for more in [
        "state=s2",
        "appState=s2",
        "nonce=n2",
        "codeChallenge=x",
        "responseType=code",
        "code_challenge_method=S256",
        "codeChallengeMethod=S256",
    ] {
        assert_eq!(
            error_of(&format!("{}&{more}", query(&[]))),
            "invalid_request",
            "{more}"
        );
    }
}

#[test]
fn a_doubtful_state_is_not_given_back() {
    let Err(Refusal::Tell { to, .. }) = read(&format!("{}&appState=s2", query(&[]))) else {
        panic!()
    };
    assert_eq!(to.state, None);
}

proptest! {
    #[test]
    fn whatever_comes_an_answer_goes_only_to_a_registered_address(query in "\\PC{0,300}") {
        match read(&query) {
            Ok(request) => prop_assert_eq!(request.redirect_uri, CALLBACK),
            Err(Refusal::Tell { to, .. }) => prop_assert_eq!(to.redirect_uri, CALLBACK),
            Err(_) => {}
        }
    }

    #[test]
    fn the_state_comes_back_unchanged(state in "\\PC{1,100}") {
        let request = read(&query(&[("state", Some(&state))])).unwrap();
        let answer = url::Url::parse(&request.reply_to().answer("https://partner.example", &[("code", "c")])).unwrap();
        let back = answer.query_pairs().find(|(name, _)| name == "state").map(|(_, value)| value.into_owned());
        prop_assert_eq!(back, Some(state));
    }
}

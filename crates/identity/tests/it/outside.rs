//! A client of the provider that is not the portal: it knows the endpoints and nothing else.

use identity::provider::pkce;
use reqwest::{Client, Response, Url, redirect::Policy};
use serde_json::Value;
use testkit::{On, PASSWORD, TestApp};

/// Who signs in in these tests.
pub(crate) const EMAIL: &str = "lan@saomai.vn";
/// The verifier of every flow.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// Where codes go. Nobody listens there: redirects are read, not followed.
pub(crate) const CALLBACK: &str = "https://shop.example/callback?from=portal";
/// The confidential client's secret, with what form encoding changes.
pub(crate) const SECRET: &str = "a secret: with%signs+and/more";

const CLIENTS: &str = r#"
[[clients]]
id = "shop"
name = "The shop"
secret = "a secret: with%signs+and/more"
redirect_uris = ["https://shop.example/callback?from=portal", "https://shop.example/other"]
post_logout_redirect_uris = ["https://shop.example/bye"]

[[clients]]
id = "app"
name = "The app"
redirect_uris = ["https://shop.example/callback?from=portal"]
"#;

/// An installation with two clients and one account.
pub(crate) async fn installation(on: On) -> TestApp {
    let clients: identity::Config = platform::config::load("clients.toml", CLIENTS, []).unwrap();
    let app = TestApp::start_with(on, |config| config.identity.clients = clients.clients).await;
    app.individual(EMAIL).await;
    app
}

/// A browser that shows where it is sent instead of going there.
pub(crate) fn browser() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(Policy::none())
        .build()
        .unwrap()
}

/// The authorization request of a client, with some parameters changed, added or (by an empty value) left out.
pub(crate) fn request(app: &TestApp, client: &str, change: &[(&str, &str)]) -> Url {
    let challenge = pkce::challenge_of(VERIFIER);
    let mut pairs = vec![
        ("client_id", client),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("scope", "openid email profile"),
        ("state", "s1"),
        ("nonce", "n1"),
    ];
    for (name, value) in change {
        pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    Url::parse_with_params(&app.url("/ap/auth"), pairs).unwrap()
}

/// Sends the sign-in form of a request.
pub(crate) async fn give_password(browser: &Client, request: &Url) -> Response {
    let form = [("email", EMAIL), ("password", PASSWORD)];
    browser.post(request.clone()).form(&form).send().await.unwrap()
}

/// Where an answer sends the browser.
#[track_caller]
pub(crate) fn location(response: &Response) -> Url {
    let location = response
        .headers()
        .get("location")
        .unwrap_or_else(|| panic!("no redirect: {}", response.status()));
    location.to_str().unwrap().parse().unwrap()
}

/// A parameter of an address.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// Signs in and gives the code.
pub(crate) async fn code(app: &TestApp, client: &str) -> String {
    let answer = give_password(&browser(), &request(app, client, &[])).await;
    parameter(&location(&answer), "code").expect("a code")
}

/// Redeems a code as the public client, with some fields changed.
pub(crate) async fn redeem(app: &TestApp, code: &str, change: &[(&str, &str)]) -> (u16, Value) {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "app"),
        ("code", code),
        ("code_verifier", VERIFIER),
        ("redirect_uri", CALLBACK),
    ];
    for (name, value) in change {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    answer(Client::new().post(app.url("/token")).form(&fields)).await
}

/// Status and JSON of an answer that must not be kept by caches.
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    (response.status().as_u16(), response.json().await.unwrap())
}

/// Asks for the person behind an access token.
pub(crate) async fn userinfo(app: &TestApp, token: &str) -> (u16, Value) {
    answer(Client::new().get(app.url("/userinfo")).bearer_auth(token)).await
}

/// Writes each test twice, with [`installation`].
macro_rules! with_clients {
    ($(async fn $name:ident($app:ident: TestApp) $body:block)+) => {
        $(mod $name {
            use super::*;

            async fn check($app: TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                check($crate::outside::installation(testkit::On::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                check($crate::outside::installation(testkit::On::Postgres).await).await;
            }
        })+
    };
}

pub(crate) use with_clients;

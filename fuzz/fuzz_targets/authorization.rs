//! Queries of authorization requests, under both sets of names.
#![no_main]

use std::sync::LazyLock;

use identity::{
    config::ClientConfig,
    provider::{clients::Clients, pkce, request::{AuthorizationRequest, Refusal}},
};
use platform::{config::load, secret::{Key, Token}, site::Site};

const CALLBACK: &str = "https://shop.example/callback?from=portal";

static CLIENTS: LazyLock<Clients> = LazyLock::new(|| {
    let site: Site = load(
        "site.toml",
        "name = \"VNG Cloud\"\npublic_url = \"https://partner.example\"\ntime_zone = \"Asia/Ho_Chi_Minh\"\n\
         [support]\nemail = \"help@partner.example\"",
        [],
    )
    .expect("a site");
    let text = format!("id = \"shop\"\nname = \"Shop\"\nredirect_uris = [\"{CALLBACK}\"]");
    let shop: ClientConfig = load("client.toml", &text, []).expect("a client");
    Clients::new(&site, &Key::new(&Token::random()), &[shop]).expect("clients")
});

libfuzzer_sys::fuzz_target!(|query: &str| {
    match AuthorizationRequest::read(query, &CLIENTS) {
        Ok(request) => {
            assert!(request.client.redirect_uris.contains(&request.redirect_uri));
            assert!(pkce::is_challenge(&request.challenge));
            let answer = request.answer("https://partner.example", &[("code", "c")]);
            assert!(answer.starts_with(&request.redirect_uri), "the answer goes where the client is: {answer}");
        }
        Err(Refusal::Tell { to, .. }) => {
            let registered = CLIENTS.find("shop").into_iter().chain(CLIENTS.find("portal"));
            assert!(registered.chain(CLIENTS.find("staff")).any(|client| client.redirect_uris.contains(&to.redirect_uri)));
        }
        Err(_) => {}
    }
});

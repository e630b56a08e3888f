//! The provider, as clients elsewhere see it.

use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use platform::StaffRole;
use reqwest::{Client, Url};
use serde_json::Value;
use testkit::{PASSWORD, TestApp};

use crate::outside::{
    CALLBACK, EMAIL, SECRET, VERIFIER, answer, browser, code, give_password, location, parameter, redeem,
    request, userinfo, with_clients,
};

/// A change to a token request, and the status and error that it gets.
type Refused<'a> = (&'a [(&'a str, &'a str)], u16, &'a str);

/// The claims of an ID token, checked against the published keys.
async fn claims(app: &TestApp, id_token: &str, client: &str) -> Value {
    let keys: JwkSet = Client::new()
        .get(app.url("/jwks"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let header = decode_header(id_token).unwrap();
    assert_eq!(header.alg, Algorithm::RS256);
    let key = keys
        .find(header.kid.as_deref().unwrap())
        .expect("the key is published");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[app.url("")]);
    validation.set_audience(&[client]);
    // The clock of the installation is the test's.
    validation.validate_exp = false;
    decode::<Value>(id_token, &DecodingKey::from_jwk(key).unwrap(), &validation)
        .unwrap()
        .claims
}

with_clients! {
    async fn a_confidential_client_gets_a_signed_answer(app: TestApp) {
        let found: Value =
            Client::new().get(app.url("/.well-known/openid-configuration")).send().await.unwrap().json().await.unwrap();
        assert_eq!(found["issuer"], app.url(""));
        assert_eq!(found["authorization_endpoint"], app.url("/ap/auth"));
        assert_eq!(found["code_challenge_methods_supported"], serde_json::json!(["S256"]));
        assert_eq!(found["end_session_endpoint"], app.url("/logout"));

        let back = location(&give_password(&browser(), &request(&app, "shop", &[])).await);
        assert!(back.as_str().starts_with(CALLBACK));
        assert_eq!(parameter(&back, "state").as_deref(), Some("s1"));
        assert_eq!(parameter(&back, "iss"), Some(app.url("")));
        let code = parameter(&back, "code").unwrap();

        let encode = |text: &str| Url::parse_with_params("x:?", [("v", text)]).unwrap().query().unwrap()[2..].to_owned();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("code_verifier", VERIFIER),
            ("redirect_uri", CALLBACK),
        ];
        let asked = Client::new().post(found["token_endpoint"].as_str().unwrap()).form(&fields);
        let (status, tokens) = answer(asked.basic_auth("shop", Some(encode(SECRET)))).await;
        assert_eq!(status, 200, "{tokens}");
        assert_eq!(tokens["token_type"], "Bearer");

        let claims = claims(&app, tokens["id_token"].as_str().unwrap(), "shop").await;
        assert_eq!(claims["nonce"], "n1");
        assert_eq!(claims["auth_time"], app.now().as_second());
        let (status, person) = userinfo(&app, tokens["access_token"].as_str().unwrap()).await;
        assert_eq!((status, &person["email"]), (200, &Value::from(EMAIL)));
        assert_eq!(person["sub"], claims["sub"]);
    }

    async fn the_published_parameter_names_work_and_the_state_comes_back_under_its_own(app: TestApp) {
        let challenge = identity::provider::pkce::challenge_of(VERIFIER);
        let pairs = [
            ("clientId", "app"),
            ("redirectUri", CALLBACK),
            ("responseType", "code"),
            ("codeChallenge", &challenge),
            ("codeChallengeMethod", "S256"),
            ("appState", "a b&c"),
        ];
        let link = Url::parse_with_params(&app.url("/ap/auth"), pairs).unwrap();
        let back = location(&give_password(&browser(), &link).await);
        assert_eq!(parameter(&back, "appState").as_deref(), Some("a b&c"));
        assert_eq!(parameter(&back, "state"), None);
        let (status, tokens) = redeem(&app, &parameter(&back, "code").unwrap(), &[]).await;
        assert_eq!(status, 200, "{tokens}");
        assert_eq!(tokens["scope"], "openid");
        let (_, person) = userinfo(&app, tokens["access_token"].as_str().unwrap()).await;
        assert_eq!(person.as_object().unwrap().len(), 1, "only sub without further scopes: {person}");
    }

    async fn a_wrong_verifier_gets_nothing_and_uses_the_code_up(app: TestApp) {
        let code = code(&app, "app").await;
        let other = "A".repeat(43);
        let (status, body) = redeem(&app, &code, &[("code_verifier", &other)]).await;
        assert_eq!((status, &body["error"]), (400, &Value::from("invalid_grant")));
        let (status, _) = redeem(&app, &code, &[]).await;
        assert_eq!(status, 400);
    }

    async fn a_code_works_once_and_its_second_use_revokes_what_it_gave(app: TestApp) {
        let code = code(&app, "app").await;
        let (_, tokens) = redeem(&app, &code, &[]).await;
        let token = tokens["access_token"].as_str().unwrap();
        assert_eq!(userinfo(&app, token).await.0, 200);
        let (status, body) = redeem(&app, &code, &[]).await;
        assert_eq!((status, &body["error"]), (400, &Value::from("invalid_grant")));
        assert_eq!(userinfo(&app, token).await.0, 401);
    }

    async fn of_many_who_redeem_a_code_at_once_one_gets_tokens(app: TestApp) {
        let code = code(&app, "app").await;
        let (a, b, c, d) = tokio::join!(
            redeem(&app, &code, &[]), redeem(&app, &code, &[]), redeem(&app, &code, &[]), redeem(&app, &code, &[]),
        );
        let given = [a, b, c, d].iter().filter(|(status, _)| *status == 200).count();
        assert_eq!(given, 1);
    }

    async fn codes_and_tokens_expire(app: TestApp) {
        let late = code(&app, "app").await;
        app.advance(SignedDuration::from_secs(60));
        assert_eq!(redeem(&app, &late, &[]).await.0, 400);
        let (_, tokens) = redeem(&app, &code(&app, "app").await, &[]).await;
        let token = tokens["access_token"].as_str().unwrap();
        app.advance(SignedDuration::from_secs(599));
        assert_eq!(userinfo(&app, token).await.0, 200);
        app.advance(SignedDuration::from_secs(1));
        assert_eq!(userinfo(&app, token).await.0, 401);
    }

    async fn a_code_is_bound_to_its_client_and_address(app: TestApp) {
        let mine = code(&app, "app").await;
        let (status, body) = redeem(&app, &mine, &[("client_id", "shop"), ("client_secret", SECRET)]).await;
        assert_eq!((status, &body["error"]), (400, &Value::from("invalid_grant")));
        let mine = code(&app, "app").await;
        let (status, body) = redeem(&app, &mine, &[("redirect_uri", "https://shop.example/other")]).await;
        assert_eq!((status, &body["error"]), (400, &Value::from("invalid_grant")));
    }

    async fn the_token_endpoint_says_what_is_wrong(app: TestApp) {
        let cases: &[Refused<'_>] = &[
            (&[("grant_type", "password")], 400, "unsupported_grant_type"),
            (&[("grant_type", "")], 400, "invalid_request"),
            (&[("code", "")], 400, "invalid_request"),
            (&[("code_verifier", "")], 400, "invalid_request"),
            (&[("code", "never given")], 400, "invalid_grant"),
            (&[("client_id", "nobody")], 401, "invalid_client"),
            (&[("client_id", "shop")], 401, "invalid_client"),
            (&[("client_id", "shop"), ("client_secret", "wrong")], 401, "invalid_client"),
            (&[("client_secret", "a public client has none")], 401, "invalid_client"),
        ];
        for (change, status, error) in cases {
            let (found, body) = redeem(&app, "c", change).await;
            assert_eq!((found, body["error"].as_str()), (*status, Some(*error)), "{change:?}");
        }
        let twice = [("grant_type", "authorization_code"), ("client_id", "app"), ("code", "a"), ("code", "b")];
        let (status, body) = answer(Client::new().post(app.url("/token")).form(&twice)).await;
        assert_eq!((status, &body["error"]), (400, &Value::from("invalid_request")));
        let refused = Client::new().post(app.url("/token")).form(&twice[..1]).basic_auth("shop", Some("wrong"));
        let refused = refused.send().await.unwrap();
        assert_eq!(refused.status(), 401);
        assert!(refused.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
    }

    async fn a_wrong_client_or_address_is_never_redirected_to(app: TestApp) {
        for change in [
            [("client_id", "nobody")],
            [("client_id", "")],
            [("redirect_uri", "https://evil.example/")],
            [("redirect_uri", "https://shop.example/callback")],
            [("redirect_uri", "")],
        ] {
            let answer = browser().get(request(&app, "app", &change)).send().await.unwrap();
            assert_eq!(answer.status(), 400, "{change:?}");
            assert!(answer.headers().get("location").is_none());
            let answer = give_password(&browser(), &request(&app, "app", &change)).await;
            assert_eq!(answer.status(), 400, "{change:?}");
        }
    }

    async fn other_mistakes_are_told_to_the_client(app: TestApp) {
        for (change, error) in [
            ([("code_challenge_method", "plain")], "invalid_request"),
            ([("code_challenge", "")], "invalid_request"),
            ([("response_type", "token")], "unsupported_response_type"),
            ([("scope", "email")], "invalid_scope"),
            ([("appState", "too")], "invalid_request"),
            ([("prompt", "none")], "login_required"),
        ] {
            let back = location(&browser().get(request(&app, "app", &change)).send().await.unwrap());
            assert!(back.as_str().starts_with(CALLBACK), "{back}");
            assert_eq!(parameter(&back, "error").as_deref(), Some(error), "{change:?}");
            assert_eq!(parameter(&back, "iss"), Some(app.url("")));
            assert_eq!(parameter(&back, "code"), None);
        }
    }

    async fn who_is_signed_in_gets_codes_without_a_page_unless_the_client_asks_for_one(app: TestApp) {
        let browser = browser();
        give_password(&browser, &request(&app, "app", &[])).await;
        let ask = async |change: &[(&str, &str)]| browser.get(request(&app, "shop", change)).send().await.unwrap();
        assert!(parameter(&location(&ask(&[("prompt", "none")]).await), "code").is_some());
        assert!(parameter(&location(&ask(&[]).await), "code").is_some());
        assert_eq!(ask(&[("prompt", "login")]).await.status(), 200);
        app.advance(SignedDuration::from_secs(61));
        assert_eq!(ask(&[("max_age", "60")]).await.status(), 200);
        let refused = location(&ask(&[("max_age", "60"), ("prompt", "none")]).await);
        assert_eq!(parameter(&refused, "error").as_deref(), Some("login_required"));
        assert!(parameter(&location(&ask(&[("max_age", "61")]).await), "code").is_some());
    }

    async fn staff_are_not_users_of_a_clients_application(app: TestApp) {
        app.staff("mai@vng.example", StaffRole::Lead).await;
        let browser = browser();
        let staff = Url::parse_with_params(&app.url("/ap/auth"), [
            ("client_id", "staff"),
            ("redirect_uri", &app.url("/staff/callback")),
            ("response_type", "code"),
            ("code_challenge", &identity::provider::pkce::challenge_of(VERIFIER)),
            ("code_challenge_method", "S256"),
        ]).unwrap();
        let form = [("email", "mai@vng.example"), ("password", PASSWORD)];
        let back = location(&browser.post(staff).form(&form).send().await.unwrap());
        assert!(parameter(&back, "code").is_some());
        let asked = browser.get(request(&app, "app", &[("prompt", "none")])).send().await.unwrap();
        assert_eq!(parameter(&location(&asked), "error").as_deref(), Some("login_required"));
    }

    async fn the_page_lets_its_form_lead_to_the_clients_site_only(app: TestApp) {
        let page = browser().get(request(&app, "shop", &[])).send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("form-action 'self' https://shop.example;"), "{policy}");
        assert!(page.text().await.unwrap().contains("The shop"));
    }

    async fn a_client_signs_its_user_out_with_an_id_token(app: TestApp) {
        let browser = browser();
        let back = location(&give_password(&browser, &request(&app, "shop", &[])).await);
        let fields = [("client_id", "shop"), ("client_secret", SECRET)];
        let (_, tokens) = redeem(&app, &parameter(&back, "code").unwrap(), &fields).await;
        let access = tokens["access_token"].as_str().unwrap();
        assert_eq!(userinfo(&app, access).await.0, 200);
        app.advance(SignedDuration::from_mins(20));
        let link = Url::parse_with_params(&app.url("/logout"), [
            ("id_token_hint", tokens["id_token"].as_str().unwrap()),
            ("post_logout_redirect_uri", "https://shop.example/bye"),
            ("state", "s2"),
        ]).unwrap();
        let gone = browser.get(link).send().await.unwrap();
        assert_eq!(location(&gone).as_str(), "https://shop.example/bye?state=s2", "an expired hint is one still");
        let asked = browser.get(request(&app, "shop", &[("prompt", "none")])).send().await.unwrap();
        assert_eq!(parameter(&location(&asked), "error").as_deref(), Some("login_required"));
    }

    async fn without_proof_the_person_is_asked_before_signing_out(app: TestApp) {
        let browser = browser();
        give_password(&browser, &request(&app, "shop", &[])).await;
        let parameters = [("client_id", "shop"), ("post_logout_redirect_uri", "https://shop.example/bye")];
        let link = Url::parse_with_params(&app.url("/logout"), parameters).unwrap();
        let page = browser.get(link).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let still = browser.get(request(&app, "shop", &[("prompt", "none")])).send().await.unwrap();
        assert!(parameter(&location(&still), "code").is_some());
        let gone = browser.post(app.url("/logout/confirm")).form(&parameters).send().await.unwrap();
        assert_eq!(location(&gone).as_str(), "https://shop.example/bye");
        let asked = browser.get(request(&app, "shop", &[("prompt", "none")])).send().await.unwrap();
        assert_eq!(parameter(&location(&asked), "error").as_deref(), Some("login_required"));
    }

    // A form of another site comes without our cookies (`SameSite=Lax`): its answer must not take them away.
    async fn another_site_signs_nobody_out(app: TestApp) {
        let foreign = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let form = foreign.post(app.url("/logout")).header("origin", "https://evil.example").form(&[("a", "b")]);
        let answer = form.send().await.unwrap();
        assert_eq!(location(&answer).path(), "/signed-out");
        assert!(!answer.headers().contains_key("set-cookie"), "{:?}", answer.headers());
    }

    async fn signing_out_leads_to_registered_addresses_only(app: TestApp) {
        for parameters in [
            [("client_id", "shop"), ("post_logout_redirect_uri", "https://evil.example/")],
            [("client_id", "app"), ("post_logout_redirect_uri", "https://shop.example/bye")],
            [("client_id", ""), ("post_logout_redirect_uri", "https://shop.example/bye")],
        ] {
            let link = Url::parse_with_params(&app.url("/logout"), parameters).unwrap();
            assert_eq!(browser().get(link).send().await.unwrap().status(), 400, "{parameters:?}");
        }
    }
}

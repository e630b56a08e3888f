//! What holds for every operation: whom it refuses, and what it says of mistakes.

use platform::StaffRole;
use reqwest::{Client, Method};
use serde_json::json;
use testkit::{On, PASSWORD, TestApp};

use super::program::{Program, company, everybody, reviewer, send, token};
use crate::routes::{PLAIN, is_allowed, path_of};

#[tokio::test(flavor = "multi_thread")]
async fn problems_name_the_field_in_the_callers_language_and_never_a_parsers_words() {
    let app = TestApp::start(On::Sqlite).await;
    let (_, company) = company(&app).await;
    let path = "/api/v1/account/registrations";
    let missing = company
        .post(path, json!({ "terms_version": "1", "language": "vi" }))
        .await;
    let missing = missing.expect_problem(400, "malformed");
    assert_eq!(
        missing.body["errors"],
        json!([{ "pointer": "/terms_hash", "detail": "Is missing." }])
    );
    let unknown = json!({ "terms_version": "1", "terms_hash": "1", "language": "vi", "colour": 1 });
    let unknown = company.post(path, unknown).await.expect_problem(400, "malformed");
    assert_eq!(unknown.body["errors"][0]["pointer"], "/colour");
    let typed = json!({ "terms_version": 1, "terms_hash": "1", "language": "vi" });
    let typed = send(
        company
            .request(Method::POST, path)
            .header("accept-language", "vi")
            .json(&typed),
    )
    .await;
    let typed = typed.expect_problem(400, "malformed");
    assert_eq!(typed.body["errors"][0]["pointer"], "/terms_version");
    assert_eq!(typed.body["title"], "Yêu cầu không đúng định dạng");
    let query = company
        .get("/api/v1/account/registrations?limit=1000")
        .await
        .expect_problem(400, "malformed");
    assert_eq!(query.body["errors"][0]["parameter"], "limit", "{}", query.body);
    let query = company
        .get("/api/v1/account/registrations?page=2")
        .await
        .expect_problem(400, "malformed");
    assert_eq!(query.body["errors"][0]["parameter"], "page", "{}", query.body);
    let form = company.request(Method::POST, path).form(&[("a", "b")]);
    send(form).await.expect_problem(415, "unsupported-media-type");
    let html = company
        .request(Method::GET, "/api/v1/terms")
        .header("accept", "text/html");
    send(html).await.expect_problem(406, "not-acceptable");
    let wrong = send(company.request(Method::DELETE, path))
        .await
        .expect_problem(405, "method-not-allowed");
    assert!(
        wrong.header("allow").contains("POST"),
        "{}",
        wrong.header("allow")
    );
    company
        .get("/api/v1/nothing")
        .await
        .expect_problem(404, "not-found");
    company
        .get("/api/v1/registrations")
        .await
        .expect_problem(403, "forbidden");
    let tax = json!({ "legal_name": "A", "country": "VN", "tax_code": "0100109107" });
    let tax = company
        .post("/api/v1/account/enterprise", tax)
        .await
        .expect_problem(422, "invalid");
    assert_eq!(tax.body["errors"][0]["pointer"], "/tax_code");
}

/// PostgreSQL keeps no such text, and what no database keeps is not searched for either.
#[tokio::test(flavor = "multi_thread")]
async fn no_text_of_a_request_holds_u_0000() {
    let app = TestApp::start(On::Sqlite).await;
    let (_, company) = company(&app).await;
    let lead = reviewer(&app, StaffRole::Lead).await;
    lead.get("/api/v1/registrations?q=a%00b")
        .await
        .expect_problem(400, "malformed");
    let enterprise = |name: &str| json!({ "legal_name": name, "country": "VN", "tax_code": "0100109106" });
    let path = "/api/v1/account/enterprise";
    let answer = company.post(path, enterprise("Sao\0Mai")).await;
    let answer = answer.expect_problem(400, "malformed");
    assert!(
        answer.body["detail"].as_str().unwrap().contains("U+0000"),
        "{}",
        answer.body
    );
    // A backslash before the same letters is nothing of the kind.
    let fine = company.post(path, enterprise("Sao\\u0000Mai")).await;
    assert_ne!(fine.status, 400, "{}", fine.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_refuses_whom_its_permission_or_scope_excludes() {
    // Every operation is asked twice without a token that holds: more often than one address may in a minute.
    let app = TestApp::start_with(On::Sqlite, |config| config.api.anonymous_per_minute = 10_000).await;
    let everybody = everybody(&app).await;
    let narrow = Program::with(&app, token(&app, PLAIN, "").await);
    let root = app.browser();
    root.sign_in(PLAIN, PASSWORD, "/overview")
        .await
        .expect_status(200);
    let mut checked = 0;
    for route in app
        .installation
        .routes
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/"))
    {
        let path = path_of(route);
        let call = async |program: &Program<'_>| {
            send(program.request(route.method.clone(), &path).json(&json!({}))).await
        };
        let refused = call(&Program::stranger(&app))
            .await
            .expect_problem(401, "unauthenticated");
        assert!(refused.header("www-authenticate").starts_with("Bearer"), "{path}");
        let wrong = call(&Program::with(&app, "portico_pat_wrong")).await.expect(401);
        assert!(
            wrong.header("www-authenticate").contains("invalid_token"),
            "{path}"
        );
        if route.scope.is_some() {
            let lacking = call(&narrow).await.expect_problem(403, "insufficient-scope");
            assert!(
                lacking.header("www-authenticate").contains("insufficient_scope"),
                "{path}"
            );
        }
        for (who, program) in &everybody {
            if !is_allowed(route.need, *who) {
                let answer = call(program).await;
                assert_eq!(answer.status, 403, "{} {path} as {who:?}", route.method);
            }
        }
        if route.method == Method::GET {
            assert_eq!(
                root.get(&path).await.status,
                401,
                "a cookie opens nothing: {path}"
            );
        }
        checked += 1;
    }
    assert!(checked > 20, "only {checked} operations were checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let app = TestApp::start_with(On::Sqlite, |config| config.api.requests_per_minute = 3).await;
    let (_, company) = company(&app).await;
    let first = company.get("/api/v1/token").await.expect(200);
    assert_eq!(first.header("ratelimit-policy"), "\"minute\";q=3;w=60");
    assert_eq!(first.header("ratelimit"), "\"minute\";r=2;t=60");
    company.get("/api/v1/token").await.expect(200);
    company.get("/api/v1/token").await.expect(200);
    let held = company
        .get("/api/v1/token")
        .await
        .expect_problem(429, "too-many-requests");
    assert_eq!(held.header("retry-after"), "60");
    Program::stranger(&app).get("/api/openapi.json").await.expect(200);
    app.advance(jiff::SignedDuration::from_secs(60));
    company.get("/api/v1/token").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_acts_as_its_member_of_staff_with_its_scopes_only() {
    let app = TestApp::start_with(On::Sqlite, |config| {
        let client = "[[clients]]\nid = \"crm\"\nname = \"CRM\"\nsecret = \"0123456789abcdef\"\n\
                      scopes = [\"registrations:read\", \"accounts:read\"]\nacts_as = \"auditor@staff.example\"";
        let more: identity::Config = platform::config::load("test", client, []).unwrap();
        config.identity.clients.extend(more.clients);
    })
    .await;
    let ask = async |scope: &str| {
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        let request = Client::new().post(app.url("/token"));
        send(request.basic_auth("crm", Some("0123456789abcdef")).form(&form)).await
    };
    assert_eq!(
        ask("accounts:read").await.expect(400).body["error"],
        "unauthorized_client"
    );
    app.staff("auditor@staff.example", StaffRole::Auditor).await;
    assert_eq!(
        ask("events:read").await.expect(400).body["error"],
        "invalid_scope"
    );
    let given = ask("accounts:read").await.expect(200).body;
    assert_eq!(
        (&given["scope"], &given["expires_in"]),
        (&json!("accounts:read"), &json!(600))
    );
    let program = Program::with(&app, given["access_token"].as_str().unwrap());
    program.get("/api/v1/accounts").await.expect(200);
    program
        .get("/api/v1/registrations")
        .await
        .expect_problem(403, "insufficient-scope");
    assert_eq!(program.get("/api/v1/token").await.body["role"], "auditor");
    app.advance(jiff::SignedDuration::from_secs(601));
    program.get("/api/v1/accounts").await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_describes_every_route_and_the_page_shows_it() {
    let app = TestApp::start(On::Sqlite).await;
    let document = Program::stranger(&app)
        .get("/api/openapi.json")
        .await
        .expect(200)
        .body;
    assert_eq!(document["openapi"], "3.1.0");
    let page = app.browser().speaking("vi").get("/api").await;
    page.expect_status(200).expect("Tài liệu API");
    let shown = page.text();
    for route in app
        .installation
        .routes
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/"))
    {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        assert!(
            operation["operationId"].is_string(),
            "{} {}",
            route.method,
            route.path
        );
        assert!(shown.contains(route.path), "{}", route.path);
    }
    let text = document.to_string();
    for reference in text
        .split("\"$ref\":\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(document.pointer(reference).is_some(), "{reference} is nowhere");
    }
}

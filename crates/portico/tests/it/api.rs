//! The API from outside: who gets in, what goes wrong, what is done once.

use accounts::person::Person;
use identity::tokens::{self, NewToken};
use kernel::{AccountId, EmailAddress};
use platform::{StaffRole, actor::Caller, api::Scopes, event::row};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{On, PASSWORD, TestApp, on_both_databases};

use crate::routes::{IAM, Is, PARTNER, PLAIN, companies, is_allowed, path_of};

/// Somebody's program.
#[derive(Clone)]
pub(crate) struct Program<'a> {
    app: &'a TestApp,
    http: Client,
    token: Option<String>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// Whether it is a problem of that kind.
    #[track_caller]
    fn expect_problem(self, status: u16, slug: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.body["type"], format!("urn:portico:problem:{slug}"));
        assert_eq!(answer.body["status"], status);
        answer
    }

    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

impl<'a> Program<'a> {
    fn stranger(app: &'a TestApp) -> Self {
        let http = Client::builder().build().unwrap();
        Self {
            app,
            http,
            token: None,
        }
    }

    pub(crate) fn with(app: &'a TestApp, token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..Self::stranger(app)
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, self.app.url(path));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    Answer {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

/// A token of somebody's, made as the profile makes it.
async fn token(app: &TestApp, email: &str, scopes: &str) -> String {
    let address: EmailAddress = email.parse().unwrap();
    let db = app.app().db().read();
    let person = match accounts::store::find_staff(db, &address).await.unwrap() {
        Some(person) => person,
        None => accounts::store::find_root(db, &address).await.unwrap().unwrap(),
    };
    let new = NewToken {
        name: "test".to_owned(),
        scopes: scopes.parse().unwrap(),
        days: 90,
    };
    let (_, token) = tokens::make(app.app(), Caller::system(), &person, new)
        .await
        .unwrap();
    token.expose().to_owned()
}

const ALL: &str = "registrations:read registrations:write accounts:read accounts:write events:read";

async fn company(app: &TestApp) -> (AccountId, Program<'_>) {
    let id = app
        .enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    let token = token(app, "root@saomai.example", ALL).await;
    (id, Program::with(app, token))
}

async fn reviewer(app: &TestApp, role: StaffRole) -> Program<'_> {
    let email = format!("{}@staff.example", role.as_str());
    app.staff(&email, role).await;
    let scopes = Scopes::all().to_string();
    Program::with(app, token(app, &email, &scopes).await)
}

/// Everybody there is, with a token for all that they may have one for.
async fn everybody(app: &TestApp) -> Vec<(Is, Program<'_>)> {
    companies(app).await;
    let mut people = vec![
        (PLAIN, "", Is::Root { partner: false }),
        (PARTNER, "", Is::Root { partner: true }),
    ];
    people.extend(IAM.map(|(root, name, may)| {
        let partner = root == PARTNER;
        (root, name, Is::Iam { partner, may })
    }));
    let mut all = Vec::new();
    for (root, name, is) in people {
        let (db, root) = (app.app().db().read(), root.parse().unwrap());
        let person = match name {
            "" => accounts::store::find_root(db, &root).await,
            name => accounts::store::find_iam(db, &root, name).await,
        };
        let token = token_of(app, &person.unwrap().unwrap()).await;
        all.push((is, Program::with(app, token)));
    }
    for role in StaffRole::ALL {
        all.push((Is::Staff(role), reviewer(app, role).await));
    }
    all
}

/// A token of somebody's for all that they may have one for.
async fn token_of(app: &TestApp, person: &Person) -> String {
    let new = NewToken {
        name: "test".to_owned(),
        scopes: tokens::scopes_of(person),
        days: 90,
    };
    let (_, token) = tokens::make(app.app(), Caller::system(), person, new)
        .await
        .unwrap();
    token.expose().to_owned()
}

async fn application(program: &Program<'_>) -> Value {
    let terms = program.get("/api/v1/terms?language=vi").await.expect(200).body;
    json!({ "terms_version": terms["version"], "terms_hash": terms["hash"], "language": "vi" })
}

on_both_databases! {
    async fn a_company_applies_and_becomes_a_partner_over_the_api(app: TestApp) {
        let (account, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        assert_eq!(company.get("/api/v1/account/requirements").await.body["all_met"], true);
        let sent = application(&company).await;
        let applied = company.post("/api/v1/account/registrations", sent.clone()).await.expect(201);
        assert_eq!(applied.body["state"], "awaiting_approval");
        assert_eq!(applied.body["account_id"], account.to_string());
        company.post("/api/v1/account/registrations", sent).await.expect_problem(409, "registration-exists");
        let own = applied.header("location").to_owned();

        let found = lead.get("/api/v1/registrations?state=awaiting_approval&q=sao").await.expect(200).body;
        let id = found["items"][0]["id"].as_str().unwrap().to_owned();
        let case = format!("/api/v1/registrations/{id}");
        lead.post(&format!("{case}/ask"), json!({ "words": "Which branch?" })).await.expect(200);
        assert_eq!(company.get(&own).await.body["question"]["words"], "Which branch?");
        company.post(&format!("{own}/answer"), json!({ "words": "Hanoi" })).await.expect(200);
        let approved = lead.post(&format!("{case}/approve"), json!({})).await.expect(200);
        assert_eq!(approved.body["state"], "approved");
        lead.post(&format!("{case}/approve"), json!({})).await.expect_problem(409, "registration-settled");

        let events = company.get(&format!("{own}/timeline")).await.body;
        let kinds: Vec<&str> = events.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, [
            "registration.submitted", "registration.question_asked", "registration.question_answered",
            "registration.approved",
        ]);
        assert!(events.to_string().contains("Hanoi") && !events.to_string().contains("Staff lead"), "{events}");
        app.mail_to("root@saomai.example").await;
    }

    async fn a_repeated_request_is_carried_out_once(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let again = async |key: &str, body: &Value| {
            send(company.request(Method::POST, "/api/v1/account/registrations")
                .header("idempotency-key", key).json(body)).await
        };
        let first = again("\"one\"", &sent).await.expect(201);
        let second = again("one", &sent).await.expect(201);
        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!((first.body, first.headers["location"].clone()), (second.body, second.headers["location"].clone()));
        again("one", &json!({ "terms_version": "x", "terms_hash": "x", "language": "en" })).await
            .expect_problem(422, "idempotency-key-reused");
        // A refusal had no effect: its key is free.
        again("two", &sent).await.expect_problem(409, "registration-exists");
        again("two", &sent).await.expect_problem(409, "registration-exists");
        // After a day the key is forgotten.
        app.advance(jiff::SignedDuration::from_hours(25));
        again("one", &sent).await.expect_problem(409, "registration-exists");
    }

    async fn a_request_repeated_in_another_role_is_still_one(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let id = company.post("/api/v1/account/registrations", sent).await.body["id"].as_str().unwrap().to_owned();
        let reviewer = reviewer(&app, StaffRole::Reviewer).await;
        reviewer.post(&format!("/api/v1/registrations/{id}/take"), json!({})).await.expect(200);
        let ask = async || {
            let path = format!("/api/v1/registrations/{id}/ask");
            let question = json!({ "words": "Which branch?" });
            send(reviewer.request(Method::POST, &path).header("idempotency-key", "one").json(&question)).await
        };
        let first = ask().await.expect(200);
        let who = "reviewer@staff.example".parse().unwrap();
        identity::staff::change_role(app.app(), Caller::system(), who, StaffRole::Lead).await.unwrap();
        let second = ask().await.expect(200);
        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!(second.body, first.body);
    }

    async fn a_crash_at_any_moment_leaves_a_repeated_request_safe(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let again = async || {
            send(company.request(Method::POST, "/api/v1/account/registrations")
                .header("idempotency-key", "one").json(&sent)).await
        };
        let leave = async |state: &str| {
            let tx = app.app().db().begin().await.unwrap();
            let row = format!("UPDATE api_requests SET state = '{state}', status = NULL, body = NULL");
            tx.execute_unprepared(&row).await.unwrap();
            tx.commit().await.unwrap();
        };
        again().await.expect(201);
        // As if the process had died between the commit and the answer.
        leave("done").await;
        again().await.expect_problem(409, "idempotency-key-busy");
        app.advance(jiff::SignedDuration::from_secs(61));
        again().await.expect_problem(409, "idempotency-answer-lost");
        // As if it had died before the commit: whoever comes after a minute carries it out.
        leave("claimed").await;
        again().await.expect_problem(409, "registration-exists");
    }

    async fn of_two_decisions_on_one_version_the_second_is_refused(app: TestApp) {
        let (_, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        let sent = application(&company).await;
        let id = company.post("/api/v1/account/registrations", sent).await.body["id"].as_str().unwrap().to_owned();
        let case = format!("/api/v1/registrations/{id}");
        let read = lead.get(&case).await.expect(200);
        let version = read.header("etag").to_owned();
        let known = send(lead.request(Method::GET, &case).header("if-none-match", &version)).await;
        assert_eq!(known.status, 304);
        lead.post(&format!("{case}/take"), json!({})).await.expect(200);
        let stale = send(lead.request(Method::POST, &format!("{case}/approve")).header("if-match", &version)).await;
        stale.expect_problem(412, "changed");
        assert_eq!(lead.get(&case).await.body["state"], "awaiting_approval");
    }

    async fn a_list_comes_page_by_page_without_gap_or_repetition(app: TestApp) {
        for number in 0..5 {
            app.individual(&format!("person{number}@example.com")).await;
        }
        let lead = reviewer(&app, StaffRole::Lead).await;
        let (mut path, mut seen) = ("/api/v1/accounts?limit=2".to_owned(), Vec::new());
        loop {
            let page = lead.get(&path).await.expect(200);
            let items = page.body["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|account| account["root_user"]["email"].as_str().unwrap().to_owned()));
            let Some(next) = page.body["next"].as_str() else { break };
            assert!(page.header("link").contains(next), "{}", page.header("link"));
            path = format!("/api/v1/accounts?limit=2&cursor={next}");
        }
        let all: Vec<String> = (0..5).rev().map(|number| format!("person{number}@example.com")).collect();
        assert_eq!(seen, all);
        let other = path.replace("/accounts?", "/registrations?");
        lead.get(&other).await.expect_problem(422, "invalid");
    }

    async fn accounts_are_imported_once_and_bad_rows_are_named(app: TestApp) {
        let lead = reviewer(&app, StaffRole::Lead).await;
        let rows = json!({ "accounts": [
            { "email": "a@example.com", "name": "A" },
            { "email": "b@example.com", "name": "B\nC" },
            { "email": "nobody", "name": "C" },
            { "email": "d@example.com", "name": "D", "class": "enterprise", "legal_name": "D", "tax_code": "0100109106" },
        ]});
        let first = lead.post("/api/v1/accounts/import", rows.clone()).await.expect(200).body;
        assert_eq!(first["created"], 2, "{first}");
        let bad: Vec<&str> = first["errors"].as_array().unwrap().iter()
            .map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(bad, ["/accounts/1", "/accounts/2"]);
        // Who took them over, and from where, is in the trail.
        let events = row::Entity::find().filter(row::Column::Kind.eq("account.imported"));
        let events = events.all(app.app().db().read()).await.unwrap();
        assert_eq!(events.len(), 2);
        for event in events {
            assert!(event.actor.contains("Staff lead@staff.example"), "{}", event.actor);
            assert_eq!(event.origin.as_deref(), Some("127.0.0.1"));
        }
        let second = lead.post("/api/v1/accounts/import", rows).await.expect(200).body;
        assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(2)));
    }

    async fn mistakes_of_an_import_are_told_in_the_callers_language(app: TestApp) {
        let lead = reviewer(&app, StaffRole::Lead).await;
        let rows = json!({ "accounts": [
            { "email": "a@example.com", "name": "A" },
            { "email": "nobody", "name": "B" },
            { "email": "c@example.com", "name": "C", "class": "king" },
            { "email": "a@example.com", "name": "D" },
            { "email": "e@example.com", "name": "E", "managed_by_email": "e@example.com" },
            { "email": "f@example.com", "name": "F", "managed_by_email": "g@example.com" },
        ]});
        for (language, expected) in [
            ("en", [
                "email: Enter an email address such as name@example.com",
                "class: “king” is none of the values individual, enterprise",
                "The same email address as in /accounts/0",
                "managed_by_email: this is the account's own email address",
                "managed_by_email: there is no account with the email address g@example.com",
            ]),
            ("vi", [
                "email: Hãy nhập địa chỉ email đúng dạng, ví dụ ten@example.com",
                "class: “king” không phải là một trong các giá trị individual, enterprise",
                "Trùng địa chỉ email với /accounts/0",
                "managed_by_email: đây là địa chỉ email của chính tài khoản này",
                "managed_by_email: không có tài khoản nào có địa chỉ email g@example.com",
            ]),
        ] {
            let import = lead.request(Method::POST, "/api/v1/accounts/import").header("accept-language", language);
            let report = send(import.json(&rows)).await.expect(200).body;
            let told: Vec<&str> = report["errors"].as_array().unwrap().iter()
                .map(|error| error["detail"].as_str().unwrap()).collect();
            assert_eq!(told, expected);
        }
    }

    async fn a_token_dies_when_it_is_revoked_or_expires(app: TestApp) {
        let (_, company) = company(&app).await;
        company.get("/api/v1/token").await.expect(200);
        let root = app.browser();
        root.sign_in("root@saomai.example", PASSWORD, "/profile/tokens").await.expect_status(200);
        let form = root.get("/profile/tokens").await;
        form.expect("Top up customers").expect("Change your own account");
        assert!(!form.says("import accounts") && form.has("a[href='/profile']"));
        let page = root.post("/profile/tokens", &[("name", "CRM"), ("days", "7"), ("scope", "accounts:read")]).await;
        let made = page.expect_status(201).body.split("portico_pat_").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let crm = Program::with(&app, format!("portico_pat_{made}"));
        crm.get("/api/v1/account").await.expect(200);
        crm.get("/api/v1/terms").await.expect_problem(403, "insufficient-scope");
        assert!(app.mail_to("root@saomai.example").await.text.contains("CRM"));
        assert!(!root.get("/profile/tokens").await.body.contains("portico_pat_"), "it is shown once");

        let list = root.get("/profile/tokens").await;
        let path = list.body.split("/profile/tokens/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        root.get(&format!("/profile/tokens/{path}")).await.expect_status(200);
        root.post(&format!("/profile/tokens/{path}"), &[]).await.expect_status(200);
        crm.get("/api/v1/account").await.expect_problem(401, "unauthenticated");
        app.advance(jiff::SignedDuration::from_hours(24 * 91));
        company.get("/api/v1/token").await.expect_problem(401, "unauthenticated");
    }

    async fn events_are_followed_by_whom_they_are_meant_for(app: TestApp) {
        let (account, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        let sent = application(&company).await;
        company.post("/api/v1/account/registrations", sent).await.expect(201);
        app.individual("other@example.com").await;
        app.run_jobs().await;
        let own = company.get("/api/v1/events").await.expect(200).body;
        let items = own["items"].as_array().unwrap();
        assert!(items.iter().all(|event| event["account_id"] == account.to_string()), "{own}");
        assert!(items.iter().any(|event| event["kind"] == "registration.submitted"), "{own}");
        let rest = company.get(&format!("/api/v1/events?after={}", own["last"])).await.body;
        assert_eq!(rest["items"], json!([]));
        let all = lead.get("/api/v1/events").await.expect(200).body;
        assert!(all["items"].as_array().unwrap().len() > items.len(), "{all}");
        let auditor = reviewer(&app, StaffRole::Auditor).await;
        assert_eq!(auditor.get("/api/v1/events").await.expect(200).body["items"][0], all["items"][0]);
        let reviewer = reviewer(&app, StaffRole::Reviewer).await;
        reviewer.get("/api/v1/events").await.expect_problem(403, "forbidden");
    }
}

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

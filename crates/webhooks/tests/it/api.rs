//! Endpoints over the API.

use identity::tokens::{NewToken, make};
use platform::{
    actor::Caller,
    api::{Scope, Scopes},
};
use reqwest::{Method, Response, StatusCode};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use testkit::{On, TestApp};

use crate::{receiver::Receiver, support::*, with_receivers};

/// A program with the token of an account's root user.
struct Program<'a> {
    app: &'a TestApp,
    token: String,
}

impl<'a> Program<'a> {
    async fn of(app: &'a TestApp, email: &str, scope: Scope) -> Self {
        let db = app.app().db().read();
        let person = accounts::store::find_root(db, &email.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let new = NewToken {
            name: "test".to_owned(),
            scopes: [scope].into_iter().collect::<Scopes>(),
            days: 30,
        };
        let (_, token) = make(app.app(), Caller::system(), &person, new).await.unwrap();
        Self {
            app,
            token: token.expose().to_owned(),
        }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        reqwest::Client::new()
            .request(method, self.app.url(path))
            .bearer_auth(&self.token)
    }

    async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path).json(body).send().await.unwrap()
    }
}

const BASE: &str = "/api/v1/account/webhooks";

with_receivers! {
    async fn an_endpoint_is_managed_by_a_program(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(200).await;
        let program = Program::of(&app, "lan@saomai.example", Scope::WebhooksManage).await;
        let draft = json!({ "url": receiver.url, "description": "CRM", "events": ["account.profile_changed"] });
        let made = program.post(BASE, &draft).await;
        assert_eq!(made.status(), StatusCode::CREATED);
        let place = made.headers()["location"].to_str().unwrap().to_owned();
        let made: Value = made.json().await.unwrap();
        let secret = made["secret"].as_str().unwrap();

        let read = program.get(&place).await;
        let tag = read.headers()["etag"].clone();
        let read: Value = read.json().await.unwrap();
        assert_eq!(read, made["endpoint"]);
        assert_eq!((&read["enabled"], &read["events"]), (&json!(true), &json!(["account.profile_changed"])));

        happen(&app, account).await;
        app.run_jobs().await;
        assert!(receiver.received()[0].is_signed_by(secret));
        let log: Value = program.get(&format!("{place}/deliveries?state=delivered")).await.json().await.unwrap();
        let id = log["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(id, receiver.received()[0].id());
        let one: Value = program.get(&format!("{place}/deliveries/{id}")).await.json().await.unwrap();
        assert_eq!(one["attempts"][0]["status"], 200);
        assert_eq!(one["payload"], receiver.received()[0].json());
        let again = program.post(&format!("{place}/deliveries/{id}/resend"), &json!({})).await;
        assert_eq!(again.status(), StatusCode::NO_CONTENT);
        let twice = program.post(&format!("{place}/deliveries/{id}/resend"), &json!({})).await;
        assert_eq!(twice.status(), StatusCode::CONFLICT);
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 2);

        let disabled: Value = program.post(&format!("{place}/disable"), &json!({})).await.json().await.unwrap();
        assert_eq!((&disabled["enabled"], &disabled["disabled_reason"]), (&json!(false), &json!("by_hand")));
        let refused = program.post(&format!("{place}/test"), &json!({})).await;
        assert_eq!(refused.json::<Value>().await.unwrap()["type"], "urn:portico:problem:endpoint-disabled");
        let stale = program
            .request(Method::PUT, &place)
            .header("if-match", tag)
            .json(&json!({ "url": "https://hooks.example/" }));
        assert_eq!(stale.send().await.unwrap().status(), StatusCode::PRECONDITION_FAILED);
        let removed = program.request(Method::DELETE, &place).send().await.unwrap();
        assert_eq!(removed.status(), StatusCode::NO_CONTENT);
        assert_eq!(program.get(&place).await.status(), StatusCode::NOT_FOUND);
    }

    async fn a_reader_is_told_that_an_endpoint_fails_and_may_change_it_as_it_was_seen(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(500).await;
        let program = Program::of(&app, "lan@saomai.example", Scope::WebhooksManage).await;
        let draft = json!({ "url": receiver.url, "events": ["account.profile_changed"] });
        let made = program.post(BASE, &draft).await;
        let place = made.headers()["location"].to_str().unwrap().to_owned();
        let read = program.get(&place).await;
        let tag = read.headers()["etag"].clone();
        let again = async || {
            let request = program.request(Method::GET, &place).header("if-none-match", &tag);
            request.send().await.unwrap()
        };
        assert_eq!(again().await.status(), StatusCode::NOT_MODIFIED);
        happen(&app, account).await;
        app.run_jobs().await;
        let failing = again().await;
        assert_eq!(failing.status(), StatusCode::OK);
        assert!(failing.json::<Value>().await.unwrap()["failing_since"].is_string());

        let change = async || {
            let request = program.request(Method::PUT, &place).header("if-match", &tag).json(&draft);
            request.send().await.unwrap().status()
        };
        assert_eq!(change().await, StatusCode::OK, "nobody changed it meanwhile");
        assert_eq!(change().await, StatusCode::PRECONDITION_FAILED);
    }

    async fn a_secret_that_is_answered_again_was_not_kept_in_clear(app: TestApp) {
        an_account(&app).await;
        let program = Program::of(&app, "lan@saomai.example", Scope::WebhooksManage).await;
        let make = async || {
            let draft = json!({ "url": "https://hooks.example/" });
            let request = program.request(Method::POST, BASE).header("idempotency-key", "once").json(&draft);
            request.send().await.unwrap().json::<Value>().await.unwrap()
        };
        let (first, second) = (make().await, make().await);
        assert_eq!(first, second);
        let secret = first["secret"].as_str().unwrap();
        let db = app.app().db().read();
        let sql = "SELECT body FROM api_requests";
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        assert_eq!(rows.len(), 1);
        let kept: String = rows[0].try_get_by_index(0).unwrap();
        assert!(!kept.contains("whsec_") && !kept.contains(secret));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_refuses_what_the_pages_refuse() {
    let app = TestApp::start(On::Sqlite).await;
    an_account(&app).await;
    app.individual("minh@example.com").await;
    let program = Program::of(&app, "lan@saomai.example", Scope::WebhooksManage).await;
    for (draft, pointer) in [
        (json!({ "url": "https://127.0.0.1/" }), "/url"),
        (json!({ "url": "http://hooks.example/" }), "/url"),
        (
            json!({ "url": "https://hooks.example/", "events": [] }),
            "/events",
        ),
        (
            json!({ "url": "https://hooks.example/", "events": ["registration.taken"] }),
            "/events",
        ),
    ] {
        let refused = program.post(BASE, &draft).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{draft}");
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
    let made = program
        .post(BASE, &json!({ "url": "https://hooks.example/" }))
        .await;
    let place = made.headers()["location"].to_str().unwrap().to_owned();
    let other = Program::of(&app, "minh@example.com", Scope::WebhooksManage).await;
    assert_eq!(other.get(&place).await.status(), StatusCode::NOT_FOUND);
    let staffs = program.get("/api/v1/webhooks").await;
    assert_eq!(staffs.status(), StatusCode::FORBIDDEN);
    let reader = Program::of(&app, "lan@saomai.example", Scope::EventsRead).await;
    assert_eq!(reader.get(BASE).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_describes_every_event() {
    let app = TestApp::start(On::Sqlite).await;
    let document = app.browser().get("/api/openapi.json").await;
    let document: Value = serde_json::from_str(&document.body).unwrap();
    for kind in app.app().events() {
        let body =
            &document["webhooks"][kind.name]["post"]["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(body["$ref"], "#/components/schemas/WebhookEvent", "{}", kind.name);
    }
    for schema in ["WebhookEvent", "WebhookEventData", "WebhookEndpointWithSecret"] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
}

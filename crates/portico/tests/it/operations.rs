//! What watches the service sees: readiness, figures, request ids.

use jiff::SignedDuration;
use platform::secret::Token;
use reqwest::{Client, StatusCode};
use sea_orm::ConnectionTrait;
use testkit::{On, PASSWORD, TestApp, on_both_databases};

const TOKEN: &str = "a token for the monitoring";

async fn with_token(on: On) -> TestApp {
    TestApp::start_with(on, |config| {
        config.operations.metrics_token = Some(Token::presented(TOKEN));
    })
    .await
}

async fn figures(app: &TestApp) -> String {
    let request = Client::new().get(app.url("/metrics")).bearer_auth(TOKEN);
    request.send().await.unwrap().text().await.unwrap()
}

/// The value of a series, as in `portico_mail_queued` or `name{label="x"}`.
/// A figure that is a whole number.
#[expect(clippy::cast_possible_truncation, reason = "the figures asked for are small")]
fn value(figures: &str, series: &str) -> i64 {
    let line = figures
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    let line = line.unwrap_or_else(|| panic!("no {series} in:\n{figures}"));
    let value: f64 = line.parse().unwrap();
    assert!(value.fract().abs() < f64::EPSILON, "{series} is {value}");
    value as i64
}

on_both_databases! {
    async fn it_is_ready_until_it_stops(app: TestApp) {
        let ready = reqwest::get(app.url("/readyz")).await.unwrap();
        assert_eq!(ready.status(), 200);
        let text = ready.text().await.unwrap();
        assert_eq!(text, "database: ok\nmigrations: ok\nserving: ok\n");

        app.app().drain();
        let stopping = Client::new().get(app.url("/readyz")).header("accept", "application/json");
        let stopping = stopping.send().await.unwrap();
        assert_eq!(stopping.status(), 503);
        let json: serde_json::Value = stopping.json().await.unwrap();
        assert_eq!(json["ready"], false);
        assert_eq!(json["checks"]["database"], "ok");
        assert_eq!(json["checks"]["serving"], "failed");
        // It still answers: whoever was sent here before is not turned away.
        assert_eq!(reqwest::get(app.url("/sign-in")).await.unwrap().status(), 200);
    }

    async fn without_its_migrations_it_is_not_ready(app: TestApp) {
        let tx = app.app().db().begin().await.unwrap();
        tx.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%registration'").await.unwrap();
        tx.commit().await.unwrap();
        let page = reqwest::get(app.url("/readyz")).await.unwrap();
        assert_eq!(page.status(), 503);
        assert!(page.text().await.unwrap().contains("migrations: failed"));
    }
}

async fn a_database_that_is_gone_is_named_while_the_process_lives(on: On) {
    let app = TestApp::start(on).await;
    app.app().db().clone().close().await.unwrap();
    let page = reqwest::get(app.url("/readyz")).await.unwrap();
    assert_eq!(page.status(), 503);
    let text = page.text().await.unwrap();
    assert!(
        text.starts_with("database: failed\n") && text.contains("serving: ok"),
        "{text}"
    );
    assert_eq!(reqwest::get(app.url("/healthz")).await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_sqlite_is_named() {
    a_database_that_is_gone_is_named_while_the_process_lives(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_postgres_is_named() {
    a_database_that_is_gone_is_named_while_the_process_lives(On::Postgres).await;
}

async fn figures_tell_what_waits(on: On) {
    let app = with_token(on).await;
    app.enterprise("lan@saomai.example", "Sao Mai", "0100109106")
        .await;
    let lan = app.browser();
    let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
    lan.submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect("Awaiting approval");
    app.advance(SignedDuration::from_hours(24 * 7));
    let before = figures(&app).await;
    let decisions = |what: &str, of: &str| {
        let name = format!("portico_decisions_{what}{{of=\"{of}\"}}");
        value(&before, &name)
    };
    assert_eq!(decisions("waiting", "registrations"), 1);
    assert_eq!(decisions("overdue", "registrations"), 1);
    assert_eq!(decisions("deadline_missed_total", "registrations"), 0);
    assert_eq!(decisions("oldest_waiting_age_seconds", "registrations"), 604_800);
    for of in ["customers", "partner_discounts", "credit_deposits"] {
        assert_eq!(decisions("waiting", of), 0);
        assert_eq!(decisions("oldest_waiting_age_seconds", of), 0);
    }
    assert!(value(&before, "portico_mail_queued") >= 1);
    assert_eq!(value(&before, "portico_mail_oldest_due_age_seconds"), 604_800);
    assert_eq!(value(&before, "portico_database_up"), 1);
    assert!(value(&before, "process_resident_memory_bytes") > 1_000_000);
    let posts = r#"portico_http_requests_total{method="POST",route="/registration",status="303"}"#;
    assert_eq!(value(&before, posts), 1);
    assert!(before.contains(
        "portico_http_request_duration_seconds_bucket{method=\"POST\",route=\"/registration\",le="
    ));
    assert!(!before.contains("saomai"), "{before}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_tell_what_waits_on_sqlite() {
    figures_tell_what_waits(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_tell_what_waits_on_postgres() {
    figures_tell_what_waits(On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_no_figures_and_make_no_series() {
    let app = with_token(On::Sqlite).await;
    let client = Client::new();
    let status = |request: reqwest::RequestBuilder| async { request.send().await.unwrap().status() };
    assert_eq!(
        status(client.get(app.url("/metrics"))).await,
        StatusCode::NOT_FOUND
    );
    let guessed = client.get(app.url("/metrics")).bearer_auth("another token");
    assert_eq!(status(guessed).await, StatusCode::NOT_FOUND);
    for n in 0..20 {
        status(client.get(app.url(&format!("/invented/{n}?token={n}")))).await;
        let method = reqwest::Method::from_bytes(format!("INVENTED{n}").as_bytes()).unwrap();
        status(client.request(method, app.url("/sign-in"))).await;
    }
    let figures = figures(&app).await;
    let none = r#"portico_http_requests_total{method="GET",route="(none)",status="404"}"#;
    assert_eq!(value(&figures, none), 20);
    assert!(
        figures.contains(r#"method="OTHER""#) && !figures.to_lowercase().contains("invented"),
        "{figures}"
    );

    let closed = TestApp::start(On::Sqlite).await;
    let closed = client.get(closed.url("/metrics")).bearer_auth("");
    assert_eq!(status(closed).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_id_is_taken_from_our_proxies_only() {
    let ask = async |app: &TestApp, id: &str| {
        let request = Client::new().get(app.url("/sign-in")).header("x-request-id", id);
        let answer = request.send().await.unwrap();
        answer.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    let open = TestApp::start(On::Sqlite).await;
    assert_ne!(ask(&open, "chosen-by-a-stranger").await, "chosen-by-a-stranger");
    let behind = TestApp::start_with(On::Sqlite, |config| config.server.trusted_proxies = 1).await;
    assert_eq!(ask(&behind, "chosen-by-the-proxy").await, "chosen-by-the-proxy");
    assert_ne!(ask(&behind, "not well formed").await, "not well formed");
}

//! An installation that may deliver into the test's own network, and what tests do with it.

use accounts::events::{AccountEvent, subject};
use kernel::{AccountId, DeliveryId, EndpointId, Language};
use platform::{StaffRole, Work, actor::Caller, web::Place};
use testkit::{Browser, On, PASSWORD, TestApp};
use webhooks::{
    Draft, Webhooks,
    config::Timeout,
    rules::{Endpoint, Owner},
    service,
    store::{self, deliveries, rows::delivery},
};

/// Runs a test on SQLite and on PostgreSQL, with private networks allowed.
#[macro_export]
macro_rules! with_receivers {
    ($($(#[$attribute:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn check($app: testkit::TestApp) $body

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                check($crate::support::start(testkit::On::Sqlite).await).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                check($crate::support::start(testkit::On::Postgres).await).await;
            }
        }
    )+};
}

pub async fn start(on: On) -> TestApp {
    start_with_timeout(on, "15s").await
}

pub async fn start_with_timeout(on: On, timeout: &str) -> TestApp {
    TestApp::start_with(on, |config| {
        config.webhooks.allow_private_networks = true;
        config.webhooks.timeout = Timeout::try_from(timeout.to_owned()).unwrap();
    })
    .await
}

pub fn room(app: &TestApp) -> &Webhooks {
    &app.installation.rooms.webhooks
}

/// An endpoint that gets all events, with its secret.
pub async fn endpoint(app: &TestApp, owner: Owner, url: &str) -> (Endpoint, String) {
    let draft = Draft::parse(room(app), owner, url, "", None).unwrap();
    let made = service::create(room(app), Caller::system(), owner, draft).await;
    let (endpoint, secret) = made.unwrap();
    // Its own creation is an event as well: out of the way, before it counts.
    app.run_jobs().await;
    (endpoint, secret.expose())
}

/// The same, that only gets `account.profile_changed`.
pub async fn profile_endpoint(app: &TestApp, owner: Owner, url: &str) -> (Endpoint, String) {
    let kinds = ["account.profile_changed".to_owned()];
    let draft = Draft::parse(room(app), owner, url, "", Some(&kinds)).unwrap();
    let made = service::create(room(app), Caller::system(), owner, draft).await;
    let (endpoint, secret) = made.unwrap();
    (endpoint, secret.expose())
}

/// Somebody changes the endpoint's address.
pub async fn move_to(app: &TestApp, of: &Endpoint, url: &str) {
    let kinds = ["account.profile_changed".to_owned()];
    let draft = Draft::parse(room(app), of.owner, url, "", Some(&kinds)).unwrap();
    let changed = service::change(room(app), Caller::system(), of.owner, of.id, of.version, draft);
    changed.await.unwrap();
}

/// The event that tests send.
pub fn event() -> AccountEvent {
    AccountEvent::ProfileChanged {
        name: "Trần Thị Lan".to_owned(),
        language: Language::Vietnamese,
        phone: None,
    }
}

/// Something happens to an account.
pub async fn happen(app: &TestApp, account: AccountId) {
    let mut work = Work::begin(app.app(), Caller::system()).await.unwrap();
    work.record(subject(account), &event()).await.unwrap();
    work.commit().await.unwrap();
}

pub async fn an_account(app: &TestApp) -> AccountId {
    app.enterprise("lan@saomai.example", "Sao Mai", "0100109106")
        .await
}

/// The endpoint as it is now.
pub async fn now(app: &TestApp, of: &Endpoint) -> Endpoint {
    let found = store::find(app.app().db().read(), of.owner, of.id).await;
    found.unwrap().unwrap()
}

/// The deliveries to an endpoint, newest first.
pub async fn log(app: &TestApp, of: EndpointId) -> Vec<delivery::Model> {
    let found = deliveries::list(app.app().db().read(), of, None, Place::Newest, 100).await;
    found.unwrap()
}

/// The only delivery to an endpoint.
pub async fn only(app: &TestApp, of: EndpointId) -> delivery::Model {
    let mut all = log(app, of).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

pub async fn attempts(app: &TestApp, of: &delivery::Model) -> Vec<store::rows::attempt::Model> {
    let all = deliveries::attempts(app.app().db().read(), DeliveryId(of.id)).await;
    all.unwrap()
}

pub async fn lead(app: &TestApp) -> Browser {
    app.staff("lead@staff.example", StaffRole::Lead).await;
    let browser = app.browser();
    browser
        .sign_in_as_staff("lead@staff.example", PASSWORD, "/staff/webhooks")
        .await
        .expect_status(200);
    browser
}

pub async fn root(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser
        .sign_in(email, PASSWORD, "/webhooks")
        .await
        .expect_status(200);
    browser
}

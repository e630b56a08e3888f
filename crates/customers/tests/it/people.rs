//! Who takes part, and what they do again and again.

use customers::{rules::Customer, store};
use kernel::AccountId;
use platform::db::Tx;
use sea_orm::{ConnectionTrait, Statement};
use testkit::{Browser, PASSWORD, Page, TestApp};

pub(crate) const SAO_MAI: &str = "root@saomai.example";

/// A partner with its browser, signed in.
pub(crate) async fn sao_mai(app: &TestApp) -> (AccountId, Browser) {
    let id = app.partner(SAO_MAI, "Sao Mai", "0100109106").await;
    (id, signed_in(app, SAO_MAI, "/customers").await)
}

pub(crate) async fn signed_in(app: &TestApp, email: &str, to: &str) -> Browser {
    let browser = app.browser();
    browser.sign_in(email, PASSWORD, to).await.expect_status(200);
    browser
}

/// Invites one by the form.
pub(crate) async fn invite(browser: &Browser, email: &str, name: &str) -> Page {
    let form = browser.get("/customers/new").await;
    let fields = [("email-1", email), ("name-1", name), ("do", "send")];
    browser.submit(&form, "email-1", &fields).await
}

/// Keeps everybody from writing relations, on PostgreSQL, until it is committed.
pub(crate) async fn hold(app: &TestApp) -> Tx {
    let tx = app.app().db().begin().await.unwrap();
    tx.execute_unprepared("LOCK TABLE customers IN SHARE MODE")
        .await
        .unwrap();
    tx
}

/// Until so many wait for a lock on PostgreSQL.
pub(crate) async fn blocked(app: &TestApp, many: i64) {
    let db = app.app().db();
    let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    testkit::eventually(async || {
        let statement = Statement::from_string(db.backend(), sql);
        let row = db.read().query_one_raw(statement).await.unwrap().unwrap();
        (row.try_get_by_index::<i64>(0).unwrap() == many).then_some(())
    })
    .await;
}

/// The page behind the link that was sent to an address.
pub(crate) async fn link_to(app: &TestApp, email: &str) -> String {
    let link = app.mail_to(email).await.link("/invitation?token=");
    link.replace(&app.url(""), "")
}

/// The partner's relation with an address, the newest.
pub(crate) async fn relation(app: &TestApp, partner: AccountId, email: &str) -> Customer {
    let listing = store::Listing {
        partner: Some(partner),
        text: email.to_owned(),
        ..store::Listing::default()
    };
    let found = listing.after(app.app().db(), None, 1).await.unwrap();
    found.into_iter().next().unwrap()
}

/// Opens a link and confirms.
pub(crate) async fn confirm(browser: &Browser, link: &str) -> Page {
    let page = browser.get(link).await;
    let token = link.rsplit('=').next().unwrap();
    assert!(page.has("form[action='/invitation/confirm']"), "{}", page.text());
    browser.post("/invitation/confirm", &[("token", token)]).await
}

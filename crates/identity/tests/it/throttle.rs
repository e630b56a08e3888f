//! Guessing is slowed down, and nobody locks others out.

use jiff::SignedDuration;
use reqwest::{Client, Response, redirect::Policy};
use sea_orm::{ConnectionTrait, Statement};
use testkit::{On, PASSWORD, TestApp, on_both_databases};

const EMAIL: &str = "lan@saomai.vn";

/// Sends the sign-in form from an address.
async fn try_from(app: &TestApp, address: &str, email: &str, password: &str) -> Response {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    client
        .post(app.installation.rooms.identity.published_link())
        .header("x-forwarded-for", address)
        .form(&[("email", email), ("password", password)])
        .send()
        .await
        .unwrap()
}

/// What is kept of the logins that were typed.
async fn logins(app: &TestApp) -> Vec<String> {
    let db = app.app().db();
    let query = Statement::from_string(db.backend(), "SELECT login FROM sign_ins");
    let rows = db.read().query_all_raw(query).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

on_both_databases! {
    async fn what_was_typed_is_not_kept_and_nobodys_tries_only_for_a_day(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        browser.sign_in("seven slow rivers", "lan@saomai.vn", "/profile").await.expect_status(422);
        browser.sign_in(EMAIL, "wrong", "/profile").await.expect_status(422);
        let kept = logins(&app).await;
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|login| !login.contains("seven") && !login.contains("saomai")), "{kept:?}");

        app.advance(SignedDuration::from_hours(25));
        app.run_jobs().await;
        assert_eq!(logins(&app).await.len(), 1);
        browser.sign_in(EMAIL, PASSWORD, "/profile/sign-ins").await.expect("Wrong password");
    }

    async fn after_five_failures_one_must_wait(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        for _ in 0..5 {
            browser.sign_in(EMAIL, "wrong", "/profile").await.expect_status(422);
        }
        let page = browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        page.expect_status(429).expect("Please wait 32 seconds");
        assert_eq!(page.headers["retry-after"], "32");
        assert_eq!(page.attribute("#email", "value").as_deref(), Some(EMAIL));

        app.advance(SignedDuration::from_secs(31));
        browser.sign_in(EMAIL, PASSWORD, "/profile").await.expect_status(429);
        app.advance(SignedDuration::from_secs(1));
        assert_eq!(browser.sign_in(EMAIL, PASSWORD, "/profile").await.path(), "/profile");
    }

    async fn an_unknown_email_is_slowed_all_the_same(app: TestApp) {
        for _ in 0..5 {
            app.browser().sign_in("nobody@saomai.vn", "wrong", "/profile").await.expect_status(422);
        }
        app.browser().sign_in("nobody@saomai.vn", "wrong", "/profile").await.expect_status(429);
    }

    async fn a_success_clears_the_failures_before_it(app: TestApp) {
        app.individual(EMAIL).await;
        for _ in 0..3 {
            for _ in 0..4 {
                app.browser().sign_in(EMAIL, "wrong", "/profile").await.expect_status(422);
            }
            assert_eq!(app.browser().sign_in(EMAIL, PASSWORD, "/profile").await.path(), "/profile");
            app.advance(SignedDuration::from_secs(1));
        }
    }

    async fn many_tries_at_once_are_no_more_than_one_after_the_other(app: TestApp) {
        app.individual(EMAIL).await;
        let link = app.installation.rooms.identity.published_link();
        let tries = (0..20).map(|_| {
            let (client, link) = (Client::new(), link.clone());
            tokio::spawn(async move {
                let form = [("email", EMAIL), ("password", "wrong")];
                client.post(link).form(&form).send().await.unwrap().status().as_u16()
            })
        });
        let mut looked_at = 0;
        for each in tries.collect::<Vec<_>>() {
            looked_at += usize::from(each.await.unwrap() == 422);
        }
        assert!(looked_at <= 5, "{looked_at} passwords were looked at");
    }
}

async fn others_are_not_locked_out(on: On) {
    let app = TestApp::start_with(on, |config| config.server.trusted_proxies = 1).await;
    app.individual(EMAIL).await;
    for _ in 0..5 {
        assert_eq!(try_from(&app, "203.0.113.9", EMAIL, "wrong").await.status(), 422);
    }
    assert_eq!(try_from(&app, "203.0.113.9", EMAIL, PASSWORD).await.status(), 429);
    assert_eq!(
        try_from(&app, "198.51.100.7", EMAIL, PASSWORD).await.status(),
        303,
        "the owner, from elsewhere"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attacker_does_not_lock_the_owner_out_on_sqlite() {
    others_are_not_locked_out(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attacker_does_not_lock_the_owner_out_on_postgres() {
    others_are_not_locked_out(On::Postgres).await;
}

//! How sessions end.

use jiff::SignedDuration;
use reqwest::{Client, redirect::Policy};
use sea_orm::ConnectionTrait;
use testkit::{PASSWORD, TestApp, on_both_databases};

use crate::outside::{browser, give_password, location};

const EMAIL: &str = "lan@saomai.vn";

/// A browser that is signed in, and its session's cookie.
async fn signed_in(app: &TestApp) -> (Client, String) {
    let browser = browser();
    let request = location(&browser.get(app.url("/sign-in")).send().await.unwrap());
    let answer = location(&give_password(&browser, &request).await);
    let done = browser.get(answer).send().await.unwrap();
    let mut cookies = done.headers().get_all("set-cookie").iter();
    let session = cookies
        .find(|value| value.as_bytes().starts_with(b"session="))
        .unwrap();
    let (pair, _) = session.to_str().unwrap().split_once(';').unwrap();
    (browser, pair.to_owned())
}

/// How the profile answers whoever has the cookie.
async fn profile_with(app: &TestApp, cookie: &str) -> u16 {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let request = client.get(app.url("/profile")).header("cookie", cookie);
    request.send().await.unwrap().status().as_u16()
}

on_both_databases! {
    async fn a_session_ends_when_nothing_happens_in_it(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        for _ in 0..4 {
            app.advance(SignedDuration::from_mins(29));
            assert_eq!(browser.get("/profile").await.path(), "/profile");
        }
        app.advance(SignedDuration::from_mins(30));
        assert_eq!(browser.get("/profile").await.path(), "/ap/auth");
    }

    async fn a_session_ends_at_the_latest_after_half_a_day(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        for _ in 0..(11 * 60 + 40) / 20 {
            app.advance(SignedDuration::from_mins(20));
            assert_eq!(browser.get("/profile").await.path(), "/profile");
        }
        app.advance(SignedDuration::from_mins(20));
        assert_eq!(browser.get("/profile").await.path(), "/ap/auth");
    }

    async fn signing_out_ends_the_session_here_and_at_the_provider(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        let page = browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        assert!(page.has("form[action=\"/sign-out\"]"));
        let page = browser.post("/sign-out", &[]).await;
        assert_eq!(page.path(), "/signed-out");
        page.expect("You are signed out");
        assert_eq!(browser.get("/profile").await.path(), "/ap/auth", "a password is asked for again");
    }

    async fn a_cookie_is_worth_nothing_once_its_browser_signed_out(app: TestApp) {
        app.individual(EMAIL).await;
        let (browser, cookie) = signed_in(&app).await;
        assert_eq!(profile_with(&app, &cookie).await, 200);
        browser.post(app.url("/sign-out")).send().await.unwrap();
        assert_eq!(profile_with(&app, &cookie).await, 303);
    }

    async fn a_session_that_another_process_ended_is_over_within_a_second(app: TestApp) {
        app.individual(EMAIL).await;
        let (_browser, cookie) = signed_in(&app).await;
        assert_eq!(profile_with(&app, &cookie).await, 200);
        let tx = app.app().db().begin().await.unwrap();
        tx.execute_unprepared("DELETE FROM portal_sessions").await.unwrap();
        tx.commit().await.unwrap();
        app.advance(SignedDuration::from_millis(999));
        assert_eq!(profile_with(&app, &cookie).await, 200, "what was read is kept for a moment");
        app.advance(SignedDuration::from_millis(1));
        assert_eq!(profile_with(&app, &cookie).await, 303);
    }

    async fn one_sees_where_one_is_signed_in_and_can_end_it(app: TestApp) {
        app.individual(EMAIL).await;
        let (here, there) = (app.browser(), app.browser());
        app.browser().sign_in(EMAIL, "wrong password", "/profile").await.expect_status(422);
        there.sign_in(EMAIL, PASSWORD, "/profile").await;
        let page = here.sign_in(EMAIL, PASSWORD, "/profile/sign-ins").await;
        page.expect("This browser").expect("Wrong password").expect("127.0.0.1");
        let page = here.post("/profile/sign-ins/end-others", &[]).await;
        page.expect("All other sessions have ended.");
        assert_eq!(there.get("/profile").await.path(), "/ap/auth");
        assert_eq!(here.get("/profile").await.path(), "/profile");
    }

    async fn tidying_up_takes_only_what_has_ended(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        app.run_jobs().await;
        assert_eq!(browser.get("/profile").await.path(), "/profile");
        app.advance(SignedDuration::from_mins(31));
        app.run_jobs().await;
        assert_eq!(browser.get("/profile").await.path(), "/ap/auth");
    }
}

//! How sessions end.

use jiff::SignedDuration;
use testkit::{PASSWORD, on_both_databases};

const EMAIL: &str = "lan@saomai.vn";

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

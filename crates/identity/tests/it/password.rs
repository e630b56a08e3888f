//! Passwords: forgotten, changed.

use futures::future::join_all;
use jiff::SignedDuration;
use platform::StaffRole;
use testkit::{PASSWORD, on_both_databases};

const EMAIL: &str = "lan@saomai.vn";
const NEW: &str = "seven slow rivers";

on_both_databases! {
    async fn a_forgotten_password_is_set_anew_by_a_link_that_works_once(app: TestApp) {
        app.individual(EMAIL).await;
        let signed_in = app.browser();
        signed_in.sign_in(EMAIL, PASSWORD, "/profile").await;

        let browser = app.browser();
        browser.post("/forgotten", &[("email", EMAIL)]).await.expect("Look into your mailbox");
        let link = app.mail_to(EMAIL).await.link("/reset?token=");
        browser.get(&link).await.expect_status(200);
        let page = browser.get(&link).await;
        page.expect_status(200).expect(EMAIL);
        let weak = browser.submit(&page, "password", &[("password", "short")]).await;
        weak.expect_status(422);
        let done = browser.submit(&weak, "password", &[("password", NEW)]).await;
        assert_eq!(done.path(), "/ap/auth");
        done.expect("Your new password is set");

        assert!(app.mail_to(EMAIL).await.subject.contains("was changed"));
        assert_eq!(signed_in.get("/profile").await.path(), "/ap/auth", "all sessions ended");
        app.browser().sign_in(EMAIL, PASSWORD, "/profile").await.expect_status(422);
        assert_eq!(browser.sign_in(EMAIL, NEW, "/profile").await.path(), "/profile");

        let again = browser.get(&link).await;
        again.expect_status(410).expect("used already").expect("Ask for another link");
        let again = browser.submit(&page, "password", &[("password", "another good one")]).await;
        again.expect_status(410);
    }

    async fn a_link_expires_after_an_hour(app: TestApp) {
        app.individual(EMAIL).await;
        app.browser().post("/forgotten", &[("email", EMAIL)]).await;
        let link = app.mail_to(EMAIL).await.link("/reset?token=");
        let page = app.browser().get(&link).await;
        app.advance(SignedDuration::from_hours(1));
        app.browser().get(&link).await.expect_status(410).expect("has expired");
        app.browser().submit(&page, "password", &[("password", NEW)]).await.expect_status(410);
        app.browser().get("/reset?token=cut-off").await.expect_status(404).expect("Ask for another link");
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_letter(app: TestApp) {
        app.individual(EMAIL).await;
        let known = app.browser().post("/forgotten", &[("email", EMAIL)]).await;
        let unknown = app.browser().post("/forgotten", &[("email", "nobody@saomai.vn")]).await;
        assert_eq!(known.text(), unknown.text());
        assert_eq!(app.mails().await.len(), 1);
        let empty = app.browser().post("/forgotten", &[("email", "")]).await;
        empty.expect_status(422).expect("Enter your email address");
    }

    async fn nobody_is_flooded_with_links(app: TestApp) {
        app.individual(EMAIL).await;
        for _ in 0..6 {
            app.browser().post("/forgotten", &[("email", EMAIL)]).await.expect_status(200);
        }
        assert_eq!(app.mails().await.len(), 3);
    }

    async fn wishes_at_once_are_as_many_letters_as_one_by_one(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        let asked = (0..12).map(|_| browser.post("/forgotten", &[("email", EMAIL)]));
        for page in join_all(asked).await {
            page.expect_status(200);
        }
        assert_eq!(app.mails().await.len(), 3);
    }

    async fn iam_users_and_staff_get_links_to_their_own_mailbox(app: TestApp) {
        let account = app.individual(EMAIL).await;
        app.iam_user(account, "minh").await;
        app.staff("mai@vng.example", StaffRole::Auditor).await;
        app.browser().post("/forgotten", &[("email", EMAIL), ("user_name", " Minh")]).await;
        assert!(app.mail_to("minh@iam.example").await.text.contains("/reset?token="));
        let browser = app.browser();
        let page = browser.get("/forgotten?staff=1").await;
        browser.submit(&page, "email", &[("email", "mai@vng.example")]).await;
        let link = app.mail_to("mai@vng.example").await.link("/reset");
        let page = browser.get(&link).await;
        let page = browser.submit(&page, "password", &[("password", NEW)]).await;
        page.expect("Staff sign-in");
        let page = browser.sign_in_as_staff("mai@vng.example", NEW, "/staff/messages").await;
        assert_eq!(page.path(), "/staff/messages");
    }

    async fn a_changed_password_ends_all_other_sessions(app: TestApp) {
        app.individual(EMAIL).await;
        let (here, there) = (app.browser(), app.browser());
        there.sign_in(EMAIL, PASSWORD, "/profile").await;
        let page = here.sign_in(EMAIL, PASSWORD, "/profile/password").await;
        let wrong = here.submit(&page, "current", &[("current", "wrong"), ("password", NEW)]).await;
        wrong.expect_status(422).expect("not your current password");
        let done = here.submit(&wrong, "current", &[("current", PASSWORD), ("password", NEW)]).await;
        done.expect_status(200).expect("Your password is changed");
        assert!(app.mail_to(EMAIL).await.subject.contains("was changed"));
        assert_eq!(here.get("/profile").await.path(), "/profile");
        assert_eq!(there.get("/profile").await.path(), "/ap/auth");
        app.browser().sign_in(EMAIL, PASSWORD, "/profile").await.expect_status(422);
    }

    /// Whoever resets a password wants everybody out who knows the old one.
    async fn a_change_does_not_undo_a_reset_that_came_meanwhile(app: TestApp) {
        app.individual(EMAIL).await;
        let (owner, other) = (app.browser(), app.browser());
        owner.post("/forgotten", &[("email", EMAIL)]).await;
        let link = owner.get(&app.mail_to(EMAIL).await.link("/reset?token=")).await;
        let form = other.sign_in(EMAIL, PASSWORD, "/profile/password").await;
        let (reset, changed) = tokio::join!(
            owner.submit(&link, "password", &[("password", NEW)]),
            other.submit(&form, "current", &[("current", PASSWORD), ("password", "another good one")]),
        );
        if reset.status == 200 {
            assert!([401, 422].contains(&changed.status.as_u16()), "{}", changed.text());
            assert_eq!(app.browser().sign_in(EMAIL, NEW, "/profile").await.path(), "/profile");
        } else {
            // The change was first, and called the link back.
            reset.expect_status(410);
            changed.expect_status(200).expect("Your password is changed");
        }
    }

    async fn a_password_is_the_same_however_the_keyboard_composes_it(app: TestApp) {
        let (composed, decomposed) = ("b\u{e0}i th\u{1a1} m\u{f9}a thu", "ba\u{300}i tho\u{31b} mu\u{300}a thu");
        app.individual(EMAIL).await;
        let browser = app.browser();
        let page = browser.sign_in(EMAIL, PASSWORD, "/profile/password").await;
        let done = browser.submit(&page, "current", &[("current", PASSWORD), ("password", composed)]).await;
        done.expect_status(200);
        assert_eq!(app.browser().sign_in(EMAIL, decomposed, "/profile").await.path(), "/profile");
    }

    async fn the_current_password_cannot_be_guessed_at_an_open_browser(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        browser.sign_in(EMAIL, PASSWORD, "/profile").await;
        for _ in 0..5 {
            browser.post("/profile/password", &[("current", "guess"), ("password", NEW)]).await.expect_status(422);
        }
        let page = browser.post("/profile/password", &[("current", PASSWORD), ("password", NEW)]).await;
        page.expect_status(429).expect("Please wait");
    }
}

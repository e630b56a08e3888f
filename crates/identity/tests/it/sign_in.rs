//! Signing in to the portal, with a browser.

use platform::StaffRole;
use testkit::{PASSWORD, on_both_databases};

const EMAIL: &str = "lan@saomai.vn";

on_both_databases! {
    async fn a_root_user_signs_in_and_lands_where_it_wanted_to(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        let page = browser.get("/profile").await;
        assert_eq!(page.path(), "/ap/auth");
        page.expect("Sign in with root user account").expect("Sign in with IAM user account").expect("Sign up");
        let page = browser.submit(&page, "password", &[("email", " LAN@saomai.vn "), ("password", PASSWORD)]).await;
        assert_eq!((page.status.as_u16(), page.path()), (200, "/profile"), "{}", page.text());
    }

    async fn an_iam_user_signs_in_with_the_root_users_email_and_its_name(app: TestApp) {
        let account = app.individual(EMAIL).await;
        app.iam_user(account, "minh").await;
        let browser = app.browser();
        let page = browser.get("/sign-in?to=/profile").await;
        let other = page.attribute(".card > a.btn", "href").unwrap();
        let page = browser.get(&other).await;
        page.expect("Email of the root user").expect("User name");
        let filled = [("email", EMAIL), ("user_name", "minh"), ("password", PASSWORD)];
        let page = browser.submit(&page, "user_name", &filled).await;
        assert_eq!(page.path(), "/profile", "{}", page.text());
        assert!(page.body.contains("IAM user minh"));
    }

    async fn staff_have_a_door_of_their_own(app: TestApp) {
        app.individual(EMAIL).await;
        app.staff("mai@vng.example", StaffRole::Reviewer).await;
        let browser = app.browser();
        let page = browser.get("/staff/messages").await;
        page.expect("Staff sign-in");
        let wrong = browser.submit(&page, "password", &[("email", EMAIL), ("password", PASSWORD)]).await;
        wrong.expect_status(422).expect("These details do not match");
        let page = browser.sign_in_as_staff("mai@vng.example", PASSWORD, "/staff/messages").await;
        assert_eq!((page.status.as_u16(), page.path()), (200, "/staff/messages"));
        let users = app.browser().sign_in("mai@vng.example", PASSWORD, "/profile").await;
        users.expect_status(422);
    }

    async fn the_published_link_leads_to_the_overview_signed_in(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        let page = browser.get(&app.installation.rooms.identity.published_link()).await;
        let page = browser.submit(&page, "password", &[("email", EMAIL), ("password", PASSWORD)]).await;
        assert_eq!((page.status.as_u16(), page.path()), (200, "/overview"), "{}", page.text());
        assert_eq!(page.url.query(), None, "no code stays in the address");
        let page = browser.get("/profile").await;
        assert_eq!(page.path(), "/profile", "signed in");
    }

    async fn a_wrong_password_and_an_unknown_email_get_the_same_answer(app: TestApp) {
        app.individual(EMAIL).await;
        let wrong = app.browser().sign_in(EMAIL, "wrong password", "/profile").await;
        let unknown = app.browser().sign_in("nobody@saomai.vn", "wrong password", "/profile").await;
        assert_eq!(wrong.expect_status(422).text(), unknown.expect_status(422).text());
        assert_eq!(wrong.attribute("#email", "value").as_deref(), Some(EMAIL), "the form is still filled");
        assert_eq!(wrong.attribute("#password", "value"), None, "but for the password");
    }

    async fn the_request_survives_an_error_and_a_change_of_language(app: TestApp) {
        app.individual(EMAIL).await;
        let browser = app.browser();
        let page = browser.sign_in(EMAIL, "", "/profile").await;
        page.expect_status(422).expect("Enter your password");
        let page = browser.submit(&page, "language", &[("language", "vi")]).await;
        page.expect("Đăng nhập bằng người dùng gốc");
        let page = browser.submit(&page, "password", &[("email", EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(page.path(), "/profile");
    }

    /// PostgreSQL keeps no text with U+0000, and nobody types it.
    async fn no_field_holds_a_zero(app: TestApp) {
        let browser = app.browser();
        let page = browser.get("/sign-in").await;
        let sent = browser.submit(&page, "password", &[("email", "a\0b"), ("password", PASSWORD)]).await;
        sent.expect_status(400).expect("could not be understood");
        let filled = [("email", EMAIL), ("user_name", "\0")];
        browser.post("/forgotten", &filled).await.expect_status(400);
        app.staff("mai@vng.example", StaffRole::Lead).await;
        browser.sign_in_as_staff("mai@vng.example", PASSWORD, "/staff/messages").await;
        for path in ["/staff/audit?subject=%00", "/staff/messages?q=a%00b", "/staff/credit?q=%00", "/staff/registrations?q=%00"] {
            browser.get(path).await.expect_status(400);
        }
        browser.get("/staff/messages?q=%2500").await.expect_status(200);
    }

    async fn no_sign_in_leads_to_another_site(app: TestApp) {
        app.individual(EMAIL).await;
        for to in ["https://evil.example/", "//evil.example", "/%5Cevil.example"] {
            let page = app.browser().sign_in(EMAIL, PASSWORD, to).await;
            assert_eq!(page.path(), "/overview");
            assert!(app.url("/").contains(page.url.host_str().unwrap()));
        }
    }

    /// RFC 9700, 4.7: an attacker's answer must not sign the victim's browser in as the attacker.
    async fn an_answer_counts_only_in_the_browser_that_asked(app: TestApp) {
        app.individual(EMAIL).await;
        let attacker = crate::outside::browser();
        let begun = attacker.get(app.url("/sign-in?to=/profile")).send().await.unwrap();
        let request = crate::outside::location(&begun);
        let answer = crate::outside::location(&crate::outside::give_password(&attacker, &request).await);
        assert_eq!(answer.path(), "/auth/callback");

        let victim = app.browser();
        victim.get("/sign-in").await;
        victim.get(answer.as_str()).await.expect_status(400).expect("could not be finished");
        assert_eq!(victim.get("/profile").await.path(), "/ap/auth");

        let own = attacker.get(answer.clone()).send().await.unwrap();
        assert_eq!(own.headers()["location"], "/profile", "and a stranger's try takes nothing from who asked");
        let again = attacker.get(answer).send().await.unwrap();
        assert_eq!(again.headers()["location"], "/overview", "reloading does not sign in anew, and does no harm");
    }

    async fn the_session_cookie_changes_with_each_sign_in(app: TestApp) {
        app.individual(EMAIL).await;
        let mut seen = Vec::new();
        let browser = crate::outside::browser();
        for _ in 0..2 {
            let request = crate::outside::location(&browser.get(app.url("/sign-in")).send().await.unwrap());
            let answer = crate::outside::location(&crate::outside::give_password(&browser, &request).await);
            let done = browser.get(answer).send().await.unwrap();
            let cookie = done.headers().get_all("set-cookie").iter().find(|value| value.as_bytes().starts_with(b"session="));
            let cookie = cookie.unwrap().to_str().unwrap().to_owned();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            seen.push(cookie);
            browser.post(app.url("/sign-out")).send().await.unwrap();
        }
        assert_ne!(seen[0], seen[1]);
    }
}

//! The first page after signing in.

use registration::service;
use testkit::PASSWORD;

use crate::people::{LAN, LEAD, REVIEWER, apply, ask, caller, open, open_as_iam, reject, sao_mai, staff};

testkit::on_both_databases! {
    async fn a_stranger_is_asked_to_sign_in_and_comes_back(app: TestApp) {
        sao_mai(&app).await;
        let browser = app.browser();
        let page = browser.get("/").await;
        assert!(page.has("[name=password]"), "{}", page.text());
        let page = browser.submit(&page, "password", &[("email", LAN), ("password", PASSWORD)]).await;
        assert_eq!(page.path(), "/overview");
        page.expect("Become a VNG Cloud Partner");
        assert!(page.has("main a.btn[href='/registration']"));
    }

    async fn a_code_that_the_portal_did_not_ask_for_is_no_dead_end(app: TestApp) {
        sao_mai(&app).await;
        let browser = app.browser();
        let page = browser.get("/overview?code=abc&appState=xyz").await;
        let page = browser.submit(&page, "password", &[("email", LAN), ("password", PASSWORD)]).await;
        page.expect_status(200).expect("Become a VNG Cloud Partner");
        let page = browser.get("/overview?code=abc&appState=xyz").await;
        assert_eq!((page.path(), page.url.query()), ("/overview", None));
    }

    async fn staff_are_led_to_their_queue(app: TestApp) {
        staff(&app).await;
        let browser = app.browser();
        browser.sign_in_as_staff(REVIEWER, PASSWORD, "/staff/registrations").await;
        assert_eq!(browser.get("/overview").await.path(), "/staff/registrations");
    }

    async fn it_says_what_stands_before_the_workspace(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let (browser, page) = open(&app, "/overview").await;
        page.expect("Awaiting approval").expect("We decide by").expect("Support");
        ask(&app, registration.id, "Who?").await;
        browser.get("/overview").await.expect("Answer the question");
        reject(&app, registration.id).await;
        browser.get("/overview").await.expect("Your last application was rejected").expect("See why, and apply again");
    }

    async fn a_partners_customer_sees_who_manages_the_account_and_is_not_asked_to_apply(app: TestApp) {
        let partner = app.partner("root@hoasen.example", "Hoa Sen", "0301482205").await;
        app.customer(partner, LAN, "Sao Mai").await;
        let browser = app.browser();
        let page = browser.sign_in(LAN, PASSWORD, "/overview").await;
        for page in [page, browser.get("/registration").await] {
            page.expect_status(200).expect("Hoa Sen manages your account");
            assert!(page.has("main a[href='/credit']") && page.has("main a[href='/prices']") && page.has("main a[href='/partner']"));
            assert!(!page.has("main form") && !page.has("main a[href='/registration']"), "{}", page.text());
        }
    }

    async fn a_partner_sees_its_workspace(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        service::approve(&app.installation.rooms.desk, caller(&app, LEAD).await, registration.id).await.unwrap();
        let (browser, page) = open(&app, "/overview").await;
        page.expect("Partner workspace").expect("Công ty Cổ phần Sao Mai").expect(&registration.reference());
        page.expect("Monday 23 November 2026, 09:00 (GMT+7)");
        let receipt = page.attribute("a[href^='/registration/receipt']", "href").unwrap();
        browser.get(&receipt).await.expect_status(200);
    }

    async fn an_iam_user_is_told_whom_to_ask(app: TestApp) {
        let account = sao_mai(&app).await;
        app.iam_user(account, "minh").await;
        let (_, page) = open_as_iam(&app, "minh", "/overview").await;
        page.expect("Only the root user may apply");
        assert!(!page.has("main a.btn[href='/registration']"));
    }
}

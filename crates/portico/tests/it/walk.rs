//! The thin walk over HTTP: sign in, register, approve, email. It must never break.

use platform::StaffRole;
use testkit::{PASSWORD, on_both_databases};

on_both_databases! {
    async fn a_company_becomes_a_partner(app: TestApp) {
        app.enterprise("lan@saomai.example", "Công ty Cổ phần Sao Mai", "0100109106").await;
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;

        let lan = app.browser();
        let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
        page.expect_status(200).expect("Become a VNG Cloud Partner");
        let page = lan.submit(&page, "agree", &[("agree", "yes")]).await;
        page.expect_status(200).expect("Awaiting approval");
        let mail = app.mail_to("lan@saomai.example").await;
        assert!(mail.text.contains("approv"), "{}", mail.text);

        let hoa = app.browser();
        let queue = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/registrations").await;
        queue.expect_status(200).expect("Công ty Cổ phần Sao Mai");
        let case = hoa.get(&queue.attribute("th a", "href").unwrap()).await;
        let case_path = case.path().to_owned();
        hoa.post(&format!("{case_path}/take"), &[]).await.expect_status(200);
        hoa.post(&format!("{case_path}/approve"), &[]).await.expect_status(200);

        lan.get("/overview").await.expect_status(200).expect("Công ty Cổ phần Sao Mai");
        let mail = app.mail_to("lan@saomai.example").await;
        assert!(mail.subject.contains("is now a VNG Cloud Partner"), "{}", mail.subject);
        let page = lan.get("/registration").await;
        page.expect("Approved");
    }

    async fn an_unknown_visitor_signs_in_first_and_arrives_where_it_wanted(app: TestApp) {
        app.individual("an@example.vn").await;
        let page = app.browser().get("/registration").await;
        page.expect_status(200).expect("Sign in with root user account").expect("Sign in with IAM user account");
        assert_eq!(page.path(), "/ap/auth");
        let page = app.browser().sign_in("an@example.vn", PASSWORD, "/registration").await;
        assert_eq!(page.path(), "/registration");
    }

    async fn the_published_link_leads_back_to_the_overview(app: TestApp) {
        app.individual("an@example.vn").await;
        let link = app.installation.rooms.identity.published_link();
        for name in ["clientId=", "responseType=code", "codeChallenge=", "codeChallengeMethod=S256", "appState=", "redirectUri="] {
            assert!(link.contains(name), "{link}");
        }
        let browser = app.browser();
        let page = browser.get(&link).await;
        let page = browser.submit(&page, "password", &[("email", "an@example.vn"), ("password", PASSWORD)]).await;
        page.expect_status(200);
        assert_eq!(page.url.path(), "/overview");
        assert_eq!(page.url.query(), None);
    }
}

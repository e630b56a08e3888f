//! What staff see of emails.

use platform::StaffRole;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use testkit::{PASSWORD, TestApp, on_both_databases};

use platform::mail::outbox::row;

async fn applied(app: &TestApp) {
    app.enterprise("lan@saomai.example", "Công ty Cổ phần Sao Mai", "0100109106")
        .await;
    let lan = app.browser();
    let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
    lan.submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect_status(200);
    app.run_jobs().await;
}

on_both_databases! {
    async fn staff_find_an_email_and_send_it_again_under_the_same_id(app: TestApp) {
        applied(&app).await;
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;
        app.staff("an@staff.example", StaffRole::Auditor).await;
        let hoa = app.browser();
        let list = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/messages?q=LAN%40saomai").await;
        list.expect_status(200).expect("lan@saomai.example").expect("Sent");
        hoa.get("/staff/messages?q=l_n%40saomai").await.expect("No email fits this filter");
        hoa.get("/staff/messages?state=given_up").await.expect("No email fits this filter");
        let path = list.attribute("tbody th a", "href").expect("a link");
        let page = hoa.get(&path).await;
        page.expect_status(200).expect("Message-ID").expect("Send again");

        let an = app.browser();
        an.sign_in_as_staff("an@staff.example", PASSWORD, "/staff/messages").await.expect_status(200);
        assert!(!an.get(&path).await.has("form[action$='/resend']"));
        an.post(&format!("{path}/resend"), &[]).await.expect_status(403);

        hoa.post(&format!("{path}/resend"), &[]).await.expect_status(200).expect("Queued");
        hoa.post(&format!("{path}/resend"), &[]).await.expect_status(409).expect("waiting for its next attempt");
        app.run_jobs().await;
        hoa.get(&path).await.expect("Sent");
        let resent = platform::event::row::Entity::find().all(app.app().db().read()).await.expect("the database");
        assert_eq!(resent.iter().filter(|event| event.kind == "message.resent").count(), 1);
        let mails = app.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.to == "lan@saomai.example").count(), 1, "the same file again");
    }

    async fn a_single_use_link_is_never_shown(app: TestApp) {
        applied(&app).await;
        app.staff("hoa@staff.example", StaffRole::Lead).await;
        let email = row::Entity::find().all(app.app().db().read()).await.expect("the database").pop().expect("an email");
        let (id, template) = (email.id, email.template.clone());
        let mut secret = email.into_active_model();
        secret.secret = Set(true);
        secret.state = Set("given_up".to_owned());
        secret.blocks = Set(Some(r#"[{"text":"https://portal.example/reset?token=SECRET"}]"#.to_owned()));
        let tx = app.app().db().begin().await.expect("the database");
        let mut gone = secret.update(&tx).await.expect("the database").into_active_model();
        tx.commit().await.expect("the database");
        let hoa = app.browser();
        let path = format!("/staff/messages/{id}");
        let page = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, &path).await;
        page.expect_status(200).expect("single-use link for its recipient alone").expect("Send again");
        assert!(!page.body.contains("SECRET"));

        gone.blocks = Set(None);
        let tx = app.app().db().begin().await.expect("the database");
        gone.update(&tx).await.expect("the database");
        tx.commit().await.expect("the database");
        let page = hoa.get(&path).await;
        page.expect("no longer kept");
        assert!(!page.has("form[action$='/resend']"));
        hoa.post(&format!("{path}/resend"), &[]).await.expect_status(409).expect("the recipient asks again");
        hoa.get(&format!("/staff/messages/templates/{template}")).await.expect_status(200);
    }

    async fn an_email_that_an_earlier_version_queued_leaves_as_that_one_laid_it_out(app: TestApp) {
        applied(&app).await;
        let email = row::Entity::find().all(app.app().db().read()).await.expect("the database").pop().expect("an email");
        let mut laid_out = email.into_active_model();
        laid_out.recipient = Set("minh@saomai.example".to_owned());
        laid_out.blocks = Set(None);
        laid_out.body_text = Set("As it was.".to_owned());
        laid_out.body_html = Set("<p>As it was.</p>".to_owned());
        laid_out.state = Set("queued".to_owned());
        laid_out.due_at = Set(0);
        let tx = app.app().db().begin().await.expect("the database");
        laid_out.update(&tx).await.expect("the database");
        tx.commit().await.expect("the database");
        app.run_jobs().await;
        let mails = app.mails().await;
        let mail = mails.iter().find(|mail| mail.to == "minh@saomai.example").expect("an email");
        assert_eq!(mail.text.trim(), "As it was.");
    }

    async fn every_letter_has_a_preview_in_both_languages(app: TestApp) {
        app.staff("hoa@staff.example", StaffRole::Auditor).await;
        let hoa = app.browser();
        let page = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/messages/templates").await;
        page.expect_status(200);
        for preview in [accounts::PREVIEWS, registration::PREVIEWS].concat() {
            let path = format!("/staff/messages/templates/{}", preview.template);
            assert!(page.has(&format!("a[href='{path}']")), "{path}");
            let one = hoa.get(&path).await;
            one.expect_status(200);
            assert!(one.has("iframe[sandbox]"));
            for language in ["en", "vi"] {
                let frame = hoa.get(&format!("{path}/{language}")).await;
                frame.expect_status(200);
                let policy = frame.headers["content-security-policy"].to_str().expect("ASCII");
                assert!(policy.contains("sandbox") && policy.contains("frame-ancestors 'self'"), "{policy}");
            }
        }
        hoa.get("/staff/messages/templates/none").await.expect_status(404);
        hoa.get("/staff/messages/templates/none/en").await.expect_status(404);
    }
}

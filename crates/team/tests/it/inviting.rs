//! Invitations: sent, sent again, called back, accepted.

use jiff::SignedDuration;

use super::{HIS, MINH, ROOT, invite, of_minh, root};

testkit::on_both_databases! {
    async fn an_invited_colleague_sets_a_password_and_signs_in(app: TestApp) {
        let root = root(&app).await;
        root.get("/team").await.expect("Nobody else yet");
        invite(&root, &["customers", "read_only"]).await.expect("The invitation is on its way").expect("Invited");
        let mail = app.mail_to(MINH).await;
        assert!(mail.subject.contains("join Sao Mai") && mail.text.contains("Customers, Read only"), "{}", mail.text);

        // Before joining nobody signs in or has a password sent.
        app.browser().post("/forgotten", &[("email", ROOT), ("user_name", "minh")]).await;
        assert_eq!(app.mails().await.len(), 1);

        let link = mail.link("/join?token=");
        let visitor = app.browser();
        let page = visitor.get(&link).await;
        page.expect_status(200).expect("Join Sao Mai").expect(ROOT).expect("Customers, Read only");
        visitor.submit(&page, "password", &[("password", "short")]).await.expect_status(422);
        visitor.submit(&page, "password", &[("password", "minh minh minh")]).await
            .expect_status(422).expect("harder to guess");
        let second = app.browser();
        let (one, other) = tokio::join!(
            visitor.submit(&page, "password", &[("password", HIS)]),
            second.submit(&page, "password", &[("password", "quite another one")]),
        );
        for done in [one, other] {
            assert!(done.status == 200 || done.status == 410, "{}", done.text());
        }
        let told = visitor.get(&link).await;
        told.expect_status(200).expect("You have joined").expect("minh");
        let door = told.attribute("main a.btn", "href").unwrap();
        assert!(visitor.get(&door).await.has("#user_name"), "the form of IAM users");
        visitor.submit(&page, "password", &[("password", "a third password")]).await.expect("You have joined");
        let mut opened = 0;
        for password in [HIS, "quite another one", "a third password"] {
            let minh = app.browser();
            let page = minh.sign_in_as_iam(ROOT, "minh", password, "/profile").await;
            if page.status == 200 {
                page.expect("You work for Sao Mai").expect("Customers, Read only").expect(&format!("({ROOT})"));
                opened += 1;
            }
        }
        assert_eq!(opened, 1, "the link worked once");
        root.get("/team").await.expect("Active").expect("Customers, Read only");
        let page = root.get(&of_minh(&root).await).await;
        page.expect("Last sign-in");
        assert!(!page.says("Never"), "{}", page.text());
    }

    async fn an_invitation_is_sent_again_and_the_old_link_no_longer_works(app: TestApp) {
        let root = root(&app).await;
        invite(&root, &["credit"]).await.expect_status(200);
        let first = app.mail_to(MINH).await.link("/join?token=");
        app.advance(SignedDuration::from_hours(24 * 7));
        app.browser().get(&first).await.expect_status(410).expect("has expired");
        let minh = {
            root.sign_in(ROOT, testkit::PASSWORD, "/team").await.expect("Invitation expired");
            of_minh(&root).await
        };
        root.post(&format!("{minh}/send-again"), &[]).await.expect("on its way again");
        let second = app.mail_to(MINH).await.link("/join?token=");
        app.browser().get(&first).await.expect_status(410).expect("a newer email");
        app.browser().get(&second).await.expect_status(200);
        for _ in 0..4 {
            root.post(&format!("{minh}/send-again"), &[]).await.expect_status(200);
        }
        root.post(&format!("{minh}/send-again"), &[]).await.expect_status(429).expect("Enough invitations for today");
        app.browser().get("/join?token=cut-off").await.expect_status(404).expect("This link is not valid");
    }

    async fn a_withdrawn_invitation_opens_nothing(app: TestApp) {
        let root = root(&app).await;
        invite(&root, &["credit"]).await.expect_status(200);
        let link = app.mail_to(MINH).await.link("/join?token=");
        let form = app.browser().get(&link).await;
        let minh = of_minh(&root).await;
        let page = root.get(&format!("{minh}/remove")).await;
        page.expect("Withdraw the invitation?");
        root.post(&format!("{minh}/remove"), &[]).await.expect("is withdrawn").expect("Nobody else yet");
        app.browser().submit(&form, "password", &[("password", HIS)]).await.expect_status(410);
        app.browser().sign_in_as_iam(ROOT, "minh", HIS, "/profile").await.expect_status(422);
        root.get(&minh).await.expect_status(404);
    }

    async fn nobody_writes_to_the_whole_world_in_the_name_of_the_portal(app: TestApp) {
        let root = root(&app).await;
        let ask = async |number: u32| {
            let email = format!("m{number}@saomai.example");
            root.post("/team/new", &[("name", "M"), ("email", &email), ("grants", "credit")]).await
        };
        for number in 0..50 {
            ask(number).await.expect_status(200);
            let page = of_minh(&root).await;
            root.post(&format!("{page}/remove"), &[]).await.expect_status(200);
        }
        ask(50).await.expect_status(422).expect("50 invitations a day");
    }

    async fn a_form_with_mistakes_comes_back_with_what_was_typed(app: TestApp) {
        let root = root(&app).await;
        let page = root.post("/team/new", &[("name", ""), ("email", "minh"), ("user_name", "Lê Minh")]).await;
        page.expect_status(422)
            .expect("Enter the person’s name")
            .expect("Use only a to z")
            .expect("Choose at least one permission");
        assert_eq!(page.links(".error-summary a"), ["#name", "#email", "#user_name", "#grants"], "as in the form");
        assert_eq!(page.attribute("#user_name", "value").as_deref(), Some("Lê Minh"));
        invite(&root, &["credit"]).await.expect_status(200);
        invite(&root, &["credit"]).await.expect_status(422).expect("has this address already");
        let again = [("name", "M"), ("email", "m@saomai.example"), ("user_name", "MINH"), ("grants", "credit")];
        root.post("/team/new", &again).await.expect_status(422).expect("is called minh already");
        let own = [("name", "M"), ("email", ROOT), ("grants", "credit")];
        root.post("/team/new", &own).await.expect_status(422).expect("has this address already");
        let unknown = [("name", "M"), ("email", "m@saomai.example"), ("grants", "everything")];
        root.post("/team/new", &unknown).await.expect_status(422);
        assert_eq!(app.mails().await.len(), 1);
    }
}

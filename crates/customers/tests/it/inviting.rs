//! Inviting, and what becomes of invitations.

use customers::rules::StateKind;
use jiff::SignedDuration;
use platform::{Grant, StaffRole, api::Scope};
use serde_json::json;
use testkit::PASSWORD;

use crate::people::{SAO_MAI, confirm, invite, link_to, relation, sao_mai, signed_in};

testkit::on_both_databases! {
    async fn two_are_added_in_one_form_one_confirms_one_declines_and_staff_approve(app: TestApp) {
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;
        let (partner, browser) = sao_mai(&app).await;
        let form = browser.get("/customers/new").await;
        let fields = [
            ("email-1", "lien@hoasen.example"), ("name-1", "Hoa Sen"),
            ("email-3", "An@AnPhat.example"), ("name-3", "An Phát"), ("role-3", "reseller"), ("do", "send"),
        ];
        let page = browser.submit(&form, "email-1", &fields).await;
        page.expect_status(200).expect("Hoa Sen").expect("An Phát").expect("Awaiting the customer");

        // One signs up after the invitation: new to the provider.
        app.advance(SignedDuration::from_hours(1));
        let link = link_to(&app, "lien@hoasen.example").await;
        let stranger = app.browser();
        let page = stranger.get(&link).await;
        page.expect("Sao Mai invites you").expect("Sign in to confirm");
        let form = stranger.get(&page.attribute("a[href^='/sign-up']", "href").unwrap()).await;
        assert_eq!(form.attribute("#email", "value").as_deref(), Some("lien@hoasen.example"));
        let account = app.individual("lien@hoasen.example").await;
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        lien.get(&link).await.expect("No credit balance").expect("Sao Mai tops up your credit");
        confirm(&lien, &link).await.expect_status(200).expect("Awaiting approval");
        assert!(app.mail_to(SAO_MAI).await.subject.starts_with("Hoa Sen has confirmed"));

        // The other has no account and says no.
        let other = link_to(&app, "an@anphat.example").await;
        let token = other.rsplit('=').next().unwrap();
        let invited = relation(&app, partner, "an@anphat.example").await;
        let browser = signed_in(&app, SAO_MAI, "/customers").await;
        browser.get(&format!("/customers/{}", invited.id)).await.expect("The link works until");
        app.browser().post("/invitation/decline", &[("token", token)]).await.expect("is declined");
        app.browser().get(&other).await.expect_status(410).expect("Declined already");
        let declined = relation(&app, partner, "an@anphat.example").await;
        let page = browser.get(&format!("/customers/{}", declined.id)).await;
        page.expect("Declined").expect("reseller");
        assert!(!page.says("The link works until"), "it does no more");

        let hoa = app.browser();
        let queue = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/customers").await;
        queue.expect("One customer awaits approval").expect("Hoa Sen").expect("3 d left");
        let id = relation(&app, partner, "lien@hoasen.example").await.id;
        hoa.get(&format!("/staff/customers/{id}")).await.expect("Pays in advance").expect("Met");
        let page = hoa.post(&format!("/staff/customers/{id}/approve"), &[]).await;
        page.expect_status(200).expect("Active");
        assert_eq!(customers::directory::partner_of(app.app().db().read(), account).await.unwrap(), Some(partner));
        assert_eq!(app.mail_to("lien@hoasen.example").await.subject, "Sao Mai is now your partner at VNG Cloud");
        assert_eq!(app.mail_to(SAO_MAI).await.subject, "Hoa Sen is now your customer");
        lien.get("/partner").await.expect("Sao Mai is your partner");
        let page = browser.get(&format!("/customers/{id}")).await;
        assert!(page.has(&format!("a[href='/credit/top-up?customer={account}']")));
    }

    async fn errors_name_row_and_field_and_nothing_typed_is_lost(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        let form = browser.get("/customers/new").await;
        let more = [("email-2", "lien@hoasen.example"), ("name-2", "Hoa"), ("do", "add")];
        let grown = browser.submit(&form, "email-1", &more).await;
        assert!(grown.has("#email-6[autofocus]"), "it goes on where it grew");
        assert!(grown.has("#email-10") && grown.has("#email-2[value='lien@hoasen.example']"));
        let fields = [
            ("email-4", "no address"), ("name-4", "X"), ("email-5", "lien@hoasen.example"), ("name-6", "Y"), ("do", "send"),
        ];
        let page = browser.submit(&grown, "email-1", &fields).await;
        page.expect_status(422)
            .expect("Customer 4: Enter an email address like")
            .expect("Customer 5: This is the address of customer 2, too")
            .expect("Customer 5: Enter a name")
            .expect("Customer 6: Enter an email address");
        assert!(page.has("#email-4[aria-invalid]") && page.has("#name-6[value='Y']"));
        assert!(app.mails().await.is_empty(), "nobody was written to");
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        invite(&browser, "LIEN@hoasen.example", "Hoa").await.expect_status(422).expect("Customer 1: You have invited");
        invite(&browser, SAO_MAI, "We").await.expect_status(422).expect("Customer 1: This is your own address.");
        let form = browser.get("/customers/new").await;
        let fields = [
            ("email-1", "lien@hoasen.example"), ("name-1", ""), ("email-2", SAO_MAI), ("name-2", "We"), ("email-3", "?"), ("do", "send"),
        ];
        browser.submit(&form, "email-1", &fields).await.expect_status(422).expect(
            "Customer 1: You have invited this address already, or it is your customer. \
             Customer 1: Enter a name by which you know the customer. \
             Customer 2: This is your own address. Customer 3: Enter an email address like",
        );
    }

    async fn only_the_newest_link_works_once_and_in_time(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        app.individual("lien@hoasen.example").await;
        app.advance(SignedDuration::from_mins(1));
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let first = link_to(&app, "lien@hoasen.example").await;
        let id = relation(&app, partner, "lien@hoasen.example").await.id;
        let resend = format!("/customers/{id}/resend");
        browser.post(&resend, &[]).await.expect("Nothing was sent");
        app.advance(SignedDuration::from_mins(10));
        browser.post(&resend, &[]).await.expect("on its way again");
        lien.get(&first).await.expect_status(410).expect("This link is not valid").expect("from the newest email");

        let second = link_to(&app, "lien@hoasen.example").await;
        app.advance(SignedDuration::from_hours(24 * 14));
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        lien.get(&second).await.expect_status(410).expect("has expired").expect("Ask Sao Mai to send it again");
        app.run_jobs().await;
        let expired = relation(&app, partner, "lien@hoasen.example").await;
        assert_eq!(expired.state.kind(), StateKind::Expired);
        app.run_jobs().await;
        let told = app.mails().await.into_iter().filter(|mail| mail.to == SAO_MAI);
        assert_eq!(told.filter(|mail| mail.subject == "Hoa has not answered your invitation").count(), 1);

        let browser = signed_in(&app, SAO_MAI, "/customers").await;
        browser.post(&resend, &[]).await.expect("on its way again");
        let third = link_to(&app, "lien@hoasen.example").await;
        browser.get(&format!("/customers/{id}/withdraw")).await.expect("Withdraw the invitation of Hoa?");
        browser.post(&format!("/customers/{id}/withdraw"), &[]).await.expect("is withdrawn");
        lien.get(&third).await.expect_status(410).expect("Withdrawn");

        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(422).expect("went out a moment ago");
        app.advance(SignedDuration::from_mins(10));
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let fourth = link_to(&app, "lien@hoasen.example").await;
        confirm(&lien, &fourth).await.expect_status(200).expect("Sao Mai is your partner");
        let token = fourth.rsplit('=').next().unwrap();
        let again = app.browser().post("/invitation/decline", &[("token", token)]).await;
        again.expect_status(410).expect("Answered already");
    }

    /// The newest email to an address counts, whatever became of the invitation.
    async fn nobody_is_written_to_twice_in_a_moment_by_taking_back_and_inviting_again(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let older = relation(&app, partner, "lien@hoasen.example").await.id;
        app.advance(SignedDuration::from_hours(24 * 14));
        app.run_jobs().await;
        let browser = signed_in(&app, SAO_MAI, "/customers").await;
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let newer = relation(&app, partner, "lien@hoasen.example").await.id;
        assert_ne!(older, newer);
        browser.post(&format!("/customers/{newer}/withdraw"), &[]).await.expect("is withdrawn");
        let written = app.mails().await.len();

        let again = invite(&browser, "LIEN@hoasen.example", "Hoa").await;
        again.expect_status(422).expect("Customer 1: An email to this address went out a moment ago.");
        let form = browser.get("/customers/new").await;
        let fields = [("email-1", "lien@hoasen.example"), ("name-1", ""), ("do", "send")];
        browser.submit(&form, "email-1", &fields).await.expect_status(422).expect(
            "Customer 1: An email to this address went out a moment ago. Please wait a few minutes. Customer 1: Enter a name",
        );
        browser.post(&format!("/customers/{older}/resend"), &[]).await.expect("Nothing was sent");
        let body = json!({"customers": [
            {"email": "an@anphat.example", "name": "An"}, {"email": "lien@hoasen.example", "name": "Hoa"},
        ]});
        let answer = app.program(SAO_MAI, &[Scope::CustomersWrite]).await.post("/api/v1/customers", &body).await;
        answer.expect(409);
        assert!(answer.body["type"].as_str().unwrap().ends_with("invitation-too-soon"), "{}", answer.body);
        assert_eq!(answer.body["errors"][0]["pointer"], "/customers/1/email");
        let told = app.mails().await.into_iter().skip(written).filter(|mail| mail.to != SAO_MAI);
        assert_eq!(told.count(), 0, "nobody was written to");

        app.advance(SignedDuration::from_mins(10));
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
    }

    async fn a_relation_that_cannot_be_read_keeps_no_other_from_expiring(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        for email in ["lien@hoasen.example", "an@anphat.example"] {
            invite(&browser, email, "Hoa").await.expect_status(200);
            app.advance(SignedDuration::from_mins(1));
        }
        app.tamper("UPDATE customers SET language = '?' WHERE email = 'lien@hoasen.example'").await;
        app.advance(SignedDuration::from_hours(24 * 14));
        assert!(app.run_job("customers' deadlines").await.is_err());
        assert_eq!(relation(&app, partner, "an@anphat.example").await.state.kind(), StateKind::Expired);
    }

    async fn whoever_else_is_signed_in_cannot_confirm(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        app.individual("other@hoasen.example").await;
        let account = app.individual("lien@hoasen.example").await;
        app.iam_user(account, "minh").await;
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let link = link_to(&app, "lien@hoasen.example").await;
        let token = link.rsplit('=').next().unwrap();
        let other = signed_in(&app, "other@hoasen.example", "/overview").await;
        let page = other.get(&link).await;
        page.expect("This invitation is for another address");
        assert!(!page.says("What your account needs"));
        other.post("/invitation/confirm", &[("token", token)]).await.expect_status(409);
        let iam = app.browser();
        iam.sign_in_as_iam("lien@hoasen.example", "minh", PASSWORD, "/overview").await.expect_status(200);
        iam.get(&link).await.expect("Only the root user may confirm");
        iam.post("/invitation/confirm", &[("token", token)]).await.expect_status(403);
    }

    async fn a_relation_ends_and_both_see_it(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        let account = app.customer(partner, "lien@hoasen.example", "Hoa Sen").await;
        let id = relation(&app, partner, "lien@hoasen.example").await.id;
        assert!(browser.get(&format!("/customers/{id}")).await.has("a[href$='/end']"));
        browser.get(&format!("/customers/{id}/end")).await.expect("No longer manage Hoa Sen?");
        let page = browser.post(&format!("/customers/{id}/end"), &[]).await;
        page.expect("The relation is over").expect("Ended");
        assert!(!page.has("a[href$='/end']"), "it ends once");
        assert_eq!(customers::directory::partner_of(app.app().db().read(), account).await.unwrap(), None);
        assert!(app.mail_to("lien@hoasen.example").await.subject.starts_with("Sao Mai no longer manages"));
        let lien = signed_in(&app, "lien@hoasen.example", "/partner").await;
        lien.get("/partner").await.expect("You have no partner").expect("Ended");
    }

    async fn a_list_is_searched_filtered_sorted_and_read_page_by_page(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        for n in 0..52 {
            app.customer(partner, &format!("c{n}@many.example"), &format!("Số {n:02}")).await;
        }
        invite(&browser, "lien@hoasen.example", "Đại Việt").await.expect_status(200);
        let page = browser.get("/customers?sort=name").await;
        page.expect("Số 00");
        assert!(page.says("Đại Việt") && !page.says("Số 49"), "{}", page.text());
        let next = page.links("a[rel='next']").remove(0);
        let last = browser.get(&next).await;
        last.expect("Số 49").expect("Số 51");
        assert!(last.links("a[rel='next']").is_empty());
        let found = browser.get("/customers?q=dai").await;
        assert!(found.says("Đại Việt") && !found.says("Số"));
        let found = browser.get("/customers?state=awaiting_customer").await;
        assert!(found.says("Đại Việt") && !found.says("Số"));
        browser.get("/customers?q=%25").await.expect("Nothing found");
    }

    async fn an_iam_user_does_what_was_granted(app: TestApp) {
        let (partner, _) = sao_mai(&app).await;
        app.customer(partner, "lien@hoasen.example", "Hoa Sen").await;
        let id = relation(&app, partner, "lien@hoasen.example").await.id;
        app.iam_user_who(partner, "looks", &[Grant::ReadOnly]).await;
        app.iam_user_who(partner, "credits", &[Grant::Credit]).await;
        let looks = app.browser();
        let page = looks.sign_in_as_iam(SAO_MAI, "looks", PASSWORD, "/customers").await;
        page.expect("Hoa Sen");
        assert!(!page.has("a[href='/customers/new']"));
        let page = looks.get(&format!("/customers/{id}")).await;
        assert!(!page.has("main form, a[href^='/credit/top-up']"), "{}", page.body);
        looks.post(&format!("/customers/{id}/end"), &[]).await.expect_status(403);
        let credits = app.browser();
        credits.sign_in_as_iam(SAO_MAI, "credits", PASSWORD, "/customers").await.expect_status(403);
        let other = app.partner("root@other.example", "Khác", "0301482205").await;
        app.customer(other, "x@x.example", "Theirs").await;
        let theirs = relation(&app, other, "x@x.example").await.id;
        looks.get(&format!("/customers/{theirs}")).await.expect_status(404);
    }
}

#[tokio::test]
async fn a_link_that_works_for_one_day_is_not_said_to_work_for_1_days() {
    let one = 1.try_into().unwrap();
    let app = testkit::TestApp::start_with(testkit::On::Sqlite, |config| {
        config.customers.invitation_days = one;
    })
    .await;
    let (_, browser) = sao_mai(&app).await;
    for page in ["/customers/new", "/customers/import"] {
        browser
            .get(page)
            .await
            .expect("a link that works for one day, and");
    }
}

//! The checklist, the terms, the tick; and what stands in the way.

use accounts::store::rows;
use kernel::AccountId;
use registration::{
    rules::{StateKind, Unmet},
    service::{self, Submission, SubmitRefused},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use testkit::{PASSWORD, TestApp};

use crate::people::{
    LAN, acceptance, all, apply, open, open_as_iam, reject, root, sao_mai, staff, try_apply,
};

const BUTTON: &str = "Become a VNG Cloud Partner";

async fn unverify(app: &TestApp, account: AccountId) {
    let tx = app.app().db().begin().await.unwrap();
    rows::user::Entity::update_many()
        .col_expr(
            rows::user::Column::EmailVerifiedAt,
            Expr::value(Option::<i64>::None),
        )
        .filter(rows::user::Column::AccountId.eq(uuid::Uuid::from(account)))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn unmet(app: &TestApp, account: AccountId) -> Vec<Unmet> {
    match try_apply(app, account).await {
        Err(SubmitRefused::Unmet(requirements)) => requirements.unmet().collect(),
        other => panic!("{other:?}"),
    }
}

testkit::on_both_databases! {
    async fn an_enterprise_applies_and_awaits_approval(app: TestApp) {
        let account = sao_mai(&app).await;
        let (browser, page) = open(&app, "/registration").await;
        page.expect(BUTTON).expect("Not the customer of a partner").expect("Partner programme terms and conditions");
        assert!(!page.has(".checks .bad"));
        let vietnamese = browser.get("/registration?language=vi").await;
        vietnamese.expect("Điều khoản và điều kiện chương trình đối tác").expect(BUTTON);
        let done = browser.submit(&vietnamese, "agree", &[("agree", "yes")]).await;
        done.expect_status(200).expect("Awaiting approval").expect("Friday 27 November 2026, 09:00 (GMT+7)");
        done.expect("Your application was submitted.");
        assert_eq!(done.path(), "/registration");

        let [registration] = &all(&app, account).await[..] else { panic!("one registration") };
        assert_eq!(registration.language, kernel::Language::Vietnamese);
        assert_eq!(registration.terms.person, format!("Root of {LAN}"));
        assert_eq!(registration.terms.origin, Some("127.0.0.1".parse().unwrap()));
        let mail = app.mail_to(LAN).await;
        assert_eq!(mail.subject, "Hồ sơ trở thành Đối tác VNG Cloud của bạn đang chờ phê duyệt");
        assert!(mail.text.contains(&registration.reference()), "{}", mail.text);
    }

    async fn without_the_tick_nothing_is_submitted(app: TestApp) {
        let account = sao_mai(&app).await;
        let (browser, page) = open(&app, "/registration").await;
        let back = browser.submit(&page, "agree", &[]).await;
        back.expect_status(422).expect("Tick the box to say that you agree to the terms");
        assert!(back.has("title") && back.body.contains("<title>Error:"), "the title says it too");
        assert!(all(&app, account).await.is_empty());
    }

    async fn other_terms_than_those_shown_are_shown_again(app: TestApp) {
        let account = sao_mai(&app).await;
        let (browser, page) = open(&app, "/registration").await;
        let old = [("agree", "yes"), ("version", "2025-01-01")];
        let back = browser.submit(&page, "agree", &old).await;
        back.expect_status(422).expect("The terms have changed since you opened this page");
        assert_eq!(back.attribute("[name=version]", "value").as_deref(), Some("2026-11-01"));
        assert!(!back.has("#agree[checked]"), "what was ticked is not ticked for the new text");
        let forged = browser.submit(&page, "agree", &[("agree", "yes"), ("hash", "00")]).await;
        forged.expect_status(422);
        browser.submit(&page, "agree", &[("agree", "yes"), ("language", "xx")]).await.expect_status(400);
        assert!(all(&app, account).await.is_empty());
    }

    async fn an_individual_sees_what_to_do_and_cannot_apply(app: TestApp) {
        let account = app.individual(LAN).await;
        let (_, page) = open(&app, "/registration").await;
        page.expect("This is an individual account.").expect("Make it an enterprise account").expect("Support");
        assert!(page.has(".checks .bad a[href='/profile/enterprise']") && !page.has("[name=agree]"));
        assert_eq!(unmet(&app, account).await, [Unmet::Individual]);
    }

    async fn a_partners_customer_sees_who_manages_it_and_cannot_apply(app: TestApp) {
        let account = sao_mai(&app).await;
        let partner = app.enterprise("hai@bienxanh.vn", "Công ty Biển Xanh", "0101243150").await;
        app.make_customer_of(account, partner).await;
        let (_, page) = open(&app, "/registration").await;
        page.expect("Công ty Biển Xanh manages your account").expect("Support");
        assert!(!page.has("[name=agree]"));
        assert_eq!(unmet(&app, account).await, [Unmet::CustomerOf(partner)]);
    }

    async fn an_account_with_an_unverified_address_cannot_apply(app: TestApp) {
        let account = sao_mai(&app).await;
        unverify(&app, account).await;
        let (_, page) = open(&app, "/registration").await;
        page.expect("lan@saomai.vn has not been verified.");
        assert!(page.has(".checks .bad a[href='/forgotten']") && !page.has("[name=agree]"));
        assert_eq!(unmet(&app, account).await, [Unmet::EmailNotVerified]);
    }

    async fn requirements_are_checked_again_when_it_is_submitted(app: TestApp) {
        let account = sao_mai(&app).await;
        let partner = app.enterprise("hai@bienxanh.vn", "Công ty Biển Xanh", "0101243150").await;
        let (browser, page) = open(&app, "/registration").await;
        app.make_customer_of(account, partner).await;
        let back = browser.submit(&page, "agree", &[("agree", "yes")]).await;
        back.expect_status(422).expect("A requirement is no longer met").expect("Công ty Biển Xanh manages");
        assert!(all(&app, account).await.is_empty());
    }

    async fn an_iam_user_sees_why_only_the_root_user_may_apply(app: TestApp) {
        let account = sao_mai(&app).await;
        app.iam_user(account, "minh").await;
        let (browser, page) = open_as_iam(&app, "minh", "/registration").await;
        page.expect("Only the root user may apply").expect("Support");
        assert!(!page.has("[name=agree]"));
        browser.post("/registration", &[("language", "en"), ("agree", "yes")]).await.expect_status(403);
        assert!(all(&app, account).await.is_empty());
    }

    async fn nobody_applies_for_another_account(app: TestApp) {
        let account = sao_mai(&app).await;
        let other = app.enterprise("hai@bienxanh.vn", "Công ty Biển Xanh", "0101243150").await;
        let caller = root(&app, other).await;
        let refused = service::submit(&app.installation.rooms.desk, caller, account, &acceptance(&app)).await;
        assert!(matches!(refused, Err(SubmitRefused::NotRoot)), "{refused:?}");
    }

    async fn two_submissions_at_once_give_one_registration(app: TestApp) {
        let account = sao_mai(&app).await;
        let tries = (0..8).map(|_| {
            let (desk, acceptance) = (app.installation.rooms.desk.clone(), acceptance(&app));
            let app = &app;
            async move { service::submit(&desk, root(app, account).await, account, &acceptance).await.unwrap() }
        });
        let results = futures::future::join_all(tries).await;
        let taken = results.iter().filter(|result| matches!(result, Submission::Taken(_))).count();
        assert_eq!(taken, 1);
        let [registration] = &all(&app, account).await[..] else { panic!("one registration") };
        for result in &results {
            let (Submission::Taken(got) | Submission::Already(got)) = result;
            assert_eq!(got.id, registration.id);
        }
        let mails = app.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.to == LAN).count(), 1);
    }

    async fn a_tab_that_was_left_open_shows_where_it_stands(app: TestApp) {
        let account = sao_mai(&app).await;
        let (browser, page) = open(&app, "/registration").await;
        browser.submit(&page, "agree", &[("agree", "yes")]).await.expect("Awaiting approval");
        browser.submit(&page, "agree", &[("agree", "yes")]).await.expect_status(200).expect("Awaiting approval");
        assert_eq!(all(&app, account).await.len(), 1);
    }

    async fn a_rejected_account_sees_why_and_may_apply_again(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let first = apply(&app, account).await;
        reject(&app, first.id).await;
        let (browser, page) = open(&app, "/registration").await;
        page.expect("Your last application was rejected")
            .expect("The details do not match the business register.")
            .expect("The name differs.")
            .expect("You may apply again");
        assert!(!page.body.contains("be careful"), "the private note stays with staff");
        let mail = app.mail_to(LAN).await;
        assert!(mail.text.contains("The name differs.") && !mail.text.contains("be careful"), "{}", mail.text);

        let again = browser.submit(&page, "agree", &[("agree", "yes")]).await;
        again.expect("Awaiting approval").expect("Earlier applications").expect(&first.reference());
        let states: Vec<_> = all(&app, account).await.iter().map(|one| one.state.kind()).collect();
        assert_eq!(states, [StateKind::AwaitingApproval, StateKind::Rejected]);
    }

    async fn a_withdrawn_application_may_be_followed_by_another(app: TestApp) {
        let account = sao_mai(&app).await;
        let first = apply(&app, account).await;
        let (browser, page) = open(&app, "/registration").await;
        assert!(page.has("a#withdraw"));
        let confirm = browser.get("/registration/withdraw").await;
        confirm.expect("Withdraw the application?").expect(&first.reference());
        let done = browser.post("/registration/withdraw", &[]).await;
        done.expect("The application was withdrawn.").expect("You withdrew your last application");
        // Going back in the browser and pressing the button again does no harm.
        browser.post("/registration/withdraw", &[]).await.expect_status(200).expect("You withdrew");
        browser.submit(&done, "agree", &[("agree", "yes")]).await.expect("Awaiting approval");
        assert_eq!(all(&app, account).await.len(), 2);
    }

    async fn the_page_is_vietnamese_for_who_reads_it(app: TestApp) {
        sao_mai(&app).await;
        let browser = app.browser().speaking("vi");
        let signed_in = browser.sign_in(LAN, PASSWORD, "/registration").await;
        // The profile's language is English; the reader chooses.
        signed_in.expect(BUTTON);
        browser.post("/language", &[("language", "vi"), ("back", "/registration")]).await;
        let page = browser.get("/registration").await;
        page.expect("Trở thành Đối tác VNG Cloud").expect("Không phải là khách hàng của một đối tác");
        let done = browser.submit(&page, "agree", &[("agree", "yes")]).await;
        done.expect("Đang chờ phê duyệt").expect("09:00 thứ Sáu, 27/11/2026 (GMT+7)");
    }
}

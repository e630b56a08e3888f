//! An account is never a partner and a customer at once, nor two partners' customer, however requests interleave.

use accounts::{import::Report, store::account};
use customers::rules::StateKind;
use jiff::SignedDuration;
use platform::actor::Caller;
use sea_orm::ConnectionTrait;
use testkit::{Browser, On, TestApp};

use crate::people::{blocked, hold, invite, link_to, relation, sao_mai, signed_in};

const LIEN: &str = "lien@hoasen.example";

async fn post(browser: &Browser, link: &str) -> u16 {
    let token = link.rsplit('=').next().unwrap();
    browser
        .post("/invitation/confirm", &[("token", token)])
        .await
        .status
        .as_u16()
}

async fn import(app: &TestApp, rows: &str) -> Report {
    let file = format!("email,name,managed_by_email\n{rows}");
    accounts::import::run(app.app(), Caller::system(), file.as_bytes(), |_| {})
        .await
        .unwrap()
}

testkit::on_both_databases! {
    /// The provider's list names partners before they are some.
    async fn whoever_is_recorded_as_having_customers_becomes_none(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        app.individual(LIEN).await;
        import(&app, "an@anphat.example,An,lien@hoasen.example\n").await;
        app.advance(SignedDuration::from_mins(1));
        invite(&browser, LIEN, "Hoa").await.expect_status(200);
        let link = link_to(&app, LIEN).await;
        let lien = signed_in(&app, LIEN, "/overview").await;
        lien.get(&link).await.expect("or has customers in its records");
        assert_eq!(post(&lien, &link).await, 409);
    }

    async fn who_gets_customers_while_awaiting_approval_is_not_approved(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        invite(&browser, LIEN, "Hoa").await.expect_status(200);
        let link = link_to(&app, LIEN).await;
        app.advance(SignedDuration::from_mins(1));
        app.individual(LIEN).await;
        let lien = signed_in(&app, LIEN, "/overview").await;
        assert_eq!(post(&lien, &link).await, 200);
        import(&app, "an@anphat.example,An,lien@hoasen.example\n").await;
        app.staff("lead@staff.example", platform::StaffRole::Lead).await;
        let lead = app.browser();
        lead.sign_in_as_staff("lead@staff.example", testkit::PASSWORD, "/staff/customers").await;
        let id = relation(&app, partner, LIEN).await.id;
        lead.post(&format!("/staff/customers/{id}/approve"), &[]).await.expect("does not satisfy all conditions");
        assert_eq!(relation(&app, partner, LIEN).await.state.kind(), StateKind::AwaitingApproval);
    }

    async fn a_confirmation_and_an_import_at_once_do_not_make_a_chain(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        for round in 0..5 {
            let email = format!("lien{round}@hoasen.example");
            let account_id = app.individual(&email).await;
            app.advance(SignedDuration::from_mins(1));
            invite(&browser, &email, "Hoa").await.expect_status(200);
            let link = link_to(&app, &email).await;
            let lien = signed_in(&app, &email, "/overview").await;
            let rows = format!("an{round}@anphat.example,An,{email}\n");
            let (confirmed, report) = tokio::join!(post(&lien, &link), import(&app, &rows));
            assert_eq!(confirmed == 200, report.created == 0, "{confirmed} {report:?}");
            let found = account(app.app().db().read(), account_id).await.unwrap().unwrap();
            assert_eq!(found.managed_by == Some(partner), confirmed == 200);
        }
    }

    async fn of_two_partners_confirmations_at_once_one_holds(app: TestApp) {
        let (first, browser) = sao_mai(&app).await;
        let second = app.partner("root@other.example", "Khác", "0301482205").await;
        let other = signed_in(&app, "root@other.example", "/customers").await;
        let account_id = app.individual("lien@hoasen.example").await;
        app.advance(SignedDuration::from_mins(1));
        invite(&browser, "lien@hoasen.example", "Hoa").await.expect_status(200);
        let one = link_to(&app, "lien@hoasen.example").await;
        invite(&other, "lien@hoasen.example", "Sen").await.expect_status(200);
        let two = link_to(&app, "lien@hoasen.example").await;
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        let (a, b) = tokio::join!(post(&lien, &one), post(&lien, &two));
        let mut both = [a, b];
        both.sort_unstable();
        assert_eq!(both, [200, 409]);
        let found = account(app.app().db().read(), account_id).await.unwrap().unwrap();
        let winner = if a == 200 { first } else { second };
        assert_eq!(found.managed_by, Some(winner));
        let loser = if a == 200 { second } else { first };
        assert_eq!(relation(&app, loser, "lien@hoasen.example").await.account(), None);
    }

    async fn a_partner_to_be_and_a_customer_to_be_are_not_both(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        app.staff("lead@staff.example", platform::StaffRole::Lead).await;
        let lead = app.browser();
        lead.sign_in_as_staff("lead@staff.example", testkit::PASSWORD, "/staff/registrations").await.expect_status(200);
        for (n, code) in ["0301482205", "0312345673", "0107500414"].into_iter().enumerate() {
            let email = format!("root{n}@hoasen.example");
            let id = app.enterprise(&email, "Hoa Sen", code).await;
            app.advance(SignedDuration::from_mins(1));
            let root = signed_in(&app, &email, "/overview").await;
            let page = root.get("/registration").await;
            root.submit(&page, "agree", &[("agree", "yes")]).await.expect_status(200);
            let case = registration::store::of_account(app.app().db().read(), id).await.unwrap()[0].id;
            lead.post(&format!("/staff/registrations/{case}/take"), &[]).await.expect_status(200);
            invite(&browser, &email, "Hoa").await.expect_status(200);
            let link = link_to(&app, &email).await;
            let path = format!("/staff/registrations/{case}/approve");
            let (confirmed, approved) = tokio::join!(post(&root, &link), async { lead.post(&path, &[]).await.status.as_u16() });
            let mut both = [confirmed, approved];
            both.sort_unstable();
            assert_eq!(both, [200, 409]);
            let found = account(app.app().db().read(), id).await.unwrap().unwrap();
            assert_ne!(found.partner_since.is_some(), found.managed_by.is_some());
        }
    }
}

async fn on_postgres() -> TestApp {
    TestApp::start_with(On::Postgres, |config| config.database.connections = 8).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_and_a_second_email_do_not_wait_for_each_other() {
    let app = on_postgres().await;
    let (partner, browser) = sao_mai(&app).await;
    app.individual(LIEN).await;
    app.advance(SignedDuration::from_mins(1));
    invite(&browser, LIEN, "Hoa").await.expect_status(200);
    let link = link_to(&app, LIEN).await;
    let resend = format!("/customers/{}/resend", relation(&app, partner, LIEN).await.id);
    let lien = signed_in(&app, LIEN, "/overview").await;
    app.advance(SignedDuration::from_mins(10));
    let held = hold(&app).await;
    let (confirmed, sent, ()) = tokio::join!(
        post(&lien, &link),
        async {
            blocked(&app, 1).await;
            browser.post(&resend, &[]).await
        },
        async {
            blocked(&app, 2).await;
            held.commit().await.unwrap();
        },
    );
    assert_eq!(confirmed, 200);
    sent.expect_status(200).expect("Nothing was changed");
    assert_eq!(
        relation(&app, partner, LIEN).await.state.kind(),
        StateKind::Active
    );
}

/// As only a mistake of ours, or somebody at the database, brings about.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_given_up_in_a_deadlock_is_asked_to_come_again() {
    let app = on_postgres().await;
    let (partner, browser) = sao_mai(&app).await;
    invite(&browser, LIEN, "Hoa").await.expect_status(200);
    let resend = format!("/customers/{}/resend", relation(&app, partner, LIEN).await.id);
    loop {
        app.advance(SignedDuration::from_mins(10));
        let other = app.app().db().begin().await.unwrap();
        other
            .execute_unprepared("SELECT 1 FROM customers FOR UPDATE")
            .await
            .unwrap();
        let (page, went_on) = tokio::join!(browser.post(&resend, &[]), async {
            blocked(&app, 1).await;
            let went_on = other
                .execute_unprepared("SELECT 1 FROM accounts FOR UPDATE")
                .await;
            drop(other);
            went_on.is_ok()
        });
        // Which of both the database gives up is its choice: mostly the one that has waited longer.
        if went_on {
            page.expect_status(503).expect("Please try again in a moment");
            assert_eq!(page.headers["retry-after"], "5");
            break;
        }
    }
}

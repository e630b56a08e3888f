//! A clock that jumps, as one does that an operator or a time server sets.

use jiff::{SignedDuration, Timestamp};
use platform::{StaffRole, event};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{PASSWORD, TestApp, on_both_databases};
use uuid::Uuid;

const LAN: &str = "lan@saomai.example";

fn jump(app: &TestApp, hours: i64) -> Timestamp {
    let to = app.now() + SignedDuration::from_hours(hours);
    app.clock.set(to);
    to
}

on_both_databases! {
    async fn ids_ascend_when_the_clock_is_set_back(app: TestApp) {
        let mut last = app.app().new_id();
        for hours in [-5, 1, -24 * 400, 24 * 800, -1] {
            jump(&app, hours);
            for _ in 0..100 {
                let next = app.app().new_id();
                assert!(next > last, "{next} after {last}");
                last = next;
            }
        }
    }

    async fn a_session_outlives_a_clock_set_back_and_ends_after_a_jump_forward(app: TestApp) {
        app.enterprise(LAN, "Sao Mai", "0100109106").await;
        let browser = app.browser();
        browser.sign_in(LAN, PASSWORD, "/registration").await.expect_status(200);
        jump(&app, -6);
        assert_eq!(browser.get("/registration").await.path(), "/registration");
        jump(&app, 24 * 365);
        assert_ne!(browser.get("/registration").await.path(), "/registration");
    }

    async fn a_deadline_passed_in_a_jump_is_acted_on_once_however_the_clock_goes_on(app: TestApp) {
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let account = app.enterprise(LAN, "Sao Mai", "0100109106").await;
        let browser = app.browser();
        let page = browser.sign_in(LAN, PASSWORD, "/registration").await;
        browser.submit(&page, "agree", &[("agree", "yes")]).await.expect("Awaiting approval");
        for hours in [24 * 30, -24 * 30, 24 * 30, -1, 24 * 365] {
            jump(&app, hours);
            app.run_jobs().await;
            app.run_jobs().await;
        }
        for kind in ["registration.escalated", "registration.delay_told"] {
            let events = event::row::Entity::find()
                .filter(event::row::Column::AccountId.eq(Uuid::from(account)))
                .filter(event::row::Column::Kind.eq(kind));
            assert_eq!(events.all(app.app().db().read()).await.unwrap().len(), 1, "{kind}");
        }
        let told = app.mails().await.into_iter().filter(|mail| mail.to == LAN).count();
        assert_eq!(told, 2, "the request was received, and it takes longer");
    }
}

//! What follows from a balance that moved.

use credit::service::import;
use jiff::SignedDuration;
use platform::actor::Caller;
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use super::{PARTNER, ask, balance, cast, fund, root, usage::row};

/// Gives a row of usage a currency; one that is none makes the row unreadable.
pub(crate) async fn set_currency(app: &TestApp, row: &str, currency: &str) {
    let tx = app.app().db().begin().await.unwrap();
    let sql = format!("UPDATE credit_usage SET currency = '{currency}' WHERE row_id = '{row}'");
    tx.execute_unprepared(&sql).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_both_databases! {
    async fn an_account_is_told_once_that_its_credit_runs_low(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let root = root(&app).await;
        root.post("/credit/alert", &[("threshold", "-1")]).await.expect_status(422).expect("cannot be below zero");
        root.post("/credit/alert", &[("threshold", "500")]).await.expect("alert is set");
        let low = async || {
            app.run_jobs().await;
            app.mails().await.iter().filter(|mail| mail.to.contains(PARTNER) && mail.subject.contains("running low")).count()
        };
        for (amount, told) in [("300", 0), ("300", 1), ("100", 1)] {
            let page = ask(&root, cast.customer, amount).await;
            root.submit(&page, "order", &[]).await.expect_status(200);
            assert_eq!(low().await, told, "after {amount}");
        }
        fund(&app, cast.partner, 1_000, "FT 2").await;
        assert_eq!(low().await, 1);
        let page = ask(&root, cast.customer, "900").await;
        root.submit(&page, "order", &[]).await.expect_status(200);
        assert_eq!(low().await, 2, "again, after it had been above");
    }

    async fn an_account_that_cannot_be_looked_at_keeps_no_other_waiting(app: TestApp) {
        let cast = cast(&app).await;
        let other = app.partner("root@other.example", "Khác", "0301482205").await;
        let room = &app.installation.rooms.credit;
        import(room, Caller::system(), &[row("a", cast.partner, 30), row("b", other, 30)]).await.unwrap();
        set_currency(&app, "a", "?").await;
        fund(&app, cast.partner, 100, "FT 1").await;
        fund(&app, other, 100, "FT 2").await;
        let job = app.installation.jobs.iter().find(|job| job.name() == "credit follow-up").unwrap();
        for _ in 0..2 {
            assert!(job.run().await.is_err(), "somebody hears of it");
            assert_eq!((balance(&app, cast.partner).await, balance(&app, other).await), (100, 70));
        }
        set_currency(&app, "a", "VND").await;
        job.run().await.unwrap();
        assert_eq!(balance(&app, cast.partner).await, 70);
    }

    async fn a_look_at_all_that_broke_off_is_taken_again(app: TestApp) {
        let cast = cast(&app).await;
        let room = &app.installation.rooms.credit;
        import(room, Caller::system(), &[row("a", cast.partner, 30)]).await.unwrap();
        app.tamper("UPDATE credit_usage SET outstanding = 0").await;
        fund(&app, cast.partner, 100, "FT 1").await;
        app.run_job("credit follow-up").await.unwrap();
        // Another process left a row to be charged.
        app.tamper("UPDATE credit_usage SET outstanding = 30").await;
        app.run_job("credit follow-up").await.unwrap();
        assert_eq!(balance(&app, cast.partner).await, 100, "it is not looked at all the time");
        app.advance(SignedDuration::from_mins(10));
        app.tamper("ALTER TABLE credit_usage RENAME TO out_of_reach").await;
        assert!(app.run_job("credit follow-up").await.is_err());
        app.tamper("ALTER TABLE out_of_reach RENAME TO credit_usage").await;
        app.run_job("credit follow-up").await.unwrap();
        assert_eq!(balance(&app, cast.partner).await, 70);
    }
}

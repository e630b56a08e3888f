//! What follows from a balance that moved.

use super::{PARTNER, ask, cast, fund, root};

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
}

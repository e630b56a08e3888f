//! Usage from billing.

use credit::service::{Imported, Row, RowRefused, Taken, import};
use kernel::AccountId;
use platform::{actor::Caller, event};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use testkit::TestApp;

use super::{CLERK, PARTNER, ask, balance, cast, following::set_currency, fund, root, staff, vnd};

pub(crate) fn row(id: &str, account: AccountId, amount: i64) -> Row {
    Row {
        row: id.to_owned(),
        account,
        amount: vnd(amount),
        period: "2026-11".to_owned(),
        description: "vCPU".to_owned(),
    }
}

async fn take(app: &TestApp, rows: &[Row]) -> Imported {
    let done = import(&app.installation.rooms.credit, Caller::system(), rows)
        .await
        .unwrap();
    app.run_jobs().await;
    done
}

/// The kinds of events of usage, in order.
async fn usage_events(app: &TestApp) -> Vec<String> {
    event::row::Entity::find()
        .filter(event::row::Column::Kind.starts_with("credit.usage_"))
        .order_by_asc(event::row::Column::Id)
        .all(app.app().db().read())
        .await
        .unwrap()
        .into_iter()
        .map(|event| event.kind)
        .collect()
}

testkit::on_both_databases! {
    async fn a_row_is_charged_once_however_often_it_comes(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let rows = [row("a", cast.partner, 300), row("b", cast.partner, 200), row("a", cast.partner, 300)];
        let done = take(&app, &rows).await;
        assert_eq!(done.rows, [Ok(Taken::New), Ok(Taken::New), Ok(Taken::Repeated)]);
        let done = take(&app, &rows).await;
        assert_eq!((done.count(Taken::New), done.count(Taken::Repeated)), (0, 3));
        assert_eq!(balance(&app, cast.partner).await, 500);
        let differs = take(&app, &[row("a", cast.partner, 301), row("c", AccountId(uuid::Uuid::nil()), 1), row("d", cast.partner, 0)]).await;
        let refused = [(0, RowRefused::Differs), (1, RowRefused::NoAccount), (2, RowRefused::Amount)];
        assert_eq!(differs.refused().collect::<Vec<_>>(), refused);
        assert_eq!(balance(&app, cast.partner).await, 500);
    }

    async fn what_the_balance_does_not_cover_is_charged_when_credit_comes_in(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 100, "FT 1").await;
        take(&app, &[row("a", cast.partner, 60), row("b", cast.partner, 90)]).await;
        assert_eq!(balance(&app, cast.partner).await, 0);
        root(&app).await.get("/credit").await.expect("Outstanding usage").expect("VND 50 of usage is not paid yet");
        fund(&app, cast.partner, 30, "FT 2").await;
        app.run_jobs().await;
        assert_eq!(balance(&app, cast.partner).await, 0);
        fund(&app, cast.partner, 500, "FT 3").await;
        app.run_jobs().await;
        assert_eq!(balance(&app, cast.partner).await, 480);
        assert!(!root(&app).await.get("/credit").await.says("Outstanding usage"));
    }

    async fn a_deposit_pays_all_that_waited_however_many_rows_and_says_once_what_it_does_not_cover(app: TestApp) {
        let cast = cast(&app).await;
        let rows: Vec<Row> = (0..1_100).map(|n| row(&format!("row {n}"), cast.partner, 1)).collect();
        take(&app, &rows).await;
        let told = usage_events(&app).await.len();
        fund(&app, cast.partner, 1_050, "FT 1").await;
        app.run_jobs().await;
        assert_eq!(balance(&app, cast.partner).await, 0);
        root(&app).await.get("/credit").await.expect("VND 50 of usage is not paid yet");
        let kinds = usage_events(&app).await.split_off(told);
        assert_eq!(kinds, ["credit.usage_charged", "credit.usage_charged", "credit.usage_charged", "credit.usage_outstanding"]);
        fund(&app, cast.partner, 60, "FT 2").await;
        app.run_jobs().await;
        assert_eq!(balance(&app, cast.partner).await, 10);
    }

    async fn what_an_account_without_credit_owes_is_not_gone_through_when_more_comes_in(app: TestApp) {
        let cast = cast(&app).await;
        take(&app, &[row("a", cast.partner, 60)]).await;
        // Whoever reads it would fail.
        set_currency(&app, "a", "?").await;
        let done = take(&app, &[row("b", cast.partner, 90)]).await;
        assert_eq!(done.rows, [Ok(Taken::New)]);
        assert_eq!(usage_events(&app).await, ["credit.usage_outstanding", "credit.usage_outstanding"]);
        root(&app).await.get("/credit").await.expect("VND 150 of usage is not paid yet");
    }

    async fn what_an_account_owes_is_told_again_only_when_it_owes_more(app: TestApp) {
        let cast = cast(&app).await;
        let rows = [row("a", cast.partner, 60), row("b", cast.customer, 10)];
        take(&app, &rows).await;
        let told = usage_events(&app).await.len();
        assert_eq!(told, 2);
        take(&app, &rows).await;
        assert_eq!(usage_events(&app).await.len(), told);
        take(&app, &[row("a", cast.partner, 60), row("c", cast.customer, 10)]).await;
        assert_eq!(usage_events(&app).await.len(), told + 1);
    }

    async fn the_same_rows_in_another_order_at_once_are_taken_once(app: TestApp) {
        let cast = cast(&app).await;
        let room = &app.installation.rooms.credit;
        for round in 0..10 {
            let rows: Vec<Row> = (0..200).map(|n| row(&format!("{round} {n}"), cast.partner, 1)).collect();
            let turned: Vec<Row> = rows.iter().rev().cloned().collect();
            let both = tokio::join!(import(room, Caller::system(), &rows), import(room, Caller::system(), &turned));
            let (one, other) = (both.0.unwrap(), both.1.unwrap());
            assert_eq!(one.count(Taken::New) + other.count(Taken::New), 200);
        }
    }

    async fn usage_that_waited_is_paid_before_a_customer_is_topped_up(app: TestApp) {
        let cast = cast(&app).await;
        take(&app, &[row("a", cast.partner, 90)]).await;
        // No job has looked at what came in.
        fund(&app, cast.partner, 100, "FT 1").await;
        let root = root(&app).await;
        let page = ask(&root, cast.customer, "50").await;
        root.submit(&page, "order", &[]).await.expect_status(422).expect("more than the balance: VND 10");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (10, 0));
        let page = ask(&root, cast.customer, "10").await;
        root.submit(&page, "order", &[]).await.expect("Hoa Sen was topped up");
    }

    async fn staff_refund_usage_from_the_accounts_page_once(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 100, "FT 1").await;
        take(&app, &[row("a", cast.partner, 150)]).await;
        let clerk = staff(&app, CLERK).await;
        let account = format!("/staff/credit/accounts/{}", cast.partner);
        let link = clerk.get(&account).await.links("a[href$='/refund']").pop().unwrap();
        clerk.get(&link).await.expect("VND 150").expect("Left to refund");
        for (amount, reason, says) in
            [("0", "Too much.", "above zero"), ("151", "Too much.", "Only VND 150"), ("80", " ", "Say why")]
        {
            let page = clerk.post(&link, &[("amount", amount), ("reason", reason)]).await;
            page.expect_status(422).expect(says);
        }
        let page = clerk.post(&link, &[("amount", "80"), ("reason", "Measured twice.")]).await;
        page.expect("Nothing has moved yet").expect("VND 50 of it is waived").expect("VND 30");
        assert_eq!(balance(&app, cast.partner).await, 0);
        clerk.submit(&page, "order", &[("step", "change")]).await.expect("Left to refund");
        for _ in 0..2 {
            clerk.submit(&page, "order", &[("step", "confirmed")]).await.expect("is refunded").expect("+VND 30");
            assert_eq!(balance(&app, cast.partner).await, 30, "once, however often it is confirmed");
        }
        let other = clerk.post(&link, &[("amount", "71"), ("reason", "More.")]).await;
        other.expect_status(422).expect("Only VND 70");
        clerk.get(&format!("{account}/usage")).await.expect("VND 30");
        assert!(app.mail_to(PARTNER).await.text.contains("Measured twice."));
        root(&app).await.get("/credit?kind=refund").await.expect("+VND 30");
        root(&app).await.get(&link).await.expect_status(403);
    }
}

//! A partner tops its customers up.

use accounts::store::set_managed_by;
use platform::Grant;

use super::{PARTNER, ask, balance, cast, fund, root};

testkit::on_both_databases! {
    async fn both_balances_move_after_a_confirmation_and_the_history_shows_it(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 10_000_000, "FT 1").await;
        let root = root(&app).await;
        root.get("/credit").await.expect("VND 10,000,000").expect("Hoa Sen").expect("+VND 10,000,000");

        let page = ask(&root, cast.customer, "2,500,000").await;
        page.expect("Nothing has moved yet").expect("VND 7,500,000").expect("VND 2,500,000");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (10_000_000, 0));

        let done = root.submit(&page, "order", &[]).await;
        done.expect("Hoa Sen was topped up").expect("VND 7,500,000").expect("VND 2,500,000");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (7_500_000, 2_500_000));
        root.get("/credit").await.expect("to Hoa Sen").expect("−VND 2,500,000");
        let told = app.mail_to("buyer@hoasen.example").await;
        assert!(told.text.contains("VND 2,500,000") && told.text.contains("Sao Mai"), "{}", told.text);

        let customer = app.browser();
        let page = customer.sign_in("buyer@hoasen.example", testkit::PASSWORD, "/credit").await;
        page.expect("Sao Mai tops up your credit").expect("from Sao Mai").expect("VND 2,500,000");
        customer.get("/credit/top-up").await.expect_status(403);
    }

    async fn the_same_top_up_sent_twice_or_at_once_from_two_browsers_moves_once(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let (one, other) = (root(&app).await, root(&app).await);
        let page = ask(&one, cast.customer, "600").await;
        let (first, second) = tokio::join!(one.submit(&page, "order", &[]), other.submit(&page, "order", &[]));
        first.expect("Hoa Sen was topped up");
        second.expect("Hoa Sen was topped up");
        assert_eq!(first.path(), second.path(), "one transaction");
        one.submit(&page, "order", &[]).await.expect("Hoa Sen was topped up");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (400, 600));
    }

    async fn amounts_that_cannot_move_come_back_with_the_field_named(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let root = root(&app).await;
        for (amount, says) in [
            ("", "Enter an amount"),
            ("0", "above zero"),
            ("-5", "above zero"),
            ("0.5", "Enter a number such as 150,000,000. VND has no decimals."),
            ("0,5", "Enter a number such as 150,000,000. VND has no decimals."),
            ("ten", "Enter a number such as 150,000,000. VND has no decimals."),
            ("1001", "more than the balance: VND 1,000"),
            ("99999999999999999999", "Enter VND 999,999,999,999,999 at most."),
        ] {
            let page = ask(&root, cast.customer, amount).await;
            page.expect_status(422).expect(says);
            assert!(page.has("#amount-error"), "{amount}");
            assert_eq!(page.attribute("#amount", "value").unwrap(), amount);
        }
        let stranger = app.individual("other@example.vn").await;
        ask(&root, stranger, "1").await.expect_status(422).expect("Choose one of your active customers");
        assert_eq!(balance(&app, cast.partner).await, 1_000);
    }

    async fn what_ended_or_was_spent_between_form_and_confirmation_moves_nothing(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let root = root(&app).await;
        let (first, second) = (ask(&root, cast.customer, "700").await, ask(&root, cast.customer, "700").await);
        root.submit(&first, "order", &[]).await.expect_status(200);
        root.submit(&second, "order", &[]).await.expect_status(422).expect("more than the balance: VND 300");
        let third = ask(&root, cast.customer, "100").await;
        let tx = app.app().db().begin().await.unwrap();
        set_managed_by(&tx, cast.customer, None).await.unwrap();
        tx.commit().await.unwrap();
        root.submit(&third, "order", &[]).await.expect_status(422);
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (300, 700));
        let forged = root.post("/credit/top-up/confirm", &[("order", "x.y")]).await;
        forged.expect_status(409).expect("Begin again");
    }

    async fn whoever_goes_back_after_a_top_up_and_sends_the_form_again_is_told_that_it_was_made(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let root = root(&app).await;
        let customer = cast.customer.to_string();
        let form = root.get("/credit/top-up").await;
        let typed = [("customer", customer.as_str()), ("amount", "400")];
        let page = root.submit(&form, "amount", &typed).await;
        root.submit(&page, "order", &[]).await.expect_status(200);
        // The answer to the form, loaded again.
        let again = root.submit(&form, "amount", &typed).await;
        again.expect_status(200).expect("This top-up was made before");
        assert!(again.path().starts_with("/credit/transfers/"), "{}", again.path());
        assert_eq!(balance(&app, cast.customer).await, 400);
        // Whoever wants another one gets it.
        let form = root.get("/credit/top-up").await;
        let page = root.submit(&form, "amount", &typed).await;
        root.submit(&page, "order", &[]).await.expect_status(200);
        assert_eq!(balance(&app, cast.customer).await, 800);
    }

    async fn a_colleague_with_read_only_looks_and_moves_nothing(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        app.iam_user_who(cast.partner, "reader", &[Grant::ReadOnly]).await;
        let reader = app.browser();
        let page = reader.sign_in_as_iam(PARTNER, "reader", testkit::PASSWORD, "/credit").await;
        page.expect("VND 1,000");
        assert!(!page.has("a[href^='/credit/top-up']"));
        reader.get("/credit/top-up").await.expect_status(403);
        ask(&reader, cast.customer, "1").await.expect_status(403);
        reader.post("/credit/alert", &[("threshold", "5")]).await.expect_status(403);
    }
}

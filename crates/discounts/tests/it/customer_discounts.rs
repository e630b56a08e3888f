//! What a partner grants its customers, through the browser. It is Monday 23 November 2026; three business days ahead is
//! Friday 27: the 24th is a holiday.

use discounts::customer::rules::End;
use jiff::SignedDuration;
use platform::{Grant, actor::Caller};
use testkit::{PASSWORD, TestApp, on_both_databases};

use crate::support::*;

on_both_databases! {
    async fn a_partner_grants_a_discount_that_begins_and_ends_by_itself(app: TestApp) {
        let (_, customer) = a_partner_with_a_customer(&app).await;
        let browser = browser_of(&app, PARTNER).await;
        browser.get("/discounts/customers").await.expect("Bình Minh minh@banmai.example Public prices");
        let form = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        form.expect("Friday 27 November 2026 at the earliest");
        assert_eq!(form.attribute("input#from", "value").as_deref(), Some("2026-11-27"));
        let filled = [("to", "2026-11-28"), ("group-compute", "10"), ("product-vcpu", "12,5"), ("below", "yes")];
        let done = browser.submit(&form, "from", &filled).await;
        done.expect("The discount is granted.").expect("To come");
        done.expect("vCPU 12.5% 27 November 2026 – 28 November 2026 To come Withdraw");
        let mail = app.mail_to(CUSTOMER).await;
        assert_eq!(mail.subject, "Sao Mai JSC grants you a discount on VNG Cloud");
        assert!(mail.text.contains("All of Compute") && mail.text.contains("12.5%"), "{}", mail.text);
        assert_eq!(told(&app).await, ["granted", "granted"]);

        // Friday begins in Viet Nam.
        app.advance(SignedDuration::from_hours(86));
        app.run_jobs().await;
        assert_eq!(told(&app).await.len(), 2);
        app.advance(SignedDuration::from_hours(1));
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(told(&app).await[2..], ["activated", "activated"]);
        browser_of(&app, PARTNER).await.get("/discounts/customers").await
            .expect("Bình Minh minh@banmai.example All of Compute: 10% vCPU: 12.5%");

        // Nobody looks until it is long over.
        app.advance(SignedDuration::from_hours(24 * 7));
        app.run_jobs().await;
        assert_eq!(told(&app).await[4..], ["expired", "expired"]);
        browser_of(&app, PARTNER).await.get(&format!("/discounts/customers/{customer}")).await
            .expect("History").expect("vCPU 12.5% 27 November 2026 – 28 November 2026 Over");
    }

    async fn each_faulty_field_is_named_and_what_was_typed_stays(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        granted(&app, pair, "ssd", "5", ("2026-12-01", "2026-12-31")).await;
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get(&format!("/discounts/customers/{}/new", pair.1)).await;
        let post = async |fields: &[(&str, &str)]| browser.submit(&form, "from", fields).await;

        let page = post(&[("from", "2026-12-01"), ("to", "2026-11-30"), ("product-vcpu", "ten"), ("product-ram", "100.01"), ("group-compute", "1.005")]).await;
        page.expect_status(422).expect("The last day lies before the first.").expect("vCPU: Enter a number such as 12.5.")
            .expect("Memory: From 0 to 100.").expect("All of Compute: At most two decimals.");
        let early = post(&[("from", "2026-11-24"), ("to", "2026-12-01"), ("product-vcpu", "ten")]).await;
        early.expect_status(422).expect("vCPU: Enter a number").expect("The first day is 27 November 2026 at the earliest.");
        for field in ["#to", "#product-vcpu", "#product-ram", "#group-compute"] {
            assert!(page.has(&format!("input{field}[aria-invalid=true]")), "{field}");
        }
        assert!(page.has("input#product-vcpu[value=ten]"));
        post(&[("from", "2026-11-25"), ("to", "2026-12-01")]).await
            .expect_status(422).expect("The first day is 27 November 2026 at the earliest.")
            .expect("Enter a percentage for at least one product or group.");
        let page = post(&[("from", "2026-12-31"), ("to", "2027-01-01"), ("product-ssd", "7"), ("below", "yes")]).await;
        page.expect_status(422).expect("There is a discount on it already: 1 December 2026 – 31 December 2026.");
        assert!(page.has("input#product-ssd[aria-invalid=true]"));
        post(&[("from", "2027-01-01"), ("to", "2027-01-01"), ("product-ssd", "7"), ("below", "yes")]).await
            .expect("The discount is granted.");
    }

    async fn whoever_sells_below_purchase_price_says_that_it_is_meant(app: TestApp) {
        let (_, customer) = a_partner_with_a_customer(&app).await;
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        assert!(!form.has("input#below"));
        let fields = [("to", "2026-12-31"), ("product-vcpu", "20")];
        let warned = browser.submit(&form, "from", &fields).await;
        warned.expect_status(422).expect("You would sell below your own purchase price")
            .expect("vCPU: the customer gets 20% off, you get 0%. It pays VND 200 for what costs you VND 250. From 27 November 2026.");
        assert!(told(&app).await.is_empty());
        browser.submit(&warned, "from", &[("below", "yes")]).await.expect("The discount is granted.");
        // Nothing off is no loss.
        let fields = [("to", "2026-12-31"), ("product-ram", "0")];
        browser.submit(&form, "from", &fields).await.expect("The discount is granted.");
    }

    async fn what_is_in_force_is_filled_in_for_the_days_after_it(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        granted(&app, pair, "vcpu", "12.5", ("2026-11-27", "2026-12-31")).await;
        granted(&app, pair, "ram", "3", ("2026-12-01", "2026-12-31")).await;
        app.advance(SignedDuration::from_hours(96));
        let (browser, path) = (browser_of(&app, PARTNER).await, format!("/discounts/customers/{}/new", pair.1));
        let form = browser.get(&path).await;
        assert!(form.has("input#product-vcpu[value='12.5']") && form.has("input#product-ram[value='']"));
        assert!(form.has("input#from[value='2027-01-01']"));
        // As the reader writes numbers, and taken back so.
        let form = browser.post("/language", &[("language", "vi"), ("back", &path)]).await;
        assert!(form.has("input#product-vcpu[value='12,5']"));
        let filled = [("to", "2027-01-31"), ("below", "yes")];
        browser.submit(&form, "from", &filled).await.expect("vCPU 12,5% 1/1/2027 – 31/1/2027");
    }

    async fn a_discount_is_withdrawn_before_it_begins_and_ended_while_it_holds(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        let id = granted(&app, pair, "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        let other = granted(&app, pair, "ram", "10", ("2026-11-27", "2026-12-31")).await;
        let path = format!("/discounts/customers/{}", pair.1);
        let browser = browser_of(&app, PARTNER).await;
        browser.get(&format!("{path}/{id}/end")).await.expect_status(409).expect("The discount has not begun");
        browser.get(&format!("{path}/{other}/withdraw")).await.expect("Withdraw this discount?").expect("Memory");
        browser.post(&format!("{path}/{other}/withdraw"), &[]).await.expect("The discount is withdrawn.");
        browser.post(&format!("{path}/{other}/withdraw"), &[]).await.expect_status(409).expect("The discount is over");
        assert_eq!(app.mail_to(CUSTOMER).await.subject, "A discount of Sao Mai JSC was withdrawn");
        // Its days are free again.
        granted(&app, pair, "ram", "11", ("2026-11-27", "2026-12-31")).await;

        app.advance(SignedDuration::from_hours(24 * 7));
        app.run_jobs().await;
        let browser = browser_of(&app, PARTNER).await;
        browser.get(&format!("{path}/{id}/withdraw")).await.expect_status(409).expect("it can be ended");
        browser.get(&format!("{path}/{id}/end")).await.expect("It is in force until the end of today");
        browser.post(&format!("{path}/{id}/end"), &[]).await.expect("The discount ends with today.")
            .expect("vCPU 10% 27 November 2026 – 30 November 2026 In force");
        browser.post(&format!("{path}/{id}/end"), &[]).await.expect_status(409).expect("The discount ends today");
        assert_eq!(app.mail_to(CUSTOMER).await.subject, "A discount of Sao Mai JSC ends on 30 November 2026");
        app.advance(SignedDuration::from_hours(24));
        app.run_jobs().await;
        let told = told(&app).await;
        assert_eq!(told.iter().filter(|kind| *kind == "expired").count(), 1, "{told:?}");
        browser_of(&app, CUSTOMER).await.get("/prices").await.expect("vCPU vcpu vCPU-hour VND 250 VND 250");
    }

    async fn nobody_sees_or_touches_the_discounts_of_others(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        let id = granted(&app, pair, "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        let path = format!("/discounts/customers/{}", pair.1);
        app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        let other = browser_of(&app, "other@partner.example").await;
        for page in [path.clone(), format!("{path}/new"), format!("{path}/{id}/withdraw")] {
            other.get(&page).await.expect_status(404);
        }
        other.post(&format!("{path}/{id}/withdraw"), &[]).await.expect_status(404);
        other.post(&path, &[("from", "2026-11-27"), ("to", "2026-12-31"), ("product-vcpu", "90")]).await.expect_status(404);
        browser_of(&app, CUSTOMER).await.get(&path).await.expect_status(403);

        app.iam_user_who(pair.0, "hoa", &[Grant::ReadOnly]).await;
        let reader = app.browser();
        let page = reader.sign_in_as_iam(PARTNER, "hoa", PASSWORD, &path).await;
        page.expect("vCPU 10%");
        assert!(!page.has("a[href$='/withdraw']") && !page.has("a[href$='/new']"));
        reader.post(&format!("{path}/{id}/withdraw"), &[]).await.expect_status(403);
    }

    async fn of_two_grants_for_the_same_days_one_is_taken(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        let rooms = &app.installation.rooms;
        let list = rooms.catalogue.prices().await.unwrap();
        let on = discounts::price::Target::Product(list.by_code(&"vcpu".parse().unwrap()).unwrap().product.id);
        let grant = async |percent: &str| {
            use discounts::customer::{rules::{Draft, Line, Period}, service};
            let day = |text: &str| text.parse().unwrap();
            let draft = Draft {
                period: Period::new(day("2026-12-01"), day("2026-12-31")).unwrap(),
                lines: vec![Line { on, percent: percent.parse().unwrap() }],
            };
            service::grant(&rooms.discounts, Caller::system(), pair.0, pair.1, &draft, true).await
        };
        let done = futures::future::join_all(["1", "2", "3", "4"].map(grant)).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(told(&app).await, ["granted"]);
    }

    async fn a_partner_keeps_the_history_of_whoever_left_and_sees_nothing_of_what_comes_after(app: TestApp) {
        let (partner, customer) = a_partner_with_a_customer(&app).await;
        granted(&app, (partner, customer), "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        let waits = granted(&app, (partner, customer), "ram", "10", ("2026-12-15", "2026-12-31")).await;
        let relation = customers::store::active_with(app.app().db().read(), partner, customer).await.unwrap().unwrap();
        app.advance(SignedDuration::from_hours(24 * 7));
        leave(&app, partner, customer).await;
        app.run_jobs().await;
        let another = app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        app.make_customer_of(customer, another).await;
        granted(&app, (another, customer), "ssd", "7", ("2026-12-04", "2026-12-31")).await;

        let (browser, path) = (browser_of(&app, PARTNER).await, format!("/discounts/customers/{customer}"));
        assert!(browser.get(&format!("/customers/{}", relation.id)).await.has(&format!("a[href='{path}']")));
        let page = browser.get(&path).await;
        page.expect("Discounts of Bình Minh").expect("It is not your customer any more.")
            .expect("vCPU 10% 27 November 2026 – 30 November 2026 Over").expect("15 December 2026 – 31 December 2026 Withdrawn");
        assert!(!page.says("SSD") && !page.says("7%") && !page.has("main a[href*='/new']") && !page.has("a[href^='/prices?']"));
        browser.get(&format!("{path}/new")).await.expect_status(404);
        browser.get(&format!("{path}/{waits}/withdraw")).await.expect_status(404);
        let page = browser_of(&app, "other@partner.example").await.get(&path).await;
        page.expect("7%");
        assert!(!page.says("10%"));
    }

    async fn one_that_cannot_be_read_keeps_no_other_from_beginning_or_being_cut_off(app: TestApp) {
        let (partner, customer) = a_partner_with_a_customer(&app).await;
        let other = app.customer(partner, "an@anphat.example", "An").await;
        let broken = granted(&app, (partner, customer), "vcpu", "11", ("2026-11-27", "2026-12-31")).await;
        let fine = granted(&app, (partner, other), "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        app.tamper("UPDATE customer_discounts SET first_day = '?' WHERE percent = 1100").await;
        app.advance(SignedDuration::from_hours(24 * 7));
        assert!(app.run_job("customer-discounts").await.is_err());
        assert_eq!(told(&app).await, ["granted", "granted", "activated"]);

        leave(&app, partner, customer).await;
        app.advance(SignedDuration::from_hours(1));
        leave(&app, partner, other).await;
        for _ in 0..2 {
            assert!(app.run_job("customer-discounts").await.is_err());
        }
        let cut = discounts::customer::store::find(app.app().db().read(), partner, fine).await.unwrap().unwrap();
        assert!(matches!(cut.end, End::Severed { .. }), "{cut:?}");
        // Mended, the first is caught up with.
        app.tamper("UPDATE customer_discounts SET first_day = '2026-11-27' WHERE percent = 1100").await;
        app.advance(SignedDuration::from_hours(1));
        app.run_job("customer-discounts").await.unwrap();
        let cut = discounts::customer::store::find(app.app().db().read(), partner, broken).await.unwrap().unwrap();
        assert!(matches!(cut.end, End::Severed { .. }), "{cut:?}");
    }

    async fn whoever_leaves_its_partner_pays_public_prices_at_once(app: TestApp) {
        let (partner, customer) = a_partner_with_a_customer(&app).await;
        granted(&app, (partner, customer), "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        granted(&app, (partner, customer), "ram", "10", ("2026-12-15", "2026-12-31")).await;
        app.advance(SignedDuration::from_hours(24 * 7));
        browser_of(&app, CUSTOMER).await.get("/prices").await.expect("VND 250 VND 225");
        leave(&app, partner, customer).await;
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(told(&app).await.iter().filter(|kind| matches!(kind.as_str(), "ended" | "withdrawn")).count(), 2);
        let another = app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        app.make_customer_of(customer, another).await;
        let page = browser_of(&app, CUSTOMER).await.get("/prices").await;
        page.expect("VND 250");
        assert!(!page.says("VND 225"));
        // Back with the first: what was is over.
        app.make_customer_of(customer, partner).await;
        assert!(!browser_of(&app, CUSTOMER).await.get("/prices").await.says("VND 225"));
        let path = format!("/discounts/customers/{customer}");
        browser_of(&app, PARTNER).await.get(&path).await
            .expect("vCPU 10% 27 November 2026 – 30 November 2026 Over");
        // Their days are free again.
        granted(&app, (partner, customer), "vcpu", "11", ("2026-12-04", "2026-12-31")).await;
        granted(&app, (partner, customer), "ram", "11", ("2026-12-15", "2026-12-31")).await;
    }
}

/// The partner ends the relation.
async fn leave(app: &TestApp, partner: kernel::AccountId, customer: kernel::AccountId) {
    let relation = customers::store::active_with(app.app().db().read(), partner, customer).await;
    let relation = relation.unwrap().unwrap();
    let room = &app.installation.rooms.customers;
    customers::service::end(room, Caller::system(), partner, relation.id)
        .await
        .unwrap();
}

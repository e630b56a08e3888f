//! What anything costs whom: the page and the question.

use jiff::SignedDuration;
use platform::{StaffRole, api::Scope};
use serde_json::json;
use testkit::on_both_databases;

use crate::support::*;

on_both_databases! {
    async fn the_question_is_answered_for_any_moment(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        let own = granted(&app, pair, "vcpu", "12.5", ("2026-12-01", "2026-12-31")).await;
        let whole = granted(&app, pair, "compute", "10", ("2026-11-27", "2027-01-31")).await;
        let program = app.program(PARTNER, &[Scope::DiscountsRead]).await;
        let ask = async |at: &str| {
            let path = format!("/api/v1/price?account={}&product=vcpu&at={at}", pair.1);
            let answer = program.get(&path).await;
            let body = &answer.expect(200).body;
            (body["public"].clone(), body["customer"]["price"].clone(), body["customer"]["discount_id"].clone())
        };
        assert_eq!(ask("2026-11-26T23:59:59.999%2B07:00").await, (json!(250), json!(250), json!(null)));
        assert_eq!(ask("2026-11-27T00:00:00%2B07:00").await, (json!(250), json!(225), json!(whole)));
        assert_eq!(ask("2026-11-30T16:59:59.999Z").await, (json!(250), json!(225), json!(whole)));
        assert_eq!(ask("2026-11-30T17:00:00Z").await, (json!(250), json!(219), json!(own)));
        assert_eq!(ask("2027-01-01T00:00:00%2B07:00").await, (json!(250), json!(225), json!(whole)));
        assert_eq!(ask("2027-02-01T00:00:00%2B07:00").await, (json!(250), json!(250), json!(null)));
        let answer = program.get(&format!("/api/v1/price?account={}&product=vcpu&at=2025-12-31T00:00:00Z", pair.1)).await;
        assert_eq!(answer.expect(404).body["errors"][0]["parameter"], "product");
        program.get("/api/v1/price?product=nothing").await.expect(404);
        program.get("/api/v1/price?product=vcpu&at=2026-12-01").await.expect(400);
        // A caller that has the answer is not sent it again.
        let path = "/api/v1/price?product=vcpu&at=2026-12-01T00:00:00Z";
        let tag = program.get(path).await.expect(200).headers["etag"].clone();
        let again = program.request(reqwest::Method::GET, path).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304);
    }

    async fn a_price_is_told_to_whom_it_concerns(app: TestApp) {
        let (partner, customer) = a_partner_with_a_customer(&app).await;
        app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        app.staff("auditor@provider.example", StaffRole::Auditor).await;
        let path = format!("/api/v1/price?account={customer}&product=vcpu");
        let read = [Scope::DiscountsRead];

        let answer = app.program(CUSTOMER, &read).await.get("/api/v1/price?product=vcpu").await;
        assert_eq!(answer.expect(200).body["partner"], json!(null), "a customer never sees what its partner pays");
        assert_eq!(answer.body["customer"], json!({ "price": 250, "discount_id": null, "percent": "0.00" }));
        for who in [PARTNER, "auditor@provider.example"] {
            let answer = app.program(who, &read).await.get(&path).await;
            assert_eq!(answer.expect(200).body["partner"]["price"], 250, "{who}");
        }
        app.program("other@partner.example", &read).await.get(&path).await.expect(404);
        let of_partner = format!("/api/v1/price?account={partner}&product=vcpu");
        app.program(CUSTOMER, &read).await.get(&of_partner).await.expect(404);
        let staff = app.program("auditor@provider.example", &read).await;
        assert_eq!(staff.get(&of_partner).await.expect(200).body["customer"], json!(null));
        staff.get("/api/v1/price?product=vcpu").await.expect(422);
        staff.get(&format!("/api/v1/price?account={}&product=vcpu", app.app().new_id())).await.expect(404);
    }

    async fn whoever_changes_partners_paid_at_each_moment_what_the_partner_of_then_granted(app: TestApp) {
        let (partner, customer) = a_partner_with_a_customer(&app).await;
        app.staff("auditor@provider.example", StaffRole::Auditor).await;
        granted(&app, (partner, customer), "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        let joined = app.now();
        app.advance(SignedDuration::from_hours(24 * 14));
        let another = app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        app.make_customer_of(customer, another).await;
        let moved = app.now();
        granted(&app, (another, customer), "vcpu", "20", ("2026-12-15", "2026-12-31")).await;

        let second = SignedDuration::from_secs(1);
        let own = app.program(CUSTOMER, &[Scope::DiscountsRead]).await;
        let staff = app.program("auditor@provider.example", &[Scope::DiscountsRead]).await;
        let new = app.program("other@partner.example", &[Scope::DiscountsRead]).await;
        let moments = [joined - second, moved - second, moved, "2026-12-20T00:00:00Z".parse().unwrap()];
        let pays = async |program: &testkit::Program| {
            let mut pays = Vec::new();
            for at in moments {
                let answer = program.get(&format!("/api/v1/price?account={customer}&product=vcpu&at={at}")).await;
                let body = &answer.expect(200).body;
                pays.push((body["partner"]["price"].clone(), body["customer"]["price"].clone()));
            }
            pays
        };
        let (none, public) = (json!(null), json!(250));
        assert_eq!(pays(&own).await, [json!(null), json!(225), json!(250), json!(200)].map(|price| (json!(null), price)));
        assert_eq!(
            pays(&staff).await,
            [(none.clone(), none.clone()), (public.clone(), json!(225)), (public.clone(), public.clone()), (public.clone(), json!(200))],
        );
        // What another granted before is none of the new partner's business.
        assert_eq!(
            pays(&new).await,
            [(none.clone(), none.clone()), (none.clone(), none), (public.clone(), public.clone()), (public, json!(200))],
        );
        let former = app.program(PARTNER, &[Scope::DiscountsRead]).await;
        former.get(&format!("/api/v1/price?account={customer}&product=vcpu")).await.expect(404);
    }

    async fn the_price_page_shows_each_what_concerns_it(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        app.individual("nobody@example.com").await;
        let page = browser_of(&app, "nobody@example.com").await.get("/prices").await;
        page.expect("Public price").expect("vCPU vcpu vCPU-hour VND 250");
        let page = browser_of(&app, CUSTOMER).await.get("/prices").await;
        assert!(!page.says("Your price"), "without a discount public prices alone");

        granted(&app, pair, "compute", "10", ("2026-11-27", "2026-12-31")).await;
        let page = browser_of(&app, CUSTOMER).await.get("/prices").await;
        page.expect("yours: VND 225 from 27 November 2026, 00:00");
        app.advance(SignedDuration::from_hours(24 * 4));
        let page = browser_of(&app, CUSTOMER).await.get("/prices").await;
        page.expect("yours: VND 250 from 1 January 2027, 00:00");
        let page = browser_of(&app, CUSTOMER).await.get("/prices").await;
        insta::assert_snapshot!("prices_of_a_customer", page.text());
        let partner = browser_of(&app, PARTNER).await;
        let page = partner.get("/prices").await;
        page.expect("Your purchase price");
        assert!(!page.says("Your margin"));
        let page = partner.submit(&page, "customer", &[("customer", &pair.1.to_string())]).await;
        insta::assert_snapshot!("prices_of_a_partner", page.text());
        partner.get(&format!("/prices?customer={}", pair.0)).await.expect_status(404);
    }
}

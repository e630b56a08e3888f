//! Customer discounts over the API.

use platform::{StaffRole, api::Scope};
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, on_both_databases};

use crate::support::*;

const BASE: &str = "/api/v1/customer-discounts";

on_both_databases! {
    async fn a_program_grants_withdraws_and_ends(app: TestApp) {
        let (_, customer) = a_partner_with_a_customer(&app).await;
        let scopes = [Scope::DiscountsRead, Scope::DiscountsWrite];
        let program = app.program(PARTNER, &scopes).await;
        let grant = json!({ "customer_id": customer, "product": "vcpu", "percent": "12.50", "from": "2026-11-27", "to": "2026-12-31" });
        let refused = program.post(BASE, &grant).await;
        assert_eq!(refused.expect(409).body["type"], "urn:portico:problem:below-purchase-price");
        let mut meant = grant.clone();
        meant["below_purchase_price"] = json!(true);
        let once = || program.request(Method::POST, BASE).header("idempotency-key", "k1").json(&meant);
        let made = Answer::of(once()).await;
        let place = made.expect(201).headers["location"].to_str().unwrap().to_owned();
        let again = Answer::of(once()).await;
        assert_eq!(again.expect(201).body, made.body);
        assert_eq!(told(&app).await, ["granted"]);
        assert_eq!((&made.body["product"], &made.body["group"], &made.body["percent"], &made.body["state"]),
            (&json!("vcpu"), &json!(null), &json!("12.50"), &json!("awaiting")));

        for (change, pointer) in [
            (json!({ "percent": "101" }), "/percent"), (json!({ "to": "2026-11-25" }), "/to"),
            (json!({ "from": "2026-11-25" }), "/from"), (json!({ "product": "nothing" }), "/product"),
            (json!({ "group": "compute" }), "/product"), (json!({ "percent": "5" }), "/product"),
        ] {
            let mut wrong = meant.clone();
            wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let answer = program.post(BASE, &wrong).await;
            assert_eq!(answer.expect(422).body["errors"][0]["pointer"], pointer, "{change}");
        }

        let read = program.get(&place).await;
        let seen = read.expect(200).headers["etag"].to_str().unwrap().to_owned();
        program.post(&format!("{place}/end"), &json!(null)).await.expect(409);
        let withdraw = |seen: &str| program.request(Method::POST, &format!("{place}/withdraw")).header("if-match", seen);
        Answer::of(withdraw("\"7\"")).await.expect(412);
        let withdrawn = Answer::of(withdraw(&seen)).await;
        assert_eq!(withdrawn.expect(200).body["state"], "withdrawn");
        Answer::of(program.request(Method::POST, &format!("{place}/withdraw"))).await.expect(409);

        let made = program.post(BASE, &meant).await;
        let place = made.expect(201).headers["location"].to_str().unwrap().to_owned();
        app.advance(jiff::SignedDuration::from_hours(24 * 4));
        let ended = Answer::of(program.request(Method::POST, &format!("{place}/end"))).await;
        assert_eq!((&ended.expect(200).body["state"], &ended.body["to"]), (&json!("current"), &json!("2026-11-27")));
        let list = program.get(&format!("{BASE}?customer={customer}&limit=1")).await;
        assert_eq!(list.expect(200).body["items"][0]["id"], made.body["id"]);
        let next = list.body["next"].as_str().unwrap();
        let rest = program.get(&format!("{BASE}?customer={customer}&limit=1&cursor={next}")).await;
        assert_eq!((&rest.body["items"][0]["state"], &rest.body["next"]), (&json!("withdrawn"), &json!(null)));
    }

    async fn each_sees_its_own(app: TestApp) {
        let pair = a_partner_with_a_customer(&app).await;
        let id = granted(&app, pair, "vcpu", "10", ("2026-11-27", "2026-12-31")).await;
        app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        app.individual("nobody@example.com").await;
        app.staff("auditor@provider.example", StaffRole::Auditor).await;
        for (who, sees) in [(PARTNER, true), (CUSTOMER, true), ("other@partner.example", false), ("nobody@example.com", false), ("auditor@provider.example", true)] {
            let program = app.program(who, &[Scope::DiscountsRead]).await;
            program.get(&format!("{BASE}/{id}")).await.expect(if sees { 200 } else { 404 });
            let list = program.get(BASE).await;
            assert_eq!(list.expect(200).body["items"].as_array().unwrap().len(), usize::from(sees), "{who}");
        }
        let other = app.program("other@partner.example", &[Scope::DiscountsWrite]).await;
        Answer::of(other.request(Method::POST, &format!("{BASE}/{id}/withdraw"))).await.expect(404);
        let theft = json!({ "customer_id": pair.1, "product": "ram", "percent": "1", "from": "2026-11-27", "to": "2026-12-31", "below_purchase_price": true });
        other.post(BASE, &theft).await.expect(404);
        let customer = app.program(CUSTOMER, &[Scope::DiscountsWrite]).await;
        customer.post(BASE, &theft).await.expect(403);
    }
}

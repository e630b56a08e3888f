//! What is refused is not taken for done.

use credit::service::{Row, import};
use platform::{actor::Caller, api::Scope};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Program, TestApp};

use super::{PARTNER, balance, cast, fund, vnd};

const SCOPES: [Scope; 2] = [Scope::CreditRead, Scope::CreditWrite];
const TOP_UPS: &str = "/api/v1/credit/top-ups";

async fn once(program: &Program, path: &str, body: &Value) -> Answer {
    let request = program.request(Method::POST, path);
    Answer::of(request.header("idempotency-key", "a").json(body)).await
}

testkit::on_both_databases! {
    async fn a_refused_top_up_leaves_its_key_free_also_when_usage_was_paid_on_the_way(app: TestApp) {
        let cast = cast(&app).await;
        let row = Row {
            row: "a".to_owned(),
            account: cast.partner,
            amount: vnd(20),
            period: "2026-11".to_owned(),
            description: "vCPU".to_owned(),
        };
        import(&app.installation.rooms.credit, Caller::system(), &[row]).await.unwrap();
        // No job has looked at what came in.
        fund(&app, cast.partner, 100, "FT 1").await;
        let partner = app.program(PARTNER, &SCOPES).await;
        let body = json!({ "customer_id": cast.customer, "amount": 90, "currency": "VND" });
        for _ in 0..2 {
            let refused = once(&partner, TOP_UPS, &body).await;
            assert_eq!(refused.expect(409).body["type"], "urn:portico:problem:credit-overdrawn");
            assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (80, 0));
        }
        fund(&app, cast.partner, 10, "FT 2").await;
        once(&partner, TOP_UPS, &body).await.expect(201);
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (0, 90));
    }
}

//! Prices and what takes from them, from a terminal: `portico catalogue`, `discounts` and `price`.

use jiff::SignedDuration;
use platform::{StaffRole, api::Scope};
use serde_json::json;
use testkit::{On, TestApp};

use crate::terminal::Terminal;

const PARTNER: &str = "root@saomai.example";
const LEAD: &str = "lead@provider.example";

const CATALOGUE: &str = r#"
[[groups]]
code = "compute"
name = { en = "Compute", vi = "Máy chủ" }

[[groups.products]]
code = "vcpu"
name = { en = "vCPU", vi = "vCPU" }
unit = "vCPU-hour"
prices = [{ from = "2026-01-01", price = "1000" }]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_price_list_is_applied_a_discount_approved_and_a_price_asked_for_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await.to_string();
    app.staff(LEAD, StaffRole::Lead).await;
    let (lead, own) = (Terminal::of(&app, LEAD).await, Terminal::of(&app, PARTNER).await);

    let file = app.data().join("prices.toml");
    std::fs::write(&file, CATALOGUE).unwrap();
    let apply = ["catalogue", "apply", file.to_str().unwrap()];
    // Nobody at the terminal to say yes.
    lead.run(&apply).expect(1, "--yes");
    let apply = [&apply[..], &["--yes"]].concat();
    own.run(&apply).expect(1, "403");
    lead.run(&apply)
        .expect(0, "set price       vcpu  from")
        .expect(0, "VND 1,000");
    lead.run(&apply).expect(0, "Nothing to change.");
    own.run(&["catalogue", "show"]).expect(0, "vcpu");
    std::fs::write(&file, CATALOGUE.replace("1000", "ten")).unwrap();
    lead.run(&apply).expect(1, "price");

    let program = app
        .program(PARTNER, &[Scope::DiscountsRead, Scope::DiscountsWrite])
        .await;
    let wanted = json!({ "percents": [{ "product": "vcpu", "percent": "20" }], "from": "2026-11-27" });
    let asked = program.post("/api/v1/partner-discounts", &wanted).await;
    let id = asked.expect(201).body["id"].as_str().unwrap().to_owned();
    lead.run(&["discounts", "list", "--state", "awaiting_approval"])
        .expect(0, "Sao Mai");
    own.run(&["discounts", "approve", &id, "--yes"]).expect(1, "403");
    lead.run(&["discounts", "approve", &id, "--percent", "vcpu=15", "--yes"])
        .expect(0, "vcpu: asked 20.00 %, granted 15.00 %");
    lead.run(&["discounts", "reject", &id, "--words", "No", "--yes"])
        .expect(1, "409");
    own.run(&["discounts", "show", &id])
        .expect(0, "partner_discount.approved");

    let price = ["price", "--account", &partner, "--product", "vcpu"];
    lead.run(&price).expect(0, "VND 1,000 (no discount)");
    app.advance(SignedDuration::from_hours(24 * 5));
    app.run_jobs().await;
    // The tokens were good for a day.
    let (lead, own) = (Terminal::of(&app, LEAD).await, Terminal::of(&app, PARTNER).await);
    own.run(&["discounts", "list"]).expect(0, "active");
    lead.run(&price)
        .expect(0, &format!("VND 850 (15.00 % off by {id})"));
    let before = [&price[..], &["--at", "2026-11-24T00:00:00+07:00"]].concat();
    lead.run(&before).expect(0, "VND 1,000 (no discount)");
    lead.run(&["price", "--account", &partner, "--product", "tape"])
        .expect(1, "404");
}

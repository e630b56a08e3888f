//! Prices and what takes from them, from a terminal: `portico catalogue`, `discounts` and `price`.

use jiff::SignedDuration;
use platform::{StaffRole, api::Scope};
use serde_json::json;
use testkit::{On, TestApp};

use crate::terminal::Terminal;

const PARTNER: &str = "root@saomai.example";
const BUYER: &str = "buyer@hoasen.example";
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

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_asks_for_a_discount_and_takes_it_back_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    app.partner(PARTNER, "Sao Mai", "0100109106").await;
    app.products().await;
    app.staff(LEAD, StaffRole::Lead).await;
    let (lead, own) = (Terminal::of(&app, LEAD).await, Terminal::of(&app, PARTNER).await);
    let ask = |from, percents: &[&str]| own.run(&[&["discounts", "ask", "--from", from], percents].concat());
    ask("2026-11-27", &[]).expect(2, "PRODUCT=PERCENT");
    ask("2026-11-24", &["vcpu=20"]).expect(1, "/from");
    ask("2026-11-27", &["tape=20"]).expect(1, "/percents");
    let wanted = ["vcpu=20", "ram=2.5", "--note", "A tender", "--json"];
    let asked = ask("2026-11-27", &wanted).expect(0, "awaiting_approval").json();
    let id = asked["id"].as_str().unwrap();
    ask("2026-11-27", &["vcpu=20"]).expect(1, "409");
    lead.run(&["discounts", "show", id])
        .expect(0, "Note       A tender\n")
        .expect(0, "From       2026-11-27\n")
        .expect(0, "vcpu: asked 20.00 %\n")
        .expect(0, "ram: asked 2.50 %\n");

    own.run(&["discounts", "withdraw", id]).expect(1, "--yes");
    let withdraw = ["discounts", "withdraw", id, "--yes"];
    lead.run(&withdraw).expect(1, "403");
    own.run(&withdraw).expect(0, "State      withdrawn\n");
    own.run(&withdraw).expect(1, "409");
    ask("2026-11-27", &["vcpu=10"]).expect(0, "awaiting_approval");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_grants_its_customer_a_discount_and_stops_it_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let buyer = app.customer(partner, BUYER, "Hoa Sen").await.to_string();
    app.products().await;
    let own = Terminal::of(&app, PARTNER).await;
    let on =
        |who: &Terminal<'_>, arguments: &[&str]| who.run(&[&["discounts", "customer"], arguments].concat());
    let days = ["--from", "2026-11-27", "--to", "2026-12-31"];
    let grant = [&["grant", &buyer, "12.5"], &days[..]].concat();
    on(&own, &grant).expect(2, "--product");
    let both = ["--product", "vcpu", "--group", "compute"];
    on(&own, &[&grant[..], &both].concat()).expect(2, "cannot be used with");
    let vcpu = [&grant[..], &["--product", "vcpu"]].concat();
    on(&own, &vcpu).expect(1, "below_purchase_price");
    let meant = [&vcpu[..], &["--below-purchase-price", "--json"]].concat();
    let granted = on(&own, &meant).expect(0, "12.50").json();
    let id = granted["id"].as_str().unwrap();

    on(&own, &["withdraw", id]).expect(1, "--yes");
    on(&own, &["end", id, "--yes"]).expect(1, "409");
    on(&own, &["withdraw", id, "--yes"]).expect(0, "State      withdrawn\n");
    let group = [&grant[..], &["--group", "compute", "--below-purchase-price"]].concat();
    on(&own, &group).expect(0, "Group      compute\n");
    on(&own, &["list", &buyer])
        .expect(0, "withdrawn")
        .expect(0, "awaiting");

    app.advance(SignedDuration::from_hours(24 * 5));
    // The tokens were good for a day.
    let (own, theirs) = (Terminal::of(&app, PARTNER).await, Terminal::of(&app, BUYER).await);
    let seen = on(&theirs, &["list", "--json"]).expect(0, "current").json();
    let id = seen[0]["id"].as_str().unwrap();
    on(&theirs, &["end", id, "--yes"]).expect(1, "403");
    on(&own, &["end", id]).expect(1, "--yes");
    on(&own, &["end", id, "--yes"]).expect(0, "To         2026-11-28\n");
    on(&own, &["show", id]).expect(0, "Percent    12.50\n");
}

//! Partner discounts over the API. It is Monday 23 November 2026; three business days ahead is Friday 27: the 24th is a
//! holiday.

use jiff::SignedDuration;
use kernel::AccountId;
use platform::{StaffRole, api::Scope};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Program, TestApp, on_both_databases};

use crate::support::*;

const BASE: &str = "/api/v1/partner-discounts";
const LEAD: &str = "lead@provider.example";
const SCOPES: [Scope; 2] = [Scope::DiscountsRead, Scope::DiscountsWrite];

/// A program of a partner, and one of a lead.
async fn both_sides(app: &TestApp) -> (Program, Program) {
    app.products().await;
    app.partner(PARTNER, "Sao Mai JSC", "0100109106").await;
    app.staff(LEAD, StaffRole::Lead).await;
    (
        app.program(PARTNER, &SCOPES).await,
        app.program(LEAD, &SCOPES).await,
    )
}

fn request(percents: &[(&str, &str)], from: &str) -> Value {
    json!({ "percents": lines(percents), "from": from })
}

fn lines(percents: &[(&str, &str)]) -> Value {
    let line = |(product, percent): &(&str, &str)| json!({ "product": product, "percent": percent });
    percents.iter().map(line).collect()
}

/// The path of a new request.
async fn asked(partner: &Program, percents: &[(&str, &str)], from: &str) -> String {
    let made = partner.post(BASE, &request(percents, from)).await;
    made.expect(201).headers["location"].to_str().unwrap().to_owned()
}

async fn post(program: &Program, path: &str) -> Answer {
    Answer::of(program.request(Method::POST, path)).await
}

on_both_databases! {
    async fn a_program_asks_and_another_approves_something_else(app: TestApp) {
        let (partner, lead) = both_sides(&app).await;
        let mut wanted = request(&[("vcpu", "20"), ("ram", "5.5"), ("ssd", "0")], "2026-11-27");
        wanted["note"] = json!("Two new clients");
        let once = || partner.request(Method::POST, BASE).header("idempotency-key", "k1").json(&wanted);
        let made = Answer::of(once()).await;
        let place = made.expect(201).headers["location"].to_str().unwrap().to_owned();
        assert_eq!(Answer::of(once()).await.expect(201).body, made.body);
        assert_eq!(made.body["asked"], json!({ "percents": lines(&[("vcpu", "20.00"), ("ram", "5.50")]), "from": "2026-11-27" }));
        assert_eq!((&made.body["state"], &made.body["partner"], &made.body["note"]),
            (&json!("awaiting_approval"), &json!("Sao Mai JSC"), &json!("Two new clients")));
        let again = partner.post(BASE, &wanted).await;
        assert_eq!(again.expect(409).body["type"], "urn:portico:problem:discount-waiting");

        let read = lead.get(&place).await;
        let seen = read.expect(200).headers["etag"].to_str().unwrap().to_owned();
        let approve = |version: &str, body: Value| {
            lead.request(Method::POST, &format!("{place}/approve")).header("if-match", version).json(&body)
        };
        Answer::of(approve("\"7\"", json!({}))).await.expect(412);
        for (body, pointer) in [
            (json!({ "percents": [] }), "/percents"),
            (json!({ "percents": lines(&[("vcpu", "15"), ("nothing", "1")]) }), "/percents/1/product"),
            (json!({ "from": "2026-11-22" }), "/from"),
            (json!({ "words": " " }), "/words"),
        ] {
            let answer = Answer::of(approve(&seen, body.clone())).await;
            assert_eq!(answer.expect(422).body["errors"][0]["pointer"], pointer, "{body}");
        }
        let instead = json!({ "percents": lines(&[("vcpu", "15")]), "words": "Within the programme." });
        let changed = Answer::of(approve(&seen, instead)).await;
        assert_eq!(changed.expect(200).body["state"], "awaiting_activation");
        assert_eq!(changed.body["granted"], json!({ "percents": lines(&[("vcpu", "15.00")]), "from": "2026-11-27" }));
        assert_eq!(changed.body["starts_at"], "2026-11-26T17:00:00Z");
        assert_ne!(changed.headers["etag"], seen.as_str());
        let late = post(&partner, &format!("{place}/withdraw")).await;
        assert_eq!(late.expect(409).body["type"], "urn:portico:problem:discount-settled");
        let letter = app.mail_to(PARTNER).await;
        assert!(letter.subject.ends_with("is approved with changes"));
        assert!(letter.text.contains("Within the programme."), "{}", letter.text);

        app.advance(SignedDuration::from_hours(24 * 4));
        app.run_jobs().await;
        let own = partner.get(&place).await;
        assert_eq!(own.body["words"], "Within the programme.");
        assert_eq!((&own.expect(200).body["state"], &own.body["by"]), (&json!("active"), &Value::Null));
        assert!(lead.get(&place).await.body["by"].is_string());
        let told = partner.get(&format!("{place}/timeline")).await;
        let told: Vec<_> = told.expect(200).body.as_array().unwrap().iter()
            .map(|event| (event["kind"].as_str().unwrap().to_owned(), event["by"].as_str().unwrap().to_owned(), event["name"].is_string()))
            .collect();
        assert_eq!(told, [
            ("partner_discount.requested".to_owned(), "partner".to_owned(), true),
            ("partner_discount.approved".to_owned(), "staff".to_owned(), false),
            ("partner_discount.activated".to_owned(), "system".to_owned(), false),
        ]);
    }

    async fn an_approval_names_the_version_of_what_it_approves_and_not_of_what_makes_room(app: TestApp) {
        let (partner, lead) = both_sides(&app).await;
        let earlier = asked(&partner, &[("vcpu", "10")], "2026-11-27").await;
        lead.post(&format!("{earlier}/approve"), &json!({})).await.expect(200);
        let place = asked(&partner, &[("vcpu", "20")], "2026-11-30").await;
        let version = async |place: &str| lead.get(place).await.headers["etag"].to_str().unwrap().to_owned();
        let approve = async |version: &str| {
            let request = lead.request(Method::POST, &format!("{place}/approve")).header("if-match", version);
            Answer::of(request.json(&json!({}))).await
        };
        approve(&version(&earlier).await).await.expect(412);
        let approved = approve(&version(&place).await).await;
        assert_eq!(approved.expect(200).body["state"], "awaiting_activation");
        assert_eq!(lead.get(&earlier).await.body["state"], "expired");
    }

    async fn whoever_is_late_rejects_or_withdraws_nothing(app: TestApp) {
        let (partner, lead) = both_sides(&app).await;
        let place = asked(&partner, &[("vcpu", "20")], "2026-11-27").await;
        let reject = format!("{place}/reject");
        assert_eq!(lead.post(&reject, &json!({ "words": " " })).await.expect(422).body["errors"][0]["pointer"], "/words");
        let rejected = lead.post(&reject, &json!({ "words": "Too much" })).await;
        assert_eq!((&rejected.expect(200).body["state"], &rejected.body["words"]), (&json!("rejected"), &json!("Too much")));
        let again = lead.post(&format!("{place}/approve"), &json!({})).await;
        assert_eq!(again.expect(409).body["detail"], "It has been rejected meanwhile.");

        let place = asked(&partner, &[("vcpu", "10")], "2026-11-27").await;
        assert_eq!(post(&partner, &format!("{place}/withdraw")).await.expect(200).body["state"], "withdrawn");
        post(&partner, &format!("{place}/withdraw")).await.expect(409);
        lead.post(&format!("{place}/reject"), &json!({ "words": "No" })).await.expect(409);
        // Nobody decides on the own account.
        let place = asked(&partner, &[("vcpu", "10")], "2026-11-27").await;
        let id: uuid::Uuid = rejected.body["partner_id"].as_str().unwrap().parse().unwrap();
        app.iam_user(AccountId(id), "hoa").await;
        app.staff("hoa@iam.example", StaffRole::Lead).await;
        let own = app.program("hoa@iam.example", &SCOPES).await.post(&format!("{place}/approve"), &json!({})).await;
        assert_eq!(own.expect(403).body["type"], "urn:portico:problem:own-account");
    }

    async fn each_mistake_of_a_request_is_named(app: TestApp) {
        let (partner, _) = both_sides(&app).await;
        for (body, pointers) in [
            (request(&[("vcpu", "10")], "2026-11-26"), vec!["/from"]),
            (request(&[("vcpu", "0")], "2026-11-27"), vec!["/percents"]),
            (request(&[], "2026-11-27"), vec!["/percents"]),
            (request(&[("vcpu", "ten"), ("ram", "100.01"), ("ssd", "1.005"), ("x", "1")], "2026-11-27"),
                vec!["/percents/0/percent", "/percents/1/percent", "/percents/2/percent", "/percents/3/product"]),
            (request(&[("vcpu", "1"), ("vcpu", "2")], "2026-11-27"), vec!["/percents/1/product"]),
        ] {
            let answer = partner.post(BASE, &body).await;
            let told: Vec<_> = answer.expect(422).body["errors"].as_array().unwrap().iter()
                .map(|error| error["pointer"].as_str().unwrap()).collect();
            assert_eq!(told, pointers, "{body}");
        }
        partner.post(BASE, &json!({ "percents": [], "from": "soon" })).await.expect(400);
        let early = partner.post(BASE, &request(&[("vcpu", "10")], "2026-11-26")).await;
        assert_eq!(early.body["errors"][0]["detail"], "27 November 2026 is the earliest effective date");
    }

    async fn lists_and_the_question_of_a_moment_show_each_its_own(app: TestApp) {
        let (partner, lead) = both_sides(&app).await;
        let first = asked(&partner, &[("vcpu", "10")], "2026-11-27").await;
        lead.post(&format!("{first}/approve"), &json!({})).await.expect(200);
        app.advance(SignedDuration::from_hours(24 * 5));
        app.run_jobs().await;
        let (partner, lead) = (app.program(PARTNER, &SCOPES).await, app.program(LEAD, &SCOPES).await);
        let second = asked(&partner, &[("vcpu", "20")], "2026-12-07").await;
        lead.post(&format!("{second}/approve"), &json!({})).await.expect(200);
        let own = partner.get(&first).await.body["partner_id"].as_str().unwrap().to_owned();

        let id = |path: &str| json!(path.rsplit('/').next().unwrap());
        let in_force = async |at: &str| {
            let answer = partner.get(&format!("{BASE}/in-force?at={at}")).await;
            let body = &answer.expect(200).body;
            (body["discount"]["id"].clone(), body["until"].clone())
        };
        assert_eq!(in_force("2026-11-26T23:59:59.999%2B07:00").await, (Value::Null, Value::Null));
        assert_eq!(in_force("2026-11-27T00:00:00%2B07:00").await, (id(&first), json!("2026-12-06T17:00:00Z")));
        assert_eq!(in_force("2026-12-06T16:59:59.999Z").await.0, id(&first));
        assert_eq!(in_force("2026-12-06T17:00:00Z").await, (id(&second), Value::Null));
        assert_eq!(lead.get(&format!("{BASE}/in-force?partner={own}")).await.expect(200).body["discount"]["id"], id(&first));
        lead.get(&format!("{BASE}/in-force")).await.expect(422);
        lead.get(&format!("{BASE}/in-force?partner={}", app.app().new_id())).await.expect(404);

        let page = partner.get(&format!("{BASE}?limit=1")).await;
        assert_eq!(page.expect(200).body["items"][0]["id"], id(&second));
        let next = page.body["next"].as_str().unwrap();
        let rest = partner.get(&format!("{BASE}?limit=1&cursor={next}")).await;
        assert_eq!((&rest.expect(200).body["items"][0]["id"], &rest.body["next"]), (&id(&first), &Value::Null));
        partner.get(&format!("{BASE}?limit=1&state=active&cursor={next}")).await.expect(422);
        let active = lead.get(&format!("{BASE}?state=active&partner={own}")).await;
        assert_eq!(active.expect(200).body["items"].as_array().unwrap().len(), 1);
        assert_eq!(active.body["items"][0]["id"], id(&first));

        app.partner("other@partner.example", "Other Partner JSC", "0100109106-001").await;
        let other = app.program("other@partner.example", &SCOPES).await;
        assert_eq!(other.get(BASE).await.expect(200).body["items"], json!([]));
        for path in [first.clone(), format!("{first}/timeline"), format!("{BASE}?partner={own}"), format!("{BASE}/in-force?partner={own}")] {
            other.get(&path).await.expect(404);
        }
        post(&other, &format!("{second}/withdraw")).await.expect(404);
        other.post(&format!("{second}/approve"), &json!({})).await.expect(403);
        app.individual("nobody@example.com").await;
        let nobody = app.program("nobody@example.com", &SCOPES).await;
        nobody.post(BASE, &request(&[("vcpu", "10")], "2026-12-07")).await.expect(403);
        nobody.get(&first).await.expect(404);
    }

    async fn whoever_sells_below_what_it_pays_itself_is_warned(app: TestApp) {
        let (_, customer) = a_partner_with_a_customer(&app).await;
        app.staff(LEAD, StaffRole::Lead).await;
        let (partner, lead) = (app.program(PARTNER, &SCOPES).await, app.program(LEAD, &SCOPES).await);
        let place = asked(&partner, &[("vcpu", "20"), ("ram", "8")], "2026-11-27").await;
        lead.post(&format!("{place}/approve"), &json!({ "percents": lines(&[("vcpu", "15")]) })).await.expect(200);
        app.advance(SignedDuration::from_hours(24 * 7));
        app.run_jobs().await;
        let partner = app.program(PARTNER, &SCOPES).await;
        assert_eq!(partner.get(&place).await.expect(200).body["state"], "active");
        let grant = async |product: &str, percent: &str| {
            let body = json!({ "customer_id": customer, "product": product, "percent": percent, "from": "2026-12-07", "to": "2026-12-31" });
            partner.post("/api/v1/customer-discounts", &body).await
        };
        let below = grant("vcpu", "15.01").await;
        assert_eq!(below.expect(409).body["type"], "urn:portico:problem:below-purchase-price");
        // What was asked for and not granted is none of its purchase price.
        grant("ram", "0.01").await.expect(409);
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        let fields = [("from", "2026-12-07"), ("to", "2026-12-31"), ("product-vcpu", "20")];
        browser.submit(&form, "from", &fields).await.expect_status(422)
            .expect("vCPU: the customer gets 20% off, you get 15%. It pays VND 200 for what costs you VND 213.");
        grant("vcpu", "15").await.expect(201);
        grant("ssd", "0").await.expect(201);
        let price = partner.get(&format!("/api/v1/price?account={customer}&product=vcpu&at=2026-12-08T00:00:00Z")).await;
        assert_eq!(price.expect(200).body["partner"]["price"], price.body["customer"]["price"]);
    }

    async fn a_warning_names_what_would_lose_and_from_when_also_by_what_was_approved_for_later(app: TestApp) {
        let (_, customer) = a_partner_with_a_customer(&app).await;
        app.staff(LEAD, StaffRole::Lead).await;
        let (partner, lead) = (app.program(PARTNER, &SCOPES).await, app.program(LEAD, &SCOPES).await);
        let approved = async |percent: &str, from: &str| {
            let place = asked(&partner, &[("vcpu", percent)], from).await;
            lead.post(&format!("{place}/approve"), &json!({})).await.expect(200);
        };
        approved("15", "2026-11-27").await;
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        let grant = async |fields: &[(&str, &str)]| browser.submit(&form, "from", fields).await;
        // Approved and not yet in force, it counts from its day on.
        let page = grant(&[("from", "2026-12-07"), ("to", "2026-12-31"), ("product-vcpu", "20"), ("group-compute", "10")]).await;
        page.expect_status(422)
            .expect("vCPU: the customer gets 20% off, you get 15%.")
            .expect("Memory: the customer gets 10% off, you get 0%.");
        let page = grant(&[("from", "2026-12-07"), ("to", "2026-12-31"), ("group-compute", "10"), ("product-ssd", "1")]).await;
        page.expect_status(422).expect("Memory: the customer gets 10% off").expect("SSD volume: the customer gets 1% off");
        assert!(!page.says("vCPU: the customer gets"), "its own discount is higher");

        app.advance(SignedDuration::from_hours(24 * 5));
        app.run_jobs().await;
        let (partner, lead) = (app.program(PARTNER, &SCOPES).await, app.program(LEAD, &SCOPES).await);
        let place = asked(&partner, &[("vcpu", "5")], "2026-12-14").await;
        lead.post(&format!("{place}/approve"), &json!({})).await.expect(200);
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        let grant = async |to: &str| {
            browser.submit(&form, "from", &[("from", "2026-12-07"), ("to", to), ("product-vcpu", "10")]).await
        };
        // What is approved for later makes the difference on its day.
        grant("2026-12-31").await.expect_status(422)
            .expect("vCPU: the customer gets 10% off, you get 5%.").expect("From 14 December 2026.");
        grant("2026-12-13").await.expect("The discount is granted.");
    }
}

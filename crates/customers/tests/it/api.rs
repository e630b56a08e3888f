//! The same use cases as JSON.

use jiff::SignedDuration;
use platform::{StaffRole, api::Scope};
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, Program};

use crate::people::{SAO_MAI, confirm, invite, link_to, sao_mai, signed_in};

const SCOPES: [Scope; 2] = [Scope::CustomersRead, Scope::CustomersWrite];

/// The names on all pages of a list.
async fn named(program: &Program, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = program.get(&format!("/api/v1/customers?{query}{cursor}")).await;
        let items = page.expect(200).body["items"].as_array().unwrap();
        names.extend(items.iter().map(|one| one["name"].as_str().unwrap().to_owned()));
        match page.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return names,
        }
    }
}

testkit::on_both_databases! {
    async fn a_program_invites_and_staff_approve(app: TestApp) {
        app.partner(SAO_MAI, "Sao Mai", "0100109106").await;
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;
        let partner = app.program(SAO_MAI, &SCOPES).await;
        let body = json!({ "customers": [
            { "email": "lien@hoasen.example", "name": "Hoa Sen" },
            { "email": "an@anphat.example", "name": "An Phát", "role": "reseller" },
        ]});
        let invite = || partner.request(Method::POST, "/api/v1/customers").header("idempotency-key", "a").json(&body);
        let first = Answer::of(invite()).await;
        first.expect(200);
        assert_eq!(Answer::of(invite()).await.body, first.body, "once, whatever is sent again");
        let again = partner.post("/api/v1/customers", &body).await;
        again.expect(409);
        assert_eq!(again.body["errors"][1]["pointer"], "/customers/1/email");
        let wrong = json!({ "customers": [{ "email": "x", "name": "", "role": "r" }] });
        let wrong = partner.post("/api/v1/customers", &wrong).await;
        wrong.expect(422);
        assert_eq!(wrong.body["errors"][1]["pointer"], "/customers/0/name");

        app.advance(SignedDuration::from_mins(1));
        app.individual("lien@hoasen.example").await;
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        let link = link_to(&app, "lien@hoasen.example").await;
        confirm(&lien, &link).await.expect_status(200);
        let path = format!("/api/v1/customers/{}", first.body[0]["id"].as_str().unwrap());
        let seen = partner.get(&path).await;
        assert_eq!(seen.body["state"], "awaiting_approval");
        assert!(seen.body.get("account_id").is_none(), "not the partner's to know yet");
        partner.post(&format!("{path}/approve"), &json!({})).await.expect(403);

        let staff = app.program("hoa@staff.example", &SCOPES).await;
        let waiting = staff.get("/api/v1/customers?state=awaiting_approval").await;
        assert_eq!(waiting.body["items"].as_array().unwrap().len(), 1);
        let stale = staff.request(Method::POST, &format!("{path}/approve")).header("if-match", "\"1\"");
        Answer::of(stale).await.expect(412);
        let approved = staff.post(&format!("{path}/approve"), &json!({})).await;
        approved.expect(200);
        assert_eq!(approved.body["state"], "active");
        let reject = json!({ "words": "No." });
        staff.post(&format!("{path}/reject"), &reject).await.expect(409);
        let timeline = partner.get(&format!("{path}/timeline")).await;
        let kinds: Vec<&str> =
            timeline.body.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["customer.invited", "customer.confirmed", "customer.activated"]);
        assert!(timeline.body[2].get("name").is_none(), "staff have no name for partners");
    }

    async fn another_partners_customers_are_not_there(app: TestApp) {
        app.partner(SAO_MAI, "Sao Mai", "0100109106").await;
        let other = app.partner("root@other.example", "Khác", "0301482205").await;
        app.customer(other, "x@x.example", "Theirs").await;
        let theirs = app.program("root@other.example", &SCOPES).await;
        let id = theirs.get("/api/v1/customers").await.body["items"][0]["id"].as_str().unwrap().to_owned();
        let program = app.program(SAO_MAI, &SCOPES).await;
        assert_eq!(program.get("/api/v1/customers").await.body["items"], json!([]));
        program.get(&format!("/api/v1/customers/{id}")).await.expect(404);
        for act in ["resend", "withdraw", "end"] {
            program.post(&format!("/api/v1/customers/{id}/{act}"), &json!({})).await.expect(404);
        }
        let ended = theirs.post(&format!("/api/v1/customers/{id}/end"), &json!({})).await;
        ended.expect(200);
        assert_eq!((&ended.body["state"], &ended.body["cause"]), (&json!("ended"), &json!("partner")));
    }

    async fn customers_are_listed_in_the_order_that_is_asked_for_page_by_page(app: TestApp) {
        let (partner, _) = sao_mai(&app).await;
        for (n, name) in ["Bắc Hà", "đại việt", "An Phát"].into_iter().enumerate() {
            app.customer(partner, &format!("buyer{n}@x.example"), name).await;
            app.advance(SignedDuration::from_mins(1));
        }
        let program = app.program(SAO_MAI, &SCOPES).await;
        assert_eq!(named(&program, "limit=1").await, ["An Phát", "đại việt", "Bắc Hà"]);
        assert_eq!(named(&program, "order=newest&limit=1").await, ["An Phát", "đại việt", "Bắc Hà"]);
        assert_eq!(named(&program, "order=name&limit=1").await, ["An Phát", "Bắc Hà", "đại việt"]);

        let first = program.get("/api/v1/customers?order=name&limit=1").await;
        let next = first.body["next"].as_str().unwrap();
        for other in ["", "order=newest&", "order=due&state=awaiting_approval&"] {
            let refused = program.get(&format!("/api/v1/customers?{other}cursor={next}")).await;
            assert_eq!(refused.expect(422).body["errors"][0]["parameter"], "cursor", "{other}");
        }
        program.get("/api/v1/customers?order=email").await.expect(400);
    }

    async fn what_is_to_be_decided_soonest_comes_first_when_asked_for(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;
        for (email, name) in [("a@hoasen.example", "A"), ("b@hoasen.example", "B"), ("c@hoasen.example", "C")] {
            invite(&browser, email, name).await.expect_status(200);
            app.advance(SignedDuration::from_mins(1));
            // New to the provider since, so that staff decide.
            app.individual(email).await;
        }
        for email in ["b@hoasen.example", "a@hoasen.example", "c@hoasen.example"] {
            app.advance(SignedDuration::from_mins(1));
            let link = link_to(&app, email).await;
            confirm(&signed_in(&app, email, "/overview").await, &link).await.expect_status(200);
        }
        let staff = app.program("hoa@staff.example", &SCOPES).await;
        assert_eq!(named(&staff, "state=awaiting_approval&limit=1").await, ["C", "B", "A"]);
        assert_eq!(named(&staff, "state=awaiting_approval&order=due&limit=1").await, ["B", "A", "C"]);
        for other in ["", "&state=active"] {
            let refused = staff.get(&format!("/api/v1/customers?order=due{other}")).await;
            assert_eq!(refused.expect(422).body["errors"][0]["parameter"], "order");
        }
    }
}

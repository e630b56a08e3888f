//! What billing knows of an account, and what changes by it.

use accounts::{events::AccountEvent, store};
use platform::{StaffRole, api::Scope, event::history};
use reqwest::Method;
use serde_json::json;
use testkit::Answer;

const SCOPES: [Scope; 2] = [Scope::AccountsRead, Scope::AccountsWrite];

testkit::on_both_databases! {
    async fn what_billing_knows_of_an_account_is_changed_by_a_program(app: TestApp) {
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let account = app.individual("lan@saomai.vn").await;
        let lead = app.program("lead@provider.example", &SCOPES).await;
        let path = format!("/api/v1/accounts/{account}");
        let change = |body| Answer::of(lead.request(Method::PATCH, &path).json(&body));

        let changed = change(json!({ "payment_mode": "postpaid", "in_poc": true })).await;
        let changed = changed.expect(200);
        assert_eq!((&changed.body["payment_mode"], &changed.body["in_poc"]), (&json!("postpaid"), &json!(true)));
        let changed = change(json!({ "in_poc": false, "uses_services": true })).await;
        let changed = changed.expect(200);
        assert_eq!((&changed.body["payment_mode"], &changed.body["uses_services"]), (&json!("postpaid"), &json!(true)));
        // What is so already is no event.
        change(json!({ "in_poc": false, "enjoys_discount": null })).await.expect(200);
        let events = history::<AccountEvent>(app.app().db().read(), account).await.unwrap();
        assert_eq!(events.len(), 2);
        let now = store::account(app.app().db().read(), account).await.unwrap().unwrap();
        assert_eq!(json!(now.standing), json!({
            "payment_mode": "postpaid", "uses_services": true, "enjoys_discount": false, "in_poc": false,
        }));

        change(json!({ "payment_mode": "cash" })).await.expect(400);
        change(json!({ "phone": "0912345678" })).await.expect(400);
        let nobody = format!("/api/v1/accounts/{}", uuid::Uuid::nil());
        Answer::of(lead.request(Method::PATCH, &nobody).json(&json!({}))).await.expect(404);
    }

    async fn what_names_a_company_is_corrected_on_its_word(app: TestApp) {
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let company = app.enterprise("lan@saomai.vn", "Sao May", "0100109106").await;
        let person = app.individual("minh@one.vn").await;
        let lead = app.program("lead@provider.example", &SCOPES).await;
        let correct = |account, name: &str, code: &str| {
            let path = format!("/api/v1/accounts/{account}/company");
            let body = json!({ "legal_name": name, "country": "VN", "tax_code": code });
            Answer::of(lead.request(Method::PUT, &path).json(&body))
        };
        for _ in 0..2 {
            let corrected = correct(company, "Sao Mai", "0301482205").await.expect(200).body.clone();
            assert_eq!((&corrected["legal_name"], &corrected["tax_code"]), (&json!("Sao Mai"), &json!("0301482205")));
        }
        // What is so already is no event.
        let events = history::<AccountEvent>(app.app().db().read(), company).await.unwrap();
        let corrections = events.iter().filter(|known| matches!(known.event, AccountEvent::CompanyCorrected { .. }));
        assert_eq!(corrections.count(), 1);
        let wrong = correct(company, "Sao Mai", "12").await.expect(422).body.clone();
        assert_eq!(wrong["errors"][0]["pointer"], "/tax_code");
        correct(person, "Sao Mai", "0301482205").await.expect(409);
        correct(kernel::AccountId(uuid::Uuid::nil()), "Sao Mai", "0301482205").await.expect(404);
    }

    async fn only_who_imports_accounts_changes_how_they_stand(app: TestApp) {
        app.staff("reviewer@provider.example", StaffRole::Reviewer).await;
        let account = app.individual("lan@saomai.vn").await;
        let path = format!("/api/v1/accounts/{account}");
        for who in ["lan@saomai.vn", "reviewer@provider.example"] {
            let program = app.program(who, &SCOPES).await;
            let change = program.request(Method::PATCH, &path).json(&json!({ "in_poc": true }));
            Answer::of(change).await.expect(403);
            let company = json!({ "legal_name": "Lan", "country": "VN", "tax_code": "0301482205" });
            let correct = program.request(Method::PUT, &format!("{path}/company")).json(&company);
            Answer::of(correct).await.expect(403);
        }
    }
}

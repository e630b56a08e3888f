//! The API from outside: what is done, and done once.

mod operations;
mod program;

use platform::{StaffRole, actor::Caller, event::row};
use reqwest::Method;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{PASSWORD, on_both_databases};

pub(crate) use program::{Program, send};
use program::{application, company, reviewer};

on_both_databases! {
    async fn a_company_applies_and_becomes_a_partner_over_the_api(app: TestApp) {
        let (account, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        assert_eq!(company.get("/api/v1/account/requirements").await.body["all_met"], true);
        let sent = application(&company).await;
        let applied = company.post("/api/v1/account/registrations", sent.clone()).await.expect(201);
        assert_eq!(applied.body["state"], "awaiting_approval");
        assert_eq!(applied.body["account_id"], account.to_string());
        company.post("/api/v1/account/registrations", sent).await.expect_problem(409, "registration-exists");
        let own = applied.header("location").to_owned();

        let found = lead.get("/api/v1/registrations?state=awaiting_approval&q=sao").await.expect(200).body;
        let id = found["items"][0]["id"].as_str().unwrap().to_owned();
        let case = format!("/api/v1/registrations/{id}");
        lead.post(&format!("{case}/ask"), json!({ "words": "Which branch?" })).await.expect(200);
        assert_eq!(company.get(&own).await.body["question"]["words"], "Which branch?");
        company.post(&format!("{own}/answer"), json!({ "words": "Hanoi" })).await.expect(200);
        let approved = lead.post(&format!("{case}/approve"), json!({})).await.expect(200);
        assert_eq!(approved.body["state"], "approved");
        lead.post(&format!("{case}/approve"), json!({})).await.expect_problem(409, "registration-settled");

        let events = company.get(&format!("{own}/timeline")).await.body;
        let kinds: Vec<&str> = events.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, [
            "registration.submitted", "registration.question_asked", "registration.question_answered",
            "registration.approved",
        ]);
        assert!(events.to_string().contains("Hanoi") && !events.to_string().contains("Staff lead"), "{events}");
        app.mail_to("root@saomai.example").await;
    }

    async fn a_repeated_request_is_carried_out_once(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let again = async |key: &str, body: &Value| {
            send(company.request(Method::POST, "/api/v1/account/registrations")
                .header("idempotency-key", key).json(body)).await
        };
        let first = again("\"one\"", &sent).await.expect(201);
        let second = again("one", &sent).await.expect(201);
        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!((first.body, first.headers["location"].clone()), (second.body, second.headers["location"].clone()));
        again("one", &json!({ "terms_version": "x", "terms_hash": "x", "language": "en" })).await
            .expect_problem(422, "idempotency-key-reused");
        // A refusal had no effect: its key is free.
        again("two", &sent).await.expect_problem(409, "registration-exists");
        again("two", &sent).await.expect_problem(409, "registration-exists");
        // After a day the key is forgotten.
        app.advance(jiff::SignedDuration::from_hours(25));
        again("one", &sent).await.expect_problem(409, "registration-exists");
    }

    async fn a_request_repeated_in_another_role_is_still_one(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let id = company.post("/api/v1/account/registrations", sent).await.body["id"].as_str().unwrap().to_owned();
        let reviewer = reviewer(&app, StaffRole::Reviewer).await;
        reviewer.post(&format!("/api/v1/registrations/{id}/take"), json!({})).await.expect(200);
        let ask = async || {
            let path = format!("/api/v1/registrations/{id}/ask");
            let question = json!({ "words": "Which branch?" });
            send(reviewer.request(Method::POST, &path).header("idempotency-key", "one").json(&question)).await
        };
        let first = ask().await.expect(200);
        let who = "reviewer@staff.example".parse().unwrap();
        identity::staff::change_role(app.app(), Caller::system(), who, StaffRole::Lead).await.unwrap();
        let second = ask().await.expect(200);
        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!(second.body, first.body);
    }

    async fn a_crash_at_any_moment_leaves_a_repeated_request_safe(app: TestApp) {
        let (_, company) = company(&app).await;
        let sent = application(&company).await;
        let again = async || {
            send(company.request(Method::POST, "/api/v1/account/registrations")
                .header("idempotency-key", "one").json(&sent)).await
        };
        let leave = async |state: &str| {
            let tx = app.app().db().begin().await.unwrap();
            let row = format!("UPDATE api_requests SET state = '{state}', status = NULL, body = NULL");
            tx.execute_unprepared(&row).await.unwrap();
            tx.commit().await.unwrap();
        };
        again().await.expect(201);
        // As if the process had died between the commit and the answer.
        leave("done").await;
        again().await.expect_problem(409, "idempotency-key-busy");
        app.advance(jiff::SignedDuration::from_secs(61));
        again().await.expect_problem(409, "idempotency-answer-lost");
        // As if it had died before the commit: whoever comes after a minute carries it out.
        leave("claimed").await;
        again().await.expect_problem(409, "registration-exists");
    }

    async fn of_two_decisions_on_one_version_the_second_is_refused(app: TestApp) {
        let (_, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        let sent = application(&company).await;
        let id = company.post("/api/v1/account/registrations", sent).await.body["id"].as_str().unwrap().to_owned();
        let case = format!("/api/v1/registrations/{id}");
        let read = lead.get(&case).await.expect(200);
        let version = read.header("etag").to_owned();
        let known = send(lead.request(Method::GET, &case).header("if-none-match", &version)).await;
        assert_eq!(known.status, 304);
        lead.post(&format!("{case}/take"), json!({})).await.expect(200);
        let stale = send(lead.request(Method::POST, &format!("{case}/approve")).header("if-match", &version)).await;
        stale.expect_problem(412, "changed");
        assert_eq!(lead.get(&case).await.body["state"], "awaiting_approval");
    }

    async fn a_list_comes_page_by_page_without_gap_or_repetition(app: TestApp) {
        for number in 0..5 {
            app.individual(&format!("person{number}@example.com")).await;
        }
        let lead = reviewer(&app, StaffRole::Lead).await;
        let (mut path, mut seen) = ("/api/v1/accounts?limit=2".to_owned(), Vec::new());
        loop {
            let page = lead.get(&path).await.expect(200);
            let items = page.body["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|account| account["root_user"]["email"].as_str().unwrap().to_owned()));
            let Some(next) = page.body["next"].as_str() else { break };
            assert!(page.header("link").contains(next), "{}", page.header("link"));
            path = format!("/api/v1/accounts?limit=2&cursor={next}");
        }
        let all: Vec<String> = (0..5).rev().map(|number| format!("person{number}@example.com")).collect();
        assert_eq!(seen, all);
        let other = path.replace("/accounts?", "/registrations?");
        lead.get(&other).await.expect_problem(422, "invalid");
    }

    async fn accounts_are_imported_once_and_bad_rows_are_named(app: TestApp) {
        let lead = reviewer(&app, StaffRole::Lead).await;
        let rows = json!({ "accounts": [
            { "email": "a@example.com", "name": "A" },
            { "email": "b@example.com", "name": "B\nC" },
            { "email": "nobody", "name": "C" },
            { "email": "d@example.com", "name": "D", "class": "enterprise", "legal_name": "D", "tax_code": "0100109106" },
        ]});
        let first = lead.post("/api/v1/accounts/import", rows.clone()).await.expect(200).body;
        assert_eq!(first["created"], 2, "{first}");
        let bad: Vec<&str> = first["errors"].as_array().unwrap().iter()
            .map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(bad, ["/accounts/1", "/accounts/2"]);
        // Who took them over, and from where, is in the trail.
        let events = row::Entity::find().filter(row::Column::Kind.eq("account.imported"));
        let events = events.all(app.app().db().read()).await.unwrap();
        assert_eq!(events.len(), 2);
        for event in events {
            assert!(event.actor.contains("Staff lead@staff.example"), "{}", event.actor);
            assert_eq!(event.origin.as_deref(), Some("127.0.0.1"));
        }
        let second = lead.post("/api/v1/accounts/import", rows).await.expect(200).body;
        assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(2)));
    }

    async fn mistakes_of_an_import_are_told_in_the_callers_language(app: TestApp) {
        let lead = reviewer(&app, StaffRole::Lead).await;
        let rows = json!({ "accounts": [
            { "email": "a@example.com", "name": "A" },
            { "email": "nobody", "name": "B" },
            { "email": "c@example.com", "name": "C", "class": "king" },
            { "email": "a@example.com", "name": "D" },
            { "email": "e@example.com", "name": "E", "managed_by_email": "e@example.com" },
            { "email": "f@example.com", "name": "F", "managed_by_email": "g@example.com" },
        ]});
        for (language, expected) in [
            ("en", [
                "email: Enter an email address such as name@example.com",
                "class: “king” is none of the values individual, enterprise",
                "The same email address as in /accounts/0",
                "managed_by_email: this is the account's own email address",
                "managed_by_email: there is no account with the email address g@example.com",
            ]),
            ("vi", [
                "email: Hãy nhập địa chỉ email đúng dạng, ví dụ ten@example.com",
                "class: “king” không phải là một trong các giá trị individual, enterprise",
                "Trùng địa chỉ email với /accounts/0",
                "managed_by_email: đây là địa chỉ email của chính tài khoản này",
                "managed_by_email: không có tài khoản nào có địa chỉ email g@example.com",
            ]),
        ] {
            let import = lead.request(Method::POST, "/api/v1/accounts/import").header("accept-language", language);
            let report = send(import.json(&rows)).await.expect(200).body;
            let told: Vec<&str> = report["errors"].as_array().unwrap().iter()
                .map(|error| error["detail"].as_str().unwrap()).collect();
            assert_eq!(told, expected);
        }
    }

    async fn a_form_that_is_sent_several_times_at_once_makes_one_token(app: TestApp) {
        company(&app).await;
        let root = app.browser();
        root.sign_in("root@saomai.example", PASSWORD, "/profile/tokens").await.expect_status(200);
        let form = root.get("/profile/tokens").await;
        let fields = [("name", "CRM"), ("days", "7"), ("scope", "accounts:read")];
        let submit = || root.submit(&form, "days", &fields);
        let (one, two, three) = tokio::join!(submit(), submit(), submit());
        let mut told = [one, two, three].map(|page| page.status.as_u16());
        told.sort_unstable();
        assert_eq!(told, [200, 200, 201]);
    }

    async fn a_token_dies_when_it_is_revoked_or_expires(app: TestApp) {
        let (_, company) = company(&app).await;
        company.get("/api/v1/token").await.expect(200);
        let root = app.browser();
        root.sign_in("root@saomai.example", PASSWORD, "/profile/tokens").await.expect_status(200);
        let form = root.get("/profile/tokens").await;
        form.expect("Top up customers").expect("Change your own account");
        assert!(!form.says("import accounts") && form.has("a[href='/profile']"));
        let fields = [("name", "CRM"), ("days", "7"), ("scope", "accounts:read")];
        let page = root.submit(&form, "days", &fields).await;
        let made = page.expect_status(201).body.split("portico_pat_").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let crm = Program::with(&app, format!("portico_pat_{made}"));
        crm.get("/api/v1/account").await.expect(200);
        crm.get("/api/v1/terms").await.expect_problem(403, "insufficient-scope");
        assert!(app.mail_to("root@saomai.example").await.text.contains("CRM"));
        assert!(!root.get("/profile/tokens").await.body.contains("portico_pat_"), "it is shown once");

        root.submit(&form, "days", &fields).await.expect_status(200).expect("was made already");
        let list = root.get("/profile/tokens").await;
        assert_eq!(list.links("tbody a").len(), 2, "that of the harness, and one of the form that was sent twice");
        let path = list.body.split("/profile/tokens/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        root.get(&format!("/profile/tokens/{path}")).await.expect_status(200);
        root.post(&format!("/profile/tokens/{path}"), &[]).await.expect_status(200);
        crm.get("/api/v1/account").await.expect_problem(401, "unauthenticated");
        app.advance(jiff::SignedDuration::from_hours(24 * 91));
        company.get("/api/v1/token").await.expect_problem(401, "unauthenticated");
    }

    async fn events_are_followed_by_whom_they_are_meant_for(app: TestApp) {
        let (account, company) = company(&app).await;
        let lead = reviewer(&app, StaffRole::Lead).await;
        let sent = application(&company).await;
        company.post("/api/v1/account/registrations", sent).await.expect(201);
        app.individual("other@example.com").await;
        app.run_jobs().await;
        let own = company.get("/api/v1/events").await.expect(200).body;
        let items = own["items"].as_array().unwrap();
        assert!(items.iter().all(|event| event["account_id"] == account.to_string()), "{own}");
        assert!(items.iter().any(|event| event["kind"] == "registration.submitted"), "{own}");
        let rest = company.get(&format!("/api/v1/events?after={}", own["last"])).await.body;
        assert_eq!(rest["items"], json!([]));
        let all = lead.get("/api/v1/events").await.expect(200).body;
        assert!(all["items"].as_array().unwrap().len() > items.len(), "{all}");
        let auditor = reviewer(&app, StaffRole::Auditor).await;
        assert_eq!(auditor.get("/api/v1/events").await.expect(200).body["items"][0], all["items"][0]);
        let reviewer = reviewer(&app, StaffRole::Reviewer).await;
        reviewer.get("/api/v1/events").await.expect_problem(403, "forbidden");
    }
}

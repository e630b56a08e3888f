//! How the review stands, over the API and from a terminal.

use jiff::SignedDuration;
use platform::{StaffRole, api::Scope};
use serde_json::{Value, json};
use testkit::{PASSWORD, TestApp, on_both_databases};

use crate::terminal::Terminal;

/// Somebody applies, in a browser.
async fn apply(app: &TestApp, email: &str, name: &str, tax_code: &str) {
    app.enterprise(email, name, tax_code).await;
    let browser = app.browser();
    let page = browser.sign_in(email, PASSWORD, "/registration").await;
    browser
        .submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect("Awaiting approval");
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|one| one["legal_name"].as_str().unwrap())
        .collect()
}

on_both_databases! {
    async fn a_program_sees_what_is_late_and_how_long_decisions_take(app: TestApp) {
        apply(&app, "root@saomai.example", "Sao Mai", "0100109106").await;
        app.staff("lead@staff.example", StaffRole::Lead).await;
        app.advance(SignedDuration::from_hours(24 * 7));
        apply(&app, "root@hoasen.example", "Hoa Sen", "0100686209").await;
        let lead = Terminal::of(&app, "lead@staff.example").await;

        let list = |more: &[&str]| {
            let list = ["registrations", "list", "--output", "json"];
            lead.run(&[&list[..], more].concat()).json()
        };
        let late = list(&["--late"]);
        assert_eq!(names(&late), ["Sao Mai"]);
        assert_eq!(names(&list(&[])), ["Hoa Sen", "Sao Mai"]);
        assert_eq!(names(&list(&["--asked"])), [""; 0]);

        let program = app.program("lead@staff.example", &[Scope::RegistrationsRead]).await;
        let figures = program.get("/api/v1/registrations/figures").await.body;
        let waiting = &figures["waiting"];
        assert_eq!((&waiting["all"], &waiting["late"], &waiting["stopped"]), (&json!(2), &json!(1), &json!(0)));
        // It waits for four business days: one of the week's is Vietnam's day of culture.
        assert_eq!(waiting["latest_seconds"], json!(8 * 3600));
        assert_eq!(figures["decided"], json!({ "days": 90, "count": 0, "median_seconds": null, "ninetieth_seconds": null }));

        let id = late[0]["id"].as_str().unwrap();
        lead.run(&["registrations", "approve", id, "--yes"]).expect(0, "approved");
        let figures = program.get("/api/v1/registrations/figures").await.body;
        let decided = &figures["decided"];
        assert_eq!((&decided["count"], &decided["median_seconds"]), (&json!(1), &json!(4 * 8 * 3600)));
        let weeks = figures["approvals"].as_array().unwrap();
        assert_eq!((weeks.len(), &weeks[11]["count"]), (12, &json!(1)));
        assert_eq!(names(&list(&["--late"])), [""; 0]);
    }
}

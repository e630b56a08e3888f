//! What the trail keeps of decisions and of who may decide: before and after.

use identity::staff::{self, StaffError};
use platform::{StaffRole, actor::Caller, event::row};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use testkit::{PASSWORD, TestApp, on_both_databases};

/// The newest event of a kind: what was before, and what is after.
async fn change(app: &TestApp, kind: &str) -> (Value, Value) {
    let row = row::Entity::find()
        .filter(row::Column::Kind.eq(kind))
        .order_by_desc(row::Column::Id)
        .one(app.app().db().read())
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("no {kind}"));
    let side = |text: Option<String>| text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap());
    (side(row.before), side(row.after))
}

on_both_databases! {
    async fn a_decision_keeps_what_was_before_and_after_but_no_private_note(app: TestApp) {
        app.enterprise("lan@saomai.example", "Sao Mai", "0100109106").await;
        app.staff("hoa@staff.example", StaffRole::Reviewer).await;
        let lan = app.browser();
        let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
        lan.submit(&page, "agree", &[("agree", "yes")]).await.expect_status(200);
        let (before, after) = change(&app, "registration.submitted").await;
        assert_eq!((before, &after["state"]), (Value::Null, &json!("awaiting_approval")));

        let hoa = app.browser();
        let queue = hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/registrations").await;
        let case = hoa.get(&queue.attribute("th a", "href").unwrap()).await.path().to_owned();
        hoa.post(&format!("{case}/take"), &[]).await.expect_status(200);
        let (before, after) = change(&app, "registration.taken").await;
        assert_eq!(before.get("reviewer"), None);
        assert!(after["reviewer"].is_string() && after["due"].is_string(), "{after}");

        let fields = [("reason", "other"), ("words", "Not yet."), ("note", "Smells of fraud"), ("step", "confirmed")];
        hoa.post(&format!("{case}/reject"), &fields).await.expect_status(200);
        let (before, after) = change(&app, "registration.rejected").await;
        assert_eq!(before["state"], "awaiting_approval");
        assert_eq!((&after["state"], &after["reason"], &after["words"]), (&json!("rejected"), &json!("other"), &json!("Not yet.")));
        for row in row::Entity::find().all(app.app().db().read()).await.unwrap() {
            assert!(!format!("{row:?}").contains("fraud"), "{row:?}");
        }
    }

    async fn a_profile_keeps_what_it_was(app: TestApp) {
        app.individual("an@example.vn").await;
        let an = app.browser();
        let page = an.sign_in("an@example.vn", PASSWORD, "/profile").await;
        let fields = [("name", "An Nguyen"), ("phone", "0912345678")];
        an.submit(&page, "phone", &fields).await.expect_status(200);
        let (before, after) = change(&app, "account.profile_changed").await;
        assert_ne!(before["name"], after["name"]);
        assert_eq!(after["name"], "An Nguyen");
        assert!(before["phone"].is_string() && before["language"] == after["language"], "{before}");
    }

    async fn a_role_and_its_end_hold_at_once_and_are_written_down(app: TestApp) {
        let email = || "hoa@staff.example".parse::<kernel::EmailAddress>().unwrap();
        app.staff("hoa@staff.example", StaffRole::Lead).await;
        let hoa = app.browser();
        hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/audit").await.expect_status(200);
        let caller = Caller::system;

        staff::change_role(app.app(), caller(), email(), StaffRole::Reviewer).await.unwrap();
        assert_eq!(change(&app, "staff.role_changed").await, (json!({"role": "lead"}), json!({"role": "reviewer"})));
        hoa.get("/staff/audit").await.expect_status(403);

        staff::remove(app.app(), caller(), email()).await.unwrap();
        let (before, after) = change(&app, "staff.removed").await;
        assert_eq!((&before["role"], after), (&json!("reviewer"), Value::Null));
        assert_eq!(hoa.get("/staff/registrations").await.path(), "/ap/auth");
        let page = app.browser().sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/registrations").await;
        assert_eq!(page.path(), "/ap/auth");
        assert!(staff::list(app.app()).await.unwrap().is_empty());
        let gone = staff::change_role(app.app(), caller(), email(), StaffRole::Lead).await;
        assert!(matches!(gone, Err(StaffError::Unknown(_))));

        let add = || staff::add(app.app(), caller(), email(), "Hoa".to_owned(), StaffRole::Auditor, kernel::Language::English);
        add().await.unwrap();
        assert!(matches!(add().await, Err(StaffError::Known(_))));
        let (_, after) = change(&app, "staff.added").await;
        assert_eq!(after, json!({"email": "hoa@staff.example", "name": "Hoa", "role": "auditor"}));
        // The old password does not come back with the person.
        let page = app.browser().sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/registrations").await;
        assert_eq!(page.path(), "/ap/auth");
    }

    async fn a_token_keeps_what_it_opened_but_never_itself_and_is_readable_in_vietnamese(app: TestApp) {
        app.enterprise("lan@saomai.example", "Sao Mai", "0100109106").await;
        let lan = app.browser();
        lan.sign_in("lan@saomai.example", PASSWORD, "/profile/tokens").await.expect_status(200);
        let fields = [("name", "CRM"), ("days", "7"), ("scope", "accounts:read")];
        lan.post("/profile/tokens", &fields).await.expect_status(201);
        let (before, made) = change(&app, "identity.token_made").await;
        assert_eq!((before, &made["name"], &made["scopes"]), (Value::Null, &json!("CRM"), &json!("accounts:read")));
        assert!(made["expires_at"].is_string(), "{made}");

        let list = lan.get("/profile/tokens").await;
        let id = list.body.split("/profile/tokens/").nth(1).unwrap().split(['"', '/']).next().unwrap().to_owned();
        lan.post(&format!("/profile/tokens/{id}/revoke"), &[]).await.expect_status(200);
        assert_eq!(change(&app, "identity.token_revoked").await, (made, Value::Null));
        for row in row::Entity::find().all(app.app().db().read()).await.unwrap() {
            assert!(!format!("{row:?}").contains("portico_pat_"), "{row:?}");
        }

        app.staff("mai@staff.example", StaffRole::Auditor).await;
        let mai = app.browser();
        mai.sign_in_as_staff("mai@staff.example", PASSWORD, "/staff/audit").await;
        let found = mai.get("/staff/audit?kind=identity.token_made").await;
        let one = found.attribute("tbody th a", "href").unwrap();
        mai.post("/language", &[("language", "vi"), ("back", &one)])
            .await
            .expect("Tạo token API")
            .expect("Phạm vi truy cập")
            .expect("Hiệu lực đến")
            .expect("127.0.0.1");
    }
}

//! The tag of an answer, and what it stands for.

use accounts::import;
use axum::http::header::{ETAG, IF_NONE_MATCH};
use platform::{
    StaffRole, Work,
    actor::Caller,
    api::{Scope, versioned},
    event::{Subject, row},
    web::Fault,
};
use registration::event::RegistrationEvent;
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Answer, on_both_databases};

const LEAD: &str = "mai@staff.example";
const FILE: &[u8] = b"email,name\nlan@saomai.vn,Lan\n";

on_both_databases! {
    async fn a_tag_is_never_newer_than_what_it_stands_for(app: TestApp) {
        let (app, id) = (app.app(), app.app().new_id());
        let subject = Subject { kind: "registration", id, account: None };
        // Somebody decides after the thing was read, and before it is answered.
        let read = async {
            let mut work = Work::begin(app, Caller::system()).await.unwrap();
            work.record(subject, &RegistrationEvent::Approved).await.unwrap();
            work.commit().await.unwrap();
            Ok::<_, Fault>("as it was before")
        };
        let stale = versioned(app, id, read).await.unwrap();
        let current = versioned(app, id, async { Ok::<_, Fault>("as it is now") }).await.unwrap();
        let version = |answer: &axum::response::Response| answer.headers()[ETAG].to_str().unwrap().split_once('.').unwrap().0.to_owned();
        assert_eq!((version(&stale), version(&current)), ("\"0".to_owned(), "\"1".to_owned()));
    }

    async fn an_address_that_is_verified_by_a_new_password_is_a_change_of_the_account(app: TestApp) {
        import::run(app.app(), Caller::system(), FILE, |_| {}).await.unwrap();
        app.staff(LEAD, StaffRole::Lead).await;
        let lead = app.program(LEAD, &[Scope::AccountsRead]).await;
        let found = lead.get("/api/v1/accounts?email=lan@saomai.vn").await;
        let id = found.body["items"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/accounts/{id}");
        let unverified = lead.get(&path).await;
        assert_eq!(unverified.body["root_user"]["email_verified_at"], Value::Null);

        for _ in 0..2 {
            app.browser().post("/forgotten", &[("email", "lan@saomai.vn")]).await;
            let page = app.browser().get(&app.mail_to("lan@saomai.vn").await.link("/reset?token=")).await;
            app.browser().submit(&page, "password", &[("password", "seven slow rivers")]).await;
            assert!(app.mail_to("lan@saomai.vn").await.subject.contains("was changed"));
        }
        let again = lead.request(Method::GET, &path).header(IF_NONE_MATCH, &unverified.headers[ETAG]);
        let verified = Answer::of(again).await;
        verified.expect(200);
        let at = &verified.body["root_user"]["email_verified_at"];
        assert!(at.is_string(), "{}", verified.body);
        // What staff find in the trail; the second password changed nothing of it.
        let events = row::Entity::find().filter(row::Column::Kind.eq("account.email_verified"));
        let events = events.all(app.app().db().read()).await.unwrap();
        let [event] = &events[..] else { panic!("{events:?}") };
        assert_eq!(event.before.as_deref(), Some(r#"{"email_verified_at":null}"#));
        assert_eq!(event.after, Some(json!({ "email_verified_at": at }).to_string()));
    }
}

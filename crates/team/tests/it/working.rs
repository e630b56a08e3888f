//! What a member may do changes, and ends, at once.

use identity::tokens::{self, MakeError, NewToken};
use platform::{Actor, actor::Caller, api::Scope};
use reqwest::StatusCode;
use testkit::PASSWORD;

use super::{HIS, MINH, ROOT, joined, of_minh, root};

/// Minh's token with these scopes, if he may have it.
async fn token(app: &testkit::TestApp, scopes: &str) -> Result<String, MakeError> {
    let db = app.app().db().read();
    let minh = accounts::store::find_iam(db, &ROOT.parse().unwrap(), "minh")
        .await
        .unwrap()
        .unwrap();
    let new = NewToken {
        name: "test".to_owned(),
        scopes: scopes.parse().unwrap(),
        days: 1,
    };
    let (_, token) = tokens::make(app.app(), Caller::system(), &minh, new).await?;
    Ok(token.expose().to_owned())
}

/// The scopes that a token opens now; nothing where it does not hold.
async fn scopes(app: &testkit::TestApp, token: &str) -> Option<Vec<String>> {
    let asked = reqwest::Client::new()
        .get(app.url("/api/v1/token"))
        .bearer_auth(token);
    let answer = asked.send().await.unwrap();
    if answer.status() == StatusCode::UNAUTHORIZED {
        return None;
    }
    let body: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    Some(serde_json::from_value(body["scopes"].clone()).unwrap())
}

testkit::on_both_databases! {
    async fn changed_grants_hold_in_sessions_and_tokens_that_are_there(app: TestApp) {
        let root = root(&app).await;
        let minh = joined(&app, &root, &["customers"]).await;
        minh.get("/profile").await.expect("Customers");
        let made = token(&app, "customers:write events:read").await.unwrap();
        assert_eq!(scopes(&app, &made).await.unwrap(), ["events:read", "customers:write"]);
        // What was not granted stands in no token.
        let refused = token(&app, "credit:write").await.unwrap_err();
        assert!(matches!(refused, MakeError::Scope(Scope::CreditWrite)), "{refused}");
        for scope in ["credit:read", "discounts:write", "team:manage", "webhooks:manage"] {
            assert!(token(&app, scope).await.is_err(), "{scope}");
        }

        let page = of_minh(&root).await;
        root.post(&page, &[]).await.expect_status(422).expect("Choose at least one permission");
        root.post(&page, &[("grants", "read_only")]).await.expect("The permissions are as you set them");
        minh.get("/profile").await.expect("Your permissions Read only");
        assert_eq!(scopes(&app, &made).await.unwrap(), ["events:read"], "the token is bound by the grants");
        let mail = app.mail_to(MINH).await;
        assert!(mail.subject.contains("your permissions") && mail.text.contains("Read only"), "{}", mail.text);
        // The same again is no change, and no letter.
        let letters = app.mails().await.len();
        root.post(&page, &[("grants", "read_only")]).await.expect_status(200);
        assert_eq!(app.mails().await.len(), letters);
    }

    async fn a_removed_member_is_out_at_once_and_the_trail_keeps_the_name(app: TestApp) {
        let root = root(&app).await;
        let minh = joined(&app, &root, &["customers"]).await;
        let made = token(&app, "customers:read").await.unwrap();
        minh.get("/profile").await.expect_status(200);
        let page = of_minh(&root).await;
        root.get(&format!("{page}/remove")).await.expect("Remove this person?").expect("cannot be undone");
        root.post(&format!("{page}/remove"), &[]).await.expect("is removed").expect("Nobody else yet");

        assert_eq!(minh.get("/profile").await.path(), "/ap/auth");
        assert_eq!(scopes(&app, &made).await, None);
        app.browser().sign_in_as_iam(ROOT, "minh", HIS, "/profile").await.expect_status(422);
        assert!(app.mail_to(MINH).await.subject.contains("no longer work"));
        let letters = app.mails().await.len();
        app.browser().post("/forgotten", &[("email", ROOT), ("user_name", "minh")]).await;
        assert_eq!(app.mails().await.len(), letters);
        root.get(&page).await.expect_status(404);
        root.post(&format!("{page}/remove"), &[]).await.expect_status(404);

        let id: uuid::Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
        let events = platform::event::history::<serde_json::Value>(app.app().db().read(), id).await.unwrap();
        let told: Vec<&str> = events.iter().map(|event| event.event["what"].as_str().unwrap()).collect();
        assert_eq!(told, ["invited", "joined", "token_made", "removed"]);
        assert!(matches!(&events[1].actor, Actor::Iam { name, .. } if name == "Minh"));
        assert_eq!(events[3].event["who"]["name"], "Minh");
        assert!(matches!(&events[3].actor, Actor::Root { .. }));

        // The user name is free again, for another person.
        let minh = joined(&app, &root, &["credit"]).await;
        minh.get("/profile").await.expect("Credit");
    }

    async fn only_the_root_user_sees_its_own_team(app: TestApp) {
        let root = root(&app).await;
        let minh = joined(&app, &root, &["customers", "credit", "discounts", "read_only"]).await;
        minh.get("/team").await.expect_status(403);
        minh.get("/team/new").await.expect_status(403);
        let page = of_minh(&root).await;
        minh.post(&page, &[("grants", "credit")]).await.expect_status(403);
        assert!(!minh.get("/overview").await.has("nav a[href='/team']"));
        assert!(root.get("/overview").await.has("nav a[href='/team']"));
        app.partner("root@other.example", "Other", "0101248141").await;
        let other = app.browser();
        other.sign_in("root@other.example", PASSWORD, "/team").await.expect("Nobody else yet");
        for path in [page.clone(), format!("{page}/remove")] {
            other.get(&path).await.expect_status(404);
            other.post(&path, &[("grants", "credit")]).await.expect_status(404);
        }
        other.post(&format!("{page}/send-again"), &[]).await.expect_status(404);
        minh.get("/profile").await.expect("Customers, Credit, Discounts, Read only");
    }
}

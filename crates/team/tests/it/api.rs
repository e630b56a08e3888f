//! The same over the API, and what others hear of it.

use customers::{
    rules::{FriendlyName, Role},
    service::Invitee,
};
use identity::tokens::{self, NewToken};
use kernel::Language;
use platform::{
    Actor, Grant,
    actor::{Caller, Capacity},
    api::Scopes,
};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use testkit::TestApp;

use super::{MINH, ROOT, joined, root};

struct Program<'a> {
    app: &'a TestApp,
    http: Client,
    token: String,
}

impl<'a> Program<'a> {
    async fn of(app: &'a TestApp, user_name: &str, scopes: Scopes) -> Self {
        let (db, root) = (app.app().db().read(), ROOT.parse().unwrap());
        let person = if user_name.is_empty() {
            accounts::store::find_root(db, &root).await
        } else {
            accounts::store::find_iam(db, &root, user_name).await
        };
        let person = person.unwrap().unwrap();
        let allowed = tokens::scopes_of(&person);
        let scopes = scopes.iter().filter(|scope| allowed.contains(*scope)).collect();
        let new = NewToken {
            name: "test".to_owned(),
            scopes,
            days: 1,
        };
        let (_, token) = tokens::make(app.app(), Caller::system(), &person, new)
            .await
            .unwrap();
        Self {
            app,
            http: Client::new(),
            token: token.expose().to_owned(),
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request = self
            .http
            .request(method, self.app.url(path))
            .bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status();
        (
            status,
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
        )
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send(Method::GET, path, None).await
    }

    /// The kinds of events, as the API tells them: those that begin with `room`.
    async fn told(&self, room: &str) -> Vec<String> {
        self.app.run_jobs().await;
        let (status, events) = self.get("/api/v1/events?limit=200").await;
        assert_eq!(status, 200, "{events}");
        let kinds = events["items"].as_array().unwrap().iter();
        kinds
            .map(|event| event["kind"].as_str().unwrap().to_owned())
            .filter(|kind| kind.starts_with(room))
            .collect()
    }
}

testkit::on_both_databases! {
    async fn a_program_of_the_root_user_manages_the_team(app: TestApp) {
        let _ = root(&app).await;
        let program = Program::of(&app, "", Scopes::all()).await;
        assert_eq!(program.get("/api/v1/team").await, (StatusCode::OK, json!([])));
        let whom = json!({ "email": MINH, "name": "Minh", "grants": ["credit"] });
        let (status, member) = program.send(Method::POST, "/api/v1/team", Some(whom.clone())).await;
        assert_eq!(status, 201, "{member}");
        assert_eq!((&member["user_name"], &member["state"]), (&json!("minh"), &json!("invited")));
        let (status, taken) = program.send(Method::POST, "/api/v1/team", Some(whom)).await;
        assert_eq!((status, &taken["errors"][0]["pointer"]), (StatusCode::CONFLICT, &json!("/email")));
        let wrong = json!({ "email": "x", "name": "", "grants": ["root"] });
        let (status, wrong) = program.send(Method::POST, "/api/v1/team", Some(wrong)).await;
        assert_eq!((status, wrong["errors"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 3));

        let path = format!("/api/v1/team/{}", member["id"].as_str().unwrap());
        let grants = json!({ "grants": ["read_only", "credit"] });
        let (status, member) = program.send(Method::PATCH, &path, Some(grants)).await;
        assert_eq!((status, &member["grants"]), (StatusCode::OK, &json!(["credit", "read_only"])));
        assert_eq!(program.send(Method::POST, &format!("{path}/send-again"), None).await.0, 200);
        assert_eq!(program.send(Method::DELETE, &path, None).await.0, 204);
        assert_eq!(program.get(&path).await.0, 404);
        assert_eq!(program.told("team.").await, [
            "team.invited", "team.changed", "team.invitation_sent_again", "team.invitation_withdrawn",
        ]);
    }

    async fn an_iam_user_hears_nothing_of_what_is_the_root_users_business_whatever_the_token(app: TestApp) {
        let root = root(&app).await;
        joined(&app, &root, &["customers", "credit", "discounts", "read_only"]).await;
        let minh = Program::of(&app, "minh", Scopes::all()).await;
        assert_eq!(minh.get("/api/v1/team").await.0, 403);
        let program = Program::of(&app, "", Scopes::all()).await;
        let endpoint = json!({ "url": "https://hooks.example/", "events": ["account.profile_changed"] });
        assert_eq!(program.send(Method::POST, "/api/v1/account/webhooks", Some(endpoint)).await.0, 201);
        for (room, heard) in [
            ("team.", vec!["team.invited", "team.joined"]),
            ("identity.", vec!["identity.token_made", "identity.token_made"]),
            ("webhook_endpoint.", vec!["webhook_endpoint.created"]),
        ] {
            assert!(minh.told(room).await.is_empty(), "{room}");
            assert_eq!(program.told(room).await, heard);
        }
    }

    async fn an_iam_user_hears_of_the_areas_that_were_granted(app: TestApp) {
        let _ = root(&app).await;
        let partner = accounts::store::find_root(app.app().db().read(), &ROOT.parse().unwrap()).await;
        let Capacity::Root { user, account } = partner.unwrap().unwrap().capacity else {
            panic!("the root user is one")
        };
        app.iam_user_who(account, "credit", &[Grant::Credit]).await;
        app.iam_user_who(account, "reader", &[Grant::ReadOnly]).await;
        let caller = Caller { actor: Actor::Root { user, account, name: "Root".to_owned() }, origin: None };
        let whom = Invitee {
            email: "hoa@sen.example".parse().unwrap(),
            name: FriendlyName::parse("Hoa Sen").unwrap(),
            role: Role::default(),
        };
        let room = &app.installation.rooms.customers;
        customers::service::invite(room, caller, &[whom], Language::English).await.unwrap();
        for (user_name, heard) in [("credit", vec![]), ("reader", vec!["customer.invited"])] {
            let program = Program::of(&app, user_name, Scopes::all()).await;
            assert_eq!(program.told("customer.").await, heard, "{user_name}");
        }
    }
}

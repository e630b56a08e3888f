//! Programs of everybody's, and what they are answered.

use identity::tokens;
use kernel::{AccountId, EmailAddress};
use platform::{StaffRole, api::Scopes};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use testkit::TestApp;

use crate::routes::{IAM, Is, PARTNER, PLAIN, companies};

/// Somebody's program.
#[derive(Clone)]
pub(crate) struct Program<'a> {
    app: &'a TestApp,
    http: Client,
    token: Option<String>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(super) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    pub(super) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// Whether it is a problem of that kind.
    #[track_caller]
    pub(super) fn expect_problem(self, status: u16, slug: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.body["type"], format!("urn:portico:problem:{slug}"));
        assert_eq!(answer.body["status"], status);
        answer
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

impl<'a> Program<'a> {
    pub(super) fn stranger(app: &'a TestApp) -> Self {
        let http = Client::builder().build().unwrap();
        Self {
            app,
            http,
            token: None,
        }
    }

    pub(crate) fn with(app: &'a TestApp, token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..Self::stranger(app)
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, self.app.url(path));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    Answer {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

/// A token of somebody's, made as the profile makes it.
pub(super) async fn token(app: &TestApp, email: &str, scopes: &str) -> String {
    let address: EmailAddress = email.parse().unwrap();
    let db = app.app().db().read();
    let person = match accounts::store::find_staff(db, &address).await.unwrap() {
        Some(person) => person,
        None => accounts::store::find_root(db, &address).await.unwrap().unwrap(),
    };
    app.token(&person, scopes.parse().unwrap()).await.1
}

const ALL: &str = "registrations:read registrations:write accounts:read accounts:write events:read";

pub(super) async fn company(app: &TestApp) -> (AccountId, Program<'_>) {
    let id = app
        .enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    let token = token(app, "root@saomai.example", ALL).await;
    (id, Program::with(app, token))
}

pub(super) async fn reviewer(app: &TestApp, role: StaffRole) -> Program<'_> {
    let email = format!("{}@staff.example", role.as_str());
    app.staff(&email, role).await;
    let scopes = Scopes::all().to_string();
    Program::with(app, token(app, &email, &scopes).await)
}

/// Everybody there is, with a token for all that they may have one for.
pub(super) async fn everybody(app: &TestApp) -> Vec<(Is, Program<'_>)> {
    companies(app).await;
    let mut people = vec![
        (PLAIN, "", Is::Root { partner: false }),
        (PARTNER, "", Is::Root { partner: true }),
    ];
    people.extend(IAM.map(|(root, name, may)| {
        let partner = root == PARTNER;
        (root, name, Is::Iam { partner, may })
    }));
    let mut all = Vec::new();
    for (root, name, is) in people {
        let (db, root) = (app.app().db().read(), root.parse().unwrap());
        let person = match name {
            "" => accounts::store::find_root(db, &root).await,
            name => accounts::store::find_iam(db, &root, name).await,
        };
        let person = person.unwrap().unwrap();
        let (_, token) = app.token(&person, tokens::scopes_of(&person)).await;
        all.push((is, Program::with(app, token)));
    }
    for role in StaffRole::ALL {
        all.push((Is::Staff(role), reviewer(app, role).await));
    }
    all
}

pub(super) async fn application(program: &Program<'_>) -> Value {
    let terms = program.get("/api/v1/terms?language=vi").await.expect(200).body;
    json!({ "terms_version": terms["version"], "terms_hash": terms["hash"], "language": "vi" })
}

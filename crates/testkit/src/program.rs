//! A program that uses the API with somebody's token.

use accounts::person::Person;
use identity::tokens::{NewToken, make};
use platform::{
    actor::Caller,
    api::{Scope, Scopes},
};
use reqwest::{Client, Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;
use uuid::Uuid;

use crate::TestApp;

/// A program with a token.
#[derive(Clone)]
pub struct Program {
    client: Client,
    url: String,
    token: String,
}

/// What the API answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null where there is none.
    pub body: Value,
}

impl TestApp {
    /// A program with a token of an account's root user, or of one of the staff, for some scopes.
    pub async fn program(&self, email: &str, scopes: &[Scope]) -> Program {
        let (db, address) = (self.app().db().read(), email.parse().expect("an address"));
        let root = accounts::store::find_root(db, &address).await.expect("a query");
        let person = match root {
            Some(root) => root,
            None => accounts::store::find_staff(db, &address)
                .await
                .expect("a query")
                .expect("somebody with this address"),
        };
        let (_, token) = self.token(&person, scopes.iter().copied().collect()).await;
        Program {
            client: Client::new(),
            url: self.url(""),
            token,
        }
    }

    /// A token of somebody's, made as the profile makes it, and its id.
    pub async fn token(&self, person: &Person, scopes: Scopes) -> (Uuid, String) {
        let new = NewToken {
            name: "test".to_owned(),
            scopes,
            days: 30,
        };
        let made = make(self.app(), Caller::system(), person, new).await;
        let (made, token) = made.expect("a token");
        (made.id, token.expose().to_owned())
    }
}

impl Program {
    /// A request with the token, for what the methods below do not do.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// Puts JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }
}

impl Answer {
    /// What comes of a request.
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a text");
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"))
        };
        Self {
            status,
            headers,
            body,
        }
    }

    /// Fails unless it came with this status; shows the body.
    #[track_caller]
    pub fn expect(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self
    }
}

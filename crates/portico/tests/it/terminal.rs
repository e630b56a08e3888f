//! The commands, as somebody at a terminal runs them.

use std::process::{Command, Stdio};

use identity::tokens::{self, NewToken};
use platform::actor::Caller;
use testkit::TestApp;

/// What a command ended with, and what it printed.
pub(crate) struct Ran {
    code: Option<i32>,
    pub(crate) said: String,
    pub(crate) errors: String,
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let ran = command.stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: ran.status.code(),
            said: text(ran.stdout),
            errors: text(ran.stderr),
        }
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32, words: &str) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.said, self.errors);
        let all = format!("{}{}", self.said, self.errors);
        assert!(all.contains(words), "no {words:?} in:\n{all}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.said).unwrap()
    }
}

pub(crate) fn portico() -> Command {
    Command::new(env!("CARGO_BIN_EXE_portico"))
}

/// Somebody at a terminal, with a token.
pub(crate) struct Terminal<'a> {
    app: &'a TestApp,
    token: String,
}

impl<'a> Terminal<'a> {
    pub(crate) async fn of(app: &'a TestApp, email: &str) -> Self {
        let (db, address) = (app.app().db().read(), email.parse().unwrap());
        let root = accounts::store::find_root(db, &address).await.unwrap();
        let person = match root {
            Some(root) => root,
            None => accounts::store::find_staff(db, &address).await.unwrap().unwrap(),
        };
        let new = NewToken {
            name: "terminal".to_owned(),
            scopes: tokens::scopes_of(&person),
            days: 1,
        };
        let (_, token) = tokens::make(app.app(), Caller::system(), &person, new)
            .await
            .unwrap();
        let token = token.expose().to_owned();
        Self { app, token }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = portico();
        command
            .args(arguments)
            .env("PORTICO_URL", self.app.url(""))
            .env("PORTICO_TOKEN", &self.token)
            .env("LC_ALL", "C");
        Ran::of(&mut command)
    }
}

//! One harness for every behaviour test: the whole portal, served over HTTP, on a real database, with a clock that
//! the test moves.
//!
//! ```ignore
//! testkit::on_both_databases! {
//!     async fn a_stranger_is_asked_to_sign_in(app: TestApp) {
//!         let page = app.browser().get("/registration").await;
//!         assert_eq!(page.path(), "/ap/auth");
//!     }
//! }
//! ```

#![expect(
    clippy::must_use_candidate,
    reason = "expectations about a page are said for their own sake"
)]

mod browser;
mod people;
mod products;
mod program;

use std::{net::SocketAddr, time::Duration};

pub use browser::{Browser, Page};
use jiff::{SignedDuration, Timestamp};
use mail_parser::MessageParser;
pub use people::PASSWORD;
use platform::{App, Clock, job::JobError};
use portico::{
    config::{self, Config},
    installation::{Installation, install},
};
pub use program::{Answer, Program};
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// Monday 23 November 2026, 09:00 in Viet Nam: the provider is open.
pub const START: &str = "2026-11-23T02:00:00Z";

/// The whole portal, running.
pub struct TestApp {
    /// Its parts, for what a test cannot do over HTTP.
    pub installation: Installation,
    /// The clock that everything in it reads.
    pub clock: Clock,
    url: String,
    data: TempDir,
}

/// An email as it was delivered.
#[derive(Clone, Debug)]
pub struct Mail {
    /// To whom.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text form.
    pub text: String,
    /// The stable id.
    pub message_id: String,
}

impl Mail {
    /// The first link whose address contains `part`.
    #[must_use]
    pub fn link(&self, part: &str) -> String {
        let link = self
            .text
            .split_whitespace()
            .find(|word| word.starts_with("http") && word.contains(part));
        link.unwrap_or_else(|| panic!("no link with {part} in:\n{}", self.text))
            .to_owned()
    }
}

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum On {
    /// A new file.
    Sqlite,
    /// A new database on the server that `PORTICO_TEST_POSTGRES` names.
    Postgres,
}

impl TestApp {
    /// A new, empty installation.
    pub async fn start(on: On) -> Self {
        Self::start_with(on, |_| {}).await
    }

    /// A new, empty installation whose configuration differs from the sample.
    pub async fn start_with(on: On, change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let listener = portico::server::listen(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let mut config = config::sample(&url).expect("the sample configuration is right");
        // A robot's haste is tested where it matters; elsewhere nobody waits for it.
        config.accounts.sign_up_seconds = 0;
        // A second person for every deposit, and no alert unless an account sets one.
        config.credit = credit::Config::default();
        config.database.connections = 4;
        if let On::Postgres = on {
            config.database.url = Some(new_postgres_database().await);
        }
        change(&mut config);
        let clock = Clock::manual(START.parse().expect("a time"));
        let installation = install(config, data.path(), clock.clone(), false)
            .await
            .expect("an installation");
        let service = installation
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            installation,
            clock,
            url,
            data,
        }
    }

    /// What the rooms share.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.installation.app
    }

    /// An absolute address.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The folder of the installation.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// A browser with no cookies.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock.
    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Lets every job do what is due, mail last.
    pub async fn run_jobs(&self) {
        for job in self.installation.jobs.iter().rev() {
            job.run()
                .await
                .unwrap_or_else(|error| panic!("{}: {error}", job.name()));
        }
    }

    /// Lets one job do what is due.
    pub async fn run_job(&self, name: &str) -> Result<(), JobError> {
        let job = self.installation.jobs.iter().find(|job| job.name() == name);
        job.unwrap_or_else(|| panic!("no job {name}")).run().await
    }

    /// Does to the database what no use case does.
    pub async fn tamper(&self, sql: &str) {
        let tx = self.app().db().begin().await.expect("a transaction");
        tx.execute_unprepared(sql).await.expect("a statement");
        tx.commit().await.expect("committed");
    }

    /// All emails so far, oldest first; those waiting are delivered before.
    pub async fn mails(&self) -> Vec<Mail> {
        self.run_jobs().await;
        let Ok(entries) = std::fs::read_dir(self.data.path().join("mail")) else {
            return Vec::new();
        };
        let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files
            .iter()
            .map(|path| read_mail(&std::fs::read(path).expect("an email")))
            .collect()
    }

    /// The newest email to an address.
    pub async fn mail_to(&self, address: &str) -> Mail {
        let newest = self.mails().await.into_iter().rfind(|mail| mail.to == address);
        newest.unwrap_or_else(|| panic!("no email to {address}"))
    }
}

fn read_mail(bytes: &[u8]) -> Mail {
    let message = MessageParser::default().parse(bytes).expect("an email");
    Mail {
        to: message
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address())
            .unwrap_or_default()
            .to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
    }
}

/// Makes a database of its own for one test, and says its address.
pub async fn new_postgres_database() -> String {
    let server = std::env::var("PORTICO_TEST_POSTGRES").expect(
        "PORTICO_TEST_POSTGRES names no server: run ./script/test, or `eval \"$(script/postgres start)\"`",
    );
    let name = format!("portico_{}", uuid::Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.expect("the PostgreSQL server");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a new database");
    admin.close().await.expect("closed");
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{base}/{name}")
}

/// Waits for something that another task does, without a fixed delay; panics after 10 seconds.
pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not happen within 10 seconds");
}

/// Writes each test twice: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {
        $(mod $name {
            #[expect(clippy::allow_attributes, reason = "not every test uses what its module imports")]
            #[allow(unused_imports, reason = "not every test uses what its module imports")]
            use super::*;

            async fn check($app: $crate::TestApp) $body

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                check($crate::TestApp::start($crate::On::Sqlite).await).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                check($crate::TestApp::start($crate::On::Postgres).await).await;
            }
        })+
    };
}

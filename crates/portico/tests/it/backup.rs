//! A backup taken under load, and what restoring it gives back.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

use kernel::AccountId;
use platform::{Clock, audit::verify, event, mail::outbox};
use portico::{
    config,
    installation::{Installation, install},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use testkit::{Browser, On, PASSWORD, TestApp, new_postgres_database};
use tokio::{sync::Semaphore, task::JoinSet};
use uuid::Uuid;

use crate::crash::{Server, free_port, start_on, write_config};

const APPLICANTS: usize = 16;
const ACKNOWLEDGED_BEFORE_BACKUP: usize = 5;

/// A folder with a configuration, and the PostgreSQL database of it where it is not on SQLite.
struct Place<'a> {
    data: &'a Path,
    database: Option<String>,
}

impl Place<'_> {
    fn portico(&self, arguments: &[&str]) -> Output {
        let database = self.database.as_ref();
        Command::new(env!("CARGO_BIN_EXE_portico"))
            .envs(database.map(|url| ("PORTICO_DATABASE__URL", url)))
            .args(arguments)
            .arg("--config")
            .arg(self.data.join("portico.toml"))
            .arg("--data")
            .arg(self.data)
            .output()
            .expect("the binary runs")
    }

    fn backup(&self, file: &Path) {
        let output = self.portico(&["backup", &file.to_string_lossy()]);
        assert!(output.status.success(), "{output:?}");
    }

    fn restore(&self, file: &Path, more: &[&str]) -> Result<(), String> {
        let file = file.to_string_lossy();
        let output = self.portico(&[&["restore", &file], more].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        output.status.success().then_some(()).ok_or(said)
    }

    async fn open(&self) -> Installation {
        let mut config = config::sample("http://127.0.0.1:1").expect("the sample configuration");
        config.database.url.clone_from(&self.database);
        install(config, self.data, Clock::system(), false)
            .await
            .expect("it opens")
    }
}

async fn another_database(like: &Place<'_>) -> Option<String> {
    match like.database {
        Some(_) => Some(new_postgres_database().await),
        None => None,
    }
}

/// An installation with companies that have not applied, closed.
async fn with_companies(on: On) -> (TestApp, Option<String>, Vec<AccountId>) {
    let database = match on {
        On::Sqlite => None,
        On::Postgres => Some(new_postgres_database().await),
    };
    let url = database.clone();
    let app = TestApp::start_with(On::Sqlite, |config| config.database.url = url).await;
    let mut accounts = Vec::new();
    for n in 0..APPLICANTS {
        let (email, name) = (format!("root{n}@example.vn"), format!("Company {n}"));
        accounts.push(app.enterprise(&email, &name, "0100109106").await);
    }
    app.app().db().clone().close().await.expect("closed");
    (app, database, accounts)
}

/// Lets all of them apply at once and takes a backup in the midst of it. Returns who was told so before it began.
async fn back_up_under_load(
    place: &Place<'_>,
    accounts: &[AccountId],
    file: PathBuf,
) -> (Server, Vec<AccountId>) {
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    write_config(place.data, &url);
    let server = start_on(place.data, port, place.database.as_deref()).await;
    let mut ready = Vec::new();
    for (n, account) in accounts.iter().enumerate() {
        let browser = Browser::new(&url);
        let email = format!("root{n}@example.vn");
        let page = browser.sign_in(&email, PASSWORD, "/registration").await;
        ready.push((*account, browser, page));
    }
    let acknowledged = Arc::new((Semaphore::new(0), std::sync::Mutex::new(Vec::new())));
    let mut submits = JoinSet::new();
    for (account, browser, page) in ready {
        let acknowledged = acknowledged.clone();
        submits.spawn(async move {
            let page = browser.submit(&page, "agree", &[("agree", "yes")]).await;
            page.expect("Awaiting approval");
            acknowledged.1.lock().expect("nobody panicked").push(account);
            acknowledged.0.add_permits(1);
        });
    }
    let enough = u32::try_from(ACKNOWLEDGED_BEFORE_BACKUP).expect("a small number");
    let _ = acknowledged
        .0
        .acquire_many(enough)
        .await
        .expect("acknowledgements");
    let before = acknowledged.1.lock().expect("nobody panicked").clone();
    tokio::task::block_in_place(|| place.backup(&file));
    submits.join_all().await;
    (server, before)
}

async fn a_backup_taken_under_load_holds_what_was_acknowledged(on: On) {
    let (app, database, accounts) = with_companies(on).await;
    let place = Place {
        data: app.data(),
        database,
    };
    let file = app.data().join("portico.backup");
    let (server, before) = back_up_under_load(&place, &accounts, file.clone()).await;
    drop(server);

    let folder = tempfile::tempdir().expect("a folder");
    write_config(folder.path(), "http://127.0.0.1:1");
    let restored = Place {
        data: folder.path(),
        database: another_database(&place).await,
    };
    restored.restore(&file, &[]).expect("restored");
    let there = restored.open().await;
    let db = there.app.db();
    for account in &accounts {
        let count = async |kind: &str| {
            let events = event::row::Entity::find()
                .filter(event::row::Column::AccountId.eq(Uuid::from(*account)))
                .filter(event::row::Column::Kind.eq(kind));
            events.count(db.read()).await.expect("events")
        };
        let letters = outbox::row::Entity::find()
            .filter(outbox::row::Column::AccountId.eq(Uuid::from(*account)))
            .filter(outbox::row::Column::Template.eq("registration-awaiting-approval"));
        let letters = letters.count(db.read()).await.expect("letters");
        let submitted = count("registration.submitted").await;
        assert_eq!(submitted, letters, "each with its letter");
        assert!(submitted <= 1, "none twice");
        assert!(
            submitted == 1 || !before.contains(account),
            "{account} was told, and lost"
        );
    }
    for job in &there.jobs {
        job.run().await.expect("jobs work on what was restored");
    }
    let outcome = verify::run(&there.app, &[], |_, _| {}).await.expect("verified");
    assert!(outcome.holds(), "{:?}", outcome.verifier.findings);
    db.clone().close().await.expect("closed");
}

async fn nothing_is_lost_to_a_restore_that_should_not_be(on: On) {
    let (app, database, accounts) = with_companies(on).await;
    let place = Place {
        data: app.data(),
        database,
    };
    let file = app.data().join("portico.backup");
    let (server, _) = back_up_under_load(&place, &accounts, file.clone()).await;

    let refused = |file: &Path, more: &[&str]| place.restore(file, more).expect_err("refused");
    let says = |said: &str, part: &str| assert!(said.contains(part), "{said}");
    says(&refused(&file, &["--replace"]), "in use");
    drop(server);
    says(&refused(&file, &[]), "not empty");

    let whole = std::fs::read(&file).expect("the backup");
    let other = app.data().join("other.backup");
    let write = |bytes: &[u8]| std::fs::write(&other, bytes).expect("written");
    write(&whole[..whole.len() - 9]);
    says(&refused(&other, &["--replace"]), "not a whole backup");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    write(&changed);
    says(&refused(&other, &["--replace"]), "not a whole backup");
    write(b"nothing of ours");
    says(&refused(&other, &["--replace"]), "not a whole backup");

    let submitted = async || {
        let there = place.open().await;
        let events = event::row::Entity::find().filter(event::row::Column::Kind.eq("registration.submitted"));
        let count = events.count(there.app.db().read()).await.expect("events");
        there.app.db().clone().close().await.expect("closed");
        usize::try_from(count).expect("a small number")
    };
    assert_eq!(submitted().await, APPLICANTS, "all that was there is there");
    place.restore(&file, &["--replace"]).expect("restored");
    let then = submitted().await;
    assert!(
        (ACKNOWLEDGED_BEFORE_BACKUP..=APPLICANTS).contains(&then),
        "{then}"
    );

    let again = place.portico(&["backup", &file.to_string_lossy()]);
    assert!(!again.status.success(), "a backup is never written over");
    assert_eq!(std::fs::read(&file).expect("the backup"), whole);
}

mod on_sqlite {
    use testkit::On;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_backup_taken_under_load_holds_what_was_acknowledged() {
        super::a_backup_taken_under_load_holds_what_was_acknowledged(On::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn nothing_is_lost_to_a_restore_that_should_not_be() {
        super::nothing_is_lost_to_a_restore_that_should_not_be(On::Sqlite).await;
    }
}

mod on_postgres {
    use testkit::On;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_backup_taken_under_load_holds_what_was_acknowledged() {
        super::a_backup_taken_under_load_holds_what_was_acknowledged(On::Postgres).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn nothing_is_lost_to_a_restore_that_should_not_be() {
        super::nothing_is_lost_to_a_restore_that_should_not_be(On::Postgres).await;
    }
}

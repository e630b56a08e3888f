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
use testkit::{Browser, On, PASSWORD, TestApp, eventually, new_postgres_database};
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
    fn command(&self, arguments: &[&str]) -> Command {
        let database = self.database.as_ref();
        let mut command = Command::new(env!("CARGO_BIN_EXE_portico"));
        command
            .envs(database.map(|url| ("PORTICO_DATABASE__URL", url)))
            .args(arguments)
            .arg("--config")
            .arg(self.data.join("portico.toml"))
            .arg("--data")
            .arg(self.data);
        command
    }

    fn portico(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
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
    // More than a bit: one in the distance of a repetition may unpack to the very same bytes, which is no damage.
    let middle = whole.len() / 2;
    changed[middle..middle + 64]
        .iter_mut()
        .for_each(|byte| *byte ^= 0x55);
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

/// An installation of its own with one member of the staff, closed, and a backup of it.
fn with_one_of_the_staff(place: &Place<'_>, email: &str) -> PathBuf {
    write_config(place.data, "http://127.0.0.1:1");
    let added = place.portico(&["staff", "add", email, "Hoa", "lead"]);
    assert!(added.status.success(), "{added:?}");
    let file = place.data.join("portico.backup");
    place.backup(&file);
    file
}

fn staff(place: &Place<'_>) -> String {
    let listed = place.portico(&["staff", "list"]);
    assert!(listed.status.success(), "{listed:?}");
    String::from_utf8_lossy(&listed.stdout).into_owned()
}

/// What `kill -9` leaves beside a database belongs to that one alone: SQLite would replay it into any other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_whose_database_was_removed_is_not_replayed_into_the_restored_one() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let [kept, lost] = folders.each_ref().map(|folder| Place {
        data: folder.path(),
        database: None,
    });
    let file = with_one_of_the_staff(&kept, "hoa@kept.example");
    write_config(lost.data, "http://127.0.0.1:1");
    let server = start_on(lost.data, free_port(), None).await;
    let added = lost.portico(&["staff", "add", "lan@lost.example", "Lan", "lead"]);
    assert!(added.status.success(), "{added:?}");
    drop(server);
    std::fs::remove_file(lost.data.join("portico.db")).expect("removed");
    assert!(lost.data.join("portico.db-wal").exists());

    let refused = lost.restore(&file, &[]).expect_err("refused");
    assert!(refused.contains("not empty"), "{refused}");
    lost.restore(&file, &["--replace"]).expect("restored");
    assert_eq!(staff(&lost), staff(&kept));
}

/// A `psql` whose parent is killed as soon as it is there: its input ends before anything or much of it came.
#[cfg(unix)]
const PSQL_OF_A_KILLED_PARENT: &str = "#!/bin/sh\nkill -9 $PPID\npsql=$(PATH=${PATH#*:} command -v psql)\n\"$psql\" \"$@\"\ntouch \"${0%/*}/ended\"\n";

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_that_is_killed_leaves_what_was_there() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let databases = [new_postgres_database().await, new_postgres_database().await];
    let [kept, other] = [0, 1].map(|n: usize| Place {
        data: folders[n].path(),
        database: Some(databases[n].clone()),
    });
    with_one_of_the_staff(&kept, "hoa@kept.example");
    let file = with_one_of_the_staff(&other, "lan@other.example");
    let before = staff(&kept);

    let programs = tempfile::tempdir().expect("a folder");
    let psql = programs.path().join("psql");
    std::fs::write(&psql, PSQL_OF_A_KILLED_PARENT).expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(&psql, mode).expect("made a program");
    let path = std::env::var("PATH").expect("a path");
    let path = format!("{}:{path}", programs.path().display());
    let killed = kept
        .command(&["restore", "--replace", &file.to_string_lossy()])
        .env("PATH", path)
        .output()
        .expect("the binary runs");
    assert!(!killed.status.success(), "{killed:?}");
    eventually(async || programs.path().join("ended").exists().then_some(())).await;
    assert_eq!(staff(&kept), before);
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

//! While a new version is rolled out, the old one goes on beside it: on a schema that it does not know yet.

use platform::{Clock, Db, db::Migration};
use portico::{config, installation::install, rooms::MIGRATIONS};
use sea_orm::{ConnectionTrait, Statement};
use testkit::{On, PASSWORD, TestApp, on_both_databases};

/// What a later version might add: a table, a column that may be empty, one with a default, an index.
const LATER: &[Migration] = &[Migration {
    name: "2999123101_later",
    sql: "CREATE TABLE later (id TEXT PRIMARY KEY);
        ALTER TABLE accounts ADD COLUMN later_note TEXT;
        ALTER TABLE registrations ADD COLUMN later_count BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX later_by_count ON registrations (later_count);",
}];

on_both_databases! {
    async fn the_old_version_goes_on_beside_a_later_one_and_starts_again(app: TestApp) {
        let db = app.app().db();
        db.migrate(&[MIGRATIONS.concat().leak(), LATER]).await.unwrap();

        // It serves, also what it writes.
        app.enterprise("root@saomai.example", "Sao Mai", "0100109106").await;
        let lan = app.browser();
        let page = lan.sign_in("root@saomai.example", PASSWORD, "/registration").await;
        lan.submit(&page, "agree", &[("agree", "yes")]).await.expect("Awaiting approval");
        let ready = reqwest::get(app.url("/readyz")).await.unwrap();
        assert_eq!(ready.status(), 200, "{}", ready.text().await.unwrap());

        // It starts, on what the later one left.
        let mut config = config::sample("http://127.0.0.1:1").unwrap();
        if db.backend() == sea_orm::DbBackend::Postgres {
            let name: String = db
                .read()
                .query_one_raw(sea_orm::Statement::from_string(db.backend(), "SELECT current_database()"))
                .await
                .unwrap()
                .unwrap()
                .try_get_by_index(0)
                .unwrap();
            let server = std::env::var("PORTICO_TEST_POSTGRES").unwrap();
            let (base, _) = server.rsplit_once('/').unwrap();
            config.database.url = Some(format!("{base}/{name}"));
        }
        let again = install(config, app.data(), Clock::system(), false).await.unwrap();
        assert!(again.app.db().applied().await.unwrap().contains(&LATER[0].name.to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_does_not_get_its_table_keeps_nobody_waiting() {
    let app = TestApp::start(On::Postgres).await;
    let db = app.app().db();
    // As a backup does with each table, until its end.
    let backup = db.begin().await.unwrap();
    backup
        .execute_unprepared("LOCK TABLE accounts IN ACCESS SHARE MODE")
        .await
        .unwrap();
    let migrating = tokio::spawn({
        let db = db.clone();
        async move { db.migrate(&[MIGRATIONS.concat().leak(), LATER]).await }
    });
    let waits = "SELECT COUNT(*) FROM pg_locks WHERE relation = 'accounts'::regclass AND NOT granted";
    while count(db, waits).await == 0 {
        tokio::task::yield_now().await;
    }
    // Stands behind the step, which gives up.
    app.enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    assert!(!migrating.is_finished());
    backup.commit().await.unwrap();
    migrating.await.unwrap().unwrap();
    assert!(db.applied().await.unwrap().contains(&LATER[0].name.to_owned()));
}

async fn count(db: &Db, sql: &str) -> i64 {
    let statement = Statement::from_string(db.backend(), sql);
    let row = db.read().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The last migration of the first version: before it there was none that would have gone on beside it.
const FIRST: &str = "2026112710_letters";

/// What the version before could not live with: it still reads and writes what it knows.
fn breaks_the_version_before(statement: &str) -> bool {
    let text = in_capitals(statement);
    let alters = text.starts_with("ALTER TABLE");
    let adds_needed = text.contains(" ADD ") && text.contains("NOT NULL") && !text.contains(" DEFAULT ");
    let drops = ["DROP TABLE", "DROP VIEW", "TRUNCATE"]
        .iter()
        .any(|start| text.starts_with(start));
    drops
        || alters
            && (adds_needed
                || [" DROP ", " RENAME ", " ALTER "]
                    .iter()
                    .any(|word| text.contains(word)))
}

/// What would refuse, or change, what the version before writes into a table that is not `new`.
fn narrows_the_version_before(statement: &str, new: &[String]) -> bool {
    let text = in_capitals(statement);
    let on_a_new_table = || {
        let on = text
            .split(" ON ")
            .nth(1)
            .and_then(|on| on.split([' ', '(']).next());
        on.is_some_and(|table| new.iter().any(|new| new == table))
    };
    let narrow = ["CREATE UNIQUE INDEX", "CREATE TRIGGER"];
    narrow.iter().any(|start| text.starts_with(start)) && !on_a_new_table()
        || text.starts_with("ALTER TABLE") && (text.contains(" CONSTRAINT ") || text.contains(" CHECK "))
}

fn in_capitals(statement: &str) -> String {
    let words: Vec<String> = statement
        .split_whitespace()
        .map(str::to_ascii_uppercase)
        .collect();
    words.join(" ")
}

#[test]
fn no_migration_breaks_the_version_before_it() {
    for harm in [
        "DROP TABLE a",
        "ALTER TABLE a DROP COLUMN b",
        "ALTER TABLE a RENAME COLUMN b TO c",
        "ALTER TABLE a ADD COLUMN b TEXT NOT NULL",
        "ALTER TABLE a ALTER COLUMN b SET NOT NULL",
    ] {
        assert!(breaks_the_version_before(harm), "{harm}");
    }
    for harm in [
        "ALTER TABLE a ADD CONSTRAINT b CHECK (c > 0)",
        "ALTER TABLE a ADD COLUMN b BIGINT CHECK (b > 0)",
        "CREATE UNIQUE INDEX b ON a (c)",
        "CREATE TRIGGER b BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION c()",
    ] {
        assert!(narrows_the_version_before(harm, &["B".to_owned()]), "{harm}");
    }
    assert!(!narrows_the_version_before(
        "CREATE UNIQUE INDEX b ON a(c)",
        &["A".to_owned()]
    ));
    for migration in MIGRATIONS.concat() {
        let mut new = Vec::new();
        for statement in migration.sql.split(";\n") {
            let uncommented: String = statement
                .lines()
                .filter(|line| !line.trim_start().starts_with("--"))
                .collect::<Vec<_>>()
                .join("\n");
            if let Some(table) = in_capitals(&uncommented).strip_prefix("CREATE TABLE ") {
                new.extend(table.split(' ').next().map(str::to_owned));
            }
            let harms = breaks_the_version_before(&uncommented)
                || migration.name > FIRST && narrows_the_version_before(&uncommented, &new);
            assert!(!harms, "{}: {uncommented}", migration.name);
        }
    }
}

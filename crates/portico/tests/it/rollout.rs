//! While a new version is rolled out, the old one goes on beside it: on a schema that it does not know yet.

use platform::{Clock, db::Migration};
use portico::{config, installation::install, rooms::MIGRATIONS};
use sea_orm::ConnectionTrait;
use testkit::{PASSWORD, on_both_databases};

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

/// What the version before could not live with: it still reads and writes what it knows.
fn breaks_the_version_before(statement: &str) -> bool {
    let words: Vec<String> = statement
        .split_whitespace()
        .map(str::to_ascii_uppercase)
        .collect();
    let text = words.join(" ");
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
    for migration in MIGRATIONS.concat() {
        for statement in migration.sql.split(";\n") {
            let uncommented: String = statement
                .lines()
                .filter(|line| !line.trim_start().starts_with("--"))
                .collect::<Vec<_>>()
                .join("\n");
            assert!(
                !breaks_the_version_before(&uncommented),
                "{}: {uncommented}",
                migration.name
            );
        }
    }
}

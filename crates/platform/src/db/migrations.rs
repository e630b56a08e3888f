//! The schema, brought up to date while the version before goes on.

use std::{collections::HashSet, time::Duration};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, TransactionTrait};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};

use super::{Db, immediate, outage};

/// For how long a step waits for a table that somebody else holds (a backup, say), and how long it then leaves the table to
/// those who wait behind it. In milliseconds, as PostgreSQL reads it.
const PATIENCE: &str = "2000";
const PAUSE: Duration = Duration::from_secs(1);

/// A step of the schema: statements that run on both databases.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Unique, and sorting in the order of application.
    pub name: &'static str,
    /// Statements, separated by `;` at line ends. Those behind a line `-- sqlite:` or `-- postgres:` run on that
    /// database only, until a line `-- both:`.
    pub sql: &'static str,
}

impl Migration {
    /// The statements for a database.
    fn statements(&self, backend: DbBackend) -> String {
        let mut only = None;
        let mut statements = String::with_capacity(self.sql.len());
        for line in self.sql.lines() {
            match line.trim_end() {
                "-- sqlite:" => only = Some(DbBackend::Sqlite),
                "-- postgres:" => only = Some(DbBackend::Postgres),
                "-- both:" => only = None,
                _ if only.is_none_or(|only| only == backend) => {
                    statements.push_str(line);
                    statements.push('\n');
                }
                _ => {}
            }
        }
        statements
    }
}

impl Db {
    /// Brings the schema up to date. Several processes may do so at once. Everything at once where nobody can be in the way,
    /// in an empty database or SQLite's; else each step by itself, so that none holds a table for longer than it needs, or has
    /// others wait behind it for one that it does not get.
    pub async fn migrate(&self, migrations: &[&'static [Migration]]) -> Result<(), DbErr> {
        let known = migrations.concat();
        loop {
            match self.step(&known).await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) if outage::is_held_up(&error) => {
                    tracing::warn!("the schema waits for a table that is in use");
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes the next step, or all of them. False where there was none.
    async fn step(&self, known: &[Migration]) -> Result<bool, DbErr> {
        let tx = self.0.read.begin_with_options(immediate()).await?;
        if self.backend() == DbBackend::Postgres {
            tx.execute_unprepared("SELECT pg_advisory_xact_lock(7235417283)")
                .await?;
            tx.execute_unprepared(&format!("SET LOCAL lock_timeout = {PATIENCE}"))
                .await?;
        }
        let mut migrator = Migrator {
            known: known.to_vec(),
            later: Vec::new(),
        };
        migrator.install(&tx).await?;
        let mut applied = applied(&tx).await?;
        let one = (self.backend() == DbBackend::Postgres && !applied.is_empty()).then_some(1);
        let names: HashSet<&str> = known.iter().map(|migration| migration.name).collect();
        let (seen, later): (Vec<_>, Vec<_>) =
            applied.drain(..).partition(|name| names.contains(name.as_str()));
        migrator.later = later;
        migrator.up(&tx, one).await?;
        tx.commit().await?;
        Ok(one.is_some() && seen.len() + 1 < names.len())
    }

    /// The names of the migrations that the database has seen, oldest first; also those of a newer version.
    pub async fn applied(&self) -> Result<Vec<String>, DbErr> {
        applied(&self.0.read).await
    }
}

async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

struct Migrator {
    known: Vec<Migration>,
    /// What a later version has applied already: during a roll-out this one starts beside it, too.
    later: Vec<String>,
}

#[async_trait::async_trait]
impl MigratorTraitSelf for Migrator {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let mut known = self.known.clone();
        known.sort_by_key(|migration| migration.name);
        let known = known
            .into_iter()
            .map(|migration| Box::new(migration) as Box<dyn MigrationTrait>);
        let later = self.later.iter().cloned().map(Later);
        known
            .chain(later.map(|migration| Box::new(migration) as Box<dyn MigrationTrait>))
            .collect()
    }
}

impl MigrationName for Migration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's signature, as async_trait expands it, elides it"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(&self.statements(manager.get_database_backend()))
            .await
            .map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A migration of which only the name is known. It is applied, so it is never run.
struct Later(String);

impl MigrationName for Later {
    fn name(&self) -> &str {
        &self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Later {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's signature, as async_trait expands it, elides it"
    )]
    async fn up(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration(format!("{} is of a later version", self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::{DbBackend, Migration};

    #[test]
    fn a_migration_may_hold_statements_for_one_database() {
        let migration = Migration {
            name: "",
            sql: "a;\n-- sqlite:\nb;\n-- postgres:\nc;\n-- both:\nd;\n",
        };
        assert_eq!(migration.statements(DbBackend::Sqlite), "a;\nb;\nd;\n");
        assert_eq!(migration.statements(DbBackend::Postgres), "a;\nc;\nd;\n");
    }
}

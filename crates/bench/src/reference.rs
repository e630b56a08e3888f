//! The reference of what is committed by many: one-row durable commits by one.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection, Statement};
use uuid::Uuid;

use crate::{
    Result,
    load::count,
    stage::{Database, Site},
};

/// One client that commits one row at a time.
pub(crate) struct Reference(Arc<DatabaseConnection>);

impl Reference {
    pub(crate) async fn new(database: Database, site: &Site) -> Result<Self> {
        let file = || {
            format!(
                "sqlite://{}?mode=rwc",
                site.folder().join("reference.db").display()
            )
        };
        let mut options = ConnectOptions::new(match database {
            Database::Sqlite => file(),
            Database::Postgres => site.database_url().ok_or("no database")?.to_owned(),
        });
        options
            .max_connections(1)
            .test_before_acquire(false)
            .sqlx_logging(false);
        options.map_sqlx_sqlite_opts(|options| {
            options
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
        });
        let connection = Connect::connect(options).await?;
        connection
            .execute_unprepared("CREATE TABLE reference (id UUID NOT NULL PRIMARY KEY, at BIGINT NOT NULL, data TEXT NOT NULL)")
            .await?;
        Ok(Self(Arc::new(connection)))
    }

    pub(crate) async fn commits_per_second(&self, lasting: Duration) -> Result<f64> {
        let began = Instant::now();
        let mut commits = 0;
        while began.elapsed() < lasting {
            let values = [
                Uuid::now_v7().into(),
                i64::try_from(commits)?.into(),
                "one row".into(),
            ];
            let insert = Statement::from_sql_and_values(
                self.0.get_database_backend(),
                "INSERT INTO reference (id, at, data) VALUES ($1, $2, $3)",
                values,
            );
            self.0.execute_raw(insert).await?;
            commits += 1;
        }
        Ok(count(commits) / began.elapsed().as_secs_f64())
    }
}

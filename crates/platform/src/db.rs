//! The database: embedded SQLite by default, PostgreSQL by one URL.

mod held;
mod migrations;
mod outage;
mod rows;
mod settled;
mod sql;
mod tx;
mod writer;

use std::{sync::Arc, time::Duration};

pub use migrations::Migration;
pub use outage::{is_collision, is_outage};
pub(crate) use rows::Rows;
pub use rows::{Given, insert_many};
use sea_orm::{
    ColumnTrait, ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, sea_query::Expr,
};
pub use settled::settled;
pub use sql::{containing, corrupt};
pub use tx::Tx;
use writer::{Scope, Writer};

/// A connection to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Pools>);

struct Pools {
    /// On PostgreSQL for everything.
    read: DatabaseConnection,
    /// On SQLite: writers take turns and share commits.
    writer: Option<Writer>,
}

/// What the connections to the database are doing.
#[derive(Clone, Copy, Debug)]
pub struct PoolUse {
    /// Open, and waiting for work.
    pub idle: u32,
    /// At work.
    pub in_use: u32,
}

impl PoolUse {
    fn of(size: u32, idle: usize) -> Self {
        let idle = u32::try_from(idle).unwrap_or(size).min(size);
        Self {
            idle,
            in_use: size - idle,
        }
    }
}

impl Db {
    /// Opens `url`: `sqlite://path?mode=rwc` or `postgres://…`.
    ///
    /// SQLite runs in WAL mode with `synchronous = FULL`: what was committed survives a power cut.
    pub async fn connect(url: &str, max_connections: u32) -> Result<Self, DbErr> {
        let pools = if url.starts_with("sqlite:") {
            let readers = max_connections.min(most_readers());
            Pools {
                read: Database::connect(sqlite_options(url, readers, &[])).await?,
                writer: Some(Writer::open(sqlite_options(url, 1, &TO_WRITE)).await?),
            }
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(max_connections)
                // While the server is away, requests are told so soon instead of piling up.
                .acquire_timeout(Duration::from_secs(3))
                // Not at every use: that would be another round trip. One that broke lately fails once.
                .test_before_acquire_if_idle_for(Duration::from_secs(1))
                .sqlx_logging_level(log_level());
            Pools {
                read: Database::connect(options).await?,
                writer: None,
            }
        };
        Ok(Self(Arc::new(pools)))
    }

    /// For queries.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// Starts a write transaction. On SQLite one runs at a time, so that what is read in it cannot change before it
    /// commits; on PostgreSQL use cases lock the rows that they decide on.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        self.begin_in(Scope::Shared).await
    }

    /// For very many rows: on SQLite nobody shares the transaction, and nobody else writes before it ends.
    pub async fn begin_alone(&self) -> Result<Tx, DbErr> {
        self.begin_in(Scope::Whole).await
    }

    async fn begin_in(&self, scope: Scope) -> Result<Tx, DbErr> {
        Ok(Tx(match &self.0.writer {
            Some(writer) => tx::Kind::Turn(writer.turn(scope).await?),
            None => tx::Kind::Own(self.0.read.begin().await?),
        }))
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.0.read.get_database_backend()
    }

    /// What the connections are doing.
    #[must_use]
    pub fn pool(&self) -> PoolUse {
        // On SQLite writers share one more connection, which is always open.
        let (size, idle) = if self.backend() == DbBackend::Sqlite {
            let pool = self.0.read.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        } else {
            let pool = self.0.read.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        };
        PoolUse::of(size, idle)
    }

    /// Closes all connections; on SQLite this also folds the write-ahead log into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        if let Some(writer) = &self.0.writer {
            writer.close().await?;
        }
        self.0.read.clone().close().await
    }
}

/// That a column holds `text`, which stands in the statement itself and is not bound to it: an index over some rows only
/// (`WHERE state = 'queued'`) serves a query whose planner can read that it asks for those.
#[must_use]
pub fn is_literally(column: impl ColumnTrait, text: &'static str) -> Expr {
    sea_orm::sea_query::ExprTrait::eq(column.into_expr(), Expr::Constant(text.into()))
}

/// On SQLite the lock on writing is taken at once: what is read cannot change before it is decided on.
fn immediate() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

fn log_level() -> tracing::log::LevelFilter {
    tracing::log::LevelFilter::Trace
}

/// A reader of an SQLite file works where one of a server would wait: more than two for each processor are no faster, and
/// each costs a thread and half a megabyte. At least four, so that no few long answers hold up all others.
fn most_readers() -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u32::try_from(2 * processors).unwrap_or(u32::MAX).max(4)
}

/// How the connection that writes works: what a turn would undo is kept in memory and not in a temporary file, and so is
/// what a shared transaction changes, up to 8 MiB. The write-ahead log is folded into the file every 16 MiB: pages that
/// change again and again are then written there less often. Together an eighth more top-ups (`script/measure transfers`).
const TO_WRITE: [(&str, &str); 3] = [
    ("temp_store", "MEMORY"),
    ("cache_size", "-8192"),
    ("wal_autocheckpoint", "4096"),
];

fn sqlite_options(
    url: &str,
    max_connections: u32,
    more: &'static [(&'static str, &'static str)],
) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging_level(log_level())
        .map_sqlx_sqlite_opts(move |options| {
            more.iter()
                .fold(options, |options, (name, value)| options.pragma(*name, *value))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
        });
    options
}

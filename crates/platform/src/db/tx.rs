//! A write transaction, on either database.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::writer::Turn;

/// A write transaction: dropped without [`Tx::commit`], nothing of it happened. Queries take it as a connection.
///
/// After a statement that failed nothing more can be done in it, on either database.
pub struct Tx(pub(super) Kind);

pub(super) enum Kind {
    /// On `PostgreSQL`: a transaction of its own.
    Own(DatabaseTransaction),
    /// On `SQLite`: a turn in a transaction that concurrent writers share.
    Turn(Turn),
}

impl Tx {
    /// Makes it durable. What was read in it counts only then: it may come from a writer whose commit is shared.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self.0 {
            Kind::Own(transaction) => transaction.commit().await,
            Kind::Turn(turn) => turn.commit().await,
        }
    }

    /// Writes what nobody waits for: on SQLite together with what is asked next, or with the commit, and an error shows
    /// then. There it binds by `?` alone.
    pub async fn write_later(&self, write: Statement) -> Result<(), DbErr> {
        match &self.0 {
            Kind::Own(transaction) => transaction.execute_raw(write).await.map(|_| ()),
            Kind::Turn(turn) => {
                turn.hold(write);
                Ok(())
            }
        }
    }

    /// Lets one transaction at a time go on that names the same `what`, until it ends: for what is counted before it is
    /// added to, where no row is there to be locked. Whoever names several does so in one order everywhere. On SQLite
    /// writers take turns anyway.
    pub async fn take_turns(&self, what: &str) -> Result<(), DbErr> {
        if self.get_database_backend() == DbBackend::Postgres {
            let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, sql, [what.into()]);
            self.execute_raw(lock).await?;
        }
        Ok(())
    }

    /// Undoes it now: what it locked is free when this returns. A drop does so a little later.
    pub async fn rollback(self) -> Result<(), DbErr> {
        match self.0 {
            Kind::Own(transaction) => transaction.rollback().await,
            Kind::Turn(_) => Ok(()),
        }
    }
}

macro_rules! forward {
    ($self:ident, $call:ident($($argument:expr)?)) => {
        match &$self.0 {
            Kind::Own(transaction) => transaction.$call($($argument)?).await,
            Kind::Turn(turn) => turn.watch(turn.connection().await?.$call($($argument)?).await),
        }
    };
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Kind::Own(transaction) => transaction.get_database_backend(),
            Kind::Turn(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        forward!(self, execute_raw(statement))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        forward!(self, execute_unprepared(sql))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        forward!(self, query_one_raw(statement))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        forward!(self, query_all_raw(statement))
    }
}

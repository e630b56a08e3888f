//! Writing very many rows: `COPY` on PostgreSQL, prepared statements of many rows on SQLite. For imports and sample data;
//! use cases write through [`Work`](crate::work::Work), and what gathers many of them through
//! [`Batch`](crate::work::Batch).

use std::{fmt::Write, sync::Arc};

use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, RuntimeErr, Statement, Value};
use sqlx::Postgres;
use uuid::Uuid;

use crate::db::{Db, Given, Rows, Tx};

/// How much of the file SQLite keeps in memory while it is written, in KiB.
const CACHE_KIB: u32 = 256 * 1024;

/// A transaction of many rows. Dropped without [`Bulk::commit`], none of them is there.
pub struct Bulk(Inner);

enum Inner {
    Sqlite(Tx),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Bulk {
    /// Opens the transaction.
    pub async fn begin(db: &Db) -> Result<Self, DbErr> {
        if db.backend() == DbBackend::Postgres {
            let pool = db.read().get_postgres_connection_pool();
            return Ok(Self(Inner::Postgres(pool.begin().await.map_err(failed)?)));
        }
        let tx = db.begin_alone().await?;
        // Random keys touch index pages everywhere; with a small cache every row would cost a disk access. The setting
        // lasts as long as the connection.
        tx.execute_unprepared(&format!("PRAGMA cache_size = -{CACHE_KIB}"))
            .await?;
        Ok(Self(Inner::Sqlite(tx)))
    }

    /// Writes rows. All of them set the same columns.
    pub async fn insert<A: ActiveModelTrait>(&mut self, models: Vec<A>) -> Result<(), DbErr> {
        let Some(rows) = Rows::of(models)? else {
            return Ok(());
        };
        match &mut self.0 {
            Inner::Sqlite(tx) => rows.insert_bound(tx).await,
            Inner::Postgres(tx) => rows.copy(tx).await,
        }
    }

    /// Locks rows of a table, in the order of their ids, and says for which a condition (in SQL) holds.
    pub async fn lock(&mut self, table: &str, ids: &[Uuid], condition: &str) -> Result<Vec<Uuid>, DbErr> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        match &mut self.0 {
            // Nobody else writes.
            Inner::Sqlite(tx) => {
                let ids: Vec<Value> = ids.iter().map(|id| (*id).into()).collect();
                let given = Given::rows(DbBackend::Sqlite, "g", &["id"], &ids)?;
                let sql = format!(
                    "SELECT t.id FROM {} JOIN {table} AS t ON t.id = g.id WHERE {condition}",
                    given.table
                );
                let query = Statement::from_sql_and_values(DbBackend::Sqlite, sql, given.values);
                let rows = tx.query_all_raw(query).await?;
                rows.iter().map(|row| row.try_get_by_index(0)).collect()
            }
            Inner::Postgres(tx) => {
                let sql = format!(
                    "SELECT id, {condition} FROM {table} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"
                );
                let rows: Vec<(Uuid, bool)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                    .bind(ids)
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(failed)?;
                let holds = |(id, holds): (Uuid, bool)| holds.then_some(id);
                Ok(rows.into_iter().filter_map(holds).collect())
            }
        }
    }

    /// Makes it true.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self.0 {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await.map_err(failed),
        }
    }
}

/// Lets PostgreSQL look at what its tables hold now: it plans by that, and would come to it by itself only minutes
/// later. Not in a transaction.
pub async fn settle(db: &Db, tables: &[&str]) -> Result<(), DbErr> {
    if db.backend() == DbBackend::Postgres {
        let sql = format!("VACUUM (ANALYZE) {}", tables.join(", "));
        db.read().execute_unprepared(&sql).await?;
    }
    Ok(())
}

impl Rows {
    async fn copy(self, tx: &mut sqlx::PgConnection) -> Result<(), DbErr> {
        let mut text = String::with_capacity(self.values.len() * 16);
        for row in self.values.chunks(self.columns.len()) {
            for (place, value) in row.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "\t" });
                field(&mut text, value)?;
            }
            text.push('\n');
        }
        let sql = format!("COPY {} ({}) FROM STDIN", self.table, self.columns.join(", "));
        let mut copy = tx.copy_in_raw(&sql).await.map_err(failed)?;
        if let Err(error) = copy.send(text.into_bytes()).await {
            // What failed first says why.
            let _ = copy.abort("the rows could not be sent").await;
            return Err(failed(error));
        }
        copy.finish().await.map(|_| ()).map_err(failed)
    }
}

/// A value in the text format of PostgreSQL's `COPY`.
fn field(text: &mut String, value: &Value) -> Result<(), DbErr> {
    match value {
        Value::String(None)
        | Value::BigInt(None)
        | Value::Int(None)
        | Value::Bool(None)
        | Value::Uuid(None)
        | Value::Bytes(None) => text.push_str("\\N"),
        Value::String(Some(value)) => escaped(text, value),
        // Writing to a text cannot fail.
        Value::BigInt(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        Value::Int(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        Value::Bool(Some(value)) => text.push(if *value { 't' } else { 'f' }),
        Value::Uuid(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        Value::Bytes(Some(bytes)) => {
            text.push_str("\\\\x");
            text.push_str(&hex::encode(bytes));
        }
        other => return Err(DbErr::Type(format!("no bulk column holds {other:?}"))),
    }
    Ok(())
}

fn escaped(text: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error)))
}

#[cfg(test)]
mod tests {
    use sea_orm::Value;

    use super::field;

    #[test]
    fn fields_are_written_as_copy_reads_them() {
        let written = |value: Value| {
            let mut text = String::new();
            field(&mut text, &value).unwrap();
            text
        };
        assert_eq!(written("a\tb\\c\nd\re".into()), r"a\tb\\c\nd\re");
        assert_eq!(written("\\N".into()), r"\\N");
        assert_eq!(written(Value::String(None)), r"\N");
        assert_eq!(written(vec![0_u8, 255].into()), r"\\x00ff");
        assert_eq!(written(true.into()), "t");
        assert_eq!(written((-7_i64).into()), "-7");
        assert!(field(&mut String::new(), &Value::Double(Some(1.0))).is_err());
    }
}

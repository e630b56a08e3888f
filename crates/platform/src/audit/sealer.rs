//! Gives committed events their place in the one order, and seals them.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
};

use super::chain::{Seal, actor_id};
use crate::{
    app::App,
    db::{Given, Tx},
    event::{Sealed, row},
    job::{Job, JobError},
};

/// Events a transaction.
const BATCH: u64 = 1000;
/// How long commits gather before their events are sealed: at hundreds of commits a second the sealer still writes
/// only this often.
const GATHER: Duration = Duration::from_millis(50);
/// The advisory lock (on PostgreSQL) that one sealer of all processes holds.
const LOCK: i64 = 7_235_417_311;

/// What follows from events, in their order and each once.
#[async_trait]
pub trait Follower: Send + Sync {
    /// Writes what follows from `events`, in the transaction that seals them: an error leaves them unsealed, and the
    /// same events come again.
    async fn follow(&self, tx: &Tx, events: &[Sealed]) -> Result<(), DbErr>;

    /// It is committed: wake whoever waits for it.
    fn committed(&self) {}
}

/// Seals events; of several processes on one database, one at a time.
pub struct Sealer {
    app: App,
    followers: Vec<Arc<dyn Follower>>,
}

impl Sealer {
    /// The sealer of an installation.
    #[must_use]
    pub fn new(app: App, followers: Vec<Arc<dyn Follower>>) -> Self {
        Self { app, followers }
    }

    /// Seals one batch. Returns how many events it held.
    async fn seal(&self) -> Result<u64, DbErr> {
        let tx = self.app.db().begin().await?;
        match self.seal_in(&tx).await {
            Ok(count) => {
                tx.commit().await?;
                for follower in &self.followers {
                    follower.committed();
                }
                Ok(count)
            }
            Err(error) => {
                // Not left to the drop, which comes later: until then the lock would be held.
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn seal_in(&self, tx: &Tx) -> Result<u64, DbErr> {
        if !is_only_sealer(tx).await? {
            return Ok(0);
        }
        let (mut seq, mut seal) = head(tx).await?;
        let mut rows = row::Entity::find()
            .filter(row::Column::Seq.is_null())
            .order_by_asc(row::Column::Id)
            .limit(BATCH)
            .all(tx)
            .await?;
        if rows.is_empty() {
            return Ok(0);
        }
        for row in &mut rows {
            seq += 1;
            seal = seal.next(seq, row);
            row.seq = Some(seq);
            row.seal = Some(seal.to_string());
        }
        write(tx, &rows).await?;
        let count = rows.len() as u64;
        let events: Vec<Sealed> = rows.into_iter().filter_map(Sealed::of).collect();
        for follower in &self.followers {
            follower.follow(tx, &events).await?;
        }
        Ok(count)
    }
}

#[async_trait]
impl Job for Sealer {
    fn name(&self) -> &'static str {
        "sealing events"
    }

    async fn run(&self) -> Result<(), JobError> {
        loop {
            let unsealed = row::Entity::find()
                .filter(row::Column::Seq.is_null())
                .select_only()
                .column(row::Column::Id)
                .limit(1)
                .into_tuple::<uuid::Uuid>()
                .one(self.app.db().read())
                .await?;
            if unsealed.is_none() || self.seal().await? < BATCH {
                return Ok(());
            }
        }
    }

    async fn woken(&self) {
        self.app.seal_waits().await;
        tokio::time::sleep(GATHER).await;
    }
}

/// The newest sealed event: its place and its seal.
pub(super) async fn head(db: &impl ConnectionTrait) -> Result<(i64, Seal), DbErr> {
    let newest: Option<(i64, Option<String>)> = row::Entity::find()
        .filter(row::Column::Seq.is_not_null())
        .order_by_desc(row::Column::Seq)
        .select_only()
        .columns([row::Column::Seq, row::Column::Seal])
        .into_tuple()
        .one(db)
        .await?;
    let Some((seq, seal)) = newest else {
        return Ok((0, Seal::START));
    };
    let seal = seal.unwrap_or_default().parse();
    Ok((
        seq,
        seal.map_err(|error| DbErr::Custom(format!("event {seq}: {error}")))?,
    ))
}

/// On SQLite the write transaction itself lets one in at a time.
async fn is_only_sealer(tx: &Tx) -> Result<bool, DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let lock = format!("SELECT pg_try_advisory_xact_lock({LOCK}) AS locked");
    let lock = Statement::from_string(DbBackend::Postgres, lock);
    match tx.query_one_raw(lock).await? {
        Some(row) => row.try_get("", "locked"),
        None => Ok(false),
    }
}

/// Writes the place and the seal of each: one statement for all, and the same however many they are.
async fn write(tx: &Tx, rows: &[row::Model]) -> Result<(), DbErr> {
    let values: Vec<Value> = rows
        .iter()
        .flat_map(|row| {
            [
                row.id.into(),
                row.seq.into(),
                row.seal.clone().into(),
                actor_id(&row.actor).into(),
            ]
        })
        .collect();
    let backend = tx.get_database_backend();
    let given = Given::rows(backend, "sealed", &["id", "seq", "seal", "actor_id"], &values)?;
    let sql = format!(
        "UPDATE events SET seq = sealed.seq, seal = sealed.seal, actor_id = sealed.actor_id \
         FROM {} WHERE events.id = sealed.id",
        given.table
    );
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, given.values))
        .await
        .map(|_| ())
}

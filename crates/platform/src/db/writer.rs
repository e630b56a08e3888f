//! Group commit: the writers of an `SQLite` file take turns inside one open transaction and share its `COMMIT`.
//!
//! A durable commit waits for the disk, some milliseconds; what a use case does before it takes a fraction of one. So
//! whoever finds others waiting leaves the commit to them, and is acknowledged when it came:
//!
//! - One task owns the only connection that writes. Whoever wants to write asks it for the [`Turn`] and waits in
//!   line; asking and holding can be given up at any moment.
//! - Each turn is a savepoint. One that ends without [`Turn::commit`] is undone alone. It may have read what earlier
//!   members wrote: [`super::settled()`] lets requests wait for those.
//! - A turn of very many rows is the whole transaction instead: what a savepoint would undo is kept in memory, and
//!   `SQLite` walks through all of that at the end of each statement.
//! - When nobody waits, or the batch is full or old, the task commits, and then tells all members at once: a failure of
//!   the shared commit is everybody's, and nobody hears of success before it.
//! - A statement that fails ends its turn: `SQLite` may have rolled back the whole transaction by itself (a full disk),
//!   and what came after would be on its own. The members of a transaction that is gone hear of it, and the
//!   connection is replaced.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::future::join;
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbErr, RuntimeErr, Statement, TransactionTrait,
};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, timeout},
};

use super::{
    held::Held,
    settled::{Outcome, rest_on},
};

/// How many turns share a commit at most, and how old the first may be when another is let in: with a turn of about a
/// millisecond the disk is then waited for a small part of the time, and nobody waits for long.
const BATCH: usize = 64;
const BATCH_AGE: Duration = Duration::from_millis(30);

/// How long a writer waits in line before the database counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(10);

/// A turn that takes longer is named in the log: nobody else can write meanwhile.
const LONG_TURN: Duration = Duration::from_secs(3);

/// What the savepoint of turns holds between two of them. The last one's goes with the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Savepoint {
    /// There is none yet.
    Unset,
    /// What the turn before wrote.
    Written,
    /// Nothing: what the turn before wrote is undone.
    Clean,
}

impl Savepoint {
    /// What makes it ready for the next turn: one way to the database and not two, where turns follow each other.
    fn renew(self) -> Option<&'static str> {
        match self {
            Self::Unset => Some("SAVEPOINT turn"),
            Self::Written => Some("RELEASE turn; SAVEPOINT turn"),
            Self::Clean => None,
        }
    }
}

const UNDO: &str = "ROLLBACK TO turn";

/// Tells a member what became of the commit.
type Acknowledge = oneshot::Sender<Result<(), DbErr>>;

/// What a turn is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A savepoint of a transaction that others share.
    Shared,
    /// A transaction of its own.
    Whole,
}

/// Who waits for a turn.
struct Asks {
    scope: Scope,
    reply: oneshot::Sender<Result<Turn, DbErr>>,
}

enum Request {
    Turn(Asks),
    Close(oneshot::Sender<Result<(), DbErr>>),
}

/// The line in front of the one connection that writes. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writer(mpsc::UnboundedSender<Request>);

impl Writer {
    /// Opens the connection.
    pub(super) async fn open(options: ConnectOptions) -> Result<Self, DbErr> {
        let connection = Database::connect(options.clone()).await?;
        let (requests, queue) = mpsc::unbounded_channel();
        let task = Task {
            options,
            connection: Some(connection),
            queue,
            next: None,
            closing: None,
        };
        tokio::spawn(task.run());
        Ok(Self(requests))
    }

    /// Waits in line for the turn to write.
    pub(super) async fn turn(&self, scope: Scope) -> Result<Turn, DbErr> {
        let (reply, turn) = oneshot::channel();
        let asks = Asks { scope, reply };
        self.0.send(Request::Turn(asks)).map_err(|_| closed())?;
        match timeout(PATIENCE, turn).await {
            Ok(Ok(turn)) => turn.inspect(|turn| rest_on(&turn.shared)),
            Ok(Err(_)) => Err(closed()),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    /// Commits what is under way and closes the connection.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let (reply, done) = oneshot::channel();
        if self.0.send(Request::Close(reply)).is_err() {
            return Ok(());
        }
        done.await.unwrap_or(Ok(()))
    }
}

/// The right to write, held by one at a time. Dropped without [`Turn::commit`], what was written in it is undone.
pub(super) struct Turn {
    // Declared, and so dropped, before `end`: when the task hears of the end, the transaction is its own again.
    transaction: Arc<DatabaseTransaction>,
    failed: AtomicBool,
    held: Held,
    end: oneshot::Sender<Acknowledge>,
    shared: Outcome,
}

impl Turn {
    /// The connection, unless a statement of this turn failed. What was held back is written.
    pub(super) async fn connection(&self) -> Result<&DatabaseTransaction, DbErr> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(aborted());
        }
        if let Some(held) = self.held.take() {
            self.watch(self.transaction.execute_raw(held).await)?;
        }
        Ok(&self.transaction)
    }

    /// Holds a write back until the connection is asked for, or the turn is passed on.
    pub(super) fn hold(&self, write: Statement) {
        self.held.add(write);
    }

    /// Notes a failed statement.
    pub(super) fn watch<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if outcome.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        outcome
    }

    /// Passes the turn on and waits until it is on the disk.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.connection().await?;
        let Self { transaction, end, .. } = self;
        drop(transaction);
        let (acknowledge, acknowledged) = oneshot::channel();
        end.send(acknowledge).map_err(|_| closed())?;
        acknowledged.await.map_err(|_| closed())?
    }
}

/// The owner of the connection.
struct Task {
    options: ConnectOptions,
    /// Nothing after a failure, until it is opened again.
    connection: Option<DatabaseConnection>,
    queue: mpsc::UnboundedReceiver<Request>,
    /// Out of the line already: it wants a transaction of its own.
    next: Option<Asks>,
    closing: Option<oneshot::Sender<Result<(), DbErr>>>,
}

impl Task {
    async fn run(mut self) {
        while self.closing.is_none() {
            let request = match self.next.take() {
                Some(asks) => Some(Request::Turn(asks)),
                None => self.queue.recv().await,
            };
            match request {
                Some(Request::Turn(first)) => self.batch(first).await,
                Some(Request::Close(reply)) => self.closing = Some(reply),
                None => break,
            }
        }
        let outcome = match self.connection.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        };
        if let Some(reply) = self.closing.take() {
            // Who asked may be gone.
            let _ = reply.send(outcome);
        }
    }

    /// Gives turns until nobody waits or the batch is full or old, then commits for all of them.
    async fn batch(&mut self, first: Asks) {
        if first.reply.is_closed() {
            return;
        }
        let transaction = match self.begin().await {
            Ok(transaction) => Arc::new(transaction),
            Err(error) => {
                // Who asked may be gone.
                let _ = first.reply.send(Err(error));
                return;
            }
        };
        let (ended, shared) = watch::channel(None);
        let started = Instant::now();
        let most = if first.scope == Scope::Whole { 1 } else { BATCH };
        let mut members: Vec<Acknowledge> = Vec::new();
        let mut next = Some(first);
        let mut lost = None;
        let mut turns = 0;
        let mut savepoint = Savepoint::Unset;
        while let Some(asks) = next.take() {
            turns += 1;
            match give_turn(&transaction, &shared, &mut savepoint, asks).await {
                Ok(member) => members.extend(member),
                Err(error) => {
                    lost = Some(error);
                    break;
                }
            }
            if turns < most && started.elapsed() < BATCH_AGE {
                next = self.next_in_line();
            }
        }
        let outcome = match (lost, Arc::into_inner(transaction)) {
            (None, Some(transaction)) if members.is_empty() => transaction.rollback().await,
            (None, Some(transaction)) => transaction.commit().await,
            (Some(error), _) => Err(error),
            (None, None) => Err(aborted()),
        };
        metrics::histogram!("portico_db_writes_per_commit")
            .record(u32::try_from(members.len()).unwrap_or(u32::MAX));
        if let Err(error) = &outcome {
            tracing::error!(%error, writes = members.len(), "a commit failed");
            self.connection = None;
        }
        ended.send_replace(Some(outcome.clone()));
        for member in members {
            // Who wrote may be gone; it is committed all the same.
            let _ = member.send(outcome.clone());
        }
    }

    async fn begin(&mut self) -> Result<DatabaseTransaction, DbErr> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Database::connect(self.options.clone()).await?,
        };
        let transaction = connection.begin_with_options(super::immediate()).await?;
        self.connection = Some(connection);
        Ok(transaction)
    }

    /// Who may share the transaction that is open.
    fn next_in_line(&mut self) -> Option<Asks> {
        match self.queue.try_recv().ok()? {
            Request::Turn(asks) if asks.scope == Scope::Whole => {
                self.next = Some(asks);
                None
            }
            Request::Turn(asks) => Some(asks),
            Request::Close(reply) => {
                self.closing = Some(reply);
                None
            }
        }
    }
}

/// One turn. Returns the member to acknowledge, if it wants to be committed; an error if the transaction is gone.
async fn give_turn(
    transaction: &Arc<DatabaseTransaction>,
    shared: &Outcome,
    savepoint: &mut Savepoint,
    Asks { scope, reply }: Asks,
) -> Result<Option<Acknowledge>, DbErr> {
    if reply.is_closed() {
        return Ok(None);
    }
    let renew = async {
        match savepoint.renew() {
            Some(renew) if scope == Scope::Shared => transaction.execute_unprepared(renew).await.map(|_| ()),
            _ => Ok(()),
        }
    };
    let (end, ended) = oneshot::channel();
    let turn = Turn {
        transaction: transaction.clone(),
        failed: AtomicBool::new(false),
        held: Held::default(),
        end,
        shared: shared.clone(),
    };
    // While the savepoint is on its way, who asked wakes up: what it asks comes behind. Where there is no savepoint, its
    // turn has nobody to end for, and the transaction is gone with it.
    let give = async {
        // Dropped at once if who asked is gone.
        let _ = reply.send(Ok(turn));
    };
    let (renewed, ()) = join(renew, give).await;
    renewed?;
    let member = end_of(ended).await;
    if scope == Scope::Shared {
        *savepoint = Savepoint::Written;
        if member.is_none() {
            transaction.execute_unprepared(UNDO).await?;
            *savepoint = Savepoint::Clean;
        }
    }
    Ok(member)
}

/// Waits for the end of a turn; nothing where it is to be undone.
async fn end_of(mut ended: oneshot::Receiver<Acknowledge>) -> Option<Acknowledge> {
    let started = Instant::now();
    loop {
        if let Ok(member) = timeout(LONG_TURN, &mut ended).await {
            return member.ok();
        }
        tracing::warn!(
            seconds = started.elapsed().as_secs(),
            "one writer keeps all others waiting"
        );
    }
}

pub(super) fn closed() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}

fn aborted() -> DbErr {
    DbErr::Exec(RuntimeErr::Internal("the transaction failed before".to_owned()))
}

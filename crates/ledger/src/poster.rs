//! Posting for many at once: concurrent orders share a transaction and its commit.
//!
//! A durable commit waits for the disk, so orders out of one busy account, one transaction each, would wait for one flush
//! after the other. The poster's task gathers what is ordered while a batch commits, and posts it as the next batch:
//! accounts locked in one order, all decisions made in memory by the pure rules, everything written set by set, one
//! commit. Who ordered is answered when it is durable.
//!
//! - What is wrong with one order (overdrawn, refused by the guard, a key used before) is that order's answer alone.
//! - A batch that the database fails is tried again order by order, so that one order that it cannot take does not fail the
//!   others. When the database is away, everybody hears that ([`PostError::Database`]) and may ask again: the key
//!   keeps it from happening twice, also where the commit had succeeded and only the word of it was lost.
//! - Several processes may post on one PostgreSQL: whatever decides is read under the locks.

mod batch;

use std::{convert::Infallible, sync::Arc};

use async_trait::async_trait;
use platform::{
    App,
    db::Tx,
    work::{Behalf, Record},
};
use sea_orm::DbErr;
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::rules::{Instruction, Outcome, Receipt, Refusal};

/// What a room demands of orders before they are posted: "B is a customer of A". Asked for a whole batch in its
/// transaction, before the ledger's accounts are locked, so that it costs a query or two and not one an order.
#[async_trait]
pub trait Guard: Send + Sync + 'static {
    /// What one order says for itself.
    type Condition: Send + Sync + 'static;
    /// Data the guard loaded while checking, reused when the order's events and letters are written.
    type Leave: Send + Sync + 'static;
    /// Why it is not admitted.
    type Refusal: Send + 'static;

    /// Whether each of the orders is admitted, in their order. What the answer rests on must not change before the
    /// transaction ends: lock it (`FOR SHARE`, in one order).
    async fn admit(
        &self,
        tx: &Tx,
        conditions: &[&Self::Condition],
    ) -> Result<Vec<Result<Self::Leave, Self::Refusal>>, DbErr>;
}

/// Admits every order: for what needs no leave.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anyone;

#[async_trait]
impl Guard for Anyone {
    type Condition = ();
    type Leave = ();
    type Refusal = Infallible;

    async fn admit(&self, _: &Tx, conditions: &[&()]) -> Result<Vec<Result<(), Infallible>>, DbErr> {
        Ok(conditions.iter().map(|()| Ok(())).collect())
    }
}

/// What to write down of an order that was posted, by the leave that the [`Guard`] gave: its events and their letters. Not
/// called for one that was posted before. An error is a mistake in the code and fails the order.
pub type Then<L> = Box<dyn Fn(&Receipt, &L) -> Result<Vec<Record>, DbErr> + Send + Sync>;

/// What somebody asks the poster for.
pub struct Order<C, L = ()> {
    /// What moves.
    pub instruction: Instruction,
    /// For the [`Guard`].
    pub condition: C,
    /// Who asks.
    pub behalf: Behalf,
    /// What is written down of it.
    pub then: Then<L>,
}

/// Why an order was not posted.
#[derive(Debug, thiserror::Error)]
pub enum PostError<R> {
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The guard does not admit it.
    #[error("the guard does not admit it")]
    NotAdmitted(R),
    /// A condition of the API request does not hold; the request is answered by it.
    #[error("a condition of the request does not hold")]
    Condition,
    /// Too many wait. Ask again a little later.
    #[error("too many orders wait")]
    Busy,
    /// The poster stops or has failed. Ask again, with the same key.
    #[error("the poster has stopped")]
    Stopped,
    /// The database failed. If it was an outage, ask again, with the same key: it may have been posted.
    #[error(transparent)]
    Database(DbErr),
}

/// How the poster works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many orders may wait before [`PostError::Busy`].
    pub queue: usize,
    /// How many share a commit at most.
    pub batch: usize,
    /// How many batches may be on their way to the database at once.
    pub in_flight: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            queue: 10_000,
            batch: 500,
            in_flight: 2,
        }
    }
}

/// Gathers orders and posts them. Cheap to clone; the last one dropped, it posts what was ordered and ends.
pub struct Poster<G: Guard>(mpsc::Sender<Task<G>>);

impl<G: Guard> Clone for Poster<G> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

enum Task<G: Guard> {
    Post(Box<Ticket<G>>),
    Close(oneshot::Sender<()>),
}

/// An order that waits.
struct Ticket<G: Guard> {
    order: Order<G::Condition, G::Leave>,
    answer: oneshot::Sender<Answer<G>>,
}

type Answer<G> = Result<Outcome, PostError<<G as Guard>::Refusal>>;

impl<G: Guard> Poster<G> {
    /// Starts the task, in the runtime that this is called in.
    #[must_use]
    pub fn start(app: App, guard: G, settings: Settings) -> Self {
        let (orders, queue) = mpsc::channel(settings.queue);
        tokio::spawn(gather(app, Arc::new(guard), settings, queue));
        Self(orders)
    }

    /// Posts an order. The answer comes when it is durable; given up before, it may be posted all the same.
    pub async fn post(&self, order: Order<G::Condition, G::Leave>) -> Result<Outcome, PostError<G::Refusal>> {
        let (answer, outcome) = oneshot::channel();
        self.0
            .try_send(Task::Post(Box::new(Ticket { order, answer })))
            .map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => PostError::Busy,
                mpsc::error::TrySendError::Closed(_) => PostError::Stopped,
            })?;
        outcome.await.unwrap_or(Err(PostError::Stopped))
    }

    /// Takes no more orders, and returns when all that were taken are answered.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.0.send(Task::Close(done)).await.is_ok() {
            // Ends when the task does, too.
            let _ = closed.await;
        }
    }
}

/// Gathers orders while batches are on their way, until nobody can order any more.
async fn gather<G: Guard>(app: App, guard: Arc<G>, settings: Settings, mut queue: mpsc::Receiver<Task<G>>) {
    let most = u32::try_from(settings.in_flight).unwrap_or(1).max(1);
    let slots = Arc::new(Semaphore::new(most as usize));
    let mut closing = Vec::new();
    while let Some(task) = queue.recv().await {
        let mut tickets = Vec::new();
        let mut next = Some(task);
        // Never closed.
        let Ok(slot) = slots.clone().acquire_owned().await else {
            break;
        };
        while let Some(task) = next.take() {
            match task {
                Task::Post(ticket) if ticket.answer.is_closed() => {}
                Task::Post(ticket) => tickets.push(*ticket),
                Task::Close(done) => {
                    queue.close();
                    closing.push(done);
                }
            }
            if tickets.len() < settings.batch {
                next = queue.try_recv().ok();
            }
        }
        if !tickets.is_empty() {
            tokio::spawn(batch::post(app.clone(), guard.clone(), tickets, slot));
        }
    }
    let _ = slots.acquire_many(most).await;
    for done in closing {
        // Who asked may be gone.
        let _ = done.send(());
    }
}

//! What a request asks of the unit of work that it leads to.
//!
//! A request of the API carries two conditions that only the transaction itself can keep: that the thing is still the
//! version that the caller saw (`If-Match`), and that the same request was not carried out before
//! (`Idempotency-Key`). They lie in a task-local, and [`Work`](crate::work::Work) asks for them, so that every use case
//! keeps them and none has to know.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    answer::Expected,
    idempotency::Claim,
    problem::{CHANGED, KEY_BUSY, Kind},
};
use crate::event;

tokio::task_local! {
    static CONDITIONS: Arc<Conditions>;
}

/// The conditions of one request.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) expected: Option<Expected>,
    pub(crate) claim: Option<Claim>,
    checked: AtomicBool,
    marked: AtomicBool,
    broken: Mutex<Option<Kind>>,
}

impl Conditions {
    pub(crate) fn new(expected: Option<Expected>, claim: Option<Claim>) -> Arc<Self> {
        Arc::new(Self {
            expected,
            claim,
            ..Self::default()
        })
    }

    /// Which condition did not hold.
    pub(crate) fn broken(&self) -> Option<Kind> {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a transaction was committed in the name of this request.
    pub(crate) fn is_done(&self) -> bool {
        self.marked.load(Ordering::Acquire)
    }

    fn fail(&self, kind: Kind) -> DbErr {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(kind);
        DbErr::Custom(format!("a condition of the request does not hold: {}", kind.slug))
    }
}

/// Runs a request under its conditions.
pub(crate) async fn under<F: Future>(conditions: Arc<Conditions>, request: F) -> F::Output {
    CONDITIONS.scope(conditions, request).await
}

fn current() -> Option<Arc<Conditions>> {
    CONDITIONS.try_with(Arc::clone).ok()
}

/// Before the first event of a unit of work: its subject must be the version that the caller saw.
pub(crate) async fn before_record(tx: &impl ConnectionTrait, subject: Uuid) -> Result<(), DbErr> {
    let Some(conditions) = current() else {
        return Ok(());
    };
    let Some(expected) = &conditions.expected else {
        return Ok(());
    };
    if conditions.checked.swap(true, Ordering::AcqRel) || expected.includes(event::count(tx, subject).await?)
    {
        return Ok(());
    }
    Err(conditions.fail(CHANGED))
}

/// Before the commit: the request is marked as carried out, in the same transaction.
pub(crate) async fn before_commit(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    let Some(conditions) = current() else {
        return Ok(());
    };
    let Some(claim) = &conditions.claim else {
        return Ok(());
    };
    if conditions.marked.load(Ordering::Acquire) {
        // The second transaction of one request; the first made it known.
        return Ok(());
    }
    if !claim.mark(tx).await? {
        return Err(conditions.fail(KEY_BUSY));
    }
    conditions.marked.store(true, Ordering::Release);
    Ok(())
}

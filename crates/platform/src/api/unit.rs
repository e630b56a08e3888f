//! What a request asks of the unit of work that it leads to.
//!
//! A request of the API carries two conditions that only the transaction itself can keep: that the thing is still the
//! version that the caller saw (`If-Match`), and that the same request was not carried out before
//! (`Idempotency-Key`). They lie in a task-local from the handler to the use case; a [`Work`](crate::work::Work) takes them
//! along as it begins, and asks for them, so that every use case keeps them and none has to know.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    answer::Expected,
    idempotency::Claim,
    problem::{CHANGED, KEY_BUSY, Kind},
};
use crate::{
    actor::{Actor, Caller},
    event,
};

tokio::task_local! {
    static CONDITIONS: Arc<Conditions>;
}

/// The conditions of one request.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) expected: Option<Expected>,
    pub(crate) claim: Option<Claim>,
    /// Which thing the versions are of.
    subject: OnceLock<Uuid>,
    checked: AtomicBool,
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

    /// Before the first event of a unit of work: the thing must be the version that the caller saw, also where another
    /// one is recorded first to make room for it. Where nobody said which thing, it is the one that is recorded.
    pub(crate) async fn before_record(&self, tx: &impl ConnectionTrait, recorded: Uuid) -> Result<(), DbErr> {
        let Some(expected) = &self.expected else {
            return Ok(());
        };
        if self.checked.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let subject = self.subject.get().copied().unwrap_or(recorded);
        if expected.includes(event::count(tx, subject).await?) {
            Ok(())
        } else {
            Err(self.fail(CHANGED))
        }
    }

    /// Before the commit: the request is marked as carried out, in the same transaction. So the row alone knows whether it
    /// was, and is asked ([`Claim::settle`]): a commit that failed may have come through.
    pub(crate) async fn before_commit(&self, tx: &impl ConnectionTrait) -> Result<(), DbErr> {
        match &self.claim {
            Some(claim) if !claim.mark(tx).await? => Err(self.fail(KEY_BUSY)),
            _ => Ok(()),
        }
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

/// Records which resource the request's `If-Match` refers to.
pub(crate) fn is_about(subject: Uuid) {
    if let Some(conditions) = current() {
        // A request is about one thing: it stays the first.
        let _ = conditions.subject.set(subject);
    }
}

/// What the request that runs here asks of a transaction in the name of `caller`. What Portico does itself on the way (a
/// top-up lets usage that is due be charged first) is not what was asked for: it neither meets a condition nor breaks one.
pub(crate) fn asked_of(caller: &Caller) -> Option<Arc<Conditions>> {
    current().filter(|_| caller.actor != Actor::System)
}

/// The conditions of the request that runs here.
pub(crate) fn current() -> Option<Arc<Conditions>> {
    CONDITIONS.try_with(Arc::clone).ok()
}

/// Which requests' conditions hold for the effects that a batch is about to have for them. What it makes is new: no
/// version of it exists that `If-Match` could name. Those that are not to be carried out know why.
pub(crate) async fn before_batch(
    tx: &impl ConnectionTrait,
    all: &[Option<&Conditions>],
) -> Result<Vec<bool>, DbErr> {
    let claims: Vec<&Claim> = all
        .iter()
        .flatten()
        .filter_map(|one| one.claim.as_ref())
        .collect();
    let held = if claims.is_empty() {
        HashSet::new()
    } else {
        Claim::held(tx, &claims).await?
    };
    let holds = |conditions: &Conditions| {
        let broken = match (&conditions.expected, &conditions.claim) {
            (Some(expected), _) if !expected.includes(0) => CHANGED,
            (_, Some(claim)) if !claim.is_among(&held) => KEY_BUSY,
            _ => return true,
        };
        // The request is told by its conditions.
        let _ = conditions.fail(broken);
        false
    };
    Ok(all.iter().map(|one| one.is_none_or(holds)).collect())
}

/// Marks the requests that a batch carried out.
pub(crate) async fn mark_batch(
    tx: &impl ConnectionTrait,
    carried_out: &[Arc<Conditions>],
) -> Result<(), DbErr> {
    let claims: Vec<&Claim> = carried_out.iter().filter_map(|one| one.claim.as_ref()).collect();
    if claims.is_empty() {
        return Ok(());
    }
    Claim::mark_held(tx, &claims).await
}

//! Nothing is answered from what is not on the disk.
//!
//! Writers of an `SQLite` file share commits (see [`super::writer`]), so a use case may read what the writer before it
//! changed and has not committed yet. If it commits, too, both wait for the same commit. If it refuses ("you did that
//! already"), nothing would make it wait: the answer could come before what it rests on, or rest on what is lost.

use std::{cell::RefCell, future::Future};

use sea_orm::DbErr;
use tokio::sync::watch;

/// What became of a shared transaction; nothing while it is open.
pub(super) type Outcome = watch::Receiver<Option<Result<(), DbErr>>>;

tokio::task_local! {
    static RESTS_ON: RefCell<Vec<Outcome>>;
}

/// Runs what answers somebody, then waits for all transactions that it took part in, its own and shared ones. An error
/// if one of them was lost: then the answer must not be given.
pub async fn settled<F: Future>(answer: F) -> Result<F::Output, DbErr> {
    let answered = async {
        let output = answer.await;
        (output, RESTS_ON.with(RefCell::take))
    };
    let (output, rests_on) = RESTS_ON.scope(RefCell::default(), answered).await;
    for mut outcome in rests_on {
        let outcome = outcome.wait_for(Option::is_some).await;
        outcome
            .ok()
            .and_then(|outcome| outcome.clone())
            .unwrap_or_else(|| Err(super::writer::closed()))?;
    }
    Ok(output)
}

/// Notes that whoever runs inside [`settled`] takes part in a shared transaction.
pub(super) fn rest_on(outcome: &Outcome) {
    // Jobs and commands answer nobody.
    let _ = RESTS_ON.try_with(|all| all.borrow_mut().push(outcome.clone()));
}

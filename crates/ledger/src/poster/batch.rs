//! One batch, from the locks to the answers.

use std::sync::Arc;

use kernel::TransferId;
use platform::{
    App,
    db::{is_outage, settled},
    work::{Batch, Behalf},
};
use sea_orm::DbErr;
use tokio::sync::OwnedSemaphorePermit;

use super::{Answer, Guard, Order, PostError, Ticket};
use crate::{
    rules::{Books, Outcome, Refusal},
    service::{Wanted, open_books},
    store::books,
};

/// Posts a batch and answers everybody in it, then gives its slot back.
pub(super) async fn post<G: Guard>(
    app: App,
    guard: Arc<G>,
    tickets: Vec<Ticket<G>>,
    slot: OwnedSemaphorePermit,
) {
    metrics::histogram!("portico_ledger_orders_per_commit")
        .record(u32::try_from(tickets.len()).unwrap_or(u32::MAX));
    let orders: Vec<&Order<G::Condition, G::Leave>> = tickets.iter().map(|ticket| &ticket.order).collect();
    let answers = match attempt(&app, &*guard, &orders).await {
        Ok(answers) => answers,
        Err(error) if is_outage(&error) || orders.len() == 1 => orders
            .iter()
            .map(|_| Err(PostError::Database(error.clone())))
            .collect(),
        Err(error) => {
            tracing::warn!(%error, orders = orders.len(), "a batch of orders failed and is tried one by one");
            one_by_one(&app, &*guard, &orders).await
        }
    };
    drop(slot);
    for (ticket, answer) in tickets.into_iter().zip(answers) {
        // Who ordered may be gone; it is posted all the same.
        let _ = ticket.answer.send(answer);
    }
}

async fn one_by_one<G: Guard>(
    app: &App,
    guard: &G,
    orders: &[&Order<G::Condition, G::Leave>],
) -> Vec<Answer<G>> {
    let mut answers = Vec::with_capacity(orders.len());
    for order in orders {
        answers.push(match attempt(app, guard, &[*order]).await {
            Ok(answer) => answer.into_iter().next().unwrap_or(Err(PostError::Stopped)),
            Err(error) => Err(PostError::Database(error)),
        });
    }
    answers
}

/// Posts orders in one transaction; an error means that nothing of it happened. What is refused rests on what other
/// writers of the same commit wrote, so it is answered when that is durable, too.
async fn attempt<G: Guard>(
    app: &App,
    guard: &G,
    orders: &[&Order<G::Condition, G::Leave>],
) -> Result<Vec<Answer<G>>, DbErr> {
    settled(carry_out(app, guard, orders)).await?
}

async fn carry_out<G: Guard>(
    app: &App,
    guard: &G,
    orders: &[&Order<G::Condition, G::Leave>],
) -> Result<Vec<Answer<G>>, DbErr> {
    let mut batch = Batch::begin(app).await?;
    let behalves: Vec<&Behalf> = orders.iter().map(|order| &order.behalf).collect();
    let may_act = batch.may_act(&behalves).await?;
    let conditions: Vec<&G::Condition> = orders.iter().map(|order| &order.condition).collect();
    let admitted = guard.admit(batch.tx(), &conditions).await?;
    if admitted.len() != orders.len() {
        return Err(DbErr::Custom(
            "the guard did not answer for every order".to_owned(),
        ));
    }
    let wanted = Wanted::of(orders.iter().map(|order| &order.instruction));
    let mut books = open_books(batch.tx(), &wanted, batch.now()).await?;
    let mut answers = Vec::with_capacity(orders.len());
    for ((order, may_act), admitted) in orders.iter().zip(may_act).zip(admitted) {
        answers.push(decide::<G>(&mut batch, &mut books, order, may_act, admitted)?);
    }
    if books.posted().is_empty() {
        batch.rollback().await?;
    } else {
        books::save(batch.tx(), &books).await?;
        batch.commit().await?;
    }
    Ok(answers)
}

/// One order, as things stand after those before it. What was posted before is said first: that it would not be admitted
/// today does not undo it.
fn decide<G: Guard>(
    batch: &mut Batch,
    books: &mut Books,
    order: &Order<G::Condition, G::Leave>,
    may_act: bool,
    admitted: Result<G::Leave, G::Refusal>,
) -> Result<Answer<G>, DbErr> {
    if !may_act {
        return Ok(Err(PostError::Condition));
    }
    let leave = match (books.repeated(&order.instruction), admitted) {
        (Some(outcome), _) => return Ok(outcome.map_err(PostError::Refused)),
        (None, Err(refusal)) => return Ok(Err(PostError::NotAdmitted(refusal))),
        (None, Ok(leave)) => leave,
    };
    let id = TransferId(batch.new_id());
    let outcome: Result<Outcome, Refusal> =
        books.post(id, batch.now(), order.behalf.caller(), &order.instruction);
    if let Ok(Outcome::Posted(receipt)) = &outcome {
        batch.record(&order.behalf, (order.then)(receipt, &leave)?)?;
    }
    Ok(outcome.map_err(PostError::Refused))
}

//! One batch, from the locks to the answers.

use std::sync::Arc;

use kernel::TransferId;
use platform::{
    App,
    db::{is_outage, settled},
    work::{Batch, Behalf, Record},
};
use sea_orm::DbErr;
use tokio::{sync::OwnedSemaphorePermit, task::yield_now};

use super::{Answer, Guard, Order, PostError, Ticket};
use crate::{
    rules::{Books, Outcome},
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
    let wanted = wanted(orders, &may_act, &admitted);
    let mut books = open_books(batch.tx(), &wanted, batch.now()).await?;
    let (mut answers, mut to_tell) = (Vec::with_capacity(orders.len()), Vec::new());
    for ((order, may_act), admitted) in orders.iter().zip(may_act).zip(admitted) {
        let (answer, leave) = decide::<G>(&batch, &mut books, order, may_act, admitted);
        to_tell.extend(leave.map(|leave| (*order, leave)));
        answers.push(answer);
    }
    if to_tell.is_empty() {
        batch.rollback().await?;
        return Ok(answers);
    }
    let (saved, told) = tokio::join!(books::save(batch.tx(), &books), tell(&to_tell, &books));
    saved?;
    for ((order, _), records) in to_tell.iter().zip(told?) {
        batch.record(&order.behalf, records)?;
    }
    batch.commit().await?;
    Ok(answers)
}

/// What these orders need: of one that is not admitted only whether it was posted before. The accounts that it names may be
/// anybody's or nobody's, and opening them would say that they had credit.
fn wanted<C, L, R>(orders: &[&Order<C, L>], may_act: &[bool], admitted: &[Result<L, R>]) -> Wanted {
    let mut wanted = Wanted::default();
    for ((order, may_act), admitted) in orders.iter().zip(may_act).zip(admitted) {
        let instruction = &order.instruction;
        wanted = match (may_act, admitted) {
            (false, _) => wanted,
            (true, Ok(_)) => wanted.instruction(instruction),
            (true, Err(_)) => wanted.key(instruction.movement.from(), instruction.key.clone()),
        };
    }
    wanted
}

/// What is written down of what was posted. It finds the words while the database writes the entries.
async fn tell<C, L>(to_tell: &[(&Order<C, L>, L)], books: &Books) -> Result<Vec<Vec<Record>>, DbErr> {
    let mut told = Vec::with_capacity(to_tell.len());
    for ((order, leave), receipt) in to_tell.iter().zip(books.posted()) {
        told.push((order.then)(receipt, leave)?);
        yield_now().await;
    }
    Ok(told)
}

/// One order, as things stand after those before it, and the leave by which it was posted. What was posted before is said
/// first: that it would not be admitted today does not undo it.
fn decide<G: Guard>(
    batch: &Batch,
    books: &mut Books,
    order: &Order<G::Condition, G::Leave>,
    may_act: bool,
    admitted: Result<G::Leave, G::Refusal>,
) -> (Answer<G>, Option<G::Leave>) {
    if !may_act {
        return (Err(PostError::Condition), None);
    }
    let leave = match (books.repeated(&order.instruction), admitted) {
        (Some(outcome), _) => return (outcome.map_err(PostError::Refused), None),
        (None, Err(refusal)) => return (Err(PostError::NotAdmitted(refusal)), None),
        (None, Ok(leave)) => leave,
    };
    let id = TransferId(batch.new_id());
    let outcome = books.post(id, batch.now(), order.behalf.caller(), &order.instruction);
    let leave = matches!(outcome, Ok(Outcome::Posted(_))).then_some(leave);
    (outcome.map_err(PostError::Refused), leave)
}

//! The mail worker: takes what is due, delivers it, backs off, gives up visibly.

use std::{
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, MessageId};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use serde::Serialize;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::{
    mailer::MailError,
    outbox::{self, State, row},
};
use crate::{
    actor::Caller,
    app::App,
    db::is_literally,
    event::{Event, Kind, Subject},
    event_kinds,
    job::{Job, JobError},
    work::Work,
};

/// The delays between attempts: together a little over two days, then the worker gives up.
const BACK_OFF: [SignedDuration; 9] = [
    SignedDuration::from_secs(10),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(8),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// How long a worker may hold an email before another takes it.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);

/// How long one attempt may take; a server that dribbles its answers takes no more. None is begun with less than this
/// left of the claim, so that no email is with two workers.
const ATTEMPT: Duration = Duration::from_mins(1);

/// How long an attempt under way is waited for when the installation stops; after that its claim lapses.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// Emails under way at once: a server that is slow with one still takes others.
const AT_ONCE: usize = 4;

/// Emails that one worker takes at a time.
const BATCH: usize = 50;

/// How long commits gather before their emails are taken, and attempts before it is noted what became of them. Each
/// taking and noting is a transaction of its own, which would keep those waiting who have more to send.
const GATHER: Duration = Duration::from_millis(50);

/// How long those who wait for pages go before the next emails, where more are due than are taken at a time: a hundred
/// leave a second, which is also as many as mail servers like to take from one sender.
const PAUSE: Duration = Duration::from_millis(500);

/// Delivers emails.
pub struct Delivery(pub App);

#[async_trait]
impl Job for Delivery {
    fn name(&self) -> &'static str {
        "mail delivery"
    }

    async fn run(&self) -> Result<(), JobError> {
        loop {
            let begun = Instant::now();
            let batch = self.claim().await?;
            let mut last = batch.len() < BATCH;
            // What cannot be noted is sent again: no more of it, then.
            let unnoted = AtomicBool::new(false);
            let attempts = batch.into_iter().map(|email| async {
                if unnoted.load(Ordering::Relaxed) {
                    return Attempt::Left;
                }
                self.attempt(email, begun).await
            });
            let attempts = stream::iter(attempts).buffer_unordered(AT_ONCE);
            let mut done = pin!(tokio_stream::StreamExt::chunks_timeout(attempts, BATCH, GATHER));
            let mut failed = None;
            // All are waited for: an attempt that was cut off may have delivered its email.
            while let Some(some) = done.next().await {
                last |= some.contains(&Attempt::Left);
                if let Err(error) = self.note(some).await {
                    unnoted.store(true, Ordering::Relaxed);
                    failed = Some(error);
                }
            }
            if let Some(error) = failed {
                return Err(error.into());
            }
            if last {
                return Ok(());
            }
            tokio::select! {
                () = sleep(PAUSE) => {}
                () = self.0.stopped() => return Ok(()),
            }
        }
    }

    async fn woken(&self) {
        self.0.mail_waits().await;
        sleep(GATHER).await;
    }
}

impl Delivery {
    /// Takes some due emails: their next attempt moves behind the claim, so that no other worker takes them, and
    /// a worker that dies gives them back.
    async fn claim(&self) -> Result<Vec<row::Model>, DbErr> {
        let now = self.0.clock().now();
        let due = row::Entity::find()
            .filter(is_literally(row::Column::State, State::Queued.as_str()))
            .filter(row::Column::DueAt.lte(now.as_millisecond()));
        if due.clone().one(self.0.db().read()).await?.is_none() {
            return Ok(Vec::new());
        }
        let tx = self.0.db().begin().await?;
        let batch = due
            .order_by_asc(row::Column::DueAt)
            .limit(BATCH as u64)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx)
            .await?;
        row::Entity::update_many()
            .col_expr(row::Column::DueAt, (now + CLAIM).as_millisecond().into())
            .filter(row::Column::Id.is_in(batch.iter().map(|email| email.id)))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(batch)
    }

    /// Tries once to deliver an email that was claimed at `begun`, unless its claim is about to lapse or the
    /// installation stops.
    async fn attempt(&self, email: row::Model, begun: Instant) -> Attempt {
        if begun.elapsed() + ATTEMPT > CLAIM.unsigned_abs() {
            return Attempt::Left;
        }
        let delivery = timeout(ATTEMPT, self.deliver(&email));
        let outcome = tokio::select! {
            outcome = delivery => outcome.unwrap_or(Err(MailError::TooSlow)),
            () = self.stopped_for_long() => return Attempt::Left,
        };
        Attempt::Made(email.id, Box::new(after(&email, outcome, self.0.clock().now())))
    }

    /// Writes down what became of emails whose attempts ended at the same time: in one transaction, and those that went
    /// alike in one statement.
    async fn note(&self, attempts: Vec<Attempt>) -> Result<(), DbErr> {
        let mut alike: Vec<(Box<row::ActiveModel>, Vec<Uuid>)> = Vec::new();
        for attempt in attempts {
            let Attempt::Made(id, next) = attempt else {
                continue;
            };
            match alike.iter_mut().find(|(other, _)| *other == next) {
                Some((_, ids)) => ids.push(id),
                None => alike.push((next, vec![id])),
            }
        }
        if alike.is_empty() {
            return Ok(());
        }
        let tx = self.0.db().begin().await?;
        for (next, ids) in alike {
            row::Entity::update_many()
                .set(*next)
                .filter(row::Column::Id.is_in(ids))
                .exec(&tx)
                .await?;
        }
        tx.commit().await
    }

    async fn deliver(&self, email: &row::Model) -> Result<(), MailError> {
        let body = outbox::laid_out(&self.0, email)?;
        let body = body.ok_or_else(|| MailError::compose("what it said is no longer kept"))?;
        self.0.mailer().deliver(self.0.site(), email, body).await
    }

    async fn stopped_for_long(&self) {
        self.0.stopped().await;
        tokio::time::sleep(LAST_WAIT).await;
    }
}

/// What became of a claimed email.
#[derive(Clone, Debug, PartialEq)]
enum Attempt {
    /// It was delivered, or is tried again later, or given up: what its row says then.
    Made(Uuid, Box<row::ActiveModel>),
    /// It is left to whoever finds its claim lapsed.
    Left,
}

/// What the row of an email says after an attempt.
fn after(email: &row::Model, outcome: Result<(), MailError>, now: Timestamp) -> row::ActiveModel {
    let (id, attempts) = (email.id, email.attempts + 1);
    let mut next = row::ActiveModel {
        attempts: Set(attempts),
        ..Default::default()
    };
    let Err(error) = outcome else {
        settle(&mut next, State::Sent, now);
        next.last_error = Set(None);
        if email.secret {
            outbox::forget(&mut next);
        }
        return next;
    };
    let delay = usize::try_from(attempts - 1)
        .ok()
        .and_then(|index| BACK_OFF.get(index));
    // A server may have answered anything; PostgreSQL keeps no U+0000.
    next.last_error = Set(Some(error.to_string().replace('\0', " ")));
    match delay {
        Some(delay) if !error.is_final() => {
            tracing::warn!(message = %id, attempts, %error, "an email will be tried again");
            next.due_at = Set((now + *delay).as_millisecond());
        }
        _ => {
            tracing::error!(message = %id, attempts, %error, "an email was given up");
            settle(&mut next, State::GivenUp, now);
        }
    }
    next
}

fn settle(email: &mut row::ActiveModel, state: State, now: Timestamp) {
    email.state = Set(state.as_str().to_owned());
    email.settled_at = Set(Some(now.as_millisecond()));
}

/// Why an email cannot be sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// There is none of that id.
    #[error("no such email")]
    Unknown,
    /// It held a single-use link, which is gone; the person asks for a new one.
    #[error("the email held a single-use link that is no longer kept")]
    Secret,
    /// It waits for its next attempt as it is.
    #[error("the email is waiting to be sent already")]
    Waiting,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What happened to an email at somebody's hand.
#[derive(Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum MessageEvent {
    /// Staff had it sent again.
    Resent { from: &'static str },
}

event_kinds! {
    MessageEvent:
    Resent => Kind::staff("message.resent"),
}

/// The kinds of events of emails.
pub(crate) const EVENTS: &[Kind] = MessageEvent::KINDS;

/// Queues an email again, under the same `Message-ID`.
pub async fn resend(app: &App, caller: Caller, id: MessageId) -> Result<(), ResendError> {
    let mut work = Work::begin(app, caller).await?;
    let email = row::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(work.tx())
        .await?
        .ok_or(ResendError::Unknown)?;
    if outbox::is_gone(&email) {
        return Err(ResendError::Secret);
    }
    let from = State::of(&email);
    if from == State::Queued {
        return Err(ResendError::Waiting);
    }
    let account = email.account_id.map(AccountId);
    let mut next = email.into_active_model();
    next.state = Set(State::Queued.as_str().to_owned());
    next.attempts = Set(0);
    next.due_at = Set(work.now().as_millisecond());
    next.settled_at = Set(None);
    next.update(work.tx()).await?;
    let subject = Subject {
        kind: "message",
        id: id.0,
        account,
    };
    work.record(subject, &MessageEvent::Resent { from: from.as_str() })
        .await?;
    work.commit().await?;
    app.wake_mail();
    Ok(())
}

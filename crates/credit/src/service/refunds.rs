//! Staff refund usage: a new entry, nothing is changed.

use accounts::store::{account, staff_member};
use kernel::{AccountId, Money, Words};
use ledger::{Instruction, Key, Ledger, Movement, MovementError, Outcome, Refusal as Unposted, Wanted};
use platform::{Denied, Permission, Work, actor::Caller, web::Fault};
use sea_orm::DbErr;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Credit,
    event::{self, CreditEvent},
    letters::{self, Moved},
    rules::{Refund, RefundError, Usage},
    store::{refunds, usage},
};

/// What is to be given back.
#[derive(Clone, Debug)]
pub struct Refunding {
    /// Our id of the row of usage.
    pub usage: Uuid,
    /// How much.
    pub amount: Money,
    /// Why; the account's root user reads it.
    pub reason: Words,
    /// The same key again is the same refund.
    pub key: Key,
}

/// Why nothing was refunded.
#[derive(Debug, thiserror::Error)]
pub enum RefundRefused {
    /// There is no such row.
    #[error("not found")]
    NotFound,
    /// The key was used for another refund.
    #[error("the key was used for another refund")]
    KeyReused,
    /// Only this much is left to refund.
    #[error(transparent)]
    TooMuch(#[from] RefundError),
    /// The amount cannot be moved.
    #[error(transparent)]
    Amount(#[from] MovementError),
    /// The rules do not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Unposted> for RefundRefused {
    fn from(refused: Unposted) -> Self {
        match refused {
            Unposted::KeyReused { .. } => Self::KeyReused,
            other => Self::Database(DbErr::Custom(other.to_string())),
        }
    }
}

/// For handlers that do not show a refusal on the page itself.
impl From<RefundRefused> for Fault {
    fn from(refused: RefundRefused) -> Self {
        use axum::http::StatusCode;
        let told = |message| Self::told(StatusCode::CONFLICT, message);
        match refused {
            RefundRefused::NotFound => Self::not_found(),
            RefundRefused::KeyReused => told("credit-stale"),
            RefundRefused::TooMuch(_) => told("credit-fault-refund"),
            RefundRefused::Amount(_) => told("credit-fault-amount"),
            RefundRefused::Denied(Denied::Role) => Self::forbidden(),
            RefundRefused::Denied(Denied::OwnAccount) => told("credit-fault-refused"),
            RefundRefused::Database(error) => error.into(),
        }
    }
}

/// Refunds usage: what is outstanding of the row is waived first, the rest comes back to the balance. The same key again
/// is the same refund.
pub async fn refund(room: &Credit, caller: Caller, wanted: Refunding) -> Result<Refund, RefundRefused> {
    let by = caller.staff()?;
    let amount = wanted.amount.positive().map_err(MovementError::from)?;
    let mut work = Work::begin(room.app(), caller).await?;
    // Whoever sends the same again waits here, and then finds what came of it.
    let used = usage::lock(work.tx(), wanted.usage)
        .await?
        .ok_or(RefundRefused::NotFound)?;
    let whose = used.account;
    staff_member(work.tx(), by, [whose])
        .await?
        .ok_or(Denied::Role)?
        .may(Permission::RecordCredit)?;
    if let Some((of, before)) = refunds::find(work.tx(), &wanted.key).await? {
        if of != used.id || before.total() != amount {
            return Err(RefundRefused::KeyReused);
        }
        // What was read may be of a turn whose commit is still to come.
        work.commit().await?;
        return Ok(before);
    }
    let before = standing(&used);
    let (next, refund) = used.refund(amount)?;
    let balance = post(room, &work, &next, refund, &wanted.key).await?;
    if !refunds::insert(work.tx(), &wanted.key, next.id, refund, work.now()).await? {
        return Err(RefundRefused::KeyReused);
    }
    usage::update(work.tx(), &next).await?;
    tell(room, &mut work, before, &next, refund, balance, &wanted.reason).await?;
    work.commit().await?;
    room.follow_up([whose]);
    Ok(refund)
}

/// What a refund changes of a row.
fn standing(of: &Usage) -> Value {
    json!({ "outstanding": of.outstanding, "refunded": of.refunded })
}

/// Moves what comes back; the balance after it.
async fn post(
    room: &Credit,
    work: &Work,
    of: &Usage,
    refund: Refund,
    key: &Key,
) -> Result<Money, RefundRefused> {
    if refund.credited.minor() == 0 {
        return Ok(ledger::store::credit_of(work.tx(), of.account, room.currency()).await?);
    }
    let instruction = Instruction {
        movement: Movement::refund(of.account, refund.credited)?,
        key: key.clone(),
        reference: of.description.clone(),
    };
    let mut ledger = Ledger::open(work, Wanted::of([&instruction])).await?;
    let Outcome::Posted(receipt) = ledger.post(&instruction)? else {
        return Err(RefundRefused::KeyReused);
    };
    ledger.save().await?;
    Ok(receipt.to.balance)
}

async fn tell(
    room: &Credit,
    work: &mut Work,
    before: Value,
    of: &Usage,
    refund: Refund,
    balance: Money,
    reason: &Words,
) -> Result<(), DbErr> {
    let whose: AccountId = of.account;
    let event = CreditEvent::UsageRefunded {
        usage: of.id,
        row: of.row.clone(),
        credited: refund.credited,
        waived: refund.waived,
        balance,
        reason: reason.clone(),
    };
    let mut after = standing(of);
    after["reason"] = json!(reason);
    let because = work
        .record_change(event::usage(of.id, whose), &event, before, after)
        .await?;
    let Some(reader) = account(work.tx(), whose).await? else {
        return Ok(());
    };
    let moved = Moved {
        amount: refund.total(),
        balance,
        other: of.row.clone(),
    };
    let l = room.app().l10n(reader.root.language);
    let letter = letters::refunded(&l, room.app().site(), &moved, reason.as_str());
    work.send(because, &letters::root(&reader), &letter).map(|_| ())
}

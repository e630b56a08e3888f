//! Staff take a movement back: a new entry, nothing is changed.

use accounts::store::{account, lock_account, staff_member};
use kernel::{AccountId, Money, StaffId, TransferId, Words};
use ledger::{
    Instruction, Key, Kind, Ledger, Movement, MovementError, Outcome, Receipt, Refusal as Unposted, Transfer,
    Wanted,
    store::{credit_of, history::reversed},
};
use platform::{Denied, Permission, Work, actor::Caller, web::Fault};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{balance, change, reference};
use crate::{
    Credit,
    event::{self, CreditEvent},
    letters::{self, Moved},
    rules::{Deposit, DepositError},
    store::deposits,
};

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum ReversalRefused {
    /// There is no such movement.
    #[error("not found")]
    NotFound,
    /// Only deposits and top-ups are taken back; usage is refunded.
    #[error("movements of this kind are not taken back")]
    Kind,
    /// It was taken back before.
    #[error("it was taken back before")]
    Already,
    /// The account that got it has only this much left.
    #[error("only {0} is left")]
    Overdrawn(Money),
    /// The amount cannot be moved.
    #[error(transparent)]
    Amount(#[from] MovementError),
    /// The rules do not allow it.
    #[error(transparent)]
    Rule(#[from] DepositError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Unposted> for ReversalRefused {
    fn from(refused: Unposted) -> Self {
        match refused {
            Unposted::Overdrawn { balance } => Self::Overdrawn(balance),
            Unposted::AlreadyReversed { .. } => Self::Already,
            other => Self::Database(DbErr::Custom(other.to_string())),
        }
    }
}

impl From<Denied> for ReversalRefused {
    fn from(denied: Denied) -> Self {
        Self::Rule(denied.into())
    }
}

impl ReversalRefused {
    /// Which messages tell it on the page itself, by `{key}-title` and `{key}-text`; what has nothing to do with this page
    /// is a fault.
    pub fn told(self) -> Result<&'static str, Fault> {
        match self {
            Self::Kind | Self::Already | Self::Rule(DepositError::NotPosted) => Ok("credit-fault-taken-back"),
            Self::Overdrawn(_) => Ok("credit-fault-spent"),
            Self::Amount(_) => Ok("credit-fault-amount"),
            Self::Rule(DepositError::AboveLimit) => Ok("credit-fault-above-limit"),
            Self::Rule(DepositError::Denied(Denied::Role)) => Err(Fault::forbidden()),
            Self::Rule(_) => Ok("credit-fault-refused"),
            Self::NotFound => Err(Fault::not_found()),
            Self::Database(error) => Err(error.into()),
        }
    }
}

/// That this member of staff may take a movement back as things stand, and that what it moved is still there.
pub async fn reversible(
    room: &Credit,
    db: &impl ConnectionTrait,
    caller: &Caller,
    transfer: &Transfer,
) -> Result<(), ReversalRefused> {
    allowed(room, db, caller, transfer).await?;
    let Some(holder) = transfer.to.service_account() else {
        return Ok(());
    };
    let left = credit_of(db, holder, room.currency()).await?;
    if left.minor() < transfer.amount.minor() {
        return Err(ReversalRefused::Overdrawn(left));
    }
    Ok(())
}

/// Who may take a movement back, and that it is one that can be.
async fn allowed(
    room: &Credit,
    db: &impl ConnectionTrait,
    caller: &Caller,
    transfer: &Transfer,
) -> Result<StaffId, ReversalRefused> {
    let by = caller.staff()?;
    let limit = room.config().four_eyes_above.get();
    for account in concerned(transfer) {
        let member = staff_member(db, by, [account]).await?.ok_or(Denied::Role)?;
        if transfer.kind == Kind::Deposit {
            Deposit::may_be_reversed_by(&member, transfer.amount, limit)?;
        } else {
            member.may(Permission::RecordCredit)?;
        }
    }
    revocable(db, transfer).await?;
    Ok(by)
}

/// The accounts at either end.
fn concerned(transfer: &Transfer) -> impl Iterator<Item = AccountId> {
    [transfer.from, transfer.to]
        .into_iter()
        .filter_map(ledger::Account::service_account)
}

/// That a movement is of a kind that is taken back, and was not yet.
async fn revocable(db: &impl ConnectionTrait, transfer: &Transfer) -> Result<(), ReversalRefused> {
    if !matches!(transfer.kind, Kind::Deposit | Kind::TopUp) {
        return Err(ReversalRefused::Kind);
    }
    if reversed(db, &[transfer.id.into()]).await?.is_empty() {
        Ok(())
    } else {
        Err(ReversalRefused::Already)
    }
}

/// Takes a deposit or a top-up back, whole, once. The account that got it must still have it.
pub async fn reverse(
    room: &Credit,
    caller: Caller,
    transfer: TransferId,
    words: Words,
) -> Result<Receipt, ReversalRefused> {
    let mut work = Work::begin(room.app(), caller.clone()).await?;
    let original = ledger::store::receipt(work.tx(), transfer)
        .await?
        .ok_or(ReversalRefused::NotFound)?
        .transfer;
    let concerned: Vec<AccountId> = concerned(&original).collect();
    let by = allowed(room, work.tx(), &caller, &original).await?;
    if original.kind == Kind::Deposit {
        undo_deposit(room, &mut work, by, transfer, words.clone()).await?;
    }
    let instruction = Instruction {
        movement: Movement::reversal(&original)?,
        key: Key::from(Uuid::from(transfer)),
        reference: reference(transfer),
    };
    let mut ledger = Ledger::open(&work, Wanted::of([&instruction])).await?;
    let receipt = match ledger.post(&instruction)? {
        Outcome::Posted(receipt) => receipt,
        Outcome::Repeated(_) => return Err(ReversalRefused::Already),
    };
    ledger.save().await?;
    for account in &concerned {
        tell_reversed(room, &mut work, *account, transfer, &receipt, &words).await?;
    }
    work.commit().await?;
    room.follow_up(concerned);
    Ok(receipt)
}

async fn undo_deposit(
    room: &Credit,
    work: &mut Work,
    by: StaffId,
    transfer: TransferId,
    words: Words,
) -> Result<(), ReversalRefused> {
    let Some(seen) = deposits::of_transfer(work.tx(), transfer).await? else {
        return Ok(());
    };
    lock_account(work.tx(), seen.account).await?;
    let deposit = deposits::of_transfer(work.tx(), transfer)
        .await?
        .ok_or(ReversalRefused::NotFound)?;
    let by = staff_member(work.tx(), by, [deposit.account])
        .await?
        .ok_or(Denied::Role)?;
    let (before, state) = (event::standing(&deposit), deposit.state.clone());
    let limit = room.config().four_eyes_above.get();
    let reversed = deposit.reverse(&by, words.clone(), work.now(), limit)?;
    if !deposits::update(work.tx(), &state, &reversed).await? {
        return Err(ReversalRefused::Already);
    }
    let happened = CreditEvent::DepositReversed {
        amount: reversed.amount,
        reference: reversed.reference.clone(),
        reason: words,
    };
    let about = event::deposit(reversed.id, reversed.account);
    work.record_change(about, &happened, before, event::standing(&reversed))
        .await?;
    Ok(())
}

async fn tell_reversed(
    room: &Credit,
    work: &mut Work,
    whose: AccountId,
    original: TransferId,
    receipt: &Receipt,
    words: &Words,
) -> Result<(), DbErr> {
    let amount = receipt.transfer.amount;
    let event = CreditEvent::Reversed {
        original,
        transfer: receipt.transfer.id,
        amount,
        balance: balance(receipt, whose),
        reason: words.clone(),
    };
    let (before, after) = change(receipt, whose);
    let about = event::transfer(receipt.transfer.id, whose);
    let because = work.record_change(about, &event, before, after).await?;
    let Some(reader) = account(work.tx(), whose).await? else {
        return Ok(());
    };
    let moved = Moved {
        amount,
        balance: balance(receipt, whose),
        other: reference(original),
    };
    let l = room.app().l10n(reader.root.language);
    let letter = letters::reversed(&l, room.app().site(), &moved, words.as_str());
    work.send(because, &letters::root(&reader), &letter).map(|_| ())
}

//! Staff record payments; above a limit a second person confirms them.

use accounts::{
    account::Account,
    store::{lock_account, staff_member},
};
use kernel::{AccountId, DepositId, Money, Words};
use ledger::{Instruction, Key, Ledger, Movement, MovementError, Receipt, Refusal as Unposted, Wanted};
use platform::{
    Denied, Permission, StaffMember, Work,
    actor::{Actor, Caller},
    web::Fault,
};
use sea_orm::DbErr;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Credit,
    event::{self, CreditEvent, standing},
    letters::{self, Moved, Waiting},
    rules::{Deposit, DepositError, DepositState, NewDeposit, Reference},
    store::deposits,
};

/// Why a payment was not recorded, confirmed or rejected. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum DepositRefused {
    /// There is no such account or deposit.
    #[error("not found")]
    NotFound,
    /// A payment with this reference is recorded for the account already.
    #[error("a payment with this reference is recorded already")]
    ReferenceTaken,
    /// Somebody else decided at the same moment.
    #[error("somebody else was faster")]
    Overtaken,
    /// The amount cannot be moved.
    #[error(transparent)]
    Amount(#[from] MovementError),
    /// The ledger does not take it.
    #[error(transparent)]
    Unposted(#[from] Unposted),
    /// The rules do not allow it.
    #[error(transparent)]
    Rule(#[from] DepositError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Denied> for DepositRefused {
    fn from(denied: Denied) -> Self {
        Self::Rule(denied.into())
    }
}

/// For handlers that do not show a refusal on the page itself.
impl From<DepositRefused> for Fault {
    fn from(refused: DepositRefused) -> Self {
        use axum::http::StatusCode;
        let told = |message| Self::told(StatusCode::CONFLICT, message);
        match refused {
            DepositRefused::NotFound => Self::not_found(),
            DepositRefused::ReferenceTaken => told("credit-fault-reference-taken"),
            DepositRefused::Overtaken | DepositRefused::Rule(DepositError::Settled(_)) => {
                told("credit-fault-settled")
            }
            DepositRefused::Rule(DepositError::Denied(Denied::Role)) => Self::forbidden(),
            DepositRefused::Rule(_) => told("credit-fault-refused"),
            DepositRefused::Amount(_) | DepositRefused::Unposted(_) => told("credit-fault-amount"),
            DepositRefused::Database(error) => error.into(),
        }
    }
}

/// The message that says why the rules do not allow it.
#[must_use]
pub fn reason(error: DepositError) -> &'static str {
    match error {
        DepositError::PartnersCustomer => "credit-refused-partners-customer",
        DepositError::SamePerson => "credit-refused-same-person",
        DepositError::AboveLimit => "credit-refused-above-limit",
        DepositError::Denied(Denied::OwnAccount) => "credit-refused-own-account",
        DepositError::Denied(Denied::Role) => "credit-refused-role",
        DepositError::Settled(_) => "credit-refused-settled",
        DepositError::NotPosted => "credit-refused-not-posted",
    }
}

/// What staff typed of a payment. The id is made when they are asked to confirm: the same one again is the same payment.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its id.
    pub id: DepositId,
    /// Whose credit.
    pub account: AccountId,
    /// How much.
    pub amount: Money,
    /// The payment's reference.
    pub reference: Reference,
    /// A note among staff.
    pub note: Option<Words>,
}

/// Records a payment: up to the limit it is in the balance at once, above it waits for a second person.
pub async fn record(room: &Credit, caller: Caller, new: Recorded) -> Result<Deposit, DepositRefused> {
    let by = caller.staff()?;
    let mut case = Case::open(room, caller, new.account).await?;
    if let Some(before) = deposits::find(case.work.tx(), new.id).await? {
        let same = before.account == new.account && before.recorded_by == by && before.amount == new.amount;
        return if same {
            Ok(before)
        } else {
            Err(DepositRefused::ReferenceTaken)
        };
    }
    let by = staff_member(case.work.tx(), by, [new.account])
        .await?
        .ok_or(Denied::Role)?;
    let new = NewDeposit {
        id: new.id,
        account: new.account,
        amount: new.amount,
        reference: new.reference,
        note: new.note,
    };
    let waiting = Deposit::record(new, &by, case.account.partnership(), case.work.now())?;
    if Deposit::needs_second(waiting.amount, room.config().four_eyes_above.get()) {
        case.keep_waiting(&waiting).await?;
        case.work.commit().await?;
        return Ok(waiting);
    }
    let receipt = case.post(&waiting).await?;
    let posted = waiting.post_at_once(receipt.transfer.id)?;
    if !deposits::insert(case.work.tx(), &posted).await? {
        return Err(DepositRefused::ReferenceTaken);
    }
    case.tell_posted(&posted, Value::Null, &receipt).await?;
    case.work.commit().await?;
    room.follow_up([posted.account]);
    Ok(posted)
}

/// The second person confirms a payment: now it is in the balance.
pub async fn confirm(room: &Credit, caller: Caller, id: DepositId) -> Result<Deposit, DepositRefused> {
    let (mut case, waiting, by) = Case::to_decide(room, caller, id).await?;
    waiting.may_be_decided_by(&by)?;
    let (before, state) = (standing(&waiting), waiting.state.clone());
    let receipt = case.post(&waiting).await?;
    let posted = waiting.confirm(
        &by,
        case.account.partnership(),
        receipt.transfer.id,
        case.work.now(),
    )?;
    case.save(&state, &posted).await?;
    case.tell_posted(&posted, before, &receipt).await?;
    case.work.commit().await?;
    room.follow_up([posted.account]);
    Ok(posted)
}

/// The second person does not confirm it.
pub async fn reject(
    room: &Credit,
    caller: Caller,
    id: DepositId,
    words: Words,
) -> Result<Deposit, DepositRefused> {
    let (mut case, waiting, by) = Case::to_decide(room, caller, id).await?;
    let (before, state) = (standing(&waiting), waiting.state.clone());
    let rejected = waiting.reject(&by, words.clone(), case.work.now())?;
    case.save(&state, &rejected).await?;
    let event = CreditEvent::DepositRejected {
        amount: rejected.amount,
        reference: rejected.reference.clone(),
        reason: words,
    };
    let about = event::deposit(id, rejected.account);
    case.work
        .record_change(about, &event, before, standing(&rejected))
        .await?;
    case.work.commit().await?;
    Ok(rejected)
}

/// One account's payments in a use case: the account is locked.
struct Case<'a> {
    room: &'a Credit,
    work: Work,
    account: Account,
}

impl<'a> Case<'a> {
    async fn open(room: &'a Credit, caller: Caller, account: AccountId) -> Result<Self, DepositRefused> {
        let work = Work::begin(room.app(), caller).await?;
        let account = lock_account(work.tx(), account)
            .await?
            .ok_or(DepositRefused::NotFound)?;
        Ok(Self { room, work, account })
    }

    async fn to_decide(
        room: &'a Credit,
        caller: Caller,
        id: DepositId,
    ) -> Result<(Self, Deposit, StaffMember), DepositRefused> {
        let by = caller.staff()?;
        let seen = deposits::find(room.app().db().read(), id)
            .await?
            .ok_or(DepositRefused::NotFound)?;
        let case = Self::open(room, caller, seen.account).await?;
        let deposit = deposits::find(case.work.tx(), id)
            .await?
            .ok_or(DepositRefused::NotFound)?;
        let by = staff_member(case.work.tx(), by, [deposit.account])
            .await?
            .ok_or(Denied::Role)?;
        Ok((case, deposit, by))
    }

    async fn post(&self, deposit: &Deposit) -> Result<Receipt, DepositRefused> {
        let instruction = Instruction {
            movement: Movement::deposit(deposit.account, deposit.amount)?,
            key: Key::from(Uuid::from(deposit.id)),
            reference: deposit.reference.to_string(),
        };
        let mut ledger = Ledger::open(&self.work, Wanted::of([&instruction])).await?;
        let outcome = ledger.post(&instruction)?;
        ledger.save().await?;
        Ok(outcome.into_receipt())
    }

    async fn save(&self, before: &DepositState, after: &Deposit) -> Result<(), DepositRefused> {
        if deposits::update(self.work.tx(), before, after).await? {
            Ok(())
        } else {
            Err(DepositRefused::Overtaken)
        }
    }

    async fn keep_waiting(&mut self, waiting: &Deposit) -> Result<(), DepositRefused> {
        if !deposits::insert(self.work.tx(), waiting).await? {
            return Err(DepositRefused::ReferenceTaken);
        }
        let event = CreditEvent::DepositRecorded {
            amount: waiting.amount,
            reference: waiting.reference.clone(),
        };
        let about = event::deposit(waiting.id, waiting.account);
        let because = self
            .work
            .record_change(about, &event, Value::Null, standing(waiting))
            .await?;
        let people = accounts::store::staff_who(self.work.tx(), Permission::ConfirmCredit).await?;
        let facts = Waiting {
            id: waiting.id,
            account: self.account.display_name().to_owned(),
            amount: waiting.amount,
            reference: waiting.reference.to_string(),
            recorded_by: name(self.work.caller()),
        };
        for person in people
            .iter()
            .filter(|person| person.id() != Uuid::from(waiting.recorded_by))
        {
            let l = self.room.app().l10n(person.language);
            let letter = letters::deposit_waiting(&l, self.room.app().site(), &facts);
            self.work
                .send(because, &letters::staff(person, waiting.account), &letter)?;
        }
        Ok(())
    }

    async fn tell_posted(&mut self, posted: &Deposit, before: Value, receipt: &Receipt) -> Result<(), DbErr> {
        let event = CreditEvent::DepositPosted {
            amount: posted.amount,
            reference: posted.reference.clone(),
            balance: receipt.to.balance,
            transfer: receipt.transfer.id,
        };
        let about = event::deposit(posted.id, posted.account);
        let because = self
            .work
            .record_change(about, &event, before, standing(posted))
            .await?;
        let moved = Moved {
            amount: posted.amount,
            balance: receipt.to.balance,
            other: posted.reference.to_string(),
        };
        let l = self.room.app().l10n(self.account.root.language);
        let letter = letters::deposit_posted(&l, self.room.app().site(), &moved);
        self.work
            .send(because, &letters::root(&self.account), &letter)
            .map(|_| ())
    }
}

/// The name of the member of staff who acts.
fn name(caller: &Caller) -> String {
    match &caller.actor {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Root { .. } | Actor::Iam { .. } | Actor::Visitor | Actor::Operator { .. } | Actor::System => {
            String::new()
        }
    }
}

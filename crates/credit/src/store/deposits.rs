//! Deposits that staff recorded.

use jiff::Timestamp;
use kernel::{AccountId, DepositId, StaffId, TransferId, Words};
use platform::{
    db::{corrupt, is_literally},
    event::time,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::rows::deposit::{ActiveModel, Column, Entity, Model};
use crate::rules::{Deposit, DepositState, Reference, StateKind};

/// A deposit.
pub async fn find(db: &impl ConnectionTrait, id: DepositId) -> Result<Option<Deposit>, DbErr> {
    Entity::find_by_id(Uuid::from(id))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// The deposit that a movement of the ledger brought into the balance.
pub async fn of_transfer(db: &impl ConnectionTrait, transfer: TransferId) -> Result<Option<Deposit>, DbErr> {
    Entity::find()
        .filter(Column::TransferId.eq(Uuid::from(transfer)))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// Writes a new deposit. False where a payment with the same reference is recorded for the account already, or this
/// deposit itself.
pub async fn insert(tx: &impl ConnectionTrait, deposit: &Deposit) -> Result<bool, DbErr> {
    let inserted = Entity::insert(row(deposit))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Writes where a deposit stands now. False where it stood elsewhere than `before`: somebody was faster.
pub async fn update(
    tx: &impl ConnectionTrait,
    before: &DepositState,
    after: &Deposit,
) -> Result<bool, DbErr> {
    let row = row(after);
    let changed = Entity::update_many()
        .set(ActiveModel {
            state: row.state,
            settled_by: row.settled_by,
            settled_at: row.settled_at,
            reason: row.reason,
            transfer_id: row.transfer_id,
            ..Default::default()
        })
        .filter(Column::Id.eq(Uuid::from(after.id)))
        .filter(Column::State.eq(before.kind().as_str()))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Those that wait for a second person, the oldest first, behind a place.
pub async fn waiting(
    db: &impl ConnectionTrait,
    after: Option<DepositId>,
    limit: u64,
) -> Result<Vec<Deposit>, DbErr> {
    let mut found = Entity::find()
        .filter(is_literally(Column::State, "awaiting_second"))
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(Uuid::from(after)));
    }
    found.all(db).await?.into_iter().map(read).collect()
}

/// How many wait, counted no further than `most`.
pub async fn waiting_count(db: &impl ConnectionTrait, most: u64) -> Result<u64, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(is_literally(Column::State, "awaiting_second"))
        .limit(most)
        .count(db)
        .await
}

/// Which deposits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listing {
    /// Those of one account.
    pub account: Option<AccountId>,
    /// Those in one state.
    pub state: Option<StateKind>,
}

impl Listing {
    /// The newest first, behind a place.
    pub async fn after(
        self,
        db: &impl ConnectionTrait,
        after: Option<DepositId>,
        limit: u64,
    ) -> Result<Vec<Deposit>, DbErr> {
        let mut found = Entity::find().order_by_desc(Column::Id).limit(limit);
        if let Some(account) = self.account {
            found = found.filter(Column::AccountId.eq(Uuid::from(account)));
        }
        if let Some(state) = self.state {
            // Literally, so that the index of those that wait is used.
            found = found.filter(is_literally(Column::State, state.as_str()));
        }
        if let Some(after) = after {
            found = found.filter(Column::Id.lt(Uuid::from(after)));
        }
        found.all(db).await?.into_iter().map(read).collect()
    }
}

/// Whether a payment with this reference is recorded for the account already.
pub async fn is_recorded(
    db: &impl ConnectionTrait,
    account: AccountId,
    reference: &Reference,
) -> Result<bool, DbErr> {
    let live = Expr::cust("state IN ('awaiting_second', 'posted')");
    let found = Entity::find()
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .filter(Column::ReferenceKey.eq(reference.key()))
        .filter(live)
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The deposits of all accounts whose payment has a reference, however it is written.
pub async fn with_reference(db: &impl ConnectionTrait, reference: &Reference) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .filter(Column::ReferenceKey.eq(reference.key()))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(db)
        .await
}

fn row(of: &Deposit) -> ActiveModel {
    let (settled_by, settled_at, reason, transfer) = match &of.state {
        DepositState::AwaitingSecond => (None, None, None, None),
        DepositState::Posted { at, by, transfer } => (Some(*by), Some(*at), None, Some(*transfer)),
        DepositState::Rejected { at, by, reason } => (Some(*by), Some(*at), Some(reason), None),
        DepositState::Reversed {
            at,
            by,
            transfer,
            reason,
        } => (Some(*by), Some(*at), Some(reason), Some(*transfer)),
    };
    ActiveModel {
        id: Set(of.id.into()),
        account_id: Set(of.account.into()),
        amount: Set(of.amount.minor()),
        currency: Set(of.amount.currency().code().to_owned()),
        reference: Set(of.reference.to_string()),
        reference_key: Set(of.reference.key()),
        note: Set(of.note.as_ref().map(ToString::to_string)),
        state: Set(of.state.kind().as_str().to_owned()),
        recorded_by: Set(of.recorded_by.into()),
        recorded_at: Set(of.recorded_at.as_millisecond()),
        settled_by: Set(settled_by.map(Uuid::from)),
        settled_at: Set(settled_at.map(Timestamp::as_millisecond)),
        reason: Set(reason.map(ToString::to_string)),
        transfer_id: Set(transfer.map(Uuid::from)),
    }
}

fn read(row: Model) -> Result<Deposit, DbErr> {
    let nowhere = || corrupt("deposit", row.id, "it stands nowhere");
    let settled = || -> Result<(Timestamp, StaffId), DbErr> {
        let (at, by) = row.settled_at.zip(row.settled_by).ok_or_else(nowhere)?;
        Ok((time(at), StaffId(by)))
    };
    let transfer = || row.transfer_id.map(TransferId).ok_or_else(nowhere);
    let reason = || row.reason.clone().map(Words::stored).ok_or_else(nowhere);
    let state = match row.state.as_str() {
        "awaiting_second" => DepositState::AwaitingSecond,
        "posted" => {
            let (at, by) = settled()?;
            let transfer = transfer()?;
            DepositState::Posted { at, by, transfer }
        }
        "rejected" => {
            let (at, by) = settled()?;
            let reason = reason()?;
            DepositState::Rejected { at, by, reason }
        }
        "reversed" => {
            let (at, by) = settled()?;
            DepositState::Reversed {
                at,
                by,
                transfer: transfer()?,
                reason: reason()?,
            }
        }
        _ => return Err(nowhere()),
    };
    Ok(Deposit {
        id: DepositId(row.id),
        account: AccountId(row.account_id),
        amount: super::money(row.amount, &row.currency, "deposit", row.id)?,
        reference: Reference::stored(row.reference),
        note: row.note.map(Words::stored),
        recorded_by: StaffId(row.recorded_by),
        recorded_at: time(row.recorded_at),
        state,
    })
}

//! The table of transfers from partner to partner, and the partners that may receive.

use accounts::{
    account::{Account, legal_name_key},
    store::rows::{account, user},
};
use jiff::Timestamp;
use kernel::{AccountId, CustomerId, CustomerTransferId, EmailAddress, StaffId, Words};
use platform::{Db, db::is_literally, due, event::time, secret::Token};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::rows::transfer::{ActiveModel, Column, Entity, Model};
use crate::rules::{Side, Transfer, TransferKind, TransferState};

/// One transfer.
pub async fn find(db: &impl ConnectionTrait, id: CustomerTransferId) -> Result<Option<Transfer>, DbErr> {
    one(Entity::find_by_id(Uuid::from(id)).one(db).await?)
}

/// One transfer, locked until the transaction ends. The account is locked first, then the relation, then this.
pub async fn lock(tx: &impl ConnectionTrait, id: CustomerTransferId) -> Result<Option<Transfer>, DbErr> {
    one(Entity::find_by_id(Uuid::from(id))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The transfer whose link this is.
pub async fn by_link(db: &impl ConnectionTrait, token: &Token) -> Result<Option<Transfer>, DbErr> {
    one(Entity::find()
        .filter(Column::TokenHash.eq(token.hash()))
        .one(db)
        .await?)
}

/// The open transfer of an account.
pub async fn open_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<Transfer>, DbErr> {
    one(Entity::find()
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .filter(is_open())
        .one(db)
        .await?)
}

/// The transfers that a relation was to end by, the newest first.
pub async fn of_relation(db: &impl ConnectionTrait, relation: CustomerId) -> Result<Vec<Transfer>, DbErr> {
    let rows = Entity::find()
        .filter(Column::RelationId.eq(Uuid::from(relation)))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Which transfers to list.
#[derive(Clone, Copy, Debug)]
pub struct Transfers {
    /// Those offered to this partner only.
    pub offered_to: Option<AccountId>,
    /// In this state only.
    pub state: Option<TransferKind>,
}

impl Transfers {
    /// The transfers behind one of them, the newest first, at most `limit`.
    pub async fn after(
        self,
        db: &impl ConnectionTrait,
        behind: Option<CustomerTransferId>,
        limit: u64,
    ) -> Result<Vec<Transfer>, DbErr> {
        let wanted = Condition::all()
            .add_option(self.offered_to.map(|to| {
                Condition::all()
                    .add(Column::ToId.eq(Uuid::from(to)))
                    .add(Column::OfferedAt.is_not_null())
            }))
            .add_option(self.state.map(|state| Column::State.eq(state.as_str())))
            .add_option(behind.map(|id| Column::Id.lt(Uuid::from(id))));
        let rows = Entity::find()
            .filter(wanted)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(db)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

/// What nobody answered in time, the longest ago first.
pub async fn expired(db: &Db, now: Timestamp) -> Result<Vec<CustomerTransferId>, DbErr> {
    let which = Condition::all()
        .add(is_open())
        .add(Column::ExpiresAt.lte(now.as_millisecond()));
    due::some::<Entity, _>(db.read(), which, Column::ExpiresAt, Column::Id).await
}

/// Writes a new transfer, with the customer's link.
pub async fn insert(tx: &impl ConnectionTrait, new: &Transfer, link: &Token) -> Result<(), DbErr> {
    let mut row = columns(new);
    row.relation_id = Set(new.relation.into());
    row.account_id = Set(new.account.into());
    row.from_id = Set(new.from.into());
    row.to_id = Set(new.to.into());
    row.opened_by = Set(new.opened_by.into());
    row.opened_at = Set(new.opened_at.as_millisecond());
    row.words = Set(new.words.to_string());
    row.token_hash = Set(link.hash());
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes where a transfer stands now.
pub async fn update(tx: &impl ConnectionTrait, changed: &Transfer) -> Result<(), DbErr> {
    columns(changed).update(tx).await.map(|_| ())
}

/// The partners that somebody means by an address, or else by words that the name holds; at most `limit`, by name.
pub async fn partners_called(
    db: &impl ConnectionTrait,
    text: &str,
    limit: u64,
) -> Result<Vec<Account>, DbErr> {
    let mut found = account::Entity::find()
        .find_also_related(user::Entity)
        .filter(account::Column::PartnerSince.is_not_null())
        .filter(is_literally(user::Column::Kind, "root"));
    found = if let Ok(email) = text.parse::<EmailAddress>() {
        found.filter(user::Column::Email.eq(email.as_str()))
    } else {
        let plain: String = legal_name_key(text)
            .chars()
            .filter(|c| !matches!(c, '%' | '_' | '\\'))
            .collect();
        found.filter(account::Column::LegalNameKey.contains(plain))
    };
    let ids: Vec<Uuid> = found
        .order_by_asc(account::Column::LegalNameKey)
        .order_by_asc(account::Column::Id)
        .limit(limit)
        .all(db)
        .await?
        .into_iter()
        .map(|(account, _)| account.id)
        .collect();
    let mut found = accounts::store::accounts(db, &ids.iter().copied().map(AccountId).collect()).await?;
    Ok(ids
        .into_iter()
        .filter_map(|id| found.remove(&AccountId(id)))
        .collect())
}

/// As the partial indexes say it.
fn is_open() -> Condition {
    Condition::any()
        .add(is_literally(
            Column::State,
            TransferKind::AwaitingCustomer.as_str(),
        ))
        .add(is_literally(
            Column::State,
            TransferKind::AwaitingPartner.as_str(),
        ))
}

fn one(row: Option<Model>) -> Result<Option<Transfer>, DbErr> {
    row.map(read).transpose()
}

/// Reads a row. Fails where the database holds what no transition writes.
fn read(row: Model) -> Result<Transfer, DbErr> {
    let state = state(&row).map_err(|error| DbErr::Custom(format!("transfer {}: {error}", row.id)))?;
    Ok(Transfer {
        id: CustomerTransferId(row.id),
        relation: CustomerId(row.relation_id),
        account: AccountId(row.account_id),
        from: AccountId(row.from_id),
        to: AccountId(row.to_id),
        opened_by: StaffId(row.opened_by),
        opened_at: time(row.opened_at),
        words: Words::stored(row.words),
        offered_at: row.offered_at.map(time),
        state,
    })
}

fn state(row: &Model) -> Result<TransferState, &'static str> {
    let expires_at = || row.expires_at.map(time).ok_or("does not expire");
    let at = || row.settled_at.map(time).ok_or("is settled, but not since when");
    let side = || {
        let side = row.side.as_deref().and_then(|side| side.parse::<Side>().ok());
        side.ok_or("does not say who was to answer")
    };
    let kind: TransferKind = row.state.parse().map_err(|()| "is in no known state")?;
    Ok(match kind {
        TransferKind::AwaitingCustomer => TransferState::AwaitingCustomer {
            expires_at: expires_at()?,
        },
        TransferKind::AwaitingPartner => TransferState::AwaitingPartner {
            expires_at: expires_at()?,
        },
        TransferKind::Done => TransferState::Done {
            at: at()?,
            next: row.next_id.map(CustomerId).ok_or("is done, but began nothing")?,
        },
        TransferKind::Declined => TransferState::Declined {
            at: at()?,
            side: side()?,
        },
        TransferKind::Withdrawn => TransferState::Withdrawn {
            at: at()?,
            by: row
                .withdrawn_by
                .map(StaffId)
                .ok_or("is withdrawn, but not by whom")?,
        },
        TransferKind::Expired => TransferState::Expired {
            at: at()?,
            side: side()?,
        },
        TransferKind::Lapsed => TransferState::Lapsed { at: at()? },
    })
}

/// The columns of what may change: where it stands.
fn columns(of: &Transfer) -> ActiveModel {
    let millis = |at: Timestamp| Some(at.as_millisecond());
    let mut row = ActiveModel {
        id: Set(of.id.into()),
        offered_at: Set(of.offered_at.and_then(millis)),
        state: Set(of.state.kind().as_str().to_owned()),
        expires_at: Set(of.open().ok().and_then(|(_, until)| millis(until))),
        ..Default::default()
    };
    match of.state {
        TransferState::AwaitingCustomer { .. } | TransferState::AwaitingPartner { .. } => {}
        TransferState::Done { at, next } => {
            row.settled_at = Set(millis(at));
            row.next_id = Set(Some(next.into()));
        }
        TransferState::Declined { at, side } | TransferState::Expired { at, side } => {
            row.settled_at = Set(millis(at));
            row.side = Set(Some(side.as_str().to_owned()));
        }
        TransferState::Withdrawn { at, by } => {
            row.settled_at = Set(millis(at));
            row.withdrawn_by = Set(Some(by.into()));
        }
        TransferState::Lapsed { at } => row.settled_at = Set(millis(at)),
    }
    row
}

//! The tables of partners' customers.

pub mod listing;
mod read;
pub mod rows;
pub mod transfers;

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, CustomerId, EmailAddress};
use platform::{
    Db,
    db::{Given, is_literally},
    due::{self, Deadlines},
    event::time,
    secret::Token,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value, sea_query::Expr,
};
use uuid::Uuid;

pub use listing::{Listing, Order, Place};
pub use read::read;
use rows::customer::{Column, Entity, Model};

use crate::rules::{Customer, StateKind};

/// One relation.
pub async fn find(db: &impl ConnectionTrait, id: CustomerId) -> Result<Option<Customer>, DbErr> {
    one(Entity::find_by_id(Uuid::from(id)).one(db).await?)
}

/// One relation, locked until the transaction ends. Whoever also locks an account locks that first.
pub async fn lock(tx: &impl ConnectionTrait, id: CustomerId) -> Result<Option<Customer>, DbErr> {
    one(Entity::find_by_id(Uuid::from(id))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The relation whose newest invitation holds this link.
pub async fn by_link(db: &impl ConnectionTrait, token: &Token) -> Result<Option<Customer>, DbErr> {
    one(Entity::find()
        .filter(Column::TokenHash.eq(token.hash()))
        .one(db)
        .await?)
}

/// The same, locked. Of two that answer one link, the second sees what the first did.
pub async fn lock_by_link(tx: &impl ConnectionTrait, token: &Token) -> Result<Option<Customer>, DbErr> {
    one(Entity::find()
        .filter(Column::TokenHash.eq(token.hash()))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The addresses among these that the partner has an open relation with: invited, confirmed or active.
pub async fn open_among(
    db: &impl ConnectionTrait,
    partner: AccountId,
    emails: &[EmailAddress],
) -> Result<Vec<EmailAddress>, DbErr> {
    let open = StateKind::ALL.into_iter().filter(|kind| kind.is_open());
    let mut found: Vec<EmailAddress> = Vec::new();
    // Statements take a limited number of values.
    for some in emails.chunks(500) {
        let rows: Vec<String> = Entity::find()
            .filter(Column::PartnerId.eq(Uuid::from(partner)))
            .filter(Column::Email.is_in(some.iter().map(EmailAddress::as_str)))
            .filter(Column::State.is_in(open.clone().map(StateKind::as_str)))
            .select_only()
            .column(Column::Email)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.iter().filter_map(|email| email.parse().ok()));
    }
    Ok(found)
}

/// When the partner last invited those of these addresses to which it wrote after `since`, whatever became of it.
pub async fn last_sent(
    db: &impl ConnectionTrait,
    partner: AccountId,
    emails: &[EmailAddress],
    since: Timestamp,
) -> Result<HashMap<EmailAddress, Timestamp>, DbErr> {
    let mut last = HashMap::new();
    for some in emails.chunks(500) {
        let rows: Vec<(String, i64)> = Entity::find()
            .filter(Column::PartnerId.eq(Uuid::from(partner)))
            .filter(Column::SentAt.gt(since.as_millisecond()))
            .filter(Column::Email.is_in(some.iter().map(EmailAddress::as_str)))
            .filter(invited())
            .select_only()
            .column(Column::Email)
            .column_as(Column::SentAt.max(), "sent_at")
            .group_by(Column::Email)
            .into_tuple()
            .all(db)
            .await?;
        let known = |(email, at): (String, i64)| Some((email.parse().ok()?, time(at)));
        last.extend(rows.into_iter().filter_map(known));
    }
    Ok(last)
}

/// That the partner wrote to somebody: who came by a transfer or with the provider's list was not invited.
fn invited() -> Expr {
    Column::TokenHash.is_not_null()
}

/// The partner's open relation with an address, locked.
pub async fn lock_open_with(
    tx: &impl ConnectionTrait,
    partner: AccountId,
    email: &EmailAddress,
) -> Result<Option<Customer>, DbErr> {
    let open = StateKind::ALL.into_iter().filter(|kind| kind.is_open());
    one(Entity::find()
        .filter(Column::PartnerId.eq(Uuid::from(partner)))
        .filter(Column::Email.eq(email.as_str()))
        .filter(Column::State.is_in(open.map(StateKind::as_str)))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// How many addresses the partner wrote to within the day before `now`.
pub async fn sent_within_day(
    db: &impl ConnectionTrait,
    partner: AccountId,
    now: Timestamp,
) -> Result<u64, DbErr> {
    let since = (now - SignedDuration::from_hours(24)).as_millisecond();
    Entity::find()
        .filter(Column::PartnerId.eq(Uuid::from(partner)))
        .filter(invited())
        .filter(Column::SentAt.gt(since))
        .count(db)
        .await
}

/// The relations of an account that confirmed: the one that is active or awaits approval first, then the newest.
pub async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Customer>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(Uuid::from(account)))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|customer| !customer.state.kind().is_open());
    Ok(all)
}

/// The partner's active relation with an account.
pub async fn active_with(
    db: &impl ConnectionTrait,
    partner: AccountId,
    account: AccountId,
) -> Result<Option<Customer>, DbErr> {
    let all = of_account(db, account).await?;
    let is_it =
        |customer: &Customer| customer.partner == partner && customer.state.kind() == StateKind::Active;
    Ok(all.into_iter().find(is_it))
}

/// The partners of those of these accounts that are active customers, and what they call them.
pub async fn names(
    db: &impl ConnectionTrait,
    accounts: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, (AccountId, String)>, DbErr> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let accounts: Vec<Value> = accounts.iter().map(|id| Uuid::from(*id).into()).collect();
    let backend = db.get_database_backend();
    let given = Given::rows(backend, "g", &["id"], &accounts)?;
    let sql = format!(
        "SELECT g.id, c.partner_id, c.name FROM {} JOIN customers AS c ON c.account_id = g.id AND c.state = 'active'",
        given.table
    );
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, given.values))
        .await?;
    rows.iter()
        .map(|row| {
            let (account, partner): (Uuid, Uuid) = (row.try_get("", "id")?, row.try_get("", "partner_id")?);
            Ok((account.into(), (partner.into(), row.try_get("", "name")?)))
        })
        .collect()
}

/// All active relations of a partner, by name.
pub async fn active(db: &impl ConnectionTrait, partner: AccountId) -> Result<Vec<Customer>, DbErr> {
    Entity::find()
        .filter(Column::PartnerId.eq(Uuid::from(partner)))
        .filter(is_literally(Column::State, StateKind::Active.as_str()))
        .order_by_asc(Column::NameKey)
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Writes a new relation, with the link of its invitation where one was sent.
pub async fn insert(tx: &impl ConnectionTrait, new: &Customer, link: Option<&Token>) -> Result<(), DbErr> {
    let row = row(new, link);
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// The row of a new relation.
#[must_use]
pub fn row(new: &Customer, link: Option<&Token>) -> rows::customer::ActiveModel {
    let mut row = read::columns(new, None);
    row.id = Set(new.id.into());
    row.partner_id = Set(new.partner.into());
    row.email = Set(new.email.to_string());
    row.language = Set(new.language.tag().to_owned());
    row.invited_at = Set(new.invited_at.as_millisecond());
    row.token_hash = Set(link.map(Token::hash));
    row
}

/// Writes what changed of a relation. `remind_at` is when staff are reminded of it.
pub async fn update(
    tx: &impl ConnectionTrait,
    changed: &Customer,
    remind_at: Option<Timestamp>,
) -> Result<(), DbErr> {
    let mut row = read::columns(changed, remind_at);
    row.id = Set(changed.id.into());
    row.update(tx).await.map(|_| ())
}

/// Gives a relation another link; the one before leads nowhere.
pub async fn set_link(tx: &impl ConnectionTrait, of: CustomerId, link: &Token) -> Result<(), DbErr> {
    let row = rows::customer::ActiveModel {
        id: Set(of.into()),
        token_hash: Set(Some(link.hash())),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// How many await approval: few of all, so they are counted.
pub async fn waiting_count(db: &Db) -> Result<u64, DbErr> {
    Entity::find()
        .filter(is_literally(Column::State, StateKind::AwaitingApproval.as_str()))
        .count(db.read())
        .await
}

/// The relations whose invitation nobody answered in time, the longest ago first.
pub async fn expired(db: &Db, now: Timestamp) -> Result<Vec<CustomerId>, DbErr> {
    let which = Condition::all()
        .add(is_literally(Column::State, StateKind::AwaitingCustomer.as_str()))
        .add(Column::ExpiresAt.lte(now.as_millisecond()));
    due::some::<Entity, _>(db.read(), which, Column::ExpiresAt, Column::Id).await
}

/// By when staff decide.
pub const DEADLINES: Deadlines<Entity> = Deadlines {
    id: Column::Id,
    state: Column::State,
    waiting: StateKind::AwaitingApproval.as_str(),
    due_at: Column::DueAt,
    remind_at: Column::RemindAt,
    reminded_at: Column::RemindedAt,
    escalated_at: Column::EscalatedAt,
};

fn one(row: Option<Model>) -> Result<Option<Customer>, DbErr> {
    row.map(read).transpose()
}

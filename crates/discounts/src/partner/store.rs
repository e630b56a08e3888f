//! The tables of partner discounts.

mod read;
pub mod rows;

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{AccountId, PartnerDiscountId, Percent};
use platform::{
    Db,
    db::is_literally,
    due::{self, Deadlines},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::rules::{Change, PartnerDiscount, Standing, State, StateKind, differences, in_force};
use crate::price::PartnerTerm;
use rows::{discount, line};

/// One discount.
pub async fn find(
    db: &impl ConnectionTrait,
    id: PartnerDiscountId,
) -> Result<Option<PartnerDiscount>, DbErr> {
    let row = discount::Entity::find_by_id(Uuid::from(id)).one(db).await?;
    Ok(read::read(db, row.into_iter().collect()).await?.pop())
}

/// All of a partner's, the newest first.
pub async fn of_partner(
    db: &impl ConnectionTrait,
    partner: AccountId,
) -> Result<Vec<PartnerDiscount>, DbErr> {
    let rows = discount::Entity::find()
        .filter(discount::Column::AccountId.eq(Uuid::from(partner)))
        .order_by_desc(discount::Column::Id)
        .all(db)
        .await?;
    read::read(db, rows).await
}

/// What a partner has under way.
pub async fn standing(db: &impl ConnectionTrait, partner: AccountId) -> Result<Standing, DbErr> {
    let live = [
        StateKind::AwaitingApproval,
        StateKind::AwaitingActivation,
        StateKind::Active,
    ];
    let any = live
        .into_iter()
        .fold(Condition::any(), |any, kind| any.add(is(kind)));
    let rows = discount::Entity::find()
        .filter(discount::Column::AccountId.eq(Uuid::from(partner)))
        .filter(any)
        .all(db)
        .await?;
    Ok(Standing::of(read::read(db, rows).await?))
}

/// What a partner's discounts took, take and will take off each product: the facts of the question what something costs.
/// One that is approved counts from its moment on, whether or not somebody wrote down yet that it began.
pub async fn terms(db: &impl ConnectionTrait, partner: AccountId) -> Result<Vec<PartnerTerm>, DbErr> {
    let all = of_partner(db, partner).await?;
    let terms = in_force(&all).into_iter().flat_map(|stretch| {
        stretch
            .grant
            .terms
            .percents
            .iter()
            .map(move |(product, percent)| PartnerTerm {
                discount: stretch.discount.id,
                product,
                percent,
                from: stretch.from,
                until: stretch.until,
            })
    });
    Ok(terms.collect())
}

/// Which discounts a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listing {
    /// Of which partner.
    pub partner: Option<AccountId>,
    /// In which state.
    pub state: Option<StateKind>,
    /// The oldest first, and so the most urgent of those that wait; without it, the newest.
    pub oldest_first: bool,
}

impl Listing {
    /// At most `limit` of them, behind `after`.
    pub async fn after(
        self,
        db: &impl ConnectionTrait,
        after: Option<PartnerDiscountId>,
        limit: u64,
    ) -> Result<Vec<PartnerDiscount>, DbErr> {
        let mut query = discount::Entity::find().limit(limit);
        if let Some(partner) = self.partner {
            query = query.filter(discount::Column::AccountId.eq(Uuid::from(partner)));
        }
        if let Some(state) = self.state {
            query = query.filter(is(state));
        }
        let after = after.map(Uuid::from);
        query = if self.oldest_first {
            let behind = after.map(|after| discount::Column::Id.gt(after));
            query
                .filter(Condition::all().add_option(behind))
                .order_by_asc(discount::Column::Id)
        } else {
            let behind = after.map(|after| discount::Column::Id.lt(after));
            query
                .filter(Condition::all().add_option(behind))
                .order_by_desc(discount::Column::Id)
        };
        read::read(db, query.all(db).await?).await
    }
}

/// Another discount is in the place that this one would take.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The partner has one in that state already, or this one is not any more what it was read as.
    #[error("another change came first")]
    Overtaken,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// A unique index keeps a place for one discount; whoever comes second is told so, and not that the database failed.
fn overtaken(error: DbErr) -> SaveError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => SaveError::Overtaken,
        _ => SaveError::Database(error),
    }
}

/// Writes a new request. `remind_at` is when staff are reminded of it.
pub async fn insert(
    tx: &impl ConnectionTrait,
    new: &PartnerDiscount,
    due: Timestamp,
    remind_at: Option<Timestamp>,
) -> Result<(), SaveError> {
    let row = discount::ActiveModel {
        id: Set(new.id.into()),
        account_id: Set(new.partner.into()),
        asked_at: Set(new.asked_at.as_millisecond()),
        asked_from: Set(new.asked.from.to_string()),
        note: Set(new.note.as_ref().map(ToString::to_string)),
        due_at: Set(due.as_millisecond()),
        remind_at: Set(remind_at.map(Timestamp::as_millisecond)),
        ..state_columns(new)
    };
    discount::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map_err(overtaken)?;
    write_lines(tx, new).await?;
    Ok(())
}

/// Writes a change, if the discount still is what it was read as.
pub async fn save(tx: &impl ConnectionTrait, change: &Change) -> Result<(), SaveError> {
    let Change { before, after } = change;
    let saved = discount::Entity::update_many()
        .set(state_columns(after))
        .filter(discount::Column::Id.eq(Uuid::from(after.id)))
        .filter(is(before.state.kind()))
        .exec(tx)
        .await
        .map_err(overtaken)?;
    if saved.rows_affected != 1 {
        return Err(SaveError::Overtaken);
    }
    if before.grant().is_none() && after.grant().is_some() {
        line::Entity::delete_many()
            .filter(line::Column::DiscountId.eq(Uuid::from(after.id)))
            .exec(tx)
            .await?;
        write_lines(tx, after).await?;
    }
    Ok(())
}

async fn write_lines(tx: &impl ConnectionTrait, of: &PartnerDiscount) -> Result<(), DbErr> {
    let granted = of.grant().map(|grant| &grant.terms.percents);
    let number = |percent: Percent| i32::from(percent.hundredths());
    let lines = differences(Some(&of.asked.percents), granted)
        .into_iter()
        .map(|line| line::ActiveModel {
            discount_id: Set(of.id.into()),
            product_id: Set(line.product.into()),
            asked: Set(line.one.map(number)),
            granted: Set(line.other.map(number)),
        });
    line::Entity::insert_many(lines)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

fn state_columns(of: &PartnerDiscount) -> discount::ActiveModel {
    let mut columns = discount::ActiveModel {
        state: Set(of.state.kind().as_str().to_owned()),
        ..Default::default()
    };
    if let Some(grant) = of.grant() {
        columns.settled_at = Set(Some(grant.at.as_millisecond()));
        columns.decided_by = Set(Some(grant.by.into()));
        columns.granted_from = Set(Some(grant.terms.from.to_string()));
        columns.starts_at = Set(Some(grant.starts_at.as_millisecond()));
        columns.words = Set(grant.words.as_ref().map(ToString::to_string));
    }
    match &of.state {
        State::AwaitingApproval { .. } | State::AwaitingActivation(_) | State::Active(_) => {}
        State::Expired { until, by, .. } => {
            columns.ended_at = Set(Some(until.as_millisecond()));
            columns.ended_by = Set(Some((*by).into()));
        }
        State::Rejected { at, by, words } => {
            columns.settled_at = Set(Some(at.as_millisecond()));
            columns.decided_by = Set(Some((*by).into()));
            columns.words = Set(Some(words.to_string()));
        }
        State::Withdrawn { at } => columns.settled_at = Set(Some(at.as_millisecond())),
    }
    columns
}

fn is(kind: StateKind) -> sea_orm::sea_query::SimpleExpr {
    is_literally(discount::Column::State, kind.as_str())
}

/// The partners with a discount that is due to begin, the longest due first.
pub async fn due_to_begin(db: &Db, now: Timestamp) -> Result<Vec<AccountId>, DbErr> {
    let which = Condition::all()
        .add(is(StateKind::AwaitingActivation))
        .add(discount::Column::StartsAt.lte(now.as_millisecond()));
    let (at, partner) = (discount::Column::StartsAt, discount::Column::AccountId);
    due::some::<discount::Entity, _>(db.read(), which, at, partner).await
}

/// By when staff decide.
pub const DEADLINES: Deadlines<discount::Entity> = Deadlines {
    id: discount::Column::Id,
    state: discount::Column::State,
    waiting: StateKind::AwaitingApproval.as_str(),
    due_at: discount::Column::DueAt,
    remind_at: discount::Column::RemindAt,
    reminded_at: discount::Column::RemindedAt,
    escalated_at: discount::Column::EscalatedAt,
};

/// What partners are called.
pub async fn partner_names(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, String>, DbErr> {
    use accounts::store::rows::account;
    let rows: Vec<(Uuid, Option<String>)> = account::Entity::find()
        .filter(account::Column::Id.is_in(of.into_iter().map(Uuid::from)))
        .select_only()
        .columns([account::Column::Id, account::Column::LegalName])
        .into_tuple()
        .all(db)
        .await?;
    // Only companies are partners.
    let named = rows
        .into_iter()
        .map(|(id, name)| (AccountId(id), name.unwrap_or_default()));
    Ok(named.collect())
}

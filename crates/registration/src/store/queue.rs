//! The queue of staff: searched, filtered, the most urgent first.

use jiff::Timestamp;
use kernel::StaffId;
use platform::Db;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LikeExpr, NullOrdering},
};
use uuid::Uuid;

use super::{
    read,
    rows::registration::{Column, Entity},
};
use crate::rules::{Registration, StateKind};

/// How many registrations stand on a page.
pub const PAGE: u64 = 50;

/// What staff look for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// In this state only.
    pub state: Option<StateKind>,
    /// Held by.
    pub holder: Option<Holder>,
    /// Only those with (or without) an open question.
    pub asked: Option<bool>,
    /// Only those that are due before this moment and still wait.
    pub due_before: Option<Timestamp>,
    /// Words that all occur in the reference, legal name, tax code or email.
    pub text: String,
    /// The page, from 0.
    pub page: u64,
}

/// Who holds a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody yet.
    Nobody,
    /// This one.
    Staff(StaffId),
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The registrations of the page.
    pub registrations: Vec<Registration>,
    /// How many there are on all pages.
    pub total: u64,
}

/// Searches. Those that wait come first, by time left; those whose clock is stopped come after them; then the
/// settled ones, the newest first.
pub async fn search(db: &Db, search: &Search) -> Result<Found, DbErr> {
    let query = Entity::find().filter(condition(search));
    let total = query.clone().count(db.read()).await?;
    let rows = query
        .order_by_with_nulls(Column::SettledAt, Order::Desc, NullOrdering::First)
        .order_by_with_nulls(Column::DueAt, Order::Asc, NullOrdering::Last)
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .offset(search.page.saturating_mul(PAGE))
        .limit(PAGE)
        .all(db.read())
        .await?;
    let registrations = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Found { registrations, total })
}

/// How many await approval.
pub async fn waiting_count(db: &Db) -> Result<u64, DbErr> {
    let search = Search {
        state: Some(StateKind::AwaitingApproval),
        ..Search::default()
    };
    Entity::find().filter(condition(&search)).count(db.read()).await
}

fn condition(search: &Search) -> Condition {
    let words = search.text.split_whitespace().take(8).map(|word| {
        let literal = word
            .to_lowercase()
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        Column::SearchKey.like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
    });
    let waiting = StateKind::AwaitingApproval.as_str();
    Condition::all()
        .add_option(search.state.map(|state| Column::State.eq(state.as_str())))
        .add_option(search.holder.map(|holder| match holder {
            Holder::Nobody => Column::ReviewerId.is_null(),
            Holder::Staff(staff) => Column::ReviewerId.eq(Uuid::from(staff)),
        }))
        .add_option(search.asked.map(|asked| {
            if asked {
                Column::Question.is_not_null()
            } else {
                Column::Question.is_null()
            }
        }))
        .add_option(search.due_before.map(|moment| {
            Condition::all()
                .add(Column::DueAt.lt(moment.as_millisecond()))
                .add(Column::State.eq(waiting))
        }))
        .add(words.fold(Condition::all(), Condition::add))
}

//! How the review stands, as the database has it now.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::calendar::{BusinessTime, Deadline};
use platform::{
    db::is_literally,
    event::{self, time},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::rows::registration::{Column, Entity};
use crate::{
    desk::Desk,
    rules::StateKind,
    stats::{ClockTurn, Waiting, Week, by_week, percentile, time_to_decision, weeks_begin},
};

/// How many days back decisions are measured.
pub const DAYS: u8 = 90;
/// How many weeks of approvals are shown.
pub const WEEKS: u8 = 12;

/// What waits, how long decisions take, how many became partners.
#[derive(Clone, Debug)]
pub struct Figures {
    /// What awaits a decision.
    pub waiting: Waiting,
    /// How many were decided in the last [`DAYS`].
    pub decided: usize,
    /// Half of them took no longer.
    pub median: Option<BusinessTime>,
    /// Nine of ten of them took no longer.
    pub ninetieth: Option<BusinessTime>,
    /// Who became a partner, in each of the last [`WEEKS`].
    pub approvals: Vec<Week>,
}

impl Figures {
    /// Gathers them as they stand at `now`.
    pub async fn gather(desk: &Desk, now: Timestamp) -> Result<Self, DbErr> {
        let db = desk.app().db();
        let calendar = desk.calendar();
        let taken = times_to_decision(desk, now - SignedDuration::from_hours(i64::from(DAYS) * 24)).await?;
        let since = weeks_begin(calendar.zone(), now, WEEKS);
        let approved = approvals(db.read(), since).await?;
        Ok(Self {
            waiting: Waiting::count(calendar, now, deadlines(db.read()).await?),
            decided: taken.len(),
            median: percentile(&taken, 50),
            ninetieth: percentile(&taken, 90),
            approvals: by_week(calendar.zone(), now, WEEKS, approved),
        })
    }
}

/// The deadlines of all that await approval.
async fn deadlines(db: &impl ConnectionTrait) -> Result<Vec<Deadline>, DbErr> {
    let texts: Vec<Option<String>> = Entity::find()
        .filter(is_literally(Column::State, StateKind::AwaitingApproval.as_str()))
        .select_only()
        .column(Column::Deadline)
        .into_tuple()
        .all(db)
        .await?;
    texts
        .iter()
        .flatten()
        .map(|text| {
            serde_json::from_str(text).map_err(|error| DbErr::Custom(format!("deadline {text}: {error}")))
        })
        .collect()
}

/// When accounts became partners.
async fn approvals(db: &impl ConnectionTrait, since: Timestamp) -> Result<Vec<Timestamp>, DbErr> {
    let moments: Vec<i64> = Entity::find()
        .filter(is_literally(Column::State, StateKind::Approved.as_str()))
        .filter(Column::SettledAt.gte(since.as_millisecond()))
        .select_only()
        .column(Column::SettledAt)
        .into_tuple()
        .all(db)
        .await?;
    Ok(moments.into_iter().map(time).collect())
}

/// How long the decisions since then took.
async fn times_to_decision(desk: &Desk, since: Timestamp) -> Result<Vec<BusinessTime>, DbErr> {
    let db = desk.app().db().read();
    let decided: Vec<(Uuid, i64, i64)> = Entity::find()
        .filter(Column::State.is_in([StateKind::Approved.as_str(), StateKind::Rejected.as_str()]))
        .filter(Column::SettledAt.gte(since.as_millisecond()))
        .select_only()
        .columns([Column::Id, Column::SubmittedAt, Column::SettledAt])
        .into_tuple()
        .all(db)
        .await?;
    let turns = turns(db, &decided.iter().map(|(id, ..)| *id).collect::<Vec<_>>()).await?;
    let taken = decided.iter().map(|(id, submitted, settled)| {
        let turns = turns.get(id).map_or(&[][..], Vec::as_slice);
        time_to_decision(desk.calendar(), time(*submitted), time(*settled), turns)
    });
    Ok(taken.collect())
}

/// When the clocks of these registrations stopped and ran on, in order.
async fn turns(db: &impl ConnectionTrait, of: &[Uuid]) -> Result<HashMap<Uuid, Vec<ClockTurn>>, DbErr> {
    const ASKED: &str = "registration.question_asked";
    const ANSWERED: &str = "registration.question_answered";
    let mut turns: HashMap<Uuid, Vec<ClockTurn>> = HashMap::new();
    // Databases bound the number of values in a query.
    for some in of.chunks(500) {
        let events: Vec<(Uuid, i64, String)> = event::row::Entity::find()
            .filter(event::row::Column::SubjectId.is_in(some.iter().copied()))
            .filter(event::row::Column::Kind.is_in([ASKED, ANSWERED]))
            .order_by_asc(event::row::Column::Id)
            .select_only()
            .columns([
                event::row::Column::SubjectId,
                event::row::Column::At,
                event::row::Column::Kind,
            ])
            .into_tuple()
            .all(db)
            .await?;
        for (id, at, kind) in events {
            let turn = if kind == ASKED {
                ClockTurn::Stopped(time(at))
            } else {
                ClockTurn::Resumed(time(at))
            };
            turns.entry(id).or_default().push(turn);
        }
    }
    Ok(turns)
}

//! The figures, as the database has them now.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::calendar::{BusinessTime, Deadline};
use platform::{
    db::is_literally,
    event::{self, time},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    desk::Desk,
    rules::{Registration, StateKind},
    stats::{ClockTurn, Waiting, Week, by_week, percentile, time_to_decision, weeks_begin},
    store::{
        self, Search,
        rows::registration::{Column, Entity},
    },
};

/// How many days back decisions are measured.
pub(super) const DAYS: u8 = 90;
/// How many weeks of approvals are shown.
pub(super) const WEEKS: u8 = 12;
/// How many of the most urgent cases are shown.
const URGENT: u64 = 5;

pub(super) struct Figures {
    pub(super) waiting: Waiting,
    /// How many were decided in the last [`DAYS`].
    pub(super) decided: usize,
    /// Of their times to decision.
    pub(super) median: Option<BusinessTime>,
    pub(super) ninetieth: Option<BusinessTime>,
    pub(super) approvals: Vec<Week>,
    pub(super) urgent: Vec<Registration>,
}

impl Figures {
    pub(super) async fn gather(desk: &Desk, now: Timestamp) -> Result<Self, DbErr> {
        let db = desk.app().db();
        let calendar = desk.calendar();
        let taken = times_to_decision(desk, now - SignedDuration::from_hours(i64::from(DAYS) * 24)).await?;
        let since = weeks_begin(calendar.zone(), now, WEEKS);
        let approved = approvals(db.read(), since).await?;
        let waiting = Search {
            state: Some(StateKind::AwaitingApproval),
            limit: URGENT,
            ..Search::default()
        };
        let urgent = store::search(db, &waiting).await?.registrations;
        Ok(Self {
            waiting: Waiting::count(calendar, now, deadlines(db.read()).await?),
            decided: taken.len(),
            median: percentile(&taken, 50),
            ninetieth: percentile(&taken, 90),
            approvals: by_week(calendar.zone(), now, WEEKS, approved),
            urgent,
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

//! What falls due: jobs find the rows whose time has come and do something once for each, however many processes look.
//! Staff's [`Deadlines`] are such, of which they are reminded, and a job tells when one is missed.

use std::fmt::Display;

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    App,
    db::is_literally,
    job::{Failure, Several},
};

/// How many rows a job finds at one look.
pub const SOME: u64 = 100;

/// The ids in a column of rows whose time has come, [`SOME`] at most, the longest due first.
pub async fn some<E: EntityTrait, Id: From<Uuid>>(
    db: &impl ConnectionTrait,
    which: Condition,
    at: E::Column,
    id: E::Column,
) -> Result<Vec<Id>, DbErr> {
    let rows = E::find().filter(which).order_by_asc(at).limit(SOME);
    let ids: Vec<Uuid> = rows.select_only().column(id).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(Id::from).collect())
}

/// The rows for which something is to be done now, once each.
#[derive(Clone, Debug)]
pub struct Due<E: EntityTrait> {
    /// The column of the ids.
    pub id: E::Column,
    /// The rows whose time has come, done or not.
    pub which: Condition,
    /// The column of that time.
    pub at: E::Column,
    /// The column that says when it was done; empty before.
    pub done: E::Column,
    /// Now.
    pub now: Timestamp,
}

impl<E: EntityTrait> Due<E> {
    /// [`SOME`] of them at most, the longest due first.
    pub async fn some<Id: From<Uuid>>(&self, db: &impl ConnectionTrait) -> Result<Vec<Id>, DbErr> {
        some::<E, _>(db, self.undone(), self.at, self.id).await
    }

    /// Claims one, in the transaction that does it. Of several processes that try, one is told `true`, once.
    pub async fn claim(&self, tx: &impl ConnectionTrait, id: impl Into<Uuid>) -> Result<bool, DbErr> {
        let claimed = E::update_many()
            .col_expr(self.done, Some(self.now.as_millisecond()).into())
            .filter(self.id.eq(id.into()))
            .filter(self.undone())
            .exec(tx)
            .await?;
        Ok(claimed.rows_affected == 1)
    }

    fn undone(&self) -> Condition {
        Condition::all().add(self.which.clone()).add(self.done.is_null())
    }
}

/// What happens once for a row that waits for staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// Staff are reminded: little time is left, and the deadline is not missed yet.
    Reminder,
    /// The deadline is missed.
    Missed,
}

/// The columns of a table that say by when staff decide.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines<E: EntityTrait> {
    /// The id.
    pub id: E::Column,
    /// The state.
    pub state: E::Column,
    /// In which state a row waits for staff.
    pub waiting: &'static str,
    /// By when they decide.
    pub due_at: E::Column,
    /// From when they are reminded.
    pub remind_at: E::Column,
    /// When they were.
    pub reminded_at: E::Column,
    /// When it was told that the deadline is missed.
    pub escalated_at: E::Column,
}

impl<E: EntityTrait> Deadlines<E> {
    /// The rows that have reached a milestone.
    #[must_use]
    pub fn at(&self, milestone: Milestone, now: Timestamp) -> Due<E> {
        let millis = now.as_millisecond();
        let waiting = Condition::all().add(is_literally(self.state, self.waiting));
        let (which, done) = match milestone {
            Milestone::Reminder => {
                let is_near = waiting
                    .add(self.remind_at.lte(millis))
                    .add(self.due_at.gte(millis));
                (is_near, self.reminded_at)
            }
            Milestone::Missed => (waiting.add(self.due_at.lt(millis)), self.escalated_at),
        };
        let (id, at) = (self.id, self.due_at);
        Due {
            id,
            which,
            at,
            done,
            now,
        }
    }

    /// Acts on some of the rows that have reached a milestone. Whoever acts claims it, and so looks at the row again.
    pub async fn each<Id, F, R>(
        &self,
        app: &App,
        several: &mut Several,
        act: impl Fn(Id, Milestone) -> F,
    ) -> Result<(), DbErr>
    where
        Id: From<Uuid> + Copy + Display,
        F: Future<Output = Result<(), R>>,
        R: Failure,
    {
        for milestone in [Milestone::Reminder, Milestone::Missed] {
            let reached = self
                .at(milestone, app.clock().now())
                .some(app.db().read())
                .await?;
            several.each(reached, |id| act(id, milestone)).await;
        }
        Ok(())
    }
}

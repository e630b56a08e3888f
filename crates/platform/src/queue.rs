//! What awaits a decision of the provider's staff. A room says once where its decisions wait; the dashboard and the
//! figures for machines read it there.

use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};

use crate::{
    App, Db,
    collect::{Collector, Sample},
    web::Need,
};

/// Where decisions of one kind wait. All times in the database are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy)]
pub struct Queue {
    /// The table, which names the kind among figures, too.
    pub of: &'static str,
    /// The value of its column `state` while one waits. An index over those rows alone keeps counting cheap.
    pub state: &'static str,
    /// The column that says since when one has waited.
    pub since: &'static str,
    /// Whether there is a deadline: then `due_at` says by when, and `escalated_at` is set once, when it is missed.
    pub has_deadline: bool,
    /// The page where they are decided.
    pub href: &'static str,
    /// The message that names them.
    pub label: &'static str,
    /// Who sees that page.
    pub need: Need,
}

/// How a queue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many wait.
    pub waiting: i64,
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
    /// How many of them are past their deadline; none where there is no deadline.
    pub overdue: i64,
}

impl Queue {
    /// How it stands at `now`.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn length(&self, db: &Db, now: Timestamp) -> Result<Length, DbErr> {
        let Self { of, state, since, .. } = self;
        let now = now.as_millisecond();
        let overdue = if self.has_deadline {
            format!("(SELECT COUNT(*) FROM {of} WHERE state = '{state}' AND due_at <= {now})")
        } else {
            "0".to_owned()
        };
        // States as literals: with parameters neither database would know that its partial index fits.
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM {of} WHERE state = '{state}') AS waiting, \
             (SELECT MIN({since}) FROM {of} WHERE state = '{state}') AS oldest, \
             CAST({overdue} AS BIGINT) AS overdue"
        );
        let row = self.row(db, sql).await?;
        let oldest: Option<i64> = row.try_get("", "oldest")?;
        Ok(Length {
            waiting: row.try_get("", "waiting")?,
            oldest: oldest.and_then(|at| Timestamp::from_millisecond(at).ok()),
            overdue: row.try_get("", "overdue")?,
        })
    }

    /// How many deadlines were missed, ever: more and more rows, so only figures ask.
    async fn missed(&self, db: &Db) -> Result<i64, DbErr> {
        let of = self.of;
        let sql = format!("SELECT COUNT(*) AS missed FROM {of} WHERE escalated_at IS NOT NULL");
        self.row(db, sql).await?.try_get("", "missed")
    }

    async fn row(&self, db: &Db, sql: String) -> Result<QueryResult, DbErr> {
        let found = db.read().query_one_raw(Statement::from_string(db.backend(), sql));
        found
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(format!("how {} stand", self.of)))
    }
}

/// The figures of a queue.
pub struct QueueFigures {
    /// The installation.
    pub app: App,
    /// Which.
    pub queue: Queue,
}

#[async_trait]
impl Collector for QueueFigures {
    async fn collect(&self) -> Result<Vec<Sample>, DbErr> {
        let now = self.app.clock().now();
        let length = self.queue.length(self.app.db(), now).await?;
        let mut samples = vec![
            Sample::gauge(
                "portico_decisions_waiting",
                "What awaits a decision of staff.",
                length.waiting,
            ),
            Sample::gauge(
                "portico_decisions_oldest_waiting_age_seconds",
                "For how long the oldest has awaited a decision; 0 where none does.",
                length
                    .oldest
                    .map_or(0, |since| now.duration_since(since).as_secs()),
            ),
        ];
        if self.queue.has_deadline {
            samples.push(Sample::gauge(
                "portico_decisions_overdue",
                "What awaits a decision past its deadline.",
                length.overdue,
            ));
            samples.push(Sample::counter(
                "portico_decisions_deadline_missed_total",
                "Decisions whose deadline was missed, ever.",
                self.queue.missed(self.app.db()).await?,
            ));
        }
        let of = |sample: Sample| sample.labelled("of", self.queue.of);
        Ok(samples.into_iter().map(of).collect())
    }
}

//! Figures that are read off the state when they are asked for: queue lengths, ages, pools.
//!
//! What happens (requests, runs of jobs) is counted where it happens, with the macros of the `metrics` crate.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::App;

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Its name, `portico_…` with the unit at the end.
    pub name: &'static str,
    /// What it says.
    pub help: &'static str,
    /// What tells samples of one name apart. Few values only: never an id.
    pub labels: Vec<(&'static str, String)>,
    /// The value.
    pub value: Value,
}

/// What kind of figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Goes up and down.
    Gauge(f64),
    /// Only goes up.
    Counter(u64),
}

impl Sample {
    /// A figure that goes up and down. Counts and ages are exact up to 2^53.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no count or age comes near 2^53")]
    pub fn gauge(name: &'static str, help: &'static str, value: i64) -> Self {
        Self {
            name,
            help,
            labels: Vec::new(),
            value: Value::Gauge(value as f64),
        }
    }

    /// A figure that only goes up.
    #[must_use]
    pub fn counter(name: &'static str, help: &'static str, value: i64) -> Self {
        Self {
            name,
            help,
            labels: Vec::new(),
            value: Value::Counter(u64::try_from(value).unwrap_or_default()),
        }
    }

    /// The same with a label.
    #[must_use]
    pub fn labelled(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.labels.push((name, value.into()));
        self
    }
}

/// Reads figures. Asked every few seconds at most, and must stay cheap however many rows there are.
#[async_trait]
pub trait Collector: Send + Sync {
    /// The figures now.
    async fn collect(&self) -> Result<Vec<Sample>, DbErr>;
}

/// What awaits a decision of the provider's staff by a deadline.
pub struct Decisions {
    /// The app.
    pub app: App,
    /// Which: a table with `state`, `due_at` and `escalated_at`, the second of which is set once, when a deadline is missed.
    pub of: &'static str,
    /// The column that says since when one has waited.
    pub since: &'static str,
}

#[async_trait]
impl Collector for Decisions {
    async fn collect(&self) -> Result<Vec<Sample>, DbErr> {
        let now = self.app.clock().now().as_millisecond();
        let db = self.app.db().read();
        let Self { of, since, .. } = self;
        // States as literals: with parameters neither database would know that its partial index fits.
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM {of} WHERE state = 'awaiting_approval') AS waiting, \
             (SELECT COUNT(*) FROM {of} WHERE state = 'awaiting_approval' AND due_at <= {now}) AS overdue, \
             (SELECT MIN({since}) FROM {of} WHERE state = 'awaiting_approval') AS oldest, \
             (SELECT COUNT(*) FROM {of} WHERE escalated_at IS NOT NULL) AS missed"
        );
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(format!("the figures of {of}")))?;
        let oldest: Option<i64> = row.try_get("", "oldest")?;
        let samples = [
            Sample::gauge(
                "portico_decisions_waiting",
                "What awaits a decision of staff.",
                row.try_get("", "waiting")?,
            ),
            Sample::gauge(
                "portico_decisions_overdue",
                "What awaits a decision past its deadline.",
                row.try_get("", "overdue")?,
            ),
            Sample::gauge(
                "portico_decisions_oldest_waiting_age_seconds",
                "For how long the oldest has awaited a decision; 0 where none does.",
                oldest.map_or(0, |since| (now - since) / 1000),
            ),
            Sample::counter(
                "portico_decisions_deadline_missed_total",
                "Decisions whose deadline was missed, ever.",
                row.try_get("", "missed")?,
            ),
        ];
        Ok(samples.map(|sample| sample.labelled("of", *of)).into())
    }
}

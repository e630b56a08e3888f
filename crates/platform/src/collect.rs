//! Figures that are read off the state when they are asked for: queue lengths, ages, pools.
//!
//! What happens (requests, runs of jobs) is counted where it happens, with the macros of the `metrics` crate.

use async_trait::async_trait;
use sea_orm::DbErr;

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

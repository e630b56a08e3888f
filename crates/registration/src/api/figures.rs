//! How the review stands, as the API shows it.

use jiff::civil::Date;
use kernel::calendar::BusinessTime;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    stats,
    store::figures::{DAYS, Figures},
};

/// How the review stands.
#[derive(Serialize, ToSchema)]
pub(super) struct ReviewFigures {
    waiting: Waiting,
    decided: Decided,
    /// How many became partners in each of the last weeks; the current one is the last.
    approvals: Vec<Week>,
}

/// Registrations that await approval.
#[derive(Serialize, ToSchema)]
struct Waiting {
    all: usize,
    /// Of them, those whose clock stands still.
    stopped: usize,
    /// Of them, those in time that are due before the day ends where the provider is.
    due_today: usize,
    /// Of them, those past their deadline.
    late: usize,
    /// How late the latest of them is, in seconds of business time.
    #[schema(required = true)]
    latest_seconds: Option<u64>,
}

/// Decisions of the last days.
#[derive(Serialize, ToSchema)]
struct Decided {
    /// How many days back.
    days: u8,
    count: usize,
    /// Half of them took no longer than so many seconds of business time, the applicant's own not counted.
    #[schema(required = true)]
    median_seconds: Option<u64>,
    /// Nine of ten of them took no longer.
    #[schema(required = true)]
    ninetieth_seconds: Option<u64>,
}

/// A week of the provider's calendar.
#[derive(Serialize, ToSchema)]
struct Week {
    /// Its Monday.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    monday: Date,
    count: usize,
}

impl From<Figures> for ReviewFigures {
    fn from(figures: Figures) -> Self {
        let seconds = |time: Option<BusinessTime>| time.map(BusinessTime::as_secs);
        let stats::Waiting {
            all,
            stopped,
            due_today,
            late,
            latest,
        } = figures.waiting;
        Self {
            waiting: Waiting {
                all,
                stopped,
                due_today,
                late,
                latest_seconds: seconds(latest),
            },
            decided: Decided {
                days: DAYS,
                count: figures.decided,
                median_seconds: seconds(figures.median),
                ninetieth_seconds: seconds(figures.ninetieth),
            },
            approvals: figures
                .approvals
                .into_iter()
                .map(|week| Week {
                    monday: week.monday,
                    count: week.count,
                })
                .collect(),
        }
    }
}

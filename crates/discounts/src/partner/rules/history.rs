//! Which discount is in force when: what an order of that moment gets.

use jiff::{Timestamp, civil::Date};
use kernel::calendar::{BusinessCalendar, CalendarError};

use super::{Grant, PartnerDiscount, State, begins};

/// A stretch of time in which a discount is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce<'a> {
    /// Which.
    pub discount: &'a PartnerDiscount,
    /// What it grants.
    pub grant: &'a Grant,
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it; none while nothing is known to follow.
    pub until: Option<Timestamp>,
}

impl InForce<'_> {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// The stretches of all of a partner's discounts, in order; no two of them overlap. One that is approved counts from its
/// moment on, also before somebody wrote down that it began.
#[must_use]
pub fn in_force(all: &[PartnerDiscount]) -> Vec<InForce<'_>> {
    let stretch = |discount| {
        let grant = PartnerDiscount::grant(discount)?;
        let until = match discount.state {
            State::Expired { until, .. } => Some(until),
            _ => None,
        };
        Some(InForce {
            discount,
            grant,
            from: grant.starts_at,
            until,
        })
    };
    let mut stretches: Vec<InForce<'_>> = all
        .iter()
        .filter_map(stretch)
        .filter(|stretch| stretch.until.is_none_or(|until| stretch.from < until))
        .collect();
    stretches.sort_by_key(|stretch| (stretch.from, stretch.discount.id));
    // What is in force ends where the next one begins.
    let begin: Vec<Timestamp> = stretches.iter().skip(1).map(|next| next.from).collect();
    for (stretch, next) in stretches.iter_mut().zip(begin) {
        stretch.until = Some(stretch.until.map_or(next, |until| until.min(next)));
    }
    stretches.retain(|stretch| stretch.until.is_none_or(|until| stretch.from < until));
    stretches
}

/// The one in force at a moment.
#[must_use]
pub fn at(all: &[PartnerDiscount], moment: Timestamp) -> Option<InForce<'_>> {
    in_force(all).into_iter().find(|stretch| stretch.holds_at(moment))
}

/// Those in force at some moment of a date, in order: more than one where one began in the middle of it.
pub fn on_day<'a>(
    all: &'a [PartnerDiscount],
    calendar: &BusinessCalendar,
    date: Date,
) -> Result<Vec<InForce<'a>>, CalendarError> {
    let begin = begins(calendar, date)?;
    let end = begins(calendar, date.tomorrow().map_err(|_| CalendarError::TooFar)?)?;
    let mut stretches = in_force(all);
    stretches.retain(|stretch| stretch.from < end && stretch.until.is_none_or(|until| begin < until));
    Ok(stretches)
}

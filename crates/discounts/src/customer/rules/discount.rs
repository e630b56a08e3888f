//! One discount that a partner grants a customer, and where it stands.

use jiff::{Timestamp, tz::TimeZone};
use kernel::{AccountId, CustomerDiscountId, Percent};

use super::Period;
use crate::price::{CustomerTerm, Target};

/// A discount on a product or a group of products, for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerDiscount {
    /// Its id.
    pub id: CustomerDiscountId,
    /// Who grants it.
    pub partner: AccountId,
    /// Whom.
    pub customer: AccountId,
    /// On what.
    pub on: Target,
    /// How much.
    pub percent: Percent,
    /// On which days; where it ended early or was cut off, on those that it was in force.
    pub period: Period,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// When it was granted.
    pub granted_at: Timestamp,
    /// How it ends.
    pub end: End,
}

/// How a discount ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With its last day, as it was agreed.
    Planned,
    /// Never in force: taken back before it began.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// With the day on which the partner ended it.
    Early {
        /// When the partner did.
        at: Timestamp,
    },
    /// At the moment when the customer was no longer the partner's.
    Severed {
        /// When that was.
        at: Timestamp,
    },
}

/// Where a discount stands at a moment. It follows from dates alone: nobody has to activate anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its first day is to come.
    Awaiting,
    /// In force.
    Current,
    /// Over.
    Past,
    /// Taken back before it began.
    Withdrawn,
}

/// Why something cannot be done with a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It began already, so it can only be ended.
    #[error("the discount began already")]
    Begun,
    /// It has not begun, so it can only be withdrawn.
    #[error("the discount has not begun")]
    NotBegun,
    /// It ends today in any case.
    #[error("the discount ends today")]
    EndsToday,
    /// It is over, or withdrawn.
    #[error("the discount is over")]
    Over,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Awaiting, Self::Current, Self::Past, Self::Withdrawn];

    /// The name in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Current => "current",
            Self::Past => "past",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl CustomerDiscount {
    /// Where it stands.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.end {
            End::Withdrawn { .. } => Standing::Withdrawn,
            _ if now < self.from => Standing::Awaiting,
            _ if now < self.until => Standing::Current,
            _ => Standing::Past,
        }
    }

    /// Takes it back. Only before its first day.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, Refused> {
        match self.standing(now) {
            Standing::Awaiting => Ok(Self {
                end: End::Withdrawn { at: now },
                ..self
            }),
            Standing::Current => Err(Refused::Begun),
            Standing::Past | Standing::Withdrawn => Err(Refused::Over),
        }
    }

    /// Ends it with the day that it is in the provider's `zone`.
    pub fn end_early(self, zone: &TimeZone, now: Timestamp) -> Result<Self, Refused> {
        match self.standing(now) {
            Standing::Awaiting => return Err(Refused::NotBegun),
            Standing::Past | Standing::Withdrawn => return Err(Refused::Over),
            Standing::Current => {}
        }
        let today = zone.to_datetime(now).date();
        if today >= self.period.last() {
            return Err(Refused::EndsToday);
        }
        // In force, so its first day is today or before.
        let period = self.period.ending(today).map_err(|_| Refused::NotBegun)?;
        Ok(Self {
            period,
            until: period.moments(zone).1,
            end: End::Early { at: now },
            ..self
        })
    }

    /// Cuts it off, since the customer is no longer the partner's: with the day in the provider's `zone`, and on that day
    /// at once. Nothing where it is over already.
    #[must_use]
    pub fn sever(self, zone: &TimeZone, now: Timestamp) -> Option<Self> {
        match self.standing(now) {
            Standing::Past | Standing::Withdrawn => None,
            Standing::Awaiting => Some(Self {
                end: End::Withdrawn { at: now },
                ..self
            }),
            Standing::Current => Some(Self {
                // In force, so its first day is today or before.
                period: self
                    .period
                    .ending(zone.to_datetime(now).date())
                    .unwrap_or(self.period),
                until: now,
                end: End::Severed { at: now },
                ..self
            }),
        }
    }

    /// What it takes off, for the question of a price; nothing where it was withdrawn.
    #[must_use]
    pub fn term(&self) -> Option<CustomerTerm> {
        let counts = !matches!(self.end, End::Withdrawn { .. });
        counts.then_some(CustomerTerm {
            discount: self.id,
            on: self.on,
            percent: self.percent,
            from: self.from,
            until: self.until,
        })
    }
}

//! Amounts of working time.

use std::fmt;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// An amount of working time in whole seconds: what passes while the provider is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessTime(u64);

/// A [`BusinessTime`] in the units that people count in. Seconds are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// Whole business days.
    pub days: u64,
    /// Whole hours beyond them.
    pub hours: u64,
    /// Whole minutes beyond those.
    pub minutes: u64,
}

impl BusinessTime {
    /// None.
    pub const ZERO: Self = Self(0);

    /// That many seconds.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// In seconds.
    #[must_use]
    pub const fn as_secs(self) -> u64 {
        self.0
    }

    /// Whether it is none.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// What is over after taking `other` away; none where `other` is more.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Stops at the largest amount rather than overflow.
impl Add for BusinessTime {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Seconds, for logs; what people read is made from a [`Breakdown`].
impl fmt::Display for BusinessTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s of working time", self.0)
    }
}

impl Breakdown {
    pub(super) fn new(time: BusinessTime, day: BusinessTime) -> Self {
        // Working hours are never empty; the guard only keeps the division total.
        let day = day.0.max(1);
        let rest = time.0 % day;
        Self {
            days: time.0 / day,
            hours: rest / 3600,
            minutes: rest % 3600 / 60,
        }
    }
}

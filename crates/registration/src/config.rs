//! The `[registration]` section of the configuration.

use std::path::PathBuf;

use kernel::calendar::{BusinessCalendar, BusinessTime};
use serde::Deserialize;

/// The `[registration]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Within how many business days staff decide: 1 to 60.
    pub business_days: BusinessDays,
    /// The folder with the terms, as `VERSION/en.md` and `VERSION/vi.md`; without it the built-in sample is shown.
    pub terms: Option<PathBuf>,
    /// Whether reviewers and leads get an email for each new case.
    pub announce_new: bool,
}

/// A number of business days between 1 and 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct BusinessDays(u32);

impl Default for Config {
    fn default() -> Self {
        Self {
            business_days: BusinessDays(3),
            terms: None,
            announce_new: true,
        }
    }
}

impl BusinessDays {
    /// As a number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// The working time in which staff decide.
    #[must_use]
    pub fn allowance(self, calendar: &BusinessCalendar) -> BusinessTime {
        calendar.days(self.0)
    }

    /// With how much working time left staff are reminded: one business day, or half of an allowance that is no
    /// longer than that.
    #[must_use]
    pub fn reminder(self, calendar: &BusinessCalendar) -> BusinessTime {
        let day = calendar.days(1);
        if self.0 > 1 {
            day
        } else {
            BusinessTime::from_secs(day.as_secs() / 2)
        }
    }
}

impl TryFrom<u32> for BusinessDays {
    type Error = String;

    fn try_from(days: u32) -> Result<Self, Self::Error> {
        if (1..=60).contains(&days) {
            Ok(Self(days))
        } else {
            Err(format!(
                "{days} is no time to decide in; between 1 and 60 business days are meant"
            ))
        }
    }
}

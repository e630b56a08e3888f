//! A number of business days, as an installation sets it.

use serde::Deserialize;

use super::{BusinessCalendar, BusinessTime};

/// A number of business days between 1 and 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct BusinessDays(u32);

impl BusinessDays {
    /// As the partner programme has it.
    pub const THREE: Self = Self(3);

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

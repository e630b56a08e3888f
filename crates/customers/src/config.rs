//! The `[customers]` section of the configuration.

use jiff::SignedDuration;
use kernel::calendar::BusinessDays;
use serde::Deserialize;

/// The `[customers]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// For how many days the link of an invitation works.
    pub invitation_days: Days,
    /// Within how many business days staff decide on a customer who is new to the provider: 1 to 60.
    pub business_days: BusinessDays,
    /// How many addresses a partner may write to within 24 hours.
    pub invitations_per_day: u32,
    /// How many minutes lie between two invitations to one address, at least.
    pub resend_minutes: u32,
    /// Whether staff who decide get an email for each customer that awaits approval.
    pub announce_new: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            invitation_days: Days(14),
            business_days: BusinessDays::THREE,
            invitations_per_day: 500,
            resend_minutes: 10,
            announce_new: true,
        }
    }
}

impl Config {
    /// The least time between two invitations to one address.
    #[must_use]
    pub fn resend_gap(&self) -> SignedDuration {
        SignedDuration::from_mins(self.resend_minutes.into())
    }
}

/// A number of days between 1 and 90.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct Days(u32);

impl Days {
    /// As a number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// As a time.
    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.0) * 24)
    }
}

impl TryFrom<u32> for Days {
    type Error = String;

    fn try_from(days: u32) -> Result<Self, Self::Error> {
        if (1..=90).contains(&days) {
            Ok(Self(days))
        } else {
            Err(format!("{days} is out of range; between 1 and 90 days are meant"))
        }
    }
}

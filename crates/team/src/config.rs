//! The `[team]` section of the configuration.

use jiff::SignedDuration;
use serde::Deserialize;

/// The `[team]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// For how many days the link of an invitation works.
    pub invitation_days: u16,
    /// At most so many letters a day to one mailbox, whoever invites it.
    pub letters_per_mailbox: u16,
    /// At most so many letters a day from one account.
    pub letters_per_account: u16,
    /// The most people of one account, those who are invited included.
    pub most: u16,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            invitation_days: 7,
            letters_per_mailbox: 5,
            letters_per_account: 50,
            most: 200,
        }
    }
}

impl Config {
    /// For how long the link of an invitation works.
    #[must_use]
    pub fn link_life(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.invitation_days))
    }
}

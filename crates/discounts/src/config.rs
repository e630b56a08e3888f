//! The `[discounts]` section of the configuration.

use kernel::calendar::BusinessDays;
use serde::Deserialize;

/// The `[discounts]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Within how many business days staff decide on what a partner asks for: 1 to 60.
    pub business_days: BusinessDays,
    /// How many business days ahead a discount begins at least: 1 to 60.
    pub days_ahead: BusinessDays,
    /// Whether whoever decides gets an email for each new request.
    pub announce_new: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            business_days: BusinessDays::THREE,
            days_ahead: BusinessDays::THREE,
            announce_new: true,
        }
    }
}

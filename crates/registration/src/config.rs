//! The `[registration]` section of the configuration.

use std::path::PathBuf;

use kernel::calendar::BusinessDays;
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

impl Default for Config {
    fn default() -> Self {
        Self {
            business_days: BusinessDays::THREE,
            terms: None,
            announce_new: true,
        }
    }
}

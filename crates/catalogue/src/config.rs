//! The `[catalogue]` section of the configuration.

use std::path::PathBuf;

use serde::Deserialize;

/// The `[catalogue]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A file with groups, products and prices, taken over at every start.
    pub file: Option<PathBuf>,
}

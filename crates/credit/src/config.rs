//! The `[credit]` section of the configuration.

use kernel::Money;
use serde::Deserialize;

/// The `[credit]` section. Every key has a default, so the section may be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A deposit above this waits for a second person. Without a value each does.
    pub four_eyes_above: MinorUnits,
    /// Accounts that set nothing themselves are told when their balance falls below this; zero: never.
    pub low_balance_below: MinorUnits,
}

/// An amount in minor units of the installation's currency: dong, or cents. Zero to [`Money::MAX_MINOR`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct MinorUnits(i64);

impl Default for Config {
    fn default() -> Self {
        Self {
            four_eyes_above: MinorUnits(0),
            low_balance_below: MinorUnits(0),
        }
    }
}

impl MinorUnits {
    /// As a number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for MinorUnits {
    type Error = String;

    fn try_from(minor: i64) -> Result<Self, Self::Error> {
        if (0..=Money::MAX_MINOR).contains(&minor) {
            Ok(Self(minor))
        } else {
            Err(format!(
                "{minor} is no amount; 0 to {} minor units of the currency are meant",
                Money::MAX_MINOR
            ))
        }
    }
}

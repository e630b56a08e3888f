//! The `[webhooks]` section.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::rules::Reach;

/// How events are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whether endpoints may lie in private networks, for everybody who may set one up.
    pub allow_private_networks: bool,
    /// Hosts that may lie in private networks though others may not: names or addresses.
    pub allowed_hosts: Vec<String>,
    /// How long an endpoint may take, from connecting to the end of its answer.
    pub timeout: Timeout,
    /// An endpoint that has failed for so many days without one success is disabled.
    pub disable_after_days: Days,
    /// For how many days deliveries that are over are kept.
    pub keep_days: Days,
    /// The most requests at once.
    pub concurrency: Concurrency,
    /// The most requests at once to one endpoint; one that fails gets one at a time.
    pub concurrency_per_endpoint: Concurrency,
    /// How many endpoints an owner may have.
    pub endpoints_per_owner: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            allow_private_networks: false,
            allowed_hosts: Vec::new(),
            timeout: Timeout(Duration::from_secs(10)),
            disable_after_days: Days(5),
            keep_days: Days(30),
            concurrency: Concurrency(64),
            concurrency_per_endpoint: Concurrency(4),
            endpoints_per_owner: 20,
        }
    }
}

impl Config {
    /// Which addresses may be reached.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach::new(self.allow_private_networks, &self.allowed_hosts)
    }
}

/// How long an endpoint may take, as in `"10s"`: at most 15 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Timeout(pub Duration);

impl TryFrom<String> for Timeout {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let length = text
            .parse::<SignedDuration>()
            .ok()
            .and_then(|length| Duration::try_from(length).ok());
        match length {
            Some(length) if (Duration::from_millis(100)..=Duration::from_secs(15)).contains(&length) => {
                Ok(Self(length))
            }
            _ => Err(format!(
                "{text:?} is no time-out; one like \"10s\", at most \"15s\", is meant"
            )),
        }
    }
}

/// A number of days, 1 to 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct Days(pub u16);

impl Days {
    /// As a length of time: a day is 24 hours here.
    #[must_use]
    pub fn length(self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.0))
    }
}

impl TryFrom<u16> for Days {
    type Error = String;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        if (1..=365).contains(&days) {
            Ok(Self(days))
        } else {
            Err(format!("{days} is not between 1 and 365 days"))
        }
    }
}

/// A number of requests at once, 1 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct Concurrency(pub u16);

impl TryFrom<u16> for Concurrency {
    type Error = String;

    fn try_from(number: u16) -> Result<Self, Self::Error> {
        if (1..=1000).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("{number} is not between 1 and 1000 requests at once"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn limits_are_kept_and_mistakes_named() {
        let read = |text: &str| platform::config::load::<Config>("portico.toml", text, []);
        let config = read("timeout = \"15s\"\nallowed_hosts = [\"hooks.internal\"]").unwrap();
        assert_eq!(config.timeout.0.as_secs(), 15);
        for bad in [
            "timeout = \"16s\"",
            "timeout = \"-1s\"",
            "timeout = \"soon\"",
            "keep_days = 0",
            "disable_after_days = 366",
            "concurrency = 0",
            "allow_private = true",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

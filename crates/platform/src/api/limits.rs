//! How many requests a caller may make: a fixed window of a minute, counted in this process.
//!
//! Told with every answer as `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

use super::Config;
use crate::web::network;

/// The length of a window, in seconds.
pub(crate) const WINDOW: i64 = 60;

/// Counts requests.
pub(crate) struct Limits {
    config: Config,
    counted: Mutex<Window>,
}

#[derive(Default)]
struct Window {
    number: i64,
    tokens: HashMap<String, u32>,
    networks: HashMap<Option<String>, u32>,
}

/// How a caller stands after a request was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    quota: u32,
    left: u32,
    /// Seconds until the window ends.
    pub(crate) reset: i64,
    /// Whether this request was one too many.
    pub(crate) exceeded: bool,
}

impl Limits {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            counted: Mutex::default(),
        }
    }

    /// Counts a request of the holder of a token, or of an address without one.
    pub(crate) fn count(&self, token: Option<&str>, address: Option<IpAddr>, now: Timestamp) -> Standing {
        let number = now.as_second().div_euclid(WINDOW);
        let mut window = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if window.number != number {
            // Whoever was counted before begins anew: what is kept is the callers of a minute, never more.
            window.number = number;
            window.tokens.clear();
            window.networks.clear();
        }
        let (made, quota) = match token {
            Some(token) => (window.with(token), self.config.requests_per_minute),
            None => (window.from(address), self.config.anonymous_per_minute),
        };
        Standing {
            quota,
            left: quota.saturating_sub(made),
            reset: WINDOW - now.as_second().rem_euclid(WINDOW),
            exceeded: made > quota,
        }
    }
}

impl Window {
    /// How many requests were made with a token, this one counted.
    fn with(&mut self, token: &str) -> u32 {
        if let Some(made) = self.tokens.get_mut(token) {
            *made = made.saturating_add(1);
            return *made;
        }
        self.tokens.insert(token.to_owned(), 1);
        1
    }

    /// How many requests came from the network of an address without a token, this one counted.
    fn from(&mut self, address: Option<IpAddr>) -> u32 {
        let made = self.networks.entry(address.map(network)).or_default();
        *made = made.saturating_add(1);
        *made
    }
}

impl Standing {
    pub(crate) fn add_to(self, headers: &mut HeaderMap) {
        let policy = format!("\"minute\";q={};w={WINDOW}", self.quota);
        let standing = format!("\"minute\";r={};t={}", self.left, self.reset);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", standing)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Config, Limits};

    #[test]
    fn a_caller_is_held_until_the_window_ends_and_nobody_else_is() {
        let limits = Limits::new(Config {
            requests_per_minute: 2,
            anonymous_per_minute: 1,
        });
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        assert!(!limits.count(Some("a"), None, at(0)).exceeded);
        assert_eq!(limits.count(Some("a"), None, at(1)).left, 0);
        let third = limits.count(Some("a"), None, at(20));
        assert!(third.exceeded && third.reset == 40, "{third:?}");
        assert!(!limits.count(Some("b"), None, at(21)).exceeded);
        assert!(!limits.count(None, Some([192, 0, 2, 1].into()), at(22)).exceeded);
        assert!(limits.count(None, Some([192, 0, 2, 1].into()), at(23)).exceeded);
        assert!(!limits.count(Some("a"), None, at(60)).exceeded);
    }

    #[test]
    fn whoever_has_a_network_of_addresses_is_one_caller() {
        let limits = Limits::new(Config {
            requests_per_minute: 2,
            anonymous_per_minute: 1,
        });
        let count = |address: &str| {
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            limits.count(None, Some(address.parse().unwrap()), now).exceeded
        };
        assert!(!count("2001:db8:0:7::1"));
        assert!(count("2001:db8:0:7:ffff::2"));
        assert!(!count("2001:db8:0:8::1"));
    }
}

//! The `[operations]` section.

use std::time::Duration;

use jiff::SignedDuration;
use platform::secret::Token;
use serde::{Deserialize, Deserializer, de::Error};
use url::Url;

/// Watching and stopping the service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operations {
    /// How the log is written.
    pub log: LogFormat,
    /// What `/metrics` asks for as a bearer token; without one it is not there, save in a demo.
    #[serde(deserialize_with = "token")]
    pub metrics_token: Option<Token>,
    /// Where traces go by OTLP over HTTP, as in `http://127.0.0.1:4318`.
    pub otlp_endpoint: Option<Url>,
    /// For how long requests are still taken after SIGTERM, while `/readyz` tells balancers to send them elsewhere.
    #[serde(deserialize_with = "duration")]
    pub drain: Duration,
}

impl Default for Operations {
    fn default() -> Self {
        Self {
            log: LogFormat::default(),
            metrics_token: None,
            otlp_endpoint: None,
            drain: Duration::from_secs(5),
        }
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people on a terminal, JSON elsewhere.
    #[default]
    Auto,
    /// For people.
    Human,
    /// An object a line.
    Json,
}

fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Token>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() < 16 {
        return Err(D::Error::custom("a token has at least 16 characters"));
    }
    Ok(Some(Token::presented(text)))
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    let fine = text
        .parse::<SignedDuration>()
        .ok()
        .and_then(|length| Duration::try_from(length).ok())
        .filter(|length| *length <= Duration::from_mins(10));
    fine.ok_or_else(|| {
        D::Error::custom(format!(
            "{text:?} is no length of time up to ten minutes, as in \"5s\""
        ))
    })
}

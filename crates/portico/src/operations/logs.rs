//! The log: to standard error, for people or as an object a line.
//!
//! `PORTICO_LOG` says what is logged (`info`, `platform=debug,warn`). Every line that belongs to a request carries its
//! id (`platform::web`).

mod json;

use std::io::{IsTerminal, stderr};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer, Registry,
    filter::{ParseError, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use self::json::Json;
use super::{LogFormat, Operations, traces::Traces};

/// The variable that says what is logged.
const WANTED: &str = "PORTICO_LOG";

/// Begins to log. What it returns is kept while the process serves: it sends the last traces away.
#[must_use]
pub fn begin(operations: &Operations, default: LevelFilter) -> Option<Traces> {
    let (filter, misread) = match filter(&std::env::var(WANTED).unwrap_or_default(), default) {
        Ok(filter) => (filter, None),
        Err(error) => (Targets::new().with_default(default), Some(error)),
    };
    let as_json = match operations.log {
        LogFormat::Auto => !stderr().is_terminal(),
        LogFormat::Human => false,
        LogFormat::Json => true,
    };
    let lines: Box<dyn Layer<Registry> + Send + Sync> = if as_json {
        let layer = tracing_subscriber::fmt::layer()
            .fmt_fields(Json)
            .event_format(Json)
            .with_writer(stderr);
        layer.with_filter(filter).boxed()
    } else {
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(stderr().is_terminal())
            .with_writer(stderr);
        layer.with_filter(filter).boxed()
    };
    let (layer, traces, failed) = match operations.otlp_endpoint.as_ref().map(Traces::to) {
        None => (None, None, None),
        Some(Ok((layer, traces))) => (Some(layer), Some(traces), None),
        Some(Err(error)) => (None, None, Some(error)),
    };
    // A second initialisation (in tests) is no fault.
    let _ = tracing_subscriber::registry().with(lines).with(layer).try_init();
    if let Some(error) = misread {
        tracing::error!(%error, "{WANTED} is not understood");
    }
    if let Some(error) = failed {
        tracing::error!(%error, "no traces are sent");
    }
    traces
}

/// What is logged, as `text` says it.
fn filter(text: &str, default: LevelFilter) -> Result<Targets, ParseError> {
    // An empty part would be taken for "errors only".
    let parts: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return Ok(Targets::new().with_default(default));
    }
    parts.join(",").parse()
}

#[cfg(test)]
mod tests {
    use tracing::level_filters::LevelFilter;

    use super::filter;

    #[test]
    fn a_comma_too_many_changes_nothing() {
        let read = |text| filter(text, LevelFilter::WARN).unwrap();
        assert_eq!(read("info,"), read("info"));
        assert_eq!(read(" platform=debug, ,info"), read("platform=debug,info"));
        assert_ne!(read("info"), read("error"));
        for nothing in ["", " ", ","] {
            assert_eq!(read(nothing), read("warn"), "{nothing:?}");
        }
        assert!(filter("platform=loud", LevelFilter::WARN).is_err());
    }
}

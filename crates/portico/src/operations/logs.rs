//! The log: to standard error, for people or as an object a line.
//!
//! `PORTICO_LOG` says what is logged (`info`, `platform=debug,warn`). Every line that belongs to a request carries its
//! id (`platform::web`).

use std::io::{IsTerminal, stderr};

use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

use super::{LogFormat, Operations, traces::Traces};

/// Begins to log. What it returns is kept while the process serves: it sends the last traces away.
#[must_use]
pub fn begin(operations: &Operations, default: &str) -> Option<Traces> {
    let filter = EnvFilter::try_from_env("PORTICO_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let as_json = match operations.log {
        LogFormat::Auto => !stderr().is_terminal(),
        LogFormat::Human => false,
        LogFormat::Json => true,
    };
    let lines: Box<dyn Layer<Registry> + Send + Sync> = if as_json {
        let layer = tracing_subscriber::fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
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
    if let Some(error) = failed {
        tracing::error!(%error, "no traces are sent");
    }
    traces
}

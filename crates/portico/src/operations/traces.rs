//! Traces by OTLP over HTTP, where `[operations] otlp_endpoint` names a collector. Otherwise nothing of this runs.

use std::{collections::HashMap, time::Duration};

use opentelemetry::{
    KeyValue,
    propagation::TextMapPropagator,
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    runtime::Tokio,
    trace::{SdkTracerProvider, span_processor_with_async_runtime::BatchSpanProcessor},
};
use platform::web::Observed;
use tracing::{Span, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};
use url::Url;

/// How long the last spans may take at shutdown.
const FLUSH: Duration = Duration::from_secs(5);

/// The way out of spans, while the process serves.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends spans to the collector at `endpoint`, in batches and beside everything else.
    pub fn to<S>(endpoint: &Url) -> Result<(impl Layer<S> + Send + Sync + use<S>, Self), ExporterBuildError>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/')))
            .with_timeout(FLUSH)
            .build()?;
        let resource = Resource::builder()
            .with_service_name("portico")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(BatchSpanProcessor::builder(exporter, Tokio).build())
            .with_resource(resource)
            .build();
        // Our own spans only: what libraries find worth a span may hold what is nobody's business.
        let ours = Targets::new()
            .with_target("platform", LevelFilter::INFO)
            .with_target("portico", LevelFilter::INFO);
        let layer = tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("portico"))
            .with_filter(ours);
        Ok((layer, Self(provider)))
    }

    /// Sends what is left.
    pub async fn flush(self) {
        let flushed = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(FLUSH)).await;
        if let Ok(Err(error)) = flushed {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Names a request's span as the semantic conventions do, and hangs it under the span that a proxy of ours began.
pub fn follow(span: &Span, request: &Observed<'_>) {
    span.record("otel.name", format!("{} {}", request.method, request.route));
    span.record("otel.kind", "server");
    span.set_attribute("http.request.method", request.method);
    span.set_attribute("http.route", request.route.to_owned());
    let Some(headers) = request.headers else { return };
    let carried: HashMap<String, String> = ["traceparent", "tracestate"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), headers.get(name)?.to_str().ok()?.to_owned())))
        .collect();
    let context = TraceContextPropagator::new().extract(&carried);
    if context.span().span_context().is_valid() {
        // It only fails where the span has begun already or nobody traces.
        let _ = span.set_parent(context);
    }
}

//! `/metrics`: figures in the text format of Prometheus.
//!
//! What happens is counted by the process-wide recorder; what is read off the state is asked for when somebody looks,
//! for this installation alone, and at most every [`FRESH`].

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics::{Label, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use platform::{
    App,
    collect::{Collector, Sample, Value},
    secret::{Token, same},
};
use tokio::sync::Mutex;

/// How long figures that were read off the database are shown again.
const FRESH: Duration = Duration::from_secs(5);

/// How long a look at the figures may wait for the database.
const PATIENCE: Duration = Duration::from_secs(3);

/// Upper bounds of the durations, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// The figures of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Parts>);

struct Parts {
    app: App,
    recorder: PrometheusHandle,
    token: Option<Token>,
    collectors: Vec<Box<dyn Collector>>,
    collected: Mutex<Option<(Instant, String)>>,
}

/// Counts from now on. One recorder serves all installations of the process.
fn recorder() -> Option<PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = RECORDER.get_or_init(|| {
        let built = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .and_then(PrometheusBuilder::install_recorder);
        match built {
            Ok(handle) => {
                describe();
                Some(handle)
            }
            Err(error) => {
                tracing::error!(%error, "no metrics");
                None
            }
        }
    });
    handle.clone()
}

fn describe() {
    describe_counter!(
        "portico_http_requests_total",
        "Requests, by route template, method and status."
    );
    describe_histogram!(
        "portico_http_request_duration_seconds",
        "Time until the answer's head is there."
    );
    describe_gauge!("portico_http_requests_in_flight", "Requests under way.");
    describe_counter!(
        "portico_webhook_deliveries_total",
        "Attempts to deliver a webhook, by what follows: delivered, retried, given_up, removed."
    );
    describe_histogram!(
        "portico_webhook_request_seconds",
        "Time of a request to an endpoint."
    );
    describe_counter!("portico_job_runs_total", "Runs of jobs, by outcome.");
    describe_histogram!("portico_job_duration_seconds", "Time of a run.");
    describe_gauge!(
        "portico_job_last_success_timestamp_seconds",
        "When a job last ran without a failure, in seconds since 1970."
    );
    describe_histogram!(
        "portico_db_writes_per_commit",
        "How many writes share a commit, on SQLite."
    );
    describe_histogram!(
        "portico_ledger_orders_per_commit",
        "How many orders to the ledger share a commit."
    );
}

impl Metrics {
    /// The figures, if anybody may look at them: in a demo everybody, elsewhere who has the token. Without either
    /// nothing is counted.
    #[must_use]
    pub fn new(app: &App, token: Option<Token>, collectors: Vec<Box<dyn Collector>>) -> Option<Self> {
        if token.is_none() && !app.is_demo() {
            return None;
        }
        started();
        Some(Self(Arc::new(Parts {
            app: app.clone(),
            recorder: recorder()?,
            token,
            collectors,
            collected: Mutex::new(None),
        })))
    }

    /// Folds what was counted together, so that memory does not grow while nobody looks. Never returns.
    pub async fn keep_up(&self) {
        loop {
            tokio::time::sleep(FRESH).await;
            self.0.recorder.run_upkeep();
        }
    }

    fn may_look(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.0.token else { return true };
        let presented = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        presented.is_some_and(|presented| same(presented, token.expose()))
    }

    async fn text(&self) -> String {
        // Whoever looks at the same time waits for the one look at the database.
        let mut collected = self.0.collected.lock().await;
        let state = match &*collected {
            Some((at, text)) if at.elapsed() < FRESH => text.clone(),
            _ => {
                let text = render(&self.collect().await);
                *collected = Some((Instant::now(), text.clone()));
                text
            }
        };
        drop(collected);
        format!("{}{state}", self.0.recorder.render())
    }

    async fn collect(&self) -> Vec<Sample> {
        let mut samples = process();
        let mut reachable = true;
        for collector in &self.0.collectors {
            match tokio::time::timeout(PATIENCE, collector.collect()).await {
                Ok(Ok(found)) => samples.extend(found),
                Ok(Err(error)) => {
                    tracing::warn!(%error, "a figure could not be read");
                    reachable = false;
                }
                Err(_) => reachable = false,
            }
            if !reachable {
                break;
            }
        }
        let pool = self.0.app.db().pool();
        let connections = "Connections to the database, by what they do.";
        samples.push(Sample::gauge(
            "portico_database_up",
            "1 when the figures of the state could be read.",
            reachable.into(),
        ));
        for (state, count) in [("idle", pool.idle), ("in_use", pool.in_use)] {
            let sample = Sample::gauge("portico_database_connections", connections, count.into());
            samples.push(sample.labelled("state", state));
        }
        samples
    }
}

/// Answers the figures, or that there is no such page.
pub async fn answer(State(metrics): State<Option<Metrics>>, headers: HeaderMap) -> Response {
    let Some(metrics) = metrics.filter(|metrics| metrics.may_look(&headers)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], metrics.text().await).into_response()
}

/// The samples as text, by a recorder of their own: escaped and described like all others.
fn render(samples: &[Sample]) -> String {
    let recorder = PrometheusBuilder::new().build_recorder();
    metrics::with_local_recorder(&recorder, || {
        for sample in samples {
            let labels: Vec<Label> = sample
                .labels
                .iter()
                .map(|(name, value)| Label::new(*name, value.clone()))
                .collect();
            match sample.value {
                Value::Gauge(value) => {
                    describe_gauge!(sample.name, sample.help);
                    gauge!(sample.name, labels).set(value);
                }
                Value::Counter(value) => {
                    describe_counter!(sample.name, sample.help);
                    counter!(sample.name, labels).absolute(value);
                }
            }
        }
    });
    recorder.handle().render()
}

/// The process itself.
fn process() -> Vec<Sample> {
    let mut samples = vec![
        Sample::gauge("portico_build_info", "1, with the version of the binary.", 1)
            .labelled("version", env!("CARGO_PKG_VERSION")),
        Sample::gauge(
            "process_start_time_seconds",
            "When the process started, in seconds since 1970.",
            started(),
        ),
    ];
    if let Some(bytes) = resident_memory() {
        samples.push(Sample::gauge(
            "process_resident_memory_bytes",
            "Memory of the process that is in RAM.",
            bytes,
        ));
    }
    samples
}

/// When the first installation of the process was put together.
fn started() -> i64 {
    static STARTED: OnceLock<i64> = OnceLock::new();
    *STARTED.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// Where Linux tells it.
fn resident_memory() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

//! Lines of the log as JSON, an object each.
//!
//! `tracing-subscriber` has the same, but reads the fields of the span back for every line to write them again, which
//! with the line was a fifth of a short request (`script/measure price`). Here they are written once, as members of an
//! object without its braces, and copied into each line.

use std::fmt::{self, Debug};

use serde::{Serialize, Serializer};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::Record,
};
use tracing_log::NormalizeEvent;
use tracing_subscriber::{
    field::RecordFields,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// Writes lines, and the fields of spans as these show them.
pub(super) struct Json;

impl<'writer> FormatFields<'writer> for Json {
    fn format_fields<R: RecordFields>(&self, mut writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut members = Members::default();
        fields.record(&mut members);
        writer.write_str(members.text())
    }

    /// Adds what is recorded later; a field is recorded once.
    fn add_fields(&self, current: &'writer mut FormattedFields<Self>, fields: &Record<'_>) -> fmt::Result {
        self.format_fields(current.as_writer(), fields)
    }
}

impl<S> FormatEvent<S, Self> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, Self>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        // What came by the `log` crate says in its fields where it is from.
        let normalized = event.normalized_metadata();
        let metadata = normalized.as_ref().unwrap_or_else(|| event.metadata());
        writer.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut writer)?;
        write!(writer, "\",\"level\":\"{}\"", metadata.level())?;
        let mut members = Members::default();
        event.record(&mut members);
        members.add("target", metadata.target());
        writer.write_str(members.text())?;
        if let Some(span) = context.parent_span() {
            // A name is a word in the code.
            write!(writer, ",\"span\":{{\"name\":\"{}\"", span.name())?;
            if let Some(fields) = span.extensions().get::<FormattedFields<Self>>() {
                writer.write_str(fields)?;
            }
            writer.write_char('}')?;
        }
        writer.write_str("}\n")
    }
}

/// Members of an object, with a comma before each.
struct Members(Vec<u8>);

impl Default for Members {
    fn default() -> Self {
        Self(Vec::with_capacity(256))
    }
}

impl Members {
    fn add(&mut self, name: &str, value: impl Serialize) {
        // Texts and numbers are always JSON, and memory can always be written to.
        self.0.push(b',');
        let _ = serde_json::to_writer(&mut self.0, name.trim_start_matches("r#"));
        self.0.push(b':');
        let _ = serde_json::to_writer(&mut self.0, &value);
    }

    fn text(&self) -> &str {
        // JSON is UTF-8.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Visit for Members {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field.name(), value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field.name(), value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.add(field.name(), Shown(value));
    }
}

/// Something as its `Debug` shows it.
struct Shown<'a>(&'a dyn Debug);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:?}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    use serde_json::{Value, json};
    use tracing::field::Empty;
    use tracing_subscriber::layer::SubscriberExt;

    use super::Json;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// The lines that `work` logs, each without its time, which must be one.
    fn lines(work: impl FnOnce()) -> Vec<Value> {
        let written = Written::default();
        let writer = written.clone();
        let layer = tracing_subscriber::fmt::layer()
            .fmt_fields(Json)
            .event_format(Json)
            .with_writer(move || writer.clone());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), work);
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        let line = |line: &str| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            let time = line.as_object_mut().unwrap().remove("timestamp").unwrap();
            time.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
            line
        };
        text.lines().map(line).collect()
    }

    #[test]
    fn a_line_has_its_own_fields_and_those_of_its_span() {
        let logged = lines(|| {
            let span = tracing::info_span!("request", id = "a\"b", actor = Empty, kind = Empty);
            let _inside = span.enter();
            tracing::info!(status = 200, took_ms = 0.3, cached = false, "request");
            span.record("actor", "root");
            tracing::warn!(error = %"two\nlines", of = ?Some(1), r#type = "x", none = None::<&str>, "failed");
        });
        let span = json!({ "name": "request", "id": "a\"b" });
        let later = json!({ "name": "request", "id": "a\"b", "actor": "root" });
        let target = module_path!();
        assert_eq!(
            logged,
            [
                json!({ "level": "INFO", "message": "request", "status": 200, "took_ms": 0.3, "cached": false,
                    "target": target, "span": span }),
                json!({ "level": "WARN", "message": "failed", "error": "two\nlines", "of": "Some(1)", "type": "x",
                    "target": target, "span": later }),
            ]
        );
    }

    #[test]
    fn a_line_belongs_to_the_innermost_span_or_to_none() {
        let logged = lines(|| {
            tracing::error!("alone");
            let job = tracing::info_span!("job", runs = 7);
            let _outside = job.enter();
            let _inside = tracing::info_span!("run").entered();
            tracing::info!(parent: &job, "of the job");
            tracing::info!("of the run");
        });
        let target = module_path!();
        assert_eq!(
            logged,
            [
                json!({ "level": "ERROR", "message": "alone", "target": target }),
                json!({ "level": "INFO", "message": "of the job", "target": target,
                    "span": { "name": "job", "runs": 7 } }),
                json!({ "level": "INFO", "message": "of the run", "target": target, "span": { "name": "run" } }),
            ]
        );
    }
}

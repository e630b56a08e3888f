//! A search as a file: CSV (RFC 4180) or JSON Lines, written while it is read.

use axum::{
    BoxError,
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::search::{Cursor, Search};
use crate::{
    app::App,
    csv::harmless,
    event::{self, row},
};

/// Rows read at a time.
const CHUNK: u64 = 1000;

/// The form of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    Csv,
    Jsonl,
}

const COLUMNS: [&str; 14] = [
    "seq",
    "id",
    "at",
    "kind",
    "subject",
    "subject_id",
    "account_id",
    "who",
    "name",
    "origin",
    "data",
    "before",
    "after",
    "seal",
];

impl Format {
    /// Rows of the file, below its headings where they are the first.
    fn lines(self, rows: &[row::Model], is_first: bool) -> Result<Vec<u8>, csv::Error> {
        match self {
            Self::Csv => table(rows, is_first),
            Self::Jsonl => Ok(rows.iter().map(jsonl).collect::<String>().into_bytes()),
        }
    }

    fn content_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
            Self::Jsonl => ("application/jsonl", "attachment; filename=\"audit.jsonl\""),
        }
    }
}

fn table(rows: &[row::Model], is_first: bool) -> Result<Vec<u8>, csv::Error> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    if is_first {
        file.write_record(COLUMNS)?;
    }
    for row in rows {
        for cell in cells(row) {
            file.write_field(harmless(&cell).as_bytes())?;
        }
        file.write_record(None::<&[u8]>)?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

fn cells(row: &row::Model) -> [String; COLUMNS.len()] {
    let actor: Value = serde_json::from_str(&row.actor).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    [
        row.seq.map(|seq| seq.to_string()).unwrap_or_default(),
        row.id.to_string(),
        event::time(row.at).to_string(),
        row.kind.clone(),
        row.subject.clone(),
        row.subject_id.to_string(),
        id(row.account_id),
        text(&actor["who"]),
        text(&actor["name"]),
        row.origin.clone().unwrap_or_default(),
        row.data.clone(),
        row.before.clone().unwrap_or_default(),
        row.after.clone().unwrap_or_default(),
        row.seal.clone().unwrap_or_default(),
    ]
}

fn jsonl(row: &row::Model) -> String {
    let json = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let side = |text: &Option<String>| text.as_deref().map(json);
    let line = json!({
        "seq": row.seq,
        "id": row.id,
        "at": event::time(row.at),
        "kind": row.kind,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "account_id": row.account_id,
        "actor": json(&row.actor),
        "origin": row.origin,
        "data": json(&row.data),
        "before": side(&row.before),
        "after": side(&row.after),
        "seal": row.seal,
    });
    format!("{line}\n")
}

struct Export {
    app: App,
    search: Search,
    format: Format,
    place: Option<Cursor>,
    done: bool,
}

impl Export {
    async fn next(&mut self) -> Result<Bytes, BoxError> {
        let rows = self
            .search
            .events(self.app.db().read(), self.place.into(), CHUNK)
            .await?;
        self.done = (rows.len() as u64) < CHUNK;
        let lines = self.format.lines(&rows, self.place.is_none())?;
        self.place = rows.last().map(Cursor::of).or(self.place);
        Ok(lines.into())
    }
}

/// The file. Where the database fails on the way, the connection breaks off, so that half a file passes for no whole one.
pub(super) fn answer(app: App, search: Search, format: Format) -> Response {
    let export = Export {
        app,
        search,
        format,
        place: None,
        done: false,
    };
    let chunks = stream::unfold(export, |mut export| async {
        if export.done {
            return None;
        }
        let chunk = export.next().await;
        export.done |= chunk.is_err();
        Some((chunk, export))
    });
    // Compression asks once more after the end.
    let chunks = chunks.fuse();
    let mut response = Body::from_stream(chunks).into_response();
    let (content_type, disposition) = format.content_type();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

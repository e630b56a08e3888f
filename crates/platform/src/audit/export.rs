//! A search as a file: CSV (RFC 4180) or JSON Lines, written while it is read.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::search::{Cursor, Search};
use crate::{
    app::App,
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
    fn head(self) -> String {
        match self {
            Self::Csv => COLUMNS.join(",") + "\r\n",
            Self::Jsonl => String::new(),
        }
    }

    fn line(self, row: &row::Model) -> String {
        match self {
            Self::Csv => csv(row),
            Self::Jsonl => jsonl(row),
        }
    }

    fn content_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
            Self::Jsonl => ("application/jsonl", "attachment; filename=\"audit.jsonl\""),
        }
    }
}

fn csv(row: &row::Model) -> String {
    let actor: Value = serde_json::from_str(&row.actor).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let cells: [String; COLUMNS.len()] = [
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
    ];
    cells.map(|cell| quoted(&cell)).join(",") + "\r\n"
}

/// A cell. What a spreadsheet would run as a formula is kept from it by an apostrophe.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula || cell.contains(['"', ',', '\n', '\r']) {
        let apostrophe = if formula { "'" } else { "" };
        format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
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
    async fn next(&mut self) -> Result<Bytes, DbErr> {
        let rows = self.search.older(self.app.db().read(), self.place, CHUNK).await?;
        self.done = (rows.len() as u64) < CHUNK;
        let head = if self.place.is_none() {
            self.format.head()
        } else {
            String::new()
        };
        self.place = rows.last().map(Cursor::from).or(self.place);
        let lines: String = rows.iter().map(|row| self.format.line(row)).collect();
        Ok(Bytes::from(head + &lines))
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_run_as_a_formula_or_breaks_its_row() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("{\"a\":1,\n\"b\":2}"), "\"{\"\"a\"\":1,\n\"\"b\"\":2}\"");
        assert_eq!(quoted("plain"), "plain");
    }
}

//! `/api`: the OpenAPI document as a page, made on the server. It needs no script and asks nobody else for anything.

use std::{
    fmt::Write as _,
    sync::{Arc, OnceLock},
};

use askama::Template;
use axum::{extract::State, response::Response};
use serde_json::Value;

use super::document::Document;
use crate::web::{Fault, Mounted, Need, Routes, Shell, page};

/// The page of a document.
#[must_use]
pub fn pages(document: Arc<Document>) -> Mounted {
    let shown = Shown {
        document,
        reference: OnceLock::new(),
    };
    Routes::new()
        .get("/api", Need::Nothing, show)
        .with_state(Arc::new(shown))
}

/// What the page shows, once it was asked for.
struct Shown {
    document: Arc<Document>,
    reference: OnceLock<Result<Reference, serde_json::Error>>,
}

impl Shown {
    fn reference(&self) -> Result<&Reference, Fault> {
        let text = self.document.text()?;
        let read = || serde_json::from_slice(text).map(|document| Reference::of(&document));
        self.reference.get_or_init(read).as_ref().map_err(Fault::internal)
    }
}

struct Reference {
    about: Vec<String>,
    groups: Vec<Group>,
    webhooks: Vec<Operation>,
    schemas: Vec<Schema>,
}

struct Group {
    name: String,
    about: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    about: Vec<String>,
    parameters: Vec<Field>,
    body: Option<Shape>,
    answers: Vec<Answer>,
    curl: String,
}

struct Field {
    name: String,
    place: String,
    needed: bool,
    shape: Shape,
    about: String,
}

struct Answer {
    status: String,
    about: String,
    shape: Option<Shape>,
}

struct Schema {
    name: String,
    about: String,
    variants: Vec<Variant>,
}

/// The fields of one form of a schema.
struct Variant {
    name: String,
    fields: Vec<Field>,
    text: String,
}

/// A type: in words, and the schema that it leads to.
struct Shape {
    text: String,
    schema: Option<String>,
}

#[derive(Template)]
#[template(path = "api-reference.html")]
struct Page<'a> {
    shell: &'a Shell,
    reference: &'a Reference,
}

async fn show(State(shown): State<Arc<Shown>>, shell: Shell) -> Result<Response, Fault> {
    page(&Page {
        shell: &shell,
        reference: shown.reference()?,
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn paragraphs(value: &Value) -> Vec<String> {
    let plain = text(value).replace('`', "");
    plain.split("\n\n").map(str::to_owned).collect()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// What a value refers to.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"]
        .as_str()
        .and_then(|to| document.pointer(to.strip_prefix('#')?))
        .unwrap_or(value)
}

impl Reference {
    fn of(document: &Value) -> Self {
        let mut groups: Vec<Group> = document["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|tag| Group {
                name: text(&tag["name"]),
                about: text(&tag["description"]),
                operations: Vec::new(),
            })
            .collect();
        for (path, item) in entries(&document["paths"]) {
            for (method, operation) in entries(item).filter(|(_, it)| it.is_object()) {
                let tag = text(&operation["tags"][0]);
                if let Some(group) = groups.iter_mut().find(|group| group.name == tag) {
                    group
                        .operations
                        .push(Operation::of(document, method, path, operation));
                }
            }
        }
        let webhooks = entries(&document["webhooks"]).flat_map(|(name, item)| {
            entries(item)
                .filter(|(_, it)| it.is_object())
                .map(move |(method, operation)| Operation::of(document, method, name, operation))
        });
        Self {
            about: paragraphs(&document["info"]["description"]),
            groups,
            webhooks: webhooks.collect(),
            schemas: entries(&document["components"]["schemas"])
                .map(|(name, schema)| Schema {
                    name: name.clone(),
                    about: text(&schema["description"]),
                    variants: variants(document, schema),
                })
                .collect(),
        }
    }
}

impl Operation {
    fn of(document: &Value, method: &str, path: &str, operation: &Value) -> Self {
        let parameters: Vec<&Value> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|parameter| resolve(document, parameter))
            .collect();
        let body = &operation["requestBody"]["content"]["application/json"];
        let answers = entries(&operation["responses"]).map(|(status, answer)| {
            let answer = resolve(document, answer);
            let content = entries(&answer["content"]).next();
            Answer {
                status: status.clone(),
                about: text(&answer["description"]).replace('`', ""),
                shape: content.map(|(_, content)| Shape::of(&content["schema"])),
            }
        });
        let id = text(&operation["operationId"]);
        Self {
            id: if id.is_empty() { path.replace('/', "-") } else { id },
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(&operation["summary"]),
            about: paragraphs(&operation["description"]),
            parameters: parameters
                .iter()
                .map(|parameter| Field {
                    name: text(&parameter["name"]),
                    place: text(&parameter["in"]),
                    needed: parameter["required"] == true,
                    shape: Shape::of(&parameter["schema"]),
                    about: text(&parameter["description"]).replace('`', ""),
                })
                .collect(),
            body: (!body.is_null()).then(|| Shape::of(&body["schema"])),
            answers: answers.collect(),
            curl: curl(document, method, path, &body["schema"]),
        }
    }
}

/// A line for a terminal.
fn curl(document: &Value, method: &str, path: &str, body: &Value) -> String {
    let origin = text(&document["servers"][0]["url"]);
    let mut line = String::from("curl -H \"Authorization: Bearer $PORTICO_TOKEN\"");
    if method != "get" {
        // Writing to a String cannot fail.
        let _ = write!(line, " -X {}", method.to_uppercase());
    }
    if method == "post" {
        line.push_str(" -H \"Idempotency-Key: $(uuidgen)\"");
    }
    if !body.is_null() {
        let sample = sample(document, body, 0);
        let _ = write!(
            line,
            " \\\n  --json '{}'",
            sample.to_string().replace('\'', "'\\''")
        );
    }
    let _ = write!(line, " \\\n  '{origin}{path}'");
    line
}

/// A value of a schema: its example, or one made of those of its fields.
fn sample(document: &Value, schema: &Value, depth: u8) -> Value {
    let schema = resolve(document, schema);
    let example = schema.get("example").or_else(|| schema["examples"].get(0));
    if let Some(example) = example.filter(|_| depth > 0) {
        return example.clone();
    }
    if let Some(choice) = schema["enum"].get(0) {
        return choice.clone();
    }
    if depth > 4 {
        return Value::Null;
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match (kind, schema["format"].as_str()) {
        (Some("object") | None, _) if schema["properties"].is_object() => {
            let needed = schema["required"].as_array().cloned().unwrap_or_default();
            entries(&schema["properties"])
                .filter(|(name, _)| needed.is_empty() || needed.iter().any(|needed| needed == *name))
                .map(|(name, schema)| (name.clone(), sample(document, schema, depth + 1)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        (Some("array"), _) => vec![sample(document, &schema["items"], depth + 1)].into(),
        (Some("string"), Some("uuid")) => "019b0d6b-5c5f-7c3f-9a2e-4d1b8c7a6f50".into(),
        (Some("integer"), _) => 1.into(),
        (Some("boolean"), _) => false.into(),
        (Some("object"), _) => Value::Object(serde_json::Map::new()),
        _ => "…".into(),
    }
}

impl Shape {
    fn of(schema: &Value) -> Self {
        if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
            return Self {
                text: name.to_owned(),
                schema: Some(name.to_owned()),
            };
        }
        if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            let shapes: Vec<Self> = choices.iter().map(Self::of).collect();
            return Self {
                text: shapes
                    .iter()
                    .map(|shape| shape.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" | "),
                schema: shapes.into_iter().find_map(|shape| shape.schema),
            };
        }
        if let Some(choices) = schema["enum"].as_array() {
            let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
            return Self::plain(choices.join(" | "));
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => {
                let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
                kinds.join(" | ")
            }
            Value::String(kind) => kind.clone(),
            _ => String::from("any"),
        };
        if schema["items"].is_object() {
            let item = Self::of(&schema["items"]);
            return Self {
                text: format!("{kind} of {}", item.text),
                schema: item.schema,
            };
        }
        match schema["format"].as_str() {
            Some(format) => Self::plain(format!("{kind} ({format})")),
            None => Self::plain(kind),
        }
    }

    fn plain(text: String) -> Self {
        Self { text, schema: None }
    }
}

/// The forms that a schema has: one, or one of several.
fn variants(document: &Value, schema: &Value) -> Vec<Variant> {
    let schema = resolve(document, schema);
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().flat_map(|part| variants(document, part)).collect();
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices
            .iter()
            .flat_map(|choice| variants(document, choice))
            .collect();
    }
    let needed = schema["required"].as_array().cloned().unwrap_or_default();
    let fields: Vec<Field> = entries(&schema["properties"])
        .map(|(name, field)| Field {
            name: name.clone(),
            place: String::new(),
            needed: needed.iter().any(|needed| needed == name),
            shape: Shape::of(field),
            about: text(&field["description"]).replace('`', ""),
        })
        .collect();
    let shape = if fields.is_empty() {
        Shape::of(schema).text
    } else {
        String::new()
    };
    vec![Variant {
        name: text(&schema["description"]).replace('`', ""),
        fields,
        text: shape,
    }]
}

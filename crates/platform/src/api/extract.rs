//! What comes in: bodies, queries and ids. What does not fit its description is answered with the place where it does
//! not, in the caller's words and not in those of a parser.

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{
    idempotency,
    problem::{FieldProblem, MALFORMED, MEDIA_TYPE, NOT_FOUND, Problem, TOO_LARGE},
    unit,
};
use crate::{
    i18n::L10n,
    web::{Fault, Shell},
};

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let shell = shell(request.extensions().get::<Shell>())?;
        if !is_json(request.headers()) {
            return Err(Problem::new(MEDIA_TYPE).into());
        }
        let bytes =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Problem::new(TOO_LARGE),
                    _ => Problem::new(MALFORMED),
                })?;
        // A parser takes a list for a thing, its fields in order; no description says so.
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            let detail = shell.l.t("problem-field-type");
            return Err(Problem::new(MALFORMED).error(FieldProblem::at("", detail)).into());
        }
        if holds_zero(&bytes) {
            return Err(Problem::new(MALFORMED)
                .detail(shell.l.t("problem-malformed-zero"))
                .into());
        }
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value =
            serde_path_to_error::deserialize(&mut reader).map_err(|error| misfit(&shell.l, &error))?;
        reader.end().map_err(|error| syntax(&shell.l, &error))?;
        Ok(Self(value))
    }
}

/// The parameters of the query. Types for it name their fields, and refuse others.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let shell = shell(parts.extensions.get::<Shell>())?;
        let text = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        let mut names: Vec<_> = pairs.map(|(name, _)| name).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            let detail = shell.l.t("problem-field-twice");
            return Err(parameter(twice[0].clone().into_owned(), detail));
        }
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|rejection| {
                let source = std::error::Error::source(&rejection).map(ToString::to_string);
                let text = source.unwrap_or_default();
                let (name, detail) = match complaint(&text) {
                    (Some(field), key) => (field, shell.l.t(key)),
                    (None, key) => {
                        // As in `limit: invalid digit found in string`.
                        let name = text
                            .split(':')
                            .next()
                            .filter(|name| names.iter().any(|it| it == name));
                        (name.unwrap_or("?"), shell.l.t(key))
                    }
                };
                parameter(name.to_owned(), detail)
            })
    }
}

/// The id in the path. A malformed id is answered with 404.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::new(NOT_FOUND))?;
        let id = text.parse().map_err(|_| Problem::new(NOT_FOUND))?;
        Ok(Self(id))
    }
}

/// A stable identifier of this request: a hash of the caller and its `Idempotency-Key`, 43 characters. Kept with effects
/// that must never repeat, even after the kept answer has expired. Operations that take it say so ([`super::Op::once`]); a
/// request without a key is malformed.
pub struct Once(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let claimed =
            unit::current().and_then(|conditions| Some(conditions.claim.as_ref()?.name().to_owned()));
        if let Some(name) = claimed {
            return Ok(Self(name));
        }
        let shell = shell(parts.extensions.get::<Shell>())?;
        Err(parameter(
            idempotency::NAME.to_owned(),
            shell.l.t("problem-field-missing"),
        ))
    }
}

fn shell(shell: Option<&Shell>) -> Result<Shell, Fault> {
    shell
        .cloned()
        .ok_or_else(|| Fault::internal("a handler runs outside the shell"))
}

/// Whether a text in JSON has U+0000 somewhere, which it can only as an escape.
fn holds_zero(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        // What a backslash stands before may be another one.
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn parameter(name: String, detail: String) -> Fault {
    Problem::new(MALFORMED)
        .error(FieldProblem::parameter(name, detail))
        .into()
}

fn misfit(l: &L10n, error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if !error.inner().is_data() {
        return syntax(l, error.inner());
    }
    let text = error.inner().to_string();
    let mut pointer = String::new();
    for segment in error.path() {
        use serde_path_to_error::Segment;
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let (field, key) = complaint(&text);
    if let Some(field) = field
        && !pointer.ends_with(&format!("/{field}"))
    {
        push(&mut pointer, field);
    }
    Problem::new(MALFORMED).error(FieldProblem::at(pointer, l.t(key)))
}

fn push(pointer: &mut String, part: &str) {
    pointer.push('/');
    pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
}

fn syntax(l: &L10n, error: &serde_json::Error) -> Problem {
    let detail = l.t2(
        "problem-malformed-json",
        "line",
        error.line(),
        "column",
        error.column(),
    );
    Problem::new(MALFORMED).detail(detail)
}

/// What a parser's words complain about: a field, where they name one, and the message for people.
fn complaint(text: &str) -> (Option<&str>, &'static str) {
    let named = |start: &str| text.strip_prefix(start)?.split('`').next();
    if let Some(field) = named("missing field `") {
        (Some(field), "problem-field-missing")
    } else if let Some(field) = named("unknown field `") {
        (Some(field), "problem-field-unknown")
    } else if text.contains("unknown variant") {
        (None, "problem-field-choice")
    } else {
        (None, "problem-field-type")
    }
}

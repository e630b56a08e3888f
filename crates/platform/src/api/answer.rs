//! What goes out: JSON with its validator.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::DbErr;
use serde::Serialize;
use uuid::Uuid;

use super::{
    problem::{CHANGED, Problem},
    unit,
};
use crate::{app::App, event, web::Fault};

/// A thing.
pub fn json(value: &impl Serialize) -> Result<Response, Fault> {
    with_status(StatusCode::OK, value)
}

/// A thing that has a version: its `ETag` says which, and changes may name it in `If-Match`.
///
/// The version is how many events there are about `subject`, in whichever process they happened. It is read first, and
/// the thing by `read` behind it. If somebody changes it in between, the version is older than what it stands for, which
/// costs the caller one more request; a newer one would hide the change. What changes without an event about it (when
/// somebody last signed in, that a link has expired) is in the digest behind the version: a reader gets it, and a change
/// is not refused for it.
pub async fn versioned<T: Serialize>(
    app: &App,
    subject: impl Into<Uuid>,
    read: impl Future<Output = Result<T, Fault>>,
) -> Result<Response, Fault> {
    let version = event::count(app.db().read(), subject.into()).await?;
    let text = serde_json::to_string(&read.await?).map_err(Fault::internal)?;
    let tag = HeaderValue::from_str(&format!("\"{version}.{}\"", digest(text.as_bytes())));
    let mut response = with_text(StatusCode::OK, text);
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// A thing that was made, and where it is.
pub fn created(location: &str, value: &impl Serialize) -> Result<Response, Fault> {
    let mut response = with_status(StatusCode::CREATED, value)?;
    let location = HeaderValue::from_str(location).map_err(Fault::internal)?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// Done, and nothing to say.
#[must_use]
pub fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Refuses a change of a thing that changed since the caller read it. The unit of work asks again, under its lock.
pub async fn precondition(app: &App, headers: &HeaderMap, subject: impl Into<Uuid>) -> Result<(), Fault> {
    let Some(expected) = Expected::of(headers) else {
        return Ok(());
    };
    let subject = subject.into();
    unit::is_about(subject);
    if expected.includes(event::count(app.db().read(), subject).await?) {
        Ok(())
    } else {
        Err(Problem::new(CHANGED).into())
    }
}

fn with_status(status: StatusCode, value: &impl Serialize) -> Result<Response, Fault> {
    let text = serde_json::to_string(value).map_err(Fault::internal)?;
    Ok(with_text(status, text))
}

fn with_text(status: StatusCode, text: String) -> Response {
    let mut response = (status, Body::from(text)).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Tells answers apart.
fn digest(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..12])
}

/// The versions that `If-Match` allows (RFC 9110, 13.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Any, as long as it is there.
    Any,
    /// One of these.
    Versions(Vec<u64>),
}

impl Expected {
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::IF_MATCH).iter().peekable();
        values.peek()?;
        let mut versions = Vec::new();
        for tag in values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
        {
            match tag.trim() {
                "*" => return Some(Self::Any),
                // A tag that is none of ours fits nothing. What stands behind a point is no part of the version.
                tag => versions.extend(
                    tag.strip_prefix('"')
                        .and_then(|tag| tag.strip_suffix('"'))
                        .and_then(|tag| tag.split('.').next()?.parse::<u64>().ok()),
                ),
            }
        }
        Some(Self::Versions(versions))
    }

    pub(crate) fn includes(&self, version: u64) -> bool {
        match self {
            Self::Any => true,
            Self::Versions(versions) => versions.contains(&version),
        }
    }
}

/// Gives an answer to a read its validator, and spares the body of one that the caller has (RFC 9110, 13.1.2).
pub(crate) async fn conditional(known: Known, response: Response) -> Result<Response, DbErr> {
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let mut body = body;
    if !parts.headers.contains_key(header::ETAG) {
        let bytes = to_bytes(body, usize::MAX)
            .await
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        // Weak: the answer may be compressed on its way.
        let tag = format!("W/\"{}\"", digest(&bytes));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            parts.headers.insert(header::ETAG, tag);
        }
        body = Body::from(bytes);
    }
    if known.includes(parts.headers.get(header::ETAG)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        body = Body::empty();
    }
    Ok(Response::from_parts(parts, body))
}

/// The answers that the caller has: those that `If-None-Match` names.
pub(crate) struct Known(Vec<HeaderValue>);

impl Known {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self(headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect())
    }

    fn includes(&self, tag: Option<&HeaderValue>) -> bool {
        let Some(tag) = tag.and_then(|tag| tag.to_str().ok()) else {
            return false;
        };
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        self.0
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
    }
}

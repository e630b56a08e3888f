//! What goes wrong at the API, as `application/problem+json` (RFC 9457) in the caller's language.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{Scope, Token};
use crate::web::{Fault, FieldErrors, Shell};

/// A kind of problem. Its type is `urn:portico:problem:{slug}`: stable, and the same at every provider. The message
/// `problem-{slug}` is its title, `problem-{slug}-detail` what is said where nothing more precise is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The last part of its type.
    pub slug: &'static str,
    /// The status of the answer.
    pub status: StatusCode,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $status:ident;)+) => {
        $($(#[$doc])* pub const $name: Kind = Kind { slug: $slug, status: StatusCode::$status };)+

        /// The kinds that any operation may answer with.
        pub const ALL: &[Kind] = &[$($name),+];
    };
}

kinds! {
    /// The request does not fit its description.
    MALFORMED = "malformed", BAD_REQUEST;
    /// No token, or one that does not hold.
    UNAUTHENTICATED = "unauthenticated", UNAUTHORIZED;
    /// The token's person may not do this.
    FORBIDDEN = "forbidden", FORBIDDEN;
    /// The token was not made for this.
    INSUFFICIENT_SCOPE = "insufficient-scope", FORBIDDEN;
    /// Nothing is there, or nothing that the caller may know of.
    NOT_FOUND = "not-found", NOT_FOUND;
    /// The address does not take this method.
    METHOD = "method-not-allowed", METHOD_NOT_ALLOWED;
    /// The caller accepts no JSON.
    NOT_ACCEPTABLE = "not-acceptable", NOT_ACCEPTABLE;
    /// The state of things does not allow it.
    CONFLICT = "conflict", CONFLICT;
    /// A request with this idempotency key is under way.
    KEY_BUSY = "idempotency-key-busy", CONFLICT;
    /// What was asked for with this idempotency key was done, but the answer was lost in a crash.
    ANSWER_LOST = "idempotency-answer-lost", CONFLICT;
    /// It changed since the caller read it.
    CHANGED = "changed", PRECONDITION_FAILED;
    /// The body is too large.
    TOO_LARGE = "too-large", PAYLOAD_TOO_LARGE;
    /// The body is no JSON.
    MEDIA_TYPE = "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE;
    /// The request fits its description, but a value breaks a rule.
    INVALID = "invalid", UNPROCESSABLE_ENTITY;
    /// This idempotency key was used for another request.
    KEY_REUSED = "idempotency-key-reused", UNPROCESSABLE_ENTITY;
    /// Too many requests.
    TOO_MANY = "too-many-requests", TOO_MANY_REQUESTS;
    /// Ours to mend.
    INTERNAL = "internal", INTERNAL_SERVER_ERROR;
    /// Come again in a moment.
    UNAVAILABLE = "unavailable", SERVICE_UNAVAILABLE;
}

/// It concerns the staff member's own account. Rooms in which staff decide name it.
pub const OWN_ACCOUNT: Kind = Kind::new("own-account", StatusCode::FORBIDDEN);

impl Kind {
    /// A kind of a room's own.
    #[must_use]
    pub const fn new(slug: &'static str, status: StatusCode) -> Self {
        Self { slug, status }
    }

    /// The URI that programs tell problems apart by.
    #[must_use]
    pub fn uri(self) -> String {
        format!("urn:portico:problem:{}", self.slug)
    }

    /// The general kind of a status.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::FORBIDDEN => FORBIDDEN,
            StatusCode::CONFLICT => CONFLICT,
            StatusCode::UNPROCESSABLE_ENTITY => INVALID,
            other => *ALL
                .iter()
                .find(|kind| kind.status == other)
                .unwrap_or(if other.is_server_error() {
                    &INTERNAL
                } else {
                    &MALFORMED
                }),
        }
    }
}

/// A mistake in one place of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Where in the body: a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/tax_code", nullable = false)]
    pub pointer: Option<String>,
    /// Which parameter of the query, or which header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parameter: Option<String>,
    /// What is wrong, in the caller's language.
    pub detail: String,
}

impl FieldProblem {
    /// In the body.
    #[must_use]
    pub fn at(pointer: impl Into<String>, detail: String) -> Self {
        Self {
            pointer: Some(pointer.into()),
            parameter: None,
            detail,
        }
    }

    /// In the query or a header.
    #[must_use]
    pub fn parameter(name: impl Into<String>, detail: String) -> Self {
        Self {
            pointer: None,
            parameter: Some(name.into()),
            detail,
        }
    }
}

/// A request of the API that cannot be answered as asked. Handlers return it as a [`Fault`].
#[derive(Clone, Debug)]
pub struct Problem {
    pub(crate) kind: Kind,
    pub(crate) detail: Option<String>,
    pub(crate) errors: Vec<FieldProblem>,
    pub(crate) retry_after: Option<i64>,
    pub(crate) scope: Option<Scope>,
}

impl Problem {
    /// A problem that its kind says all about.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            detail: None,
            errors: Vec::new(),
            retry_after: None,
            scope: None,
        }
    }

    /// Says more, in the caller's language.
    #[must_use]
    pub fn detail(self, detail: String) -> Self {
        Self {
            detail: Some(detail),
            ..self
        }
    }

    /// Names a mistake.
    #[must_use]
    pub fn error(mut self, error: FieldProblem) -> Self {
        self.errors.push(error);
        self
    }

    /// Says when to come again, in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            ..self
        }
    }

    pub(crate) fn scope(self, scope: Scope) -> Self {
        Self {
            scope: Some(scope),
            ..self
        }
    }

    /// Values of the body that break rules, by the names of their fields.
    #[must_use]
    pub fn fields(errors: &FieldErrors) -> Self {
        errors.iter().fold(Self::new(INVALID), |problem, (field, text)| {
            problem.error(FieldProblem::at(format!("/{field}"), text.clone()))
        })
    }

    /// The answer. `reference` ties it to the log.
    pub(crate) fn respond(&self, shell: &Shell, reference: &str) -> Response {
        let l = &shell.l;
        let kind = self.kind;
        let body = Answer {
            kind: kind.uri(),
            title: l.t(&format!("problem-{}", kind.slug)),
            status: kind.status.as_u16(),
            detail: self
                .detail
                .clone()
                .unwrap_or_else(|| l.t(&format!("problem-{}-detail", kind.slug))),
            instance: reference.to_owned(),
            errors: self.errors.clone(),
        };
        let text = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (kind.status, Body::from(text)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA));
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(l.language().tag()),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some((name, value)) = self.challenge(shell) {
            headers.insert(name, value);
        }
        response
    }

    /// What RFC 6750, 3 asks for.
    fn challenge(&self, shell: &Shell) -> Option<(HeaderName, HeaderValue)> {
        let text = match (self.kind.status, self.scope, shell.token()) {
            (StatusCode::UNAUTHORIZED, _, Token::Invalid) => {
                "Bearer realm=\"portico\", error=\"invalid_token\"".to_owned()
            }
            (StatusCode::UNAUTHORIZED, ..) => "Bearer realm=\"portico\"".to_owned(),
            (StatusCode::FORBIDDEN, Some(scope), _) => format!(
                "Bearer realm=\"portico\", error=\"insufficient_scope\", scope=\"{}\"",
                scope.as_str()
            ),
            _ => return None,
        };
        Some((header::WWW_AUTHENTICATE, HeaderValue::from_str(&text).ok()?))
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::problem(problem)
    }
}

/// The media type of problems.
pub(crate) const MEDIA: &str = "application/problem+json";

/// Why a request was not answered as asked (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Answer {
    /// Tells kinds of problems apart; stable.
    #[serde(rename = "type")]
    #[schema(example = "urn:portico:problem:not-found")]
    pub(crate) kind: String,
    /// The kind, in the caller's language.
    pub(crate) title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 404)]
    pub(crate) status: u16,
    /// What went wrong this time, in the caller's language.
    pub(crate) detail: String,
    /// The request's id, as it stands in the provider's log.
    pub(crate) instance: String,
    /// Where the request is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) errors: Vec<FieldProblem>,
}

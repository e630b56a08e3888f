//! Every request, watched: its id, its span, one line in the log, its figures.
//!
//! No path, query, header or address gets into any of these: the route template says enough, and the rest may hold
//! what is nobody's business.

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method},
    response::Response,
};
use tracing::{
    Instrument, Span,
    field::{Empty, display},
};
use uuid::Uuid;

use crate::{
    actor::{Capacity, Visitor},
    app::App,
};

/// The header that carries the id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a request without a route is counted under.
const NO_ROUTE: &str = "(none)";

/// The id of a request: in the log, in the answer, and on error pages.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The id that a proxy of ours gave the request, or a new one. A stranger's is not taken: it could make its
    /// requests look like somebody else's in the log.
    fn of(request: &Request, app: &App) -> Self {
        let given = (app.trusted_proxies() > 0)
            .then(|| request.headers().get(REQUEST_ID))
            .flatten()
            .filter(|id| id.to_str().is_ok_and(is_well_formed));
        let made = || HeaderValue::try_from(app.new_id().simple().to_string());
        Self(match given {
            Some(id) => id.clone(),
            // Hexadecimal digits are a header's value.
            None => made().unwrap_or_else(|_| HeaderValue::from_static("")),
        })
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Letters and digits.
        self.0.to_str().unwrap_or_default()
    }
}

/// 8 to 64 letters, digits, `-`, `_` or `.`: UUIDs, ULIDs and what common proxies make.
fn is_well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// A request as whatever follows it beyond the log gets to see it.
pub struct Observed<'a> {
    /// The method.
    pub method: &'static str,
    /// The route template.
    pub route: &'a str,
    /// The headers, where they come from proxies of ours.
    pub headers: Option<&'a HeaderMap>,
}

/// Told of every request's span when it begins: for tracing, which adds to it where the request came from.
pub type SpanHook = fn(&Span, &Observed<'_>);

/// Who asks, as the log has it: the kind and the id, no name and no address. Known once the session or token was read.
#[derive(Clone, Default)]
struct Asker(Arc<OnceLock<(&'static str, Option<Uuid>)>>);

/// Ends with the request, also when the browser has gone away and nobody waits for the answer any more.
struct Flight {
    started: Instant,
    method: &'static str,
    route: Option<MatchedPath>,
    asker: Asker,
    status: Option<u16>,
}

impl Flight {
    fn begin(method: &'static str, route: Option<MatchedPath>, asker: Asker) -> Self {
        metrics::gauge!("portico_http_requests_in_flight").increment(1.0);
        Self {
            started: Instant::now(),
            method,
            route,
            asker,
            status: None,
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let took = self.started.elapsed();
        let status = self
            .status
            .map_or("cancelled".to_owned(), |status| status.to_string());
        let took_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
        let (actor, id) = self.asker.0.get().copied().unzip();
        let actor_id = id.flatten().map(display);
        tracing::info!(actor, actor_id, status, took_ms, "request");
        let route = route_name(self.route.as_ref()).to_owned();
        metrics::gauge!("portico_http_requests_in_flight").decrement(1.0);
        metrics::histogram!("portico_http_request_duration_seconds", "method" => self.method, "route" => route.clone())
            .record(took);
        metrics::counter!("portico_http_requests_total", "method" => self.method, "route" => route, "status" => status)
            .increment(1);
    }
}

/// Watches a request while `answer` makes what it is answered.
pub(super) async fn observe<F>(app: &App, mut request: Request, answer: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let id = RequestId::of(&request, app);
    let method = method_name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = route_name(matched.as_ref());
    let span = tracing::info_span!(
        "request",
        id = id.as_str(),
        method,
        route,
        actor = Empty,
        actor_id = Empty,
        otel.name = Empty,
        otel.kind = Empty,
        otel.status_code = Empty,
    );
    if let Some(hook) = app.span_hook() {
        let headers = (app.trusted_proxies() > 0).then(|| request.headers());
        hook(
            &span,
            &Observed {
                method,
                route,
                headers,
            },
        );
    }
    let asker = Asker::default();
    let flight = Flight::begin(method, matched, asker.clone());
    let extensions = request.extensions_mut();
    extensions.insert(id.clone());
    extensions.insert(asker);
    let answer = answer(request);
    let watched = async move {
        // As a whole: it ends with this future.
        let mut flight = flight;
        let mut response = answer.await;
        let status = response.status();
        flight.status = Some(status.as_u16());
        if status.is_server_error() && app.span_hook().is_some() {
            Span::current().record("otel.status_code", "ERROR");
        }
        response.headers_mut().insert(REQUEST_ID, id.0);
        response
    };
    watched.instrument(span).await
}

fn route_name(matched: Option<&MatchedPath>) -> &str {
    matched.map_or(NO_ROUTE, MatchedPath::as_str)
}

/// Notes who asks: for the request's line in the log, and in the span where there is a trace to show it.
pub(super) fn note_visitor(app: &App, extensions: &Extensions, visitor: &Visitor) {
    let (kind, id) = match visitor.signed_in().map(|person| person.capacity) {
        None => ("visitor", None),
        Some(Capacity::Root { user, .. }) => ("root", Some(Uuid::from(user))),
        Some(Capacity::Iam { user, .. }) => ("iam", Some(Uuid::from(user))),
        Some(Capacity::Staff { staff, .. }) => ("staff", Some(Uuid::from(staff))),
    };
    if let Some(Asker(asker)) = extensions.get() {
        // A request is identified once.
        let _ = asker.set((kind, id));
    }
    if app.span_hook().is_some() {
        let span = Span::current();
        span.record("actor", kind);
        if let Some(id) = id {
            span.record("actor_id", display(id));
        }
    }
}

/// The method's name; anything that is not one of the standard's counts as `OTHER`, so that nobody can invent
/// series.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn an_id_that_could_break_a_log_line_is_not_well_formed() {
        for good in ["0192f3a4-5b6c-7d8e", "01JDABCDEFGHJKMNPQRSTVWXYZ", "req_1234.5"] {
            assert!(is_well_formed(good), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            "short",
            "has space",
            "new\nline",
            "quote\"s",
            "é1234567",
            &long,
        ] {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}

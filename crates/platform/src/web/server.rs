//! Puts all rooms behind one door: who is it, in which language, what may go wrong, which headers.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::SignedDuration;
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

use super::{
    Fault, Form, Mounted, Need, Routes, assets, cookie, expired_cookie,
    forms::holds_zero,
    observe::{self, RequestId},
    redirect, security,
    shell::{Asked, NavEntry, Shell},
    way_back::Pages,
};
use crate::{
    actor::Visitor,
    api::{self, Access, limits::Limits, scope::bearer},
    app::App,
    db::settled,
};

/// No form of ours is larger; routes that take files raise it for themselves.
const BODY_LIMIT: usize = 64 * 1024;

/// Knows who sits at the browser.
pub trait Identify: Send + Sync + 'static {
    /// The person whose session the request carries.
    fn identify(&self, headers: &HeaderMap) -> impl Future<Output = Result<Visitor, Fault>> + Send;

    /// What a bearer token gives, if it holds. Below `/api/` nothing else is asked.
    fn identify_bearer(&self, token: &str)
    -> impl Future<Output = Result<Option<Arc<Access>>, Fault>> + Send;
}

/// What [`assemble`] puts together.
pub struct Site<I> {
    /// The installation.
    pub app: App,
    /// What all rooms serve.
    pub routes: Mounted,
    /// The navigation, from first to last.
    pub nav: Vec<NavEntry>,
    /// Knows who it is.
    pub identify: I,
    /// How much the API may be asked.
    pub api: api::Config,
}

struct Front<I> {
    app: App,
    nav: Arc<[NavEntry]>,
    identify: I,
    limits: Limits,
    pages: Pages,
}

/// The whole of the web side.
pub fn assemble<I: Identify>(site: Site<I>) -> Router {
    let own = Routes::new()
        .get("/assets/{name}", Need::Nothing, assets::serve)
        .post("/language", Need::Nothing, choose_language)
        .with_state(site.app.clone());
    let routes = site.routes.and(own);
    let front = Arc::new(Front {
        app: site.app.clone(),
        nav: site.nav.into(),
        identify: site.identify,
        limits: Limits::new(site.api),
        pages: Pages::of(&routes.table),
    });
    routes
        .router
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async { Fault::plain(StatusCode::METHOD_NOT_ALLOWED) })
        .layer(
            ServiceBuilder::new()
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(front, serve::<I>))
                .layer(CatchPanicLayer::custom(|_| {
                    Fault::internal("a handler panicked").into_response()
                }))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::SERVICE_UNAVAILABLE,
                    Duration::from_secs(30),
                ))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        // Outside everything: asked many times a minute by whatever watches the process.
        .merge(Router::new().route("/healthz", get(|| async { "ok\n" })))
}

async fn serve<I: Identify>(State(front): State<Arc<Front<I>>>, request: Request, next: Next) -> Response {
    observe::observe(&front.app, request, |request| receive(&front, request, next)).await
}

async fn receive<I: Identify>(front: &Front<I>, mut request: Request, next: Next) -> Response {
    let app = &front.app;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let malformed = request
        .uri()
        .query()
        .is_some_and(|query| holds_zero(query.as_bytes()));
    let asked = Asked {
        path: path.to_owned(),
        origin: client_address(request.headers(), peer(&request), app.trusted_proxies()),
    };
    let (shell, mut fault) = front.shell(request.headers(), asked).await;
    observe::note_visitor(app, request.extensions(), &shell.visitor);
    let reference = request.extensions().get::<RequestId>().cloned();
    let standing = shell.is_api().then(|| front.count(&shell));
    if let Some(standing) = standing.filter(|standing| standing.exceeded) {
        fault.get_or_insert(Fault::wait(SignedDuration::from_secs(standing.reset)));
    }
    if malformed {
        fault.get_or_insert(Fault::bad_request());
    }
    request.extensions_mut().insert(shell.clone());
    if request.method() == Method::POST && shell.visitor.signed_in().is_none() {
        request.extensions_mut().insert(front.pages.clone());
    }

    let mut response = match fault {
        None => settled(next.run(request))
            .await
            .unwrap_or_else(|lost| Fault::from(lost).into_response()),
        Some(fault) => fault.into_response(),
    };
    if let Some(fault) = fault_of(&response) {
        let reference = reference.as_ref().map_or("–", RequestId::as_str);
        tell(&mut response, &fault, &shell, reference);
    }
    // Room for what every answer carries.
    response.headers_mut().reserve(16);
    if let Some(standing) = standing {
        standing.add_to(response.headers_mut());
        // Kept by the caller alone, and asked for again each time: that is what validators are for.
        let revalidate = HeaderValue::from_static("private, no-cache");
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(revalidate);
    }
    if shell.flash().is_some() && is_page(&response) {
        let gone = expired_cookie(&app.site().public_url, "flash");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    security::add_headers(
        &app.site().public_url,
        shell.visitor.signed_in().is_some(),
        &mut response,
    );
    response
}

/// Answers with the page, or the problem, of a fault, in place of the answer that carried it.
fn tell(response: &mut Response, fault: &Fault, shell: &Shell, reference: &str) {
    let extensions = std::mem::take(response.extensions_mut());
    let allow = response.headers_mut().remove(header::ALLOW);
    *response = if shell.is_api() {
        fault.respond_as_problem(shell, reference)
    } else {
        fault.respond(shell, reference)
    };
    response.extensions_mut().extend(extensions);
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
}

fn peer(request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map(|ConnectInfo(peer)| peer.ip())
}

impl<I: Identify> Front<I> {
    /// Who asks, and in which language.
    async fn shell(&self, headers: &HeaderMap, asked: Asked) -> (Shell, Option<Fault>) {
        let app = &self.app;
        if api::is_api(&asked.path) {
            let (token, fault) = match self.token(headers).await {
                Ok(token) => (token, None),
                Err(fault) => (api::Token::Missing, Some(fault)),
            };
            return (Shell::of_api(app, token, headers, asked), fault);
        }
        let identified = if asked.path.starts_with("/assets/") {
            Ok(Visitor::Anonymous)
        } else {
            self.identify.identify(headers).await
        };
        let (visitor, fault) = match identified {
            Ok(visitor) => (visitor, None),
            Err(fault) => (Visitor::Anonymous, Some(fault)),
        };
        let shell = Shell::new(app, self.nav.clone(), visitor, headers, asked);
        (shell, fault)
    }

    async fn token(&self, headers: &HeaderMap) -> Result<api::Token, Fault> {
        let token = match bearer(headers) {
            Ok(None) => return Ok(api::Token::Missing),
            Ok(Some(token)) => self.identify.identify_bearer(token).await?,
            Err(()) => None,
        };
        Ok(token.map_or(api::Token::Invalid, api::Token::Valid))
    }

    /// Counts a request to the API.
    fn count(&self, shell: &Shell) -> api::limits::Standing {
        let token = shell.token().access().map(|access| access.counted_as.as_str());
        self.limits.count(token, shell.origin, self.app.clock().now())
    }
}

/// A fault of ours, or an answer that the framework gave in plain words.
fn fault_of(response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    let status = response.status();
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let bare = kind.is_empty() || kind.starts_with("text/plain");
    match status {
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::PAYLOAD_TOO_LARGE if bare => Some(Fault::plain(status)),
        StatusCode::INTERNAL_SERVER_ERROR if bare => Some(Fault::internal("an answer without a reason")),
        _ if status.is_client_error() && bare => Some(Fault::bad_request()),
        _ => None,
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// The peer's address or, behind proxies of ours, the address that the outermost of them saw. What stands further
/// left in `X-Forwarded-For` is the client's own claim.
#[must_use]
pub fn client_address(headers: &HeaderMap, peer: Option<IpAddr>, proxies: usize) -> Option<IpAddr> {
    if proxies == 0 {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for");
    let all: Vec<&str> = forwarded
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .collect();
    all.get(all.len().checked_sub(proxies)?)?.trim().parse().ok()
}

/// What an address is counted by: of IPv6 the first 64 bits, since whoever has one such address has them all.
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[derive(Deserialize)]
struct LanguageForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    back: String,
}

async fn choose_language(State(app): State<App>, Form(form): Form<LanguageForm>) -> Result<Response, Fault> {
    let language: kernel::Language = form.language.parse().map_err(|_| Fault::bad_request())?;
    let mut response = redirect(local_path(&form.back).unwrap_or("/"));
    let year = 365 * 24 * 3600;
    let chosen = cookie(&app.site().public_url, "language", language.tag(), Some(year));
    response.headers_mut().append(header::SET_COOKIE, chosen);
    Ok(response)
}

/// A path on this site, never an address elsewhere: what a redirect may be sent to.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let fine = text.starts_with('/')
        && !text.starts_with("//")
        && text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    fine.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{local_path, network};

    #[test]
    fn an_ipv6_customer_is_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:0:7::1"), "2001:db8:0:7::/64");
        assert_eq!(of("2001:db8:0:7::1"), of("2001:db8:0:7:ffff::2"));
        assert_ne!(of("2001:db8:0:7::1"), of("2001:db8:0:8::1"));
        assert_eq!(of("::ffff:203.0.113.9"), "203.0.113.9");
        assert_ne!(of("203.0.113.9"), of("203.0.113.8"));
    }

    #[test]
    fn redirects_stay_on_this_site() {
        assert_eq!(local_path("/overview?a=1"), Some("/overview?a=1"));
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "overview",
            "/a\r\nb",
            "/\tx",
        ] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}

//! What can go wrong with a request, and the one place where it becomes a page.

use std::{fmt, sync::Arc};

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use sea_orm::DbErr;

use super::{page::html, shell::Shell};
use crate::{
    api::problem::{self, Problem},
    db::{is_collision, is_outage},
};

/// A request that cannot be answered as asked. Handlers return it; [`Fault::respond`] makes the page.
#[derive(Clone, Debug)]
pub struct Fault(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    /// One of the standard faults, told by `fault-{status}-title` and `fault-{status}-text`.
    Plain(StatusCode),
    /// A cross-site form.
    CrossSite,
    /// Too many tries; wait so long.
    Wait(SignedDuration),
    /// A dead end of some feature, told by `{key}-title` and `{key}-text`, with a next step.
    Told {
        status: StatusCode,
        key: &'static str,
        step: Option<(&'static str, String)>,
        /// Who it is about: `$name` in the text.
        name: Option<String>,
    },
    /// A problem of the API.
    Problem(Box<Problem>),
    /// Ours to mend.
    Internal(String),
}

impl Fault {
    /// Nothing is at this address, or nothing that the reader may know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::plain(StatusCode::NOT_FOUND)
    }

    /// Signed in, but without the permission.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::plain(StatusCode::FORBIDDEN)
    }

    /// Not signed in (any more), at a request that cannot be repeated after signing in.
    #[must_use]
    pub fn sign_in_again() -> Self {
        Self::plain(StatusCode::UNAUTHORIZED)
    }

    /// The request is malformed in a way that no form of ours makes.
    #[must_use]
    pub fn bad_request() -> Self {
        Self::plain(StatusCode::BAD_REQUEST)
    }

    /// The body is larger than the route takes.
    #[must_use]
    pub fn too_large() -> Self {
        Self::plain(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// Too many tries.
    #[must_use]
    pub fn wait(time: SignedDuration) -> Self {
        Self(Arc::new(Kind::Wait(time)))
    }

    /// What it takes is all in use: come again in a moment.
    #[must_use]
    pub fn busy() -> Self {
        Self::plain(StatusCode::SERVICE_UNAVAILABLE)
    }

    /// A form that another site sent.
    #[must_use]
    pub fn cross_site() -> Self {
        Self(Arc::new(Kind::CrossSite))
    }

    /// A dead end told by the messages `{key}-title` and `{key}-text`.
    #[must_use]
    pub fn told(status: StatusCode, key: &'static str) -> Self {
        Self(Arc::new(Kind::Told {
            status,
            key,
            step: None,
            name: None,
        }))
    }

    /// A dead end with a next step: the message key of a button, and where it leads.
    #[must_use]
    pub fn told_with(
        status: StatusCode,
        key: &'static str,
        label: &'static str,
        href: impl Into<String>,
    ) -> Self {
        Self(Arc::new(Kind::Told {
            status,
            key,
            step: Some((label, href.into())),
            name: None,
        }))
    }

    /// A dead end that names somebody: `$name` in the text.
    #[must_use]
    pub fn told_of(status: StatusCode, key: &'static str, name: impl Into<String>) -> Self {
        Self(Arc::new(Kind::Told {
            status,
            key,
            step: None,
            name: Some(name.into()),
        }))
    }

    /// Ours to mend. The text goes to the log, never to the page.
    #[must_use]
    pub fn internal(error: impl fmt::Display) -> Self {
        Self(Arc::new(Kind::Internal(error.to_string())))
    }

    pub(crate) fn problem(problem: Problem) -> Self {
        Self(Arc::new(Kind::Problem(Box::new(problem))))
    }

    pub(crate) fn plain(status: StatusCode) -> Self {
        Self(Arc::new(Kind::Plain(status)))
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &*self.0 {
            Kind::Plain(status) | Kind::Told { status, .. } => *status,
            Kind::CrossSite => StatusCode::FORBIDDEN,
            Kind::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Kind::Problem(problem) => problem.kind.status,
            Kind::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer of the API. `reference` ties it to the log.
    pub(crate) fn respond_as_problem(&self, shell: &Shell, reference: &str) -> Response {
        let problem = match &*self.0 {
            Kind::Problem(problem) => (**problem).clone(),
            Kind::Plain(StatusCode::SERVICE_UNAVAILABLE) => Problem::new(problem::UNAVAILABLE).retry_after(5),
            Kind::Plain(status) => Problem::new(problem::Kind::of(*status)),
            Kind::CrossSite => Problem::new(problem::FORBIDDEN),
            Kind::Wait(time) => Problem::new(problem::TOO_MANY).retry_after(time.as_secs()),
            Kind::Told {
                status, key, name, ..
            } => {
                let detail = told(shell, key, name.as_deref());
                Problem::new(problem::Kind::of(*status)).detail(detail)
            }
            Kind::Internal(error) => {
                tracing::error!(%error, "a request failed");
                Problem::new(problem::INTERNAL)
            }
        };
        problem.respond(shell, reference)
    }

    /// The page, in the reader's language. `reference` ties it to the log.
    pub(crate) fn respond(&self, shell: &Shell, reference: &str) -> Response {
        let status = self.status();
        let (title, text, step) = self.words(shell);
        let reference = status
            .is_server_error()
            .then(|| shell.l.t1("fault-reference", "id", reference.to_owned()));
        let page = FaultPage {
            shell,
            title,
            text,
            step,
            reference,
        };
        let mut response = match page.render() {
            Ok(body) => html(status, body),
            Err(error) => {
                tracing::error!(%error, "the error page failed");
                status.into_response()
            }
        };
        let wait = match &*self.0 {
            Kind::Wait(time) => Some(time.as_secs().max(1)),
            Kind::Plain(StatusCode::SERVICE_UNAVAILABLE) => Some(5),
            _ => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// Title, text and, if there is one, the step that leads on: what it is called, and where it goes.
    fn words(&self, shell: &Shell) -> (String, String, Option<(String, String)>) {
        let l = &shell.l;
        match &*self.0 {
            Kind::Plain(status) => {
                let key = format!("fault-{}", status.as_u16());
                let name = shell
                    .visitor
                    .signed_in()
                    .map_or("–", |person| person.name.as_str());
                (
                    l.t(&format!("{key}-title")),
                    l.t1(&format!("{key}-text"), "name", name),
                    None,
                )
            }
            Kind::CrossSite => (l.t("fault-csrf-title"), l.t("fault-csrf-text"), None),
            Kind::Wait(time) => (
                l.t("fault-429-title"),
                l.t1("fault-429-text", "seconds", time.as_secs().max(1)),
                None,
            ),
            Kind::Told { key, step, name, .. } => (
                l.t(&format!("{key}-title")),
                told(shell, key, name.as_deref()),
                step.as_ref().map(|(label, href)| (l.t(label), href.clone())),
            ),
            Kind::Problem(problem) => {
                let key = format!("problem-{}", problem.kind.slug);
                (l.t(&key), l.t(&format!("{key}-detail")), None)
            }
            Kind::Internal(error) => {
                tracing::error!(%error, "a request failed");
                (l.t("fault-500-title"), l.t("fault-500-text"), None)
            }
        }
    }
}

fn told(shell: &Shell, key: &str, name: Option<&str>) -> String {
    let (key, provider) = (format!("{key}-text"), shell.site().name.as_str());
    match name {
        Some(name) => shell.l.t2(&key, "provider", provider, "name", name),
        None => shell.l.t1(&key, "provider", provider),
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    shell: &'a Shell,
    title: String,
    text: String,
    step: Option<(String, String)>,
    reference: Option<String>,
}

/// Carries the fault to where the page is made.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        if is_outage(&error) {
            tracing::warn!(%error, "a request was put off: the database is away");
            Self::plain(StatusCode::SERVICE_UNAVAILABLE)
        } else if is_collision(&error) {
            tracing::warn!(%error, "a request was put off: others were in the way");
            Self::plain(StatusCode::SERVICE_UNAVAILABLE)
        } else {
            Self::internal(error)
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

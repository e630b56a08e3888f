//! Routes with their permission beside them. A route without one cannot be written, and one that takes forms from other
//! sites has to say so ([`Routes::for_programs`]).

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    handler::Handler,
    http::{Method, StatusCode},
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::{Fault, shell::Shell, way_back};
use crate::{
    actor::{Area, Capacity, Partnership, Permission, SignedIn, Visitor},
    api::Scope,
};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody.
    Nothing,
    /// Any user of a service account.
    Account,
    /// The root user of a service account.
    Root,
    /// Any signed-in person, of an account or of the staff.
    SignedIn,
    /// Any user of a service account, and staff with a permission.
    AccountOr(Permission),
    /// Staff with a permission.
    Staff(Permission),
    /// Users of a service account who may look at an area of its work.
    Sees(Area),
    /// The same, and staff with a permission.
    SeesOr(Area, Permission),
    /// Users of an account who may change things in an area of its work.
    Manages(Area),
    /// Users of a partner who may look at an area of its work.
    PartnerSees(Area),
    /// Users of a partner who may change things in an area of its work.
    PartnerManages(Area),
}

impl Need {
    /// The area of an account's work that it is about, if one.
    #[must_use]
    pub fn area(self) -> Option<Area> {
        match self {
            Self::Sees(area)
            | Self::SeesOr(area, _)
            | Self::Manages(area)
            | Self::PartnerSees(area)
            | Self::PartnerManages(area) => Some(area),
            Self::Nothing
            | Self::Account
            | Self::Root
            | Self::SignedIn
            | Self::AccountOr(_)
            | Self::Staff(_) => None,
        }
    }

    /// The one decision about access to a route.
    #[must_use]
    pub fn is_met_by(self, person: Option<&SignedIn>) -> bool {
        let capacity = person.map(|person| person.capacity);
        match self {
            Self::Nothing => true,
            Self::SignedIn => capacity.is_some(),
            Self::Account => matches!(capacity, Some(Capacity::Root { .. } | Capacity::Iam { .. })),
            Self::Root => matches!(capacity, Some(Capacity::Root { .. })),
            Self::AccountOr(permission) => {
                Self::Account.is_met_by(person) || Self::Staff(permission).is_met_by(person)
            }
            Self::Staff(permission) => person.is_some_and(|person| person.may(permission)),
            Self::Sees(area) => person.is_some_and(|person| person.sees(area)),
            Self::SeesOr(area, permission) => {
                Self::Sees(area).is_met_by(person) || Self::Staff(permission).is_met_by(person)
            }
            Self::Manages(area) => person.is_some_and(|person| person.manages(area)),
            Self::PartnerSees(area) => person.is_some_and(|person| person.is_partner() && person.sees(area)),
            Self::PartnerManages(area) => {
                person.is_some_and(|person| person.is_partner() && person.manages(area))
            }
        }
    }

    /// Why the route is not for somebody who is signed in, and what to do about it.
    fn refusal(self, person: &SignedIn) -> Fault {
        let told = |key, label, href| Fault::told_with(StatusCode::FORBIDDEN, key, label, href);
        let is_iam = matches!(person.capacity, Capacity::Iam { .. });
        match (self, person.partnership) {
            _ if person.account().is_none() => Fault::forbidden(),
            (Self::PartnerSees(_) | Self::PartnerManages(_), Partnership::None) => {
                told("fault-no-partner", "fault-no-partner-step", "/registration")
            }
            (Self::PartnerSees(_) | Self::PartnerManages(_), Partnership::CustomerOf(_)) => {
                told("fault-customer", "fault-customer-step", "/overview")
            }
            (
                Self::Sees(_)
                | Self::SeesOr(..)
                | Self::Manages(_)
                | Self::PartnerSees(_)
                | Self::PartnerManages(_),
                _,
            ) => told("fault-not-granted", "fault-not-granted-step", "/profile"),
            (Self::Root, _) if is_iam => told("fault-root-only", "fault-not-granted-step", "/profile"),
            _ => Fault::forbidden(),
        }
    }

    /// Where somebody who is not signed in does so for such a route.
    fn sign_in(self) -> &'static str {
        match self {
            Self::Staff(_) => "/staff/sign-in",
            _ => "/sign-in",
        }
    }
}

/// One route, as tests and documents list it.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// Who may use it.
    pub need: Need,
    /// What a token must be made for; of the API alone.
    pub scope: Option<Scope>,
}

/// The routes of a room, before its state is given.
pub struct Routes<S> {
    router: Router<S>,
    table: Vec<Route>,
    for_programs: bool,
}

/// Routes that are ready to serve.
#[derive(Default)]
pub struct Mounted {
    /// Serves them.
    pub router: Router,
    /// Lists them.
    pub table: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self {
            router: Router::new(),
            table: Vec::new(),
            for_programs: false,
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet: of pages, which only our own forms may post to.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No routes yet: of endpoints for programs, which authenticate each request by themselves.
    #[must_use]
    pub fn for_programs() -> Self {
        Self {
            for_programs: true,
            ..Self::default()
        }
    }

    /// Adds a `GET` (and `HEAD`) route.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.route(Method::GET, path, need, get(handler))
    }

    /// Adds a `POST` route.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.route(Method::POST, path, need, post(handler))
    }

    /// Adds a `POST` route that takes a body of up to `most` bytes, where forms take 64 KiB: for files.
    #[must_use]
    pub fn post_up_to<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        need: Need,
        most: usize,
        handler: H,
    ) -> Self {
        let handler = post(handler).layer(DefaultBodyLimit::max(most));
        self.route(Method::POST, path, need, handler)
    }

    fn route(mut self, method: Method, path: &'static str, need: Need, handler: MethodRouter<S>) -> Self {
        let admit = from_fn(move |request, next| admit(need, request, next));
        let guarded = if self.for_programs {
            handler.route_layer(admit)
        } else {
            let csrf = CsrfLayer::new()
                .with_rejection_response(|_: ProtectionError| Fault::cross_site().into_response());
            handler.route_layer((csrf, admit))
        };
        self.router = self.router.route(path, guarded);
        self.table.push(Route {
            method,
            path,
            need,
            scope: None,
        });
        self
    }

    /// Gives the room its state.
    #[must_use]
    pub fn with_state(self, state: S) -> Mounted {
        Mounted {
            router: self.router.with_state(state),
            table: self.table,
        }
    }
}

impl Mounted {
    /// Both rooms' routes.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        Self {
            router: self.router.merge(other.router),
            table: self.table,
        }
    }
}

async fn admit(need: Need, request: Request, next: Next) -> Response {
    let Some(shell) = request.extensions().get::<Shell>() else {
        return Fault::internal("a route is mounted outside the shell").into_response();
    };
    if need.is_met_by(shell.visitor.signed_in()) {
        return next.run(request).await;
    }
    match (&shell.visitor, request.method()) {
        (Visitor::SignedIn(person), _) => need.refusal(person).into_response(),
        (Visitor::Anonymous, &Method::GET) => {
            let to = url::form_urlencoded::byte_serialize(shell.path.as_bytes()).collect::<String>();
            Redirect::to(&format!("{}?to={to}", need.sign_in())).into_response()
        }
        (Visitor::Anonymous, _) => {
            let from = way_back::page_of(&request, &shell.site().public_url);
            let to = from.unwrap_or_else(|| "/".to_owned());
            let to = url::form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>();
            let href = format!("{}?to={to}", need.sign_in());
            Fault::told_with(StatusCode::UNAUTHORIZED, "fault-401", "fault-401-step", href).into_response()
        }
    }
}

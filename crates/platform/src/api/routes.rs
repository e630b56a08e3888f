//! Routes of the API, each with the permission and the scope that it needs beside it, and what checks them.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{DefaultBodyLimit, Request},
    handler::Handler,
    http::{HeaderMap, Method, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, patch, post, put},
};
use utoipa::openapi::PathItem;

use super::{
    answer::{Expected, Known, conditional},
    described::Described,
    idempotency::{self, Claim, Claimed},
    operation::Op,
    problem::{
        FORBIDDEN, FieldProblem, INSUFFICIENT_SCOPE, MALFORMED, NOT_ACCEPTABLE, Problem, TOO_LARGE,
        UNAUTHENTICATED,
    },
    scope::{Access, Scope},
    unit::{self, Conditions},
};
use crate::{
    actor::Capacity,
    web::{self, Fault, Need, Route, Shell},
};

/// No body of the API is larger.
const BODY_LIMIT: usize = 1024 * 1024;

/// The API routes of a room, before its state is given.
pub struct Routes<S> {
    router: axum::Router<S>,
    mounted: Mounted,
    tag: &'static str,
}

/// API routes that are ready to serve, with what describes them.
#[derive(Default)]
pub struct Mounted {
    /// Serves and lists them.
    pub(crate) web: web::Mounted,
    pub(crate) parts: Parts,
}

/// What the document is made of.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) operations: Vec<Operation>,
    /// What only webhooks refer to.
    pub(crate) schemas: Vec<Described>,
    /// The groups in the document, and what they are about.
    pub(crate) tags: Vec<(&'static str, &'static str)>,
    pub(crate) webhooks: Vec<(&'static str, Webhook)>,
}

/// An operation at its place.
pub(crate) struct Operation {
    pub(crate) path: &'static str,
    pub(crate) method: Method,
    pub(crate) tag: &'static str,
    pub(crate) op: Op,
}

/// Describes a webhook.
type Webhook = Box<dyn Fn() -> PathItem + Send + Sync>;

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet. `tag` names the group in the document.
    #[must_use]
    pub fn new(tag: &'static str, description: &'static str) -> Self {
        Self {
            router: axum::Router::new(),
            mounted: Mounted {
                web: web::Mounted::default(),
                parts: Parts {
                    tags: vec![(tag, description)],
                    ..Parts::default()
                },
            },
            tag,
        }
    }

    /// Adds a `GET` (and `HEAD`) route.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.route(Method::GET, path, op, get(handler))
    }

    /// Adds a `POST` route; callers may send it with an `Idempotency-Key`.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.route(Method::POST, path, op, post(handler))
    }

    /// Adds a `PATCH` route.
    #[must_use]
    pub fn patch<H: Handler<T, S>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.route(Method::PATCH, path, op, patch(handler))
    }

    /// Adds a `PUT` route.
    #[must_use]
    pub fn put<H: Handler<T, S>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.route(Method::PUT, path, op, put(handler))
    }

    /// Adds a `DELETE` route.
    #[must_use]
    pub fn delete<H: Handler<T, S>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.route(Method::DELETE, path, op, delete(handler))
    }

    fn route(
        mut self,
        method: Method,
        path: &'static str,
        op: Op,
        handler: MethodRouter<S, Infallible>,
    ) -> Self {
        let (need, scope) = (op.need, op.scope);
        let guarded = handler.route_layer((
            DefaultBodyLimit::max(BODY_LIMIT),
            from_fn(move |request, next| admit(need, scope, request, next)),
        ));
        self.router = self.router.route(path, guarded);
        self.mounted.web.table.push(Route {
            method: method.clone(),
            path,
            need,
            scope,
        });
        self.mounted.parts.operations.push(Operation {
            path,
            method,
            tag: self.tag,
            op,
        });
        self
    }

    /// Gives the room its state.
    #[must_use]
    pub fn with_state(mut self, state: S) -> Mounted {
        self.mounted.web.router = self.router.with_state(state);
        self.mounted
    }
}

impl Mounted {
    /// Both rooms' routes.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.parts.operations.extend(other.parts.operations);
        self.parts.schemas.extend(other.parts.schemas);
        self.parts.tags.extend(other.parts.tags);
        self.parts.webhooks.extend(other.parts.webhooks);
        Self {
            web: self.web.and(other.web),
            ..self
        }
    }

    /// Describes a webhook: what is sent to whoever subscribed to `name`.
    #[must_use]
    pub fn webhook(
        mut self,
        name: &'static str,
        item: impl Fn() -> PathItem + Send + Sync + 'static,
    ) -> Self {
        self.parts.webhooks.push((name, Box::new(item)));
        self
    }

    /// Adds a schema that a webhook refers to.
    #[must_use]
    pub fn schema<T: utoipa::ToSchema>(mut self) -> Self {
        self.parts.schemas.push(Described::of::<T>());
        self
    }
}

/// Who may, with which token, accepting what; then the request under its conditions.
async fn admit(need: Need, scope: Option<Scope>, request: Request, next: Next) -> Response {
    let Some(shell) = request.extensions().get::<Shell>().cloned() else {
        return Fault::internal("a route is mounted outside the shell").into_response();
    };
    let access = match check(&shell, need, scope, request.headers()) {
        Ok(access) => access,
        Err(problem) => return Fault::from(problem).into_response(),
    };
    match carry_out(&shell, access, request, next).await {
        Ok(response) => response,
        Err(fault) => fault.into_response(),
    }
}

fn check<'a>(
    shell: &'a Shell,
    need: Need,
    scope: Option<Scope>,
    headers: &HeaderMap,
) -> Result<&'a Access, Problem> {
    let access = shell
        .token()
        .access()
        .ok_or_else(|| Problem::new(UNAUTHENTICATED))?;
    if let Some(scope) = scope.filter(|scope| !access.scopes.contains(*scope)) {
        let detail = shell
            .l
            .t1("problem-insufficient-scope-named", "scope", scope.as_str());
        return Err(Problem::new(INSUFFICIENT_SCOPE).detail(detail).scope(scope));
    }
    if !need.is_met_by(Some(&access.person)) {
        return Err(Problem::new(FORBIDDEN));
    }
    if accepts_json(headers) {
        Ok(access)
    } else {
        Err(Problem::new(NOT_ACCEPTABLE))
    }
}

/// Whether the caller takes JSON (RFC 9110, 12.5.1).
fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .peekable();
    ranges.peek().is_none()
        || ranges.any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default();
            let is_json = ["*/*", "application/*", "application/json"]
                .iter()
                .any(|known| kind.eq_ignore_ascii_case(known));
            let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            is_json && !refused
        })
}

async fn carry_out(shell: &Shell, access: &Access, request: Request, next: Next) -> Result<Response, Fault> {
    match *request.method() {
        Method::GET | Method::HEAD => {
            let known = Known::of(request.headers());
            Ok(conditional(known, next.run(request).await).await?)
        }
        Method::POST => match idempotency::key(request.headers()) {
            Ok(None) => under(None, request, next).await,
            Ok(Some(key)) => once(shell, access, &key, request, next).await,
            Err(()) => Err(Problem::new(MALFORMED)
                .error(FieldProblem::parameter(
                    idempotency::NAME,
                    shell.l.t("problem-idempotency-key"),
                ))
                .into()),
        },
        _ => under(None, request, next).await,
    }
}

/// Carries out a request with an idempotency key, or answers it as before.
async fn once(
    shell: &Shell,
    access: &Access,
    key: &str,
    request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let body: Bytes = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Problem::new(TOO_LARGE))?;
    let whose = whose(access.person.capacity);
    let line = format!("{} {}", parts.method, shell.path);
    match idempotency::claim(shell.app(), &whose, key, &line, &body).await? {
        Claimed::Answered(response) => Ok(response),
        Claimed::Refused(kind) => Err(Problem::new(kind).retry_after(1).into()),
        Claimed::First(claim) => {
            let request = Request::from_parts(parts, Body::from(body));
            under(Some((shell, claim)), request, next).await
        }
    }
}

/// Whose an idempotency key is. Grants and roles are left out: a retry must match even if they changed in between.
///
/// The ledger keeps a hash of these very bytes for ever. They must never change: a top-up of long ago that is sent once
/// more would be taken for another, and move the money again. So they are written out, whatever the types are called.
fn whose(capacity: Capacity) -> String {
    match capacity {
        Capacity::Root { user, account } => {
            format!("Root {{ user: UserId({user}), account: AccountId({account}) }}")
        }
        Capacity::Iam { user, account, .. } => format!("Iam {user} {account}"),
        Capacity::Staff { staff, .. } => format!("Staff {staff}"),
    }
}

/// Runs the handler under the conditions of its request.
async fn under(claimed: Option<(&Shell, Claim)>, request: Request, next: Next) -> Result<Response, Fault> {
    let claim = claimed.as_ref().map(|(_, claim)| claim.clone());
    let conditions = Conditions::new(Expected::of(request.headers()), claim);
    let mut response = unit::under(conditions.clone(), next.run(request)).await;
    if let Some(kind) = conditions.broken() {
        response = Fault::from(Problem::new(kind)).into_response();
    }
    match claimed {
        Some((shell, claim)) => Ok(claim.settle(shell.app(), response).await?),
        None => Ok(response),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AccountId, StaffId, UserId};
    use uuid::Uuid;

    use super::*;
    use crate::actor::{Grants, StaffRole};

    #[test]
    fn whose_a_key_is_never_changes_as_the_ledger_keeps_its_hash() {
        let user = UserId(Uuid::from_u128(0x0190_ABCD_0000_7000_8000_0000_0000_0001));
        let account = AccountId(Uuid::from_u128(0x0190_ABCD_0000_7000_8000_0000_0000_0002));
        let staff = StaffId(Uuid::from_u128(0x0190_ABCD_0000_7000_8000_0000_0000_0003));
        assert_eq!(
            whose(Capacity::Root { user, account }),
            "Root { user: UserId(0190abcd-0000-7000-8000-000000000001), \
             account: AccountId(0190abcd-0000-7000-8000-000000000002) }"
        );
        let grants = Grants::default();
        assert_eq!(
            whose(Capacity::Iam {
                user,
                account,
                grants
            }),
            "Iam 0190abcd-0000-7000-8000-000000000001 0190abcd-0000-7000-8000-000000000002"
        );
        let role = StaffRole::ALL[0];
        assert_eq!(
            whose(Capacity::Staff { staff, role }),
            "Staff 0190abcd-0000-7000-8000-000000000003"
        );
    }
}

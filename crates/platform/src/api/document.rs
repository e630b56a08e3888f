//! The OpenAPI document, and its routes.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, ContentBuilder, HttpMethod, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder,
        Ref, RefOr, Required, ResponseBuilder, ServerBuilder, Type,
        path::{ParameterBuilder, ParameterIn, Paths},
        security::{
            ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes as Flows, SecurityScheme,
        },
        tag::TagBuilder,
    },
};

use super::{
    described::Schemas,
    operation::{response_name, text_header},
    problem,
    routes::{Mounted, Parts},
    scope::Scope,
};
use crate::{
    app::App,
    web::{self, Fault, Need, Routes},
};

const ABOUT: &str = "What people do in the portal, programs do here, as JSON.\n\n\
    Tokens: personal ones are made in the portal at `/profile/tokens`; programs of the provider ask `/token` with \
    client credentials. Lists come a page at a time (`limit`, `cursor`). Problems are told as RFC 9457 in the language \
    of `Accept-Language`. `POST` takes an `Idempotency-Key`, reads answer `If-None-Match`, changes answer `If-Match`.";

/// The OpenAPI document.
pub struct Document {
    app: App,
    parts: Parts,
    text: OnceLock<Result<Bytes, serde_json::Error>>,
}

impl Mounted {
    /// The routes for programs, with the OpenAPI document at `/api/openapi.json`; and the document.
    #[must_use]
    pub fn finish(self, app: &App) -> (web::Mounted, Arc<Document>) {
        let document = Arc::new(Document {
            app: app.clone(),
            parts: self.parts,
            text: OnceLock::new(),
        });
        let own = Routes::new()
            .get("/api/openapi.json", Need::Nothing, serve)
            .with_state(document.clone());
        (self.web.and(own), document)
    }
}

impl Document {
    /// The document as it is served: made when it is first asked for.
    pub fn text(&self) -> Result<&Bytes, Fault> {
        let make = || serde_json::to_vec_pretty(&self.make()).map(Bytes::from);
        self.text.get_or_init(make).as_ref().map_err(Fault::internal)
    }

    fn make(&self) -> OpenApi {
        let site = self.app.site();
        let info = InfoBuilder::new()
            .title(format!("{} partner portal", site.name))
            .version("1")
            .description(Some(ABOUT))
            .build();
        let (mut paths, mut schemas) = (Paths::new(), Schemas::new());
        for of in &self.parts.operations {
            let (operation, referred) = of.op.describe(&of.method, of.path, of.tag);
            paths.add_path_operation(of.path, vec![documented(&of.method)], operation);
            schemas.extend(referred);
        }
        for schema in &self.parts.schemas {
            schema.refer(&mut schemas);
        }
        // Each once, in the order of their names: most stand behind many operations.
        let schemas: BTreeMap<_, _> = schemas.into_iter().collect();
        let components = ComponentsBuilder::new().schemas_from_iter(schemas);
        let mut webhooks = Paths::new();
        let items = self
            .parts
            .webhooks
            .iter()
            .map(|(name, item)| ((*name).to_owned(), item()));
        webhooks.paths.extend(items);
        let tag =
            |(name, about): &(&str, &str)| TagBuilder::new().name(*name).description(Some(*about)).build();
        OpenApiBuilder::new()
            .info(info)
            .servers(Some([ServerBuilder::new().url(site.public_url.origin()).build()]))
            .paths(paths)
            .webhooks((!webhooks.paths.is_empty()).then_some(webhooks))
            .components(Some(security(common(components), &self.app).build()))
            .tags(Some(self.parts.tags.iter().map(tag)))
            .build()
    }
}

/// The method of a route, as the document names it: routes have no others.
fn documented(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PATCH => HttpMethod::Patch,
        Method::PUT => HttpMethod::Put,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

async fn serve(State(document): State<Arc<Document>>) -> Result<Response, Fault> {
    let mut response = Body::from(document.text()?.clone()).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// What every operation refers to.
fn common(components: ComponentsBuilder) -> ComponentsBuilder {
    let mut components = components
        .schema(problem::Answer::name(), problem::Answer::schema())
        .schema(problem::FieldProblem::name(), problem::FieldProblem::schema());
    for (name, description, example) in [
        (
            "RateLimit",
            "What is left of the quota, and for how many seconds.",
            "\"minute\";r=599;t=42",
        ),
        (
            "RateLimit-Policy",
            "The quota within a window of so many seconds.",
            "\"minute\";q=600;w=60",
        ),
        ("ETag", "The version of what is answered.", "\"7\""),
        (
            "Link",
            "The next page, where there is one.",
            "<https://…>; rel=\"next\"",
        ),
        ("Location", "Where it is.", "/api/v1/…"),
        ("Retry-After", "In how many seconds to come again.", "5"),
        (
            "WWW-Authenticate",
            "What is asked for (RFC 6750).",
            "Bearer realm=\"portico\"",
        ),
        (
            "Idempotency-Replayed",
            "`true` where the answer is that of an earlier request with the same key.",
            "true",
        ),
    ] {
        components = components.header(name, text_header(description, example));
    }
    let mut components = parameters(components);
    let mut statuses: Vec<StatusCode> = problem::ALL.iter().map(|kind| kind.status).collect();
    statuses.push(StatusCode::GONE);
    statuses.sort_unstable();
    statuses.dedup();
    for status in statuses {
        components = components.response(response_name(status), problem_response(status));
    }
    let not_modified = with_headers(
        ResponseBuilder::new().description("The caller has this version."),
        &["ETag", "RateLimit", "RateLimit-Policy"],
    );
    components.response("NotModified", not_modified.build())
}

/// The headers that requests may carry.
fn parameters(mut components: ComponentsBuilder) -> ComponentsBuilder {
    let key = Some("^[!-~]{1,255}$");
    for (name, header, description, pattern, required) in [
        (
            "IfNoneMatch",
            "If-None-Match",
            "Spares the body of the version that the caller has.",
            None,
            Required::False,
        ),
        (
            "IfMatch",
            "If-Match",
            "The version that the caller saw: any other is not changed.",
            None,
            Required::False,
        ),
        (
            "IdempotencyKey",
            "Idempotency-Key",
            "Sent again with the same key within 24 hours, a request is not carried out again.",
            key,
            Required::False,
        ),
        (
            "RequiredIdempotencyKey",
            "Idempotency-Key",
            "Sent again with the same key, however much later, a request moves nothing again.",
            key,
            Required::True,
        ),
        (
            "AcceptLanguage",
            "Accept-Language",
            "The language of problems: `en` or `vi`.",
            None,
            Required::False,
        ),
    ] {
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(pattern);
        let parameter = ParameterBuilder::new()
            .name(header)
            .parameter_in(ParameterIn::Header)
            .required(required)
            .description(Some(description))
            .schema(Some(schema))
            .build();
        components = components.parameter(name, parameter);
    }
    components
}

fn problem_response(status: StatusCode) -> RefOr<utoipa::openapi::Response> {
    let kinds: Vec<String> = problem::ALL
        .iter()
        .filter(|kind| kind.status == status)
        .map(|kind| format!("`{}`", kind.uri()))
        .collect();
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(problem::Answer::name())))
        .example(Some(json!({
            "type": problem::Kind::of(status).uri(),
            "title": status.canonical_reason(),
            "status": status.as_u16(),
            "detail": "…",
            "instance": "019b0d6b5c5f7c3f9a2e4d1b8c7a6f50",
        })))
        .build();
    let reason = status.canonical_reason().unwrap_or("Problem");
    let response = ResponseBuilder::new()
        .description(format!("{reason}: {}", kinds.join(", ")))
        .content(problem::MEDIA, content);
    let headers: &[&str] = match status {
        StatusCode::UNAUTHORIZED => &["RateLimit", "RateLimit-Policy", "WWW-Authenticate"],
        StatusCode::TOO_MANY_REQUESTS => &["RateLimit", "RateLimit-Policy", "Retry-After"],
        StatusCode::SERVICE_UNAVAILABLE => &["Retry-After"],
        _ => &["RateLimit", "RateLimit-Policy"],
    };
    with_headers(response, headers).build().into()
}

fn with_headers(response: ResponseBuilder, names: &[&str]) -> ResponseBuilder {
    names.iter().fold(response, |response, name| {
        response.header_ref(*name, Ref::new(format!("#/components/headers/{name}")))
    })
}

fn security(components: ComponentsBuilder, app: &App) -> ComponentsBuilder {
    let l = app.l10n(kernel::Language::English);
    let told = Scope::ALL.map(|scope| (scope.as_str(), l.t(&scope.label())));
    let scopes: Flows = told.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("portico_pat_…")
        .description(Some("A personal access token, made at `/profile/tokens`."))
        .build();
    let client = OAuth2::with_description(
        [Flow::ClientCredentials(ClientCredentials::new(
            app.site().link("/token"),
            scopes,
        ))],
        "An access token for a program of the provider.",
    );
    components
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .security_scheme("client", SecurityScheme::OAuth2(client))
}

//! The description of an operation, as it stands beside its route: from it come the checks of the request and the
//! OpenAPI document.

mod who;

use axum::http::StatusCode;
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        ContentBuilder, Header, ObjectBuilder, Ref, RefOr, Required, ResponseBuilder, Schema, Type,
        extensions::ExtensionsBuilder,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::SchemaFormat,
        security::SecurityRequirement,
    },
};

use super::{
    described::{Answer, Described, Schemas},
    problem::{self, Kind},
    scope::Scope,
};
use crate::web::Need;

/// An operation: who may do it, with what, and what comes of it.
#[derive(Clone)]
pub struct Op {
    id: &'static str,
    summary: &'static str,
    about: Option<&'static str>,
    pub(crate) need: Need,
    pub(crate) scope: Option<Scope>,
    parameters: Option<fn() -> Vec<Parameter>>,
    body: Option<Described>,
    status: StatusCode,
    answer: Answer,
    versioned: bool,
    once: bool,
    problems: Vec<Kind>,
}

impl Op {
    /// An operation for whom `need` admits, with a token for `scope`. `id` is its name in generated clients.
    #[must_use]
    pub fn new(id: &'static str, summary: &'static str, need: Need, scope: Scope) -> Self {
        Self::with(id, summary, need, Some(scope))
    }

    /// An operation that whoever has any token may do.
    #[must_use]
    pub fn any_scope(id: &'static str, summary: &'static str, need: Need) -> Self {
        Self::with(id, summary, need, None)
    }

    fn with(id: &'static str, summary: &'static str, need: Need, scope: Option<Scope>) -> Self {
        Self {
            id,
            summary,
            about: None,
            need,
            scope,
            parameters: None,
            body: None,
            status: StatusCode::NO_CONTENT,
            answer: Answer::Nothing,
            versioned: false,
            once: false,
            problems: Vec::new(),
        }
    }

    /// Says more about it, in Markdown.
    #[must_use]
    pub fn about(self, text: &'static str) -> Self {
        Self {
            about: Some(text),
            ..self
        }
    }

    /// Takes the parameters `Q` in the query.
    #[must_use]
    pub fn query<Q: IntoParams>(self) -> Self {
        Self {
            parameters: Some(|| Q::into_params(|| Some(ParameterIn::Query))),
            ..self
        }
    }

    /// Takes a `T` as its body.
    #[must_use]
    pub fn body<T: ToSchema>(self) -> Self {
        Self {
            body: Some(Described::of::<T>()),
            ..self
        }
    }

    /// Answers with a `T`.
    #[must_use]
    pub fn returns<T: ToSchema>(self) -> Self {
        self.answers(StatusCode::OK, Answer::One(Described::of::<T>()))
    }

    /// Answers with a page of `T`s.
    #[must_use]
    pub fn returns_page<T: ToSchema>(self) -> Self {
        self.answers(StatusCode::OK, Answer::Page(Described::of::<T>()))
            .problem(problem::INVALID)
    }

    /// Answers with all `T`s there are.
    #[must_use]
    pub fn returns_list<T: ToSchema>(self) -> Self {
        self.answers(StatusCode::OK, Answer::All(Described::of::<T>()))
    }

    /// Makes a `T`: 201 with its place.
    #[must_use]
    pub fn creates<T: ToSchema>(self) -> Self {
        self.answers(StatusCode::CREATED, Answer::One(Described::of::<T>()))
    }

    fn answers(self, status: StatusCode, answer: Answer) -> Self {
        Self {
            status,
            answer,
            ..self
        }
    }

    /// The thing has a version: told by a read, asked for by a change.
    #[must_use]
    pub fn versioned(self) -> Self {
        Self {
            versioned: true,
            ..self
        }
    }

    /// A `POST` that nobody may send without an `Idempotency-Key`: its handler takes [`super::Once`].
    #[must_use]
    pub fn once(self) -> Self {
        Self { once: true, ..self }
    }

    /// May answer with this problem, besides those that any operation may.
    #[must_use]
    pub fn problem(mut self, kind: Kind) -> Self {
        self.problems.push(kind);
        self
    }

    /// May answer with these problems.
    #[must_use]
    pub fn problems(mut self, kinds: &[Kind]) -> Self {
        self.problems.extend(kinds);
        self
    }

    /// The operation for the document, and the schemas that it refers to.
    pub(crate) fn describe(
        &self,
        method: &axum::http::Method,
        path: &str,
        tag: &str,
    ) -> (Operation, Schemas) {
        let mut schemas = Schemas::new();
        let read = method == axum::http::Method::GET;
        let post = method == axum::http::Method::POST;
        let mut operation = OperationBuilder::new()
            .operation_id(Some(self.id))
            .tag(tag)
            .summary(Some(self.summary))
            .description(Some(self.description()))
            .extensions(Some(
                ExtensionsBuilder::new()
                    .add("x-permission", who::may(self.need))
                    .build(),
            ));
        for name in path_parameters(path) {
            operation = operation.parameter(path_parameter(name));
        }
        for parameter in self.parameters.map(|all| all()).unwrap_or_default() {
            operation = operation.parameter(parameter);
        }
        for name in self.headers(read, post) {
            operation = operation.parameter_ref(Ref::new(format!("#/components/parameters/{name}")));
        }
        operation = operation.parameter_ref(Ref::new("#/components/parameters/AcceptLanguage"));
        let scopes: Vec<&str> = self.scope.iter().map(|scope| scope.as_str()).collect();
        for (scheme, scopes) in [("bearer", Vec::new()), ("client", scopes)] {
            operation = operation.security(SecurityRequirement::new(scheme, scopes));
        }
        if let Some(body) = self.body {
            let schema = body.refer(&mut schemas);
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let body = RequestBodyBuilder::new()
                .required(Some(Required::True))
                .content("application/json", content)
                .build();
            operation = operation.request_body(Some(body));
        }
        let answer = self.answer.refer(&mut schemas);
        operation = operation.response(self.status.as_str(), self.success(answer, read, post));
        if read {
            operation = operation.response("304", Ref::from_response_name("NotModified"));
        }
        for status in self.failures(path, read, post) {
            operation = operation.response(status.as_str(), Ref::from_response_name(response_name(status)));
        }
        (operation.build(), schemas)
    }

    /// The headers that a request may have, besides those that any may.
    fn headers(&self, read: bool, post: bool) -> &'static [&'static str] {
        match (read, self.versioned, post) {
            (true, ..) => &["IfNoneMatch"],
            (false, false, true) if self.once => &["RequiredIdempotencyKey"],
            (false, true, true) => &["IfMatch", "IdempotencyKey"],
            (false, true, false) => &["IfMatch"],
            (false, false, true) => &["IdempotencyKey"],
            (false, false, false) => &[],
        }
    }

    fn success(&self, answer: Option<RefOr<Schema>>, read: bool, post: bool) -> utoipa::openapi::Response {
        let mut response = ResponseBuilder::new().description(match self.status {
            StatusCode::CREATED => "Made.",
            StatusCode::NO_CONTENT => "Done.",
            _ => "As asked.",
        });
        if let Some(schema) = answer {
            let content = ContentBuilder::new().schema(Some(schema)).build();
            response = response.content("application/json", content);
        }
        let mut names = vec!["RateLimit", "RateLimit-Policy"];
        if read || self.versioned {
            names.push("ETag");
        }
        if matches!(self.answer, Answer::Page(_)) {
            names.push("Link");
        }
        if self.status == StatusCode::CREATED {
            names.push("Location");
        }
        if post {
            names.push("Idempotency-Replayed");
        }
        for name in names {
            response = response.header_ref(name, Ref::new(format!("#/components/headers/{name}")));
        }
        response.build()
    }

    /// The statuses of all problems that may come of it, each once.
    fn failures(&self, path: &str, read: bool, post: bool) -> Vec<StatusCode> {
        use StatusCode as S;
        let mut all = vec![
            S::BAD_REQUEST,
            S::UNAUTHORIZED,
            S::FORBIDDEN,
            S::NOT_ACCEPTABLE,
            S::TOO_MANY_REQUESTS,
            S::INTERNAL_SERVER_ERROR,
            S::SERVICE_UNAVAILABLE,
        ];
        if path.contains('{') {
            all.push(S::NOT_FOUND);
        }
        if self.body.is_some() {
            all.extend([S::UNSUPPORTED_MEDIA_TYPE, S::UNPROCESSABLE_ENTITY]);
        }
        if !read {
            all.push(S::PAYLOAD_TOO_LARGE);
        }
        if post {
            all.extend([S::CONFLICT, S::UNPROCESSABLE_ENTITY]);
        }
        if self.versioned && !read {
            all.push(S::PRECONDITION_FAILED);
        }
        all.extend(self.problems.iter().map(|kind| kind.status));
        all.sort_unstable();
        all.dedup();
        all
    }

    fn description(&self) -> String {
        let mut text = self
            .about
            .map_or_else(String::new, |about| format!("{about}\n\n"));
        text += "For ";
        text += &who::may(self.need);
        match self.scope {
            Some(scope) => text.extend([", with the scope `", scope.as_str(), "`."]),
            None => text += ", with any token.",
        }
        if !self.problems.is_empty() {
            let kinds: Vec<String> = self
                .problems
                .iter()
                .map(|kind| format!("`{}` ({})", kind.slug, kind.status.as_u16()))
                .collect();
            text.extend([" Problems of its own: ", &kinds.join(", "), "."]);
        }
        text
    }
}

fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str) -> Parameter {
    let mut schema = ObjectBuilder::new().schema_type(Type::String);
    if name == "id" || name.ends_with("_id") {
        schema = schema.format(Some(SchemaFormat::Custom("uuid".to_owned())));
    }
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(schema))
        .build()
}

/// The name of the response component of a status.
pub(crate) fn response_name(status: StatusCode) -> String {
    status
        .canonical_reason()
        .unwrap_or("Problem")
        .split(' ')
        .collect::<Vec<_>>()
        .concat()
}

/// A header with a text in it.
pub(crate) fn text_header(description: &str, example: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String).examples([example]);
    utoipa::openapi::header::HeaderBuilder::new()
        .schema(Some(schema))
        .description(Some(description))
        .build()
}

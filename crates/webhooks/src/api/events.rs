//! What is sent, for the `webhooks` of the `OpenAPI` document.

use jiff::Timestamp;
use platform::{api::Mounted, event::Audience};
use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{
        ContentBuilder, HttpMethod, ObjectBuilder, PathItem, Ref, Required, ResponseBuilder, Type,
        path::{OperationBuilder, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
    },
};
use uuid::Uuid;

use crate::Webhooks;

/// The body of a webhook (Standard Webhooks 1.0).
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEvent)]
pub(super) struct Sent {
    /// The kind of event.
    #[serde(rename = "type")]
    #[schema(example = "registration.approved")]
    kind: String,
    /// When it happened.
    timestamp: Timestamp,
    data: Data,
}

/// What happened.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEventData)]
struct Data {
    /// The event's id.
    id: Uuid,
    /// Its place in the order of all events, without regard to when it arrives.
    seq: i64,
    subject: Subject,
    /// The account concerned.
    #[schema(required = true)]
    account_id: Option<Uuid>,
    actor: Actor,
    /// What belongs to it, by kind.
    #[schema(value_type = Object)]
    event: Value,
}

/// What it is about.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookSubject)]
struct Subject {
    #[schema(example = "registration")]
    kind: String,
    id: Uuid,
}

/// Who did it. An account's endpoint is told of the provider's people and operators only the kind.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookActor)]
struct Actor {
    /// `root`, `iam`, `staff`, `visitor`, `operator` (the command line) or `system`.
    #[schema(example = "staff")]
    kind: String,
    #[schema(required = true)]
    id: Option<Uuid>,
    #[schema(required = true)]
    name: Option<String>,
}

/// Adds a webhook for each kind of event.
pub(super) fn describe(room: &Webhooks, mounted: Mounted) -> Mounted {
    let kinds = room.app().events().to_vec();
    kinds.into_iter().fold(mounted.schema::<Sent>(), |mounted, kind| {
        let to = match kind.audience {
            Audience::Account | Audience::Area(_) | Audience::Root => {
                "Sent to the provider's endpoints and to those of the account concerned."
            }
            Audience::Staff => "Sent to the provider's endpoints alone.",
        };
        mounted.webhook(kind.name, move || item(kind.name, to))
    })
}

fn item(kind: &str, to: &str) -> PathItem {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Sent::name())))
        .build();
    let mut operation = OperationBuilder::new()
        .tag("Webhooks")
        .summary(Some(kind))
        .description(Some(to))
        .request_body(Some(
            RequestBodyBuilder::new()
                .required(Some(Required::True))
                .content("application/json", content)
                .build(),
        ));
    for (name, about) in [
        (
            "webhook-id",
            "The same at each attempt: what to know a repetition by.",
        ),
        (
            "webhook-timestamp",
            "When this attempt was made: seconds since 1970.",
        ),
        (
            "webhook-signature",
            "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several with spaces between them.",
        ),
    ] {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(about))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        operation = operation.parameter(parameter.build());
    }
    for (status, about) in [
        ("2XX", "Taken."),
        ("410", "Nothing more is wanted: the endpoint is disabled."),
        ("default", "Not taken: sent again later."),
    ] {
        operation = operation.response(status, ResponseBuilder::new().description(about).build());
    }
    PathItem::new(HttpMethod::Post, operation.build())
}

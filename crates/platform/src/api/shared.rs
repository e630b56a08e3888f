//! The operations that belong to no room: who a token is for, what happened, emails.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use kernel::MessageId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Id, Kind, Limit, Mounted, Op, Paging, Problem, Query, Routes, Scope, answer,
    problem::{FieldProblem, MALFORMED, UNAUTHENTICATED},
};
use crate::{
    actor::{Actor, Capacity, Permission},
    app::App,
    event,
    mail::{
        delivery::{self, ResendError},
        list, outbox,
    },
    web::{Fault, Need, Shell},
};

const SECRET: Kind = Kind::new("message-holds-a-link", axum::http::StatusCode::CONFLICT);
const WAITING: Kind = Kind::new("message-waits-already", axum::http::StatusCode::CONFLICT);

/// The routes.
#[must_use]
pub fn mount(app: &App) -> Mounted {
    let see = Need::Staff(Permission::SeeMessages);
    let tokens = Routes::new("Token", "The token that a request brings.").get(
        "/api/v1/token",
        Op::any_scope(
            "getToken",
            "Says for whom the token acts, and what it opens",
            Need::SignedIn,
        )
        .returns::<TokenView>(),
        token,
    );
    let events = Routes::new("Events", "What happened, in one order.").get(
        "/api/v1/events",
        Op::new("listEvents", "Lists what happened, in order", Need::AccountOr(Permission::SeeAudit), Scope::EventsRead)
            .about(
                "Users of an account get what concerns it and is meant for them: an IAM user nothing of an area that \
                 it may not look at, and nothing of the team, of webhooks, or of anybody's passwords and tokens. Staff \
                 get everything. Begin without `after`, keep the last `seq`, and ask again with it: nothing is left \
                 out and nothing comes twice. An event stands here a second or so after it happened.",
            )
            .query::<EventsQuery>()
            .returns::<Events>(),
        list_events,
    );
    let messages = Routes::new("Messages", "Emails, for the provider's staff.")
        .get(
            "/api/v1/messages",
            Op::new(
                "listMessages",
                "Lists emails, the newest first",
                see,
                Scope::MessagesRead,
            )
            .query::<MessagesQuery>()
            .returns_page::<Message>(),
            list_messages,
        )
        .get(
            "/api/v1/messages/{id}",
            Op::new("getMessage", "Gets an email", see, Scope::MessagesRead).returns::<Message>(),
            message,
        )
        .post(
            "/api/v1/messages/{id}/resend",
            Op::new(
                "resendMessage",
                "Sends an email again",
                Need::Staff(Permission::ResendMessages),
                Scope::MessagesWrite,
            )
            .problems(&[SECRET, WAITING])
            .returns::<Message>(),
            resend,
        );
    tokens
        .with_state(app.clone())
        .and(events.with_state(app.clone()))
        .and(messages.with_state(app.clone()))
}

/// A token, and for whom it acts.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
struct TokenView {
    /// `root`, `iam` or `staff`.
    capacity: &'static str,
    /// The user or member of the staff.
    person_id: Uuid,
    name: String,
    email: String,
    #[schema(required = true)]
    account_id: Option<Uuid>,
    /// Of staff.
    #[schema(required = true)]
    role: Option<&'static str>,
    scopes: Vec<Scope>,
}

async fn token(shell: Shell) -> Result<Response, Fault> {
    let access = shell
        .token()
        .access()
        .ok_or_else(|| Problem::new(UNAUTHENTICATED))?;
    let person = &access.person;
    let (capacity, person_id, role) = match person.capacity {
        Capacity::Root { user, .. } => ("root", user.into(), None),
        Capacity::Iam { user, .. } => ("iam", user.into(), None),
        Capacity::Staff { staff, role } => ("staff", staff.into(), Some(role.as_str())),
    };
    answer::json(&TokenView {
        capacity,
        person_id,
        name: person.name.clone(),
        email: person.email.to_string(),
        account_id: person.account().map(Uuid::from),
        role,
        scopes: access.scopes.iter().collect(),
    })
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct EventsQuery {
    /// Only those behind this place.
    #[param(nullable = false, minimum = 0)]
    after: Option<u64>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
}

/// What happened, in order.
#[derive(Serialize, ToSchema)]
struct Events {
    items: Vec<EventView>,
    /// The place up to which was looked: `after` of the next request.
    last: u64,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
struct EventView {
    /// Its place: from 1, ascending.
    seq: u64,
    id: Uuid,
    at: Timestamp,
    #[schema(example = "registration.approved")]
    kind: String,
    /// The kind of thing that it is about.
    #[schema(example = "registration")]
    subject: String,
    subject_id: Uuid,
    #[schema(required = true)]
    account_id: Option<Uuid>,
    /// Who did it. For users of an account, staff have no name.
    #[schema(value_type = Object)]
    actor: Value,
    /// What belongs to it, by kind.
    #[schema(value_type = Object)]
    data: Value,
}

async fn list_events(
    State(app): State<App>,
    shell: Shell,
    Query(query): Query<EventsQuery>,
) -> Result<Response, Fault> {
    let after = i64::try_from(query.after.unwrap_or(0)).map_err(|_| {
        let detail = shell.l.t("problem-field-type");
        Problem::new(MALFORMED).error(FieldProblem::parameter("after", detail))
    })?;
    let limit = query.limit.unwrap_or_default().get();
    let person = shell.person()?;
    let account = person.account();
    let db = app.db().read();
    let found = match account {
        None => event::sealed_after(db, after, limit).await?,
        Some(account) => {
            event::sealed_for_account(db, account, &app.events_for(person), after, limit).await?
        }
    };
    let place = |seq: i64| u64::try_from(seq).unwrap_or_default();
    let last = found.last().map_or(after, |event| event.seq);
    let view = |event: event::Sealed| EventView {
        seq: place(event.seq),
        id: event.id.into(),
        at: event.at,
        kind: event.kind,
        subject: event.subject,
        subject_id: event.subject_id,
        account_id: event.account_id.map(Uuid::from),
        actor: if account.is_none_or(|own| Actor::is_of(&event.actor, own)) {
            event.actor
        } else {
            serde_json::json!({ "who": event.actor["who"] })
        },
        data: event.data,
    };
    answer::json(&Events {
        items: found.into_iter().map(view).collect(),
        last: place(last),
    })
}

/// Where an email stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Delivery {
    Queued,
    Sent,
    GivenUp,
}

impl From<outbox::State> for Delivery {
    fn from(state: outbox::State) -> Self {
        match state {
            outbox::State::Queued => Self::Queued,
            outbox::State::Sent => Self::Sent,
            outbox::State::GivenUp => Self::GivenUp,
        }
    }
}

impl From<Delivery> for outbox::State {
    fn from(state: Delivery) -> Self {
        match state {
            Delivery::Queued => Self::Queued,
            Delivery::Sent => Self::Sent,
            Delivery::GivenUp => Self::GivenUp,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct MessagesQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Delivery>,
    /// A part of the recipient's address.
    #[param(nullable = false, max_length = 254)]
    recipient: Option<String>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// An email. Its text is not told here: it may hold what is for its recipient alone.
#[derive(Serialize, ToSchema)]
struct Message {
    id: Uuid,
    /// The event that caused it.
    event_id: Uuid,
    #[schema(required = true)]
    account_id: Option<Uuid>,
    #[schema(example = "registration-approved")]
    template: String,
    language: String,
    recipient: String,
    subject: String,
    state: Delivery,
    attempts: i32,
    /// When it is tried next.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    #[schema(required = true)]
    last_error: Option<String>,
    created_at: Timestamp,
    #[schema(required = true)]
    settled_at: Option<Timestamp>,
}

impl From<outbox::row::Model> for Message {
    fn from(row: outbox::row::Model) -> Self {
        let state = outbox::State::of(&row);
        Self {
            id: row.id,
            event_id: row.event_id,
            account_id: row.account_id,
            template: row.template,
            language: row.language,
            recipient: row.recipient,
            subject: row.subject,
            state: state.into(),
            attempts: row.attempts,
            due_at: (state == outbox::State::Queued).then(|| event::time(row.due_at)),
            last_error: row.last_error,
            created_at: event::time(row.created_at),
            settled_at: row.settled_at.map(event::time),
        }
    }
}

async fn list_messages(
    State(app): State<App>,
    shell: Shell,
    Query(query): Query<MessagesQuery>,
) -> Result<Response, Fault> {
    Paging::check_length(&shell, "recipient", query.recipient.as_deref(), 254)?;
    let purpose = format!("messages {:?} {:?}", query.state, query.recipient);
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let filter = list::Filter::new(
        query.recipient.as_deref().unwrap_or_default(),
        query.state.map(outbox::State::from),
    );
    let found = filter
        .emails(app.db().read(), paging.place()?.into(), paging.wanted())
        .await?;
    let found = found.into_iter().map(Message::from).collect();
    paging.answer(&shell, found, |message: &Message| message.id.to_string())
}

async fn find(app: &App, id: MessageId) -> Result<Message, Fault> {
    let row = outbox::find(app.db().read(), id).await?;
    row.map(Message::from).ok_or_else(Fault::not_found)
}

async fn message(State(app): State<App>, Id(id): Id<MessageId>) -> Result<Response, Fault> {
    answer::json(&find(&app, id).await?)
}

async fn resend(State(app): State<App>, shell: Shell, Id(id): Id<MessageId>) -> Result<Response, Fault> {
    match delivery::resend(&app, shell.caller(), id).await {
        Ok(()) => answer::json(&find(&app, id).await?),
        Err(ResendError::Unknown) => Err(Fault::not_found()),
        Err(ResendError::Db(error)) => Err(error.into()),
        Err(ResendError::Secret) => Err(Problem::new(SECRET)
            .detail(shell.l.t("messages-resend-secret"))
            .into()),
        Err(ResendError::Waiting) => Err(Problem::new(WAITING)
            .detail(shell.l.t("messages-resend-waiting"))
            .into()),
    }
}

//! One endpoint, and what was delivered to it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use axum_extra::extract::Query;
use platform::{
    Actor, L10n,
    event::{self, time},
    web::{Fault, Place, Shell, Slice, When, page},
};
use serde::Deserialize;

use super::{Health, endpoint, path_of};
use crate::{
    Webhooks,
    events::EndpointEvent,
    rules::{Endpoint, Failure, Kinds, Reason, State as Standing},
    store::{
        deliveries::{self, Standing as Progress},
        rows::delivery,
    },
};

/// How many deliveries a page shows.
const PAGE: usize = 25;

/// The query of the list. Wrong values are taken as none: a mistyped filter shows everything.
#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

/// A delivery as pages show it.
pub(super) struct Listed {
    pub(super) row: delivery::Model,
    pub(super) progress: Progress,
    pub(super) created: When,
    /// The next attempt of one that waits.
    pub(super) next: Option<When>,
    /// How the last attempt ended: a status code, or what went wrong.
    pub(super) answer: String,
}

impl Listed {
    pub(super) fn new(l: &L10n, row: delivery::Model) -> Self {
        let progress = Progress::of(&row);
        Self {
            progress,
            created: When::new(l, time(row.created_at)),
            next: (progress == Progress::Waiting).then(|| When::new(l, time(row.due_at))),
            answer: match (row.status, &row.error) {
                (Some(status), _) => status.to_string(),
                (None, Some(error)) => failure(l, error),
                (None, None) => "–".to_owned(),
            },
            row,
        }
    }
}

/// Why no answer came, in the reader's language. What the system said of it stays in its own words.
pub(super) fn failure(l: &L10n, recorded: &str) -> String {
    match Failure::read(recorded) {
        Some((failure, rest)) => l.t(failure.message()) + rest,
        None => recorded.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "webhook.html")]
struct EndpointPage<'a> {
    shell: &'a Shell,
    path: String,
    base: &'static str,
    endpoint: &'a Endpoint,
    health: Health,
    /// Why it is disabled, told.
    disabled: Option<String>,
    /// Since when every attempt failed, with the zone.
    failing: Option<String>,
    delivered: Option<When>,
    created: When,
    old_secret_until: Option<When>,
    kinds: Vec<&'a String>,
    state: Option<Progress>,
    states: [Progress; 4],
    rows: Vec<Listed>,
    newer: Option<String>,
    older: Option<String>,
    days: u16,
}

impl EndpointPage<'_> {
    /// Whether somebody disabled it, rather than how it does.
    fn by_hand(&self) -> bool {
        self.endpoint.reason() == Some(Reason::ByHand)
    }

    /// Whether the list shows only deliveries of this state.
    fn is_shown(&self, state: Progress) -> bool {
        self.state == Some(state)
    }
}

pub(super) async fn show(
    State(room): State<Webhooks>,
    shell: Shell,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let endpoint = endpoint(&room, &shell, &id).await?;
    let state = Progress::named(&query.state);
    let place = Place::read(&query.before, &query.after);
    let found = deliveries::list(room.app().db().read(), endpoint.id, state, place, PAGE as u64 + 1).await?;
    let Slice { rows, newer, older } = place.slice(found, PAGE, |row| row.seq);
    let path = path_of(endpoint.owner, endpoint.id);
    let name = state.map_or("", Progress::as_str);
    let link = |key: &str, seq: i64| format!("{path}?state={name}&{key}={seq}");
    let l = &shell.l;
    let when = |at| When::new(l, at);
    page(&EndpointPage {
        newer: newer.map(|seq| link("after", seq)),
        older: older.map(|seq| link("before", seq)),
        rows: rows.into_iter().map(|row| Listed::new(l, row)).collect(),
        base: super::base(endpoint.owner),
        health: Health::of(&endpoint),
        disabled: disabled(&room, l, &endpoint).await?,
        failing: endpoint
            .failing_since
            .filter(|_| endpoint.is_enabled())
            .map(|at| l.date_time(at)),
        delivered: endpoint.delivered_at.map(when),
        created: when(endpoint.created_at),
        old_secret_until: endpoint
            .old_secret_until
            .filter(|until| *until > shell.now())
            .map(when),
        kinds: match &endpoint.kinds {
            Kinds::All => Vec::new(),
            Kinds::Chosen(kinds) => kinds.iter().collect(),
        },
        days: room.config().disable_after_days.0,
        states: Progress::ALL,
        state,
        path,
        endpoint: &endpoint,
        shell: &shell,
    })
}

async fn disabled(room: &Webhooks, l: &L10n, endpoint: &Endpoint) -> Result<Option<String>, Fault> {
    let Standing::Disabled { reason, at } = endpoint.state else {
        return Ok(None);
    };
    let at = l.date_time(at);
    Ok(Some(match reason {
        Reason::ByHand => l.t2(
            "webhooks-disabled-by-hand",
            "at",
            at,
            "name",
            who(room, endpoint).await?,
        ),
        Reason::Gone => l.t1("webhooks-disabled-gone", "at", at),
        Reason::Failing => {
            let days = room.config().disable_after_days.0;
            l.t2("webhooks-disabled-failing", "at", at, "days", days)
        }
    }))
}

/// Who disabled it last.
async fn who(room: &Webhooks, endpoint: &Endpoint) -> Result<String, Fault> {
    let history = event::history::<EndpointEvent>(room.app().db().read(), endpoint.id).await?;
    let last = history
        .into_iter()
        .rfind(|recorded| matches!(recorded.event, EndpointEvent::Disabled { .. }));
    Ok(match last.map(|recorded| recorded.actor) {
        Some(Actor::Root { name, .. } | Actor::Iam { name, .. } | Actor::Staff { name, .. }) => name,
        Some(Actor::Operator { .. } | Actor::System | Actor::Visitor) | None => "–".to_owned(),
    })
}

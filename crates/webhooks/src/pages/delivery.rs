//! One delivery: what was sent, and how each attempt ended.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::DeliveryId;
use platform::{
    L10n,
    event::time,
    web::{Fault, Shell, When, flash, page},
};

use super::{
    endpoint, fault, path_of,
    show::{Listed, failure},
};
use crate::{
    Webhooks,
    rules::Endpoint,
    service,
    store::{deliveries, rows::attempt},
};

struct Attempt {
    row: attempt::Model,
    at: When,
    /// The status code, what went wrong, or that nothing is known.
    answer: String,
    tone: &'static str,
}

impl Attempt {
    fn new(l: &L10n, row: attempt::Model, under_way: bool) -> Self {
        let (answer, tone) = match (row.status, &row.error) {
            (Some(status @ 200..=299), _) => (status.to_string(), "good"),
            (Some(status), _) => (status.to_string(), "bad"),
            (None, Some(error)) => (failure(l, error), "bad"),
            (None, None) if under_way => (l.t("webhooks-attempt-under-way"), "info"),
            (None, None) => (l.t("webhooks-attempt-lost"), "warn"),
        };
        Self {
            at: When::new(l, time(row.at)),
            answer,
            tone,
            row,
        }
    }

    /// The beginning of the answer's body; empty where there was none.
    fn excerpt(&self) -> &str {
        self.row.excerpt.as_deref().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "webhook-delivery.html")]
struct DeliveryPage<'a> {
    shell: &'a Shell,
    path: String,
    endpoint: &'a Endpoint,
    delivery: Listed,
    attempts: Vec<Attempt>,
    /// The headers of the newest attempt.
    headers: Vec<(&'static str, String)>,
    payload: String,
    resendable: bool,
}

pub(super) async fn show(
    State(room): State<Webhooks>,
    shell: Shell,
    Path((id, delivery)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let endpoint = endpoint(&room, &shell, &id).await?;
    let delivery: DeliveryId = delivery.parse().map_err(|_| Fault::not_found())?;
    let db = room.app().db().read();
    let row = deliveries::find(db, endpoint.id, delivery)
        .await?
        .ok_or_else(Fault::not_found)?;
    let attempts = deliveries::attempts(db, delivery).await?;
    let listed = Listed::new(&shell.l, row);
    // The newest attempt without an answer is under way for as long as its claim holds.
    let claimed = listed.next.as_ref().is_some_and(|next| next.iso > shell.now());
    page(&DeliveryPage {
        headers: attempts.first().map(headers).unwrap_or_default(),
        attempts: attempts
            .into_iter()
            .enumerate()
            .map(|(index, row)| Attempt::new(&shell.l, row, index == 0 && claimed))
            .collect(),
        payload: pretty(&listed.row.payload),
        resendable: listed.progress.is_settled() && endpoint.is_enabled(),
        path: path_of(endpoint.owner, endpoint.id),
        delivery: listed,
        endpoint: &endpoint,
        shell: &shell,
    })
}

fn headers(attempt: &attempt::Model) -> Vec<(&'static str, String)> {
    vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", attempt.delivery_id.to_string()),
        ("webhook-timestamp", time(attempt.at).as_second().to_string()),
        ("webhook-signature", attempt.signature.clone()),
    ]
}

/// For reading; what is sent has no spaces.
fn pretty(payload: &str) -> String {
    serde_json::from_str::<serde_json::Value>(payload)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| payload.to_owned())
}

pub(super) async fn resend(
    State(room): State<Webhooks>,
    shell: Shell,
    Path((id, delivery)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let of = endpoint(&room, &shell, &id).await?;
    let delivery: DeliveryId = delivery.parse().map_err(|_| Fault::not_found())?;
    service::resend(&room, shell.caller(), of.owner, of.id, delivery)
        .await
        .map_err(fault)?;
    let back = format!("{}/deliveries/{delivery}", path_of(of.owner, of.id));
    Ok(flash(&shell, &back, "webhooks-resent"))
}

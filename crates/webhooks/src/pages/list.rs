//! The owner's endpoints.

use askama::Template;
use axum::{extract::State, response::Response};
use platform::web::{Fault, Shell, When, page};

use super::{Health, base, owner};
use crate::{Webhooks, rules::Endpoint, rules::Kinds, store};

struct Row {
    endpoint: Endpoint,
    health: Health,
    delivered: Option<When>,
    events: String,
}

#[derive(Template)]
#[template(path = "webhooks.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    base: &'static str,
    rows: Vec<Row>,
    /// The most that there may be.
    most: u32,
    full: bool,
}

pub(super) async fn show(State(room): State<Webhooks>, shell: Shell) -> Result<Response, Fault> {
    let owner = owner(&shell)?;
    let endpoints = store::list(room.app().db().read(), owner).await?;
    let most = room.config().endpoints_per_owner;
    let row = |endpoint: Endpoint| Row {
        health: Health::of(&endpoint),
        delivered: endpoint.delivered_at.map(|at| When::new(&shell.l, at)),
        events: match &endpoint.kinds {
            Kinds::All => shell.l.t("webhooks-events-all"),
            Kinds::Chosen(kinds) => shell.l.t1("webhooks-events-some", "n", kinds.len()),
        },
        endpoint,
    };
    page(&ListPage {
        shell: &shell,
        base: base(owner),
        full: u32::try_from(endpoints.len()).is_ok_and(|have| have >= most),
        rows: endpoints.into_iter().map(row).collect(),
        most,
    })
}

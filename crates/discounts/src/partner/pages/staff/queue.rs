//! The queue: what awaits a decision, the most urgent first; and all others.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use kernel::{AccountId, PartnerDiscountId};
use platform::web::{Fault, Shell, leave_page, page};
use serde::Deserialize;

use super::super::{Answer, QUEUE, view::Row};
use crate::{
    Discounts,
    partner::{
        rules::StateKind,
        store::{self, Listing},
    },
};

/// How many a page shows.
const PAGE: usize = 50;

/// The query as it comes. Wrong values are taken as none.
#[derive(Deserialize)]
pub(crate) struct QueueQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

/// A request in the queue.
struct Entry {
    row: Row,
    partner: String,
}

#[derive(Template)]
#[template(path = "staff-discounts.html")]
struct QueuePage<'a> {
    shell: &'a Shell,
    view: StateKind,
    views: [StateKind; 6],
    entries: Vec<Entry>,
    next: Option<String>,
}

pub(crate) async fn show(
    State(room): State<Discounts>,
    shell: Shell,
    Query(query): Query<QueueQuery>,
) -> Answer {
    let view = query.state.parse().unwrap_or(StateKind::AwaitingApproval);
    let listing = Listing {
        partner: None,
        state: Some(view),
        // What was asked for first is due first.
        oldest_first: view == StateKind::AwaitingApproval,
    };
    let after: Option<PartnerDiscountId> = query.after.parse().ok();
    let db = room.app().db().read();
    let mut found = listing.after(db, after, PAGE as u64 + 1).await?;
    let next = leave_page(&mut found, PAGE, |last| {
        format!("{QUEUE}?state={}&after={}", view.as_str(), last.id)
    });
    let mut entries = Vec::with_capacity(found.len());
    let names = store::partner_names(db, found.iter().map(|of| of.partner)).await?;
    for of in &found {
        entries.push(Entry {
            row: Row::new(&shell.l, &room, of),
            partner: name(&names, of.partner)?,
        });
    }
    page(&QueuePage {
        views: StateKind::ALL,
        next,
        view,
        entries,
        shell: &shell,
    })
}

fn name(names: &std::collections::HashMap<AccountId, String>, of: AccountId) -> Result<String, Fault> {
    let name = names.get(&of);
    name.cloned()
        .ok_or_else(|| Fault::internal(format!("there is no account {of}")))
}

//! "Your partner", as a customer sees it.

use askama::Template;
use axum::{extract::State, response::Response};
use platform::web::{Fault, Shell, When, page};

use super::account_of;
use crate::{
    room::Customers,
    rules::{Customer, State as Stand, StateKind},
    store,
};

/// What was, with one partner.
struct Relation {
    partner: String,
    kind: StateKind,
    /// Since when, or when it was settled.
    at: When,
    words: Option<String>,
}

#[derive(Template)]
#[template(path = "customers-own.html")]
struct OwnPage {
    shell: Shell,
    /// The partner that manages the account.
    partner: Option<String>,
    since: Option<When>,
    /// The partner whose invitation was confirmed and awaits approval, and by when staff decide.
    waiting: Option<(String, When)>,
    earlier: Vec<Relation>,
}

impl OwnPage {
    fn about(&self, key: &str, partner: &str) -> String {
        let provider = self.shell.site().name.as_str();
        self.shell.l.t2(key, "partner", partner, "provider", provider)
    }
}

pub(super) async fn show(State(room): State<Customers>, shell: Shell) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let account = accounts::store::account(db, account_of(&shell)?)
        .await?
        .ok_or_else(Fault::sign_in_again)?;
    let mut found = OwnPage {
        partner: match account.managed_by {
            Some(partner) => Some(name_of(&room, partner).await?),
            None => None,
        },
        since: None,
        waiting: None,
        earlier: Vec::new(),
        shell,
    };
    for customer in store::of_account(db, account.id).await? {
        let partner = name_of(&room, customer.partner).await?;
        found.add(partner, &customer);
    }
    page(&found)
}

impl OwnPage {
    fn add(&mut self, partner: String, of: &Customer) {
        let l = &self.shell.l;
        let (at, words) = match &of.state {
            Stand::Active { since, .. } => {
                self.since = Some(When::new(l, *since));
                return;
            }
            Stand::AwaitingApproval { due, .. } => {
                self.waiting = Some((partner, When::new(l, *due)));
                return;
            }
            Stand::Rejected { at, words, .. } => (at, Some(words.to_string())),
            Stand::Ended { at, .. } => (at, None),
            // Of those no account is known.
            Stand::AwaitingCustomer { .. }
            | Stand::Declined { .. }
            | Stand::Withdrawn { .. }
            | Stand::Expired { .. } => return,
        };
        self.earlier.push(Relation {
            at: When::new(l, *at),
            kind: of.state.kind(),
            partner,
            words,
        });
    }
}

/// The name of a partner, for its own customers.
async fn name_of(room: &Customers, partner: kernel::AccountId) -> Result<String, Fault> {
    let account = accounts::store::account(room.app().db().read(), partner).await?;
    Ok(account
        .map(|account| account.display_name().to_owned())
        .unwrap_or_default())
}

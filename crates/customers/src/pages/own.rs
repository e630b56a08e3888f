//! "Your partner", as a customer sees it.

use askama::Template;
use async_trait::async_trait;
use axum::{extract::State, response::Response};
use kernel::AccountId;
use platform::web::{Fault, Shell, When, page};
use registration::{Pending, PendingElsewhere};

use super::name_of;
use crate::{
    room::Customers,
    rules::{Customer, State as Stand, StateKind, TransferKind, TransferState},
    store::{self, transfers},
};

/// The first page tells of a partner that awaits approval, too.
#[async_trait]
impl PendingElsewhere for Customers {
    async fn pending_for(&self, shell: &Shell, account: AccountId) -> Result<Option<Pending>, Fault> {
        let relations = store::of_account(self.app().db().read(), account).await?;
        let awaiting = relations.into_iter().find_map(|relation| match relation.state {
            Stand::AwaitingApproval { due, .. } => Some((relation.partner, due)),
            _ => None,
        });
        let Some((partner, due)) = awaiting else {
            return Ok(None);
        };
        let (partner, l) = (name_of(self, partner).await?, &shell.l);
        let provider = shell.site().name.as_str();
        Ok(Some(Pending {
            title: l.t("customers-state-awaiting-approval"),
            text: l.t2(
                "customers-own-waiting",
                "partner",
                partner.as_str(),
                "provider",
                provider,
            ),
            due: When::new(l, due),
            page: ("/partner", l.t("customers-own")),
        }))
    }
}

/// A proposal that the account moves to another partner.
struct Moving {
    /// Where it would go.
    to: String,
    /// What is awaited.
    state: TransferKind,
    /// Until when.
    until: When,
}

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
    moving: Option<Moving>,
    /// Where the link was sent by which the customer agrees.
    email: String,
}

impl OwnPage {
    fn about(&self, key: &str, partner: &str) -> String {
        let provider = self.shell.site().name.as_str();
        self.shell.l.t2(key, "partner", partner, "provider", provider)
    }
}

pub(super) async fn show(State(room): State<Customers>, shell: Shell) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let account = accounts::store::account(db, shell.account()?)
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
        moving: moving(&room, &shell, account.id).await?,
        email: account.root.email.to_string(),
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

/// The open proposal that an account moves to another partner, where there is one.
async fn moving(room: &Customers, shell: &Shell, account: AccountId) -> Result<Option<Moving>, Fault> {
    let Some(open) = transfers::open_of(room.app().db().read(), account).await? else {
        return Ok(None);
    };
    let (TransferState::AwaitingCustomer { expires_at } | TransferState::AwaitingPartner { expires_at }) =
        open.state
    else {
        return Ok(None);
    };
    Ok(Some(Moving {
        to: name_of(room, open.to).await?,
        state: open.state.kind(),
        until: When::new(&shell.l, expires_at),
    }))
}

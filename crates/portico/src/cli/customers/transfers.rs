//! `portico customers transfers`: customers that move to another partner. A customer agrees behind its emailed link alone.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::{
        remote::{self, Change, Remote, RemoteError, Target},
        show::{columns, facts, text},
    },
    one, path,
};

const BASE: &str = "/api/v1/customer-transfers";

/// What to do with transfers between partners.
#[derive(Debug, Subcommand)]
pub enum TransfersCommand {
    /// Lists transfers, the newest first, all pages: those offered to a partner, or all for staff.
    List {
        /// awaiting_customer, awaiting_partner, done, declined, withdrawn, expired or lapsed.
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a transfer.
    Show {
        /// Its id.
        id: Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Takes a proposal back; for staff.
    Withdraw(Target),
    /// Takes over a customer that agreed; for the receiving partner.
    Accept {
        /// The id of the transfer.
        id: Uuid,
        /// What you call the customer.
        name: String,
        /// What it is to you; without it, partner.
        #[arg(long)]
        role: Option<String>,
        #[command(flatten)]
        change: Change,
    },
    /// Does not take over a customer; for the receiving partner.
    Decline(Target),
}

impl TransfersCommand {
    /// Does it, and writes what came of it.
    pub(super) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List { state, remote } => {
                let found = remote.client()?.all(BASE, &[("state", state)]).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let (found, _) = remote.client()?.get(&format!("{BASE}/{id}")).await?;
                remote.write(&found, transfer)
            }
            Self::Withdraw(Target { id, change }) => answer(&change, id, "withdraw", None, transfer).await,
            Self::Accept {
                id,
                name,
                role,
                change,
            } => {
                let mut body = json!({ "name": name });
                if let Some(role) = role {
                    body["role"] = role.into();
                }
                answer(&change, id, "accept", Some(body), one).await
            }
            Self::Decline(Target { id, change }) => answer(&change, id, "decline", None, transfer).await,
        }
    }
}

/// Proposes that a customer moves, after a look at it.
pub(super) async fn propose(change: &Change, id: Uuid, body: Value) -> Result<ExitCode, RemoteError> {
    let Change { remote, .. } = change;
    let client = remote.client()?;
    let (customer, _) = client.get(&path(id, "")).await?;
    let question = format!("{}propose a transfer to {}?", one(&customer), text(&body["to"]));
    if !change.confirmed(&question)? {
        return Ok(remote::declined());
    }
    let proposed = client.post(BASE, Some(body), None).await?;
    remote.write(&proposed, transfer)
}

/// Answers the proposal that was shown.
async fn answer(
    change: &Change,
    id: Uuid,
    what: &str,
    body: Option<Value>,
    as_text: fn(&Value) -> String,
) -> Result<ExitCode, RemoteError> {
    let Change { remote, .. } = change;
    let client = remote.client()?;
    let path = format!("{BASE}/{id}");
    let (proposal, _) = client.get(&path).await?;
    if !change.confirmed(&format!("{}{what} this transfer?", transfer(&proposal)))? {
        return Ok(remote::declined());
    }
    let done = client.post(&format!("{path}/{what}"), body, None).await?;
    remote.write(&done, as_text)
}

/// A line each.
fn table(found: &Value) -> String {
    columns(
        found,
        &[
            ("ID", "id"),
            ("STATE", "state"),
            ("PROPOSED", "proposed_at"),
            ("ACCOUNT", "account_id"),
            ("FROM", "from"),
            ("TO", "to"),
        ],
    )
}

/// All of one.
fn transfer(of: &Value) -> String {
    facts(
        of,
        &[
            ("Id", "id"),
            ("State", "state"),
            ("Account", "account_id"),
            ("From", "from"),
            ("To", "to"),
            ("Proposed", "proposed_at"),
            ("Agreed", "agreed_at"),
            ("Until", "expires_at"),
            ("Settled", "at"),
            ("By", "side"),
            ("Words", "words"),
        ],
    )
}

//! `portico customers`: partners' customers from a terminal, over the API of a running portal.

mod import;
mod partner;
mod transfers;

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use serde_json::{Value, json};

use super::{
    remote::{Change, Remote, RemoteError, Target},
    show::{columns, events, facts},
};
use partner::PartnerCommand;
use transfers::TransfersCommand;

const BASE: &str = "/api/v1/customers";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum CustomersCommand {
    /// Lists customers, all pages: a partner's own, or all for staff.
    List {
        /// awaiting_customer, awaiting_approval, active, declined, withdrawn, expired, rejected or ended.
        #[arg(long)]
        state: Option<String>,
        /// Words in the name or email.
        #[arg(long)]
        q: Option<String>,
        /// newest first, as without it; name; or due, soonest first, with --state awaiting_approval alone.
        #[arg(long)]
        order: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a customer and what happened with it.
    Show {
        /// Its id.
        id: uuid::Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Invites those in a CSV or Excel file with the columns email, name and role, after showing what will become of each
    /// row. Exits with 1 if a row was left out; the others are invited.
    Import {
        /// The file.
        file: PathBuf,
        /// The language of the emails: en or vi.
        #[arg(long)]
        language: Option<String>,
        #[command(flatten)]
        change: Change,
    },
    #[command(flatten)]
    Partner(PartnerCommand),
    /// Makes the account the partner's customer.
    Approve(Target),
    /// Does not approve.
    Reject {
        /// Why, in words for customer and partner.
        #[arg(long)]
        words: String,
        #[command(flatten)]
        target: Target,
    },
    /// Proposes that a customer moves to another partner: the customer is asked first, then that partner.
    Transfer {
        /// The id of the customer.
        id: uuid::Uuid,
        /// The account of the receiving partner.
        #[arg(long)]
        to: uuid::Uuid,
        /// Why, in words for the customer and the receiving partner.
        #[arg(long)]
        words: String,
        #[command(flatten)]
        change: Change,
    },
    /// Proposals that a customer moves to another partner.
    #[command(subcommand)]
    Transfers(TransfersCommand),
}

impl CustomersCommand {
    /// Does it, and writes what came of it.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List {
                state,
                q,
                order,
                remote,
            } => {
                let filters = [("state", state), ("q", q), ("order", order)];
                let found = remote.client()?.all(BASE, &filters).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let client = remote.client()?;
                let (mut customer, _) = client.get(&path(id, "")).await?;
                customer["timeline"] = client.get(&path(id, "/timeline")).await?.0;
                remote.write(&customer, one)
            }
            Self::Import {
                file,
                language,
                change,
            } => import::run(&change, &file, language.as_deref()).await,
            Self::Partner(command) => command.run().await,
            Self::Approve(target) => {
                let question = "approve this customer?";
                target.decide(BASE, "approve", question, None, one).await
            }
            Self::Reject { words, target } => {
                let question = "reject this customer?";
                let body = json!({ "words": words });
                target.decide(BASE, "reject", question, Some(body), one).await
            }
            Self::Transfer {
                id,
                to,
                words,
                change,
            } => {
                let body = json!({ "customer_id": id, "to": to, "words": words });
                transfers::propose(&change, id, body).await
            }
            Self::Transfers(command) => command.run().await,
        }
    }
}

fn path(id: uuid::Uuid, rest: &str) -> String {
    format!("{BASE}/{id}{rest}")
}

/// A line each.
fn table(found: &Value) -> String {
    columns(
        found,
        &[
            ("ID", "id"),
            ("STATE", "state"),
            ("INVITED", "invited_at"),
            ("EMAIL", "email"),
            ("NAME", "name"),
        ],
    )
}

/// All of one.
fn one(customer: &Value) -> String {
    let lines = facts(
        customer,
        &[
            ("Id", "id"),
            ("Name", "name"),
            ("Email", "email"),
            ("Role", "role"),
            ("Partner", "partner_id"),
            ("Account", "account_id"),
            ("State", "state"),
            ("Invited", "invited_at"),
            ("Expires", "expires_at"),
            ("Due", "due_at"),
            ("Since", "since"),
            ("Settled", "at"),
            ("Words", "words"),
        ],
    );
    lines + &events(&customer["timeline"])
}

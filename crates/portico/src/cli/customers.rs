//! `portico customers`: partners' customers from a terminal, over the API of a running portal.

mod import;
mod partner;
mod transfers;

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use serde_json::{Value, json};

use super::{
    remote::{self, Remote, RemoteError},
    show::{columns, events, facts},
};
use partner::PartnerCommand;
use transfers::TransfersCommand;

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
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
    },
    #[command(flatten)]
    Partner(PartnerCommand),
    /// Makes the account the partner's customer.
    Approve {
        /// Its id.
        id: uuid::Uuid,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
    },
    /// Does not approve.
    Reject {
        /// Its id.
        id: uuid::Uuid,
        /// Why, in words for customer and partner.
        #[arg(long)]
        words: String,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
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
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
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
                let found = remote.client()?.all("/api/v1/customers", &filters).await?;
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
                yes,
                remote,
            } => import::run(&remote, &file, language.as_deref(), yes).await,
            Self::Partner(command) => command.run().await,
            Self::Approve { id, yes, remote } => {
                let question = (!yes).then_some("approve this customer?");
                act(&remote, id, "approve", None, question).await
            }
            Self::Reject {
                id,
                words,
                yes,
                remote,
            } => {
                let question = (!yes).then_some("reject this customer?");
                act(&remote, id, "reject", Some(json!({ "words": words })), question).await
            }
            Self::Transfer {
                id,
                to,
                words,
                yes,
                remote,
            } => {
                let body = json!({ "customer_id": id, "to": to, "words": words });
                transfers::propose(&remote, id, body, yes).await
            }
            Self::Transfers(command) => command.run().await,
        }
    }
}

/// Does `what` to the version that was read, and shown if there is a question to say yes to first.
async fn act(
    remote: &Remote,
    id: uuid::Uuid,
    what: &str,
    body: Option<Value>,
    question: Option<&str>,
) -> Result<ExitCode, RemoteError> {
    let client = remote.client()?;
    let (customer, version) = client.get(&path(id, "")).await?;
    if let Some(question) = question
        && !remote::confirmed(&format!("{}{question}", one(&customer)))?
    {
        return Ok(remote::declined());
    }
    let done = client
        .post(&path(id, &format!("/{what}")), body, version.as_deref())
        .await?;
    remote.write(&done, one)
}

fn path(id: uuid::Uuid, rest: &str) -> String {
    format!("/api/v1/customers/{id}{rest}")
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

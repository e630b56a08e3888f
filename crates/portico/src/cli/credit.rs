//! `portico credit`: balances, transactions, top-ups and deposits from a terminal, over the API of a running portal.

mod deposits;
mod shown;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use kernel::{Currency, Money};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    remote::{self, Change, Client, Remote, RemoteError},
    show::{money, text},
};
use deposits::DepositCommand;
use shown::{balance_facts, customers, entries, refund_facts, statement_facts, transfer_facts, usage_facts};

/// What to do with credit.
#[derive(Debug, Subcommand)]
pub(crate) enum CreditCommand {
    /// Shows an account's balance.
    Balance {
        /// Its id; without it, the own account.
        account: Option<Uuid>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Sets below which balance the root user of the own account is told, once.
    Alert {
        /// The balance, as in 5000000 or 1250.50; 0: never. Without it, the provider's default.
        below: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Lists the balances of the partner's active customers.
    Customers {
        #[command(flatten)]
        remote: Remote,
    },
    /// Lists what moved on an account, the newest first, with the balance after each.
    Entries {
        /// Its id; without it, the own account.
        account: Option<Uuid>,
        /// deposit, top_up, usage, refund or reversal.
        #[arg(long)]
        kind: Option<String>,
        /// So many at most, 1 to 200.
        #[arg(long, default_value_t = 50, conflicts_with = "all")]
        limit: u16,
        /// All of them.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows what a period began and ended with, and what moved in between.
    Statement {
        /// The account's id; without it, the own account.
        account: Option<Uuid>,
        /// The first day, as in 2026-11-01; without it, the first of this month.
        #[arg(long)]
        from: Option<String>,
        /// The last day; without it, today.
        #[arg(long)]
        to: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Moves credit to an active customer.
    TopUp {
        /// The customer's account.
        customer: Uuid,
        /// How much, as in 2500000 or 1250.50.
        amount: String,
        #[command(flatten)]
        once: Once,
        #[command(flatten)]
        change: Change,
    },
    /// Takes a deposit or a top-up back, whole; for staff.
    Reverse {
        /// The transaction's id.
        transfer: Uuid,
        /// Why, in words for the accounts concerned.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        change: Change,
    },
    /// Gives usage back, whole or in part; for staff.
    Refund {
        /// The id of the row of usage.
        usage: Uuid,
        /// How much, as in 2500000 or 1250.50.
        amount: String,
        /// Why, in words for the account.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        once: Once,
        #[command(flatten)]
        change: Change,
    },
    /// Payments that staff record.
    #[command(subcommand)]
    Deposit(DepositCommand),
}

/// What identifies a transaction.
#[derive(Debug, Args)]
pub(crate) struct Once {
    /// A key of your own: run again with the same one, nothing moves again. Without it, each run is another.
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl Once {
    fn key(self) -> String {
        self.key.unwrap_or_else(|| Uuid::now_v7().to_string())
    }
}

impl CreditCommand {
    /// Does it, and writes what came of it.
    pub(crate) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::Balance { account, remote } => {
                let balance = remote.client()?.get(&balance_path(account)).await?.0;
                remote.write(&balance, balance_facts)
            }
            Self::Alert { below, remote } => alert(&remote, below.as_deref()).await,
            Self::Customers { remote } => {
                let found = remote.client()?.get("/api/v1/credit/customers").await?.0;
                remote.write(&found, customers)
            }
            Self::Entries {
                account,
                kind,
                limit,
                all,
                remote,
            } => {
                let limit = (!all).then_some(limit);
                let found = moved(&remote.client()?, account, kind, limit).await?;
                remote.write(&found, entries)
            }
            Self::Statement {
                account,
                from,
                to,
                remote,
            } => {
                let client = remote.client()?;
                let path = format!(
                    "/api/v1/credit/accounts/{}/statement",
                    id(&client, account).await?
                );
                let statement = client.ask(&path, &[("from", from), ("to", to)]).await?;
                remote.write(&statement, statement_facts)
            }
            Self::TopUp {
                customer,
                amount,
                once,
                change,
            } => top_up(&change, customer, &amount, once.key()).await,
            Self::Reverse {
                transfer,
                reason,
                change,
            } => reverse(&change, transfer, reason).await,
            Self::Refund {
                usage,
                amount,
                reason,
                once,
                change,
            } => refund(&change, usage, &amount, reason, once.key()).await,
            Self::Deposit(command) => command.run().await,
        }
    }
}

/// What moved on an account: all of it, or so many at most.
async fn moved(
    client: &Client,
    account: Option<Uuid>,
    kind: Option<String>,
    limit: Option<u16>,
) -> Result<Value, RemoteError> {
    let path = format!("/api/v1/credit/accounts/{}/entries", id(client, account).await?);
    let Some(limit) = limit else {
        return Ok(Value::Array(client.all(&path, &[("kind", kind)]).await?));
    };
    let asked = [("kind", kind), ("limit", Some(limit.to_string()))];
    Ok(client.ask(&path, &asked).await?["items"].take())
}

async fn alert(remote: &Remote, below: Option<&str>) -> Result<ExitCode, RemoteError> {
    let client = remote.client()?;
    let own = client.get(&balance_path(None)).await?.0;
    let amount = match below {
        Some(below) => moving(below, &own["currency"])?["amount"].take(),
        None => Value::Null,
    };
    let body = json!({ "low_balance_below": amount, "currency": own["currency"] });
    let path = format!("{}/alert", balance_path(None));
    let set = client.change(Method::PUT, &path, Some(body), None).await?;
    remote.write(&set, balance_facts)
}

/// Shows the row of usage, and gives back after a yes.
async fn refund(
    change: &Change,
    usage: Uuid,
    amount: &str,
    reason: String,
    key: String,
) -> Result<ExitCode, RemoteError> {
    let Change { remote, .. } = change;
    let client = remote.client()?;
    let path = format!("/api/v1/credit/usage/{usage}");
    let row = client.get(&path).await?.0;
    let mut body = moving(amount, &row["currency"])?;
    body["reason"] = Value::String(reason);
    let question = format!(
        "{}refund {}?",
        usage_facts(&row),
        money(&body["amount"], &body["currency"])
    );
    if !change.confirmed(&question)? {
        return Ok(remote::declined());
    }
    let done = client.once(&format!("{path}/refund"), body, &key).await?;
    remote.write(&done, refund_facts)
}

/// Shows both balances, and moves after a yes.
async fn top_up(change: &Change, customer: Uuid, amount: &str, key: String) -> Result<ExitCode, RemoteError> {
    let Change { yes, remote } = change;
    let client = remote.client()?;
    let own = client.get(&balance_path(None)).await?.0;
    let mut body = moving(amount, &own["currency"])?;
    body["customer_id"] = json!(customer);
    if !yes {
        let theirs = client.get(&balance_path(Some(customer))).await?.0;
        let question = format!(
            "Your balance: {}\nTheir balance: {}\nMove {} to {customer}?",
            money(&own["balance"], &own["currency"]),
            money(&theirs["balance"], &theirs["currency"]),
            money(&body["amount"], &body["currency"])
        );
        if !change.confirmed(&question)? {
            return Ok(remote::declined());
        }
    }
    let transfer = client.once("/api/v1/credit/top-ups", body, &key).await?;
    remote.write(&transfer, transfer_facts)
}

async fn reverse(change: &Change, transfer: Uuid, reason: String) -> Result<ExitCode, RemoteError> {
    let Change { yes, remote } = change;
    let client = remote.client()?;
    let path = format!("/api/v1/credit/transfers/{transfer}");
    if !yes {
        let shown = transfer_facts(&client.get(&path).await?.0);
        if !change.confirmed(&format!("{shown}take this back?"))? {
            return Ok(remote::declined());
        }
    }
    let body = json!({ "reason": reason });
    let done = client.post(&format!("{path}/reverse"), Some(body), None).await?;
    remote.write(&done, transfer_facts)
}

fn balance_path(account: Option<Uuid>) -> String {
    match account {
        Some(id) => format!("/api/v1/credit/accounts/{id}"),
        None => "/api/v1/account/credit".to_owned(),
    }
}

/// The account that is meant.
async fn id(client: &Client, account: Option<Uuid>) -> Result<String, RemoteError> {
    match account {
        Some(id) => Ok(id.to_string()),
        None => Ok(text(&client.get(&balance_path(None)).await?.0["account_id"])),
    }
}

/// An amount as somebody typed it, as the API takes it.
fn moving(amount: &str, currency: &Value) -> Result<Value, RemoteError> {
    let wrong = |error: &dyn std::fmt::Display| RemoteError::Problem(format!("the amount {amount}: {error}"));
    let currency: Currency = currency
        .as_str()
        .unwrap_or_default()
        .parse()
        .map_err(|error| wrong(&error))?;
    let amount = Money::parse(amount, currency, '.').map_err(|error| wrong(&error))?;
    Ok(json!({ "amount": amount.minor(), "currency": currency }))
}

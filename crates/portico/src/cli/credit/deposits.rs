//! `portico credit deposit`: payments that staff record.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{balance_path, moving, shown::each_with_money};
use crate::cli::{
    remote::{self, Change, Remote, RemoteError, Target},
    show::{columns, facts, money, with_money},
};

const DEPOSITS: &str = "/api/v1/credit/deposits";

/// What to do with deposits.
#[derive(Debug, Subcommand)]
pub(crate) enum DepositCommand {
    /// Lists deposits, the newest first, all pages.
    List {
        /// awaiting_second, posted, rejected or reversed.
        #[arg(long)]
        state: Option<String>,
        /// Only those of one account.
        #[arg(long)]
        account: Option<Uuid>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a deposit.
    Show {
        /// Its id.
        id: Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Records a payment; above the provider's limit a second person confirms it.
    Record {
        /// Whose credit it becomes.
        account: Uuid,
        /// How much, as in 2500000 or 1250.50.
        amount: String,
        /// As the bank statement names it; an account's payment is recorded once.
        #[arg(long)]
        reference: String,
        /// For other staff.
        #[arg(long, default_value = "")]
        note: String,
        #[command(flatten)]
        change: Change,
    },
    /// Confirms what another person recorded.
    Confirm(Target),
    /// Does not confirm it: nothing moves.
    Reject {
        /// Why, for other staff.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        target: Target,
    },
}

impl DepositCommand {
    /// Does it, and writes what came of it.
    pub(super) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List {
                state,
                account,
                remote,
            } => {
                let filters = [
                    ("state", state),
                    ("account", account.map(|account| account.to_string())),
                ];
                let found = remote.client()?.all(DEPOSITS, &filters).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let deposit = remote.client()?.get(&format!("{DEPOSITS}/{id}")).await?.0;
                remote.write(&deposit, one)
            }
            Self::Record {
                account,
                amount,
                reference,
                note,
                change,
            } => {
                let payment = json!({ "account_id": account, "reference": reference, "note": note });
                record(&change, account, &amount, payment).await
            }
            Self::Confirm(target) => {
                let question = "confirm this deposit?";
                target.decide(DEPOSITS, "confirm", question, None, one).await
            }
            Self::Reject { reason, target } => {
                let question = "reject this deposit?";
                let body = json!({ "reason": reason });
                target.decide(DEPOSITS, "reject", question, Some(body), one).await
            }
        }
    }
}

/// Shows the balance, and records after a yes.
async fn record(
    change: &Change,
    account: Uuid,
    amount: &str,
    mut payment: Value,
) -> Result<ExitCode, RemoteError> {
    let client = change.remote.client()?;
    let balance = client.get(&balance_path(Some(account))).await?.0;
    let mut moving = moving(amount, &balance["currency"])?;
    let question = format!(
        "Balance: {}\nRecord a payment of {} for {account}?",
        money(&balance["balance"], &balance["currency"]),
        money(&moving["amount"], &moving["currency"])
    );
    if !change.confirmed(&question)? {
        return Ok(remote::declined());
    }
    for name in ["amount", "currency"] {
        payment[name] = moving[name].take();
    }
    let deposit = client.post(DEPOSITS, Some(payment), None).await?;
    change.remote.write(&deposit, one)
}

fn table(found: &Value) -> String {
    columns(
        &each_with_money(found, &["amount"]),
        &[
            ("ID", "id"),
            ("STATE", "state"),
            ("RECORDED", "recorded_at"),
            ("AMOUNT", "amount"),
            ("REFERENCE", "reference"),
            ("ACCOUNT", "account_id"),
        ],
    )
}

fn one(deposit: &Value) -> String {
    facts(
        &with_money(deposit.clone(), &["amount"]),
        &[
            ("Id", "id"),
            ("Account", "account_id"),
            ("Amount", "amount"),
            ("Reference", "reference"),
            ("Note", "note"),
            ("State", "state"),
            ("Recorded", "recorded_at"),
            ("By", "recorded_by"),
            ("Settled", "settled_at"),
            ("By", "settled_by"),
            ("Reason", "reason"),
            ("Transaction", "transfer_id"),
        ],
    )
}

//! `portico discounts customer`: what partners grant their customers, from a terminal.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{
    remote::{Remote, RemoteError, Target},
    show::{columns, facts},
};

const BASE: &str = "/api/v1/customer-discounts";

/// What to do with customer discounts.
#[derive(Debug, Subcommand)]
pub enum CustomerDiscountsCommand {
    /// Lists customer discounts, the newest first, all pages: those that a partner granted, those that a customer was
    /// granted, or all for staff.
    List {
        /// The account of one customer.
        customer: Option<Uuid>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a customer discount.
    Show {
        /// Its id.
        id: Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Grants an active customer a discount on one product or one product group.
    Grant {
        /// The customer's account.
        customer: Uuid,
        /// How much, from 0 to 100 with at most two decimals.
        percent: String,
        #[command(flatten)]
        on: On,
        /// The first day, as in 2027-01-04.
        #[arg(long)]
        from: Date,
        /// The last day.
        #[arg(long)]
        to: Date,
        /// Selling below the own purchase price is meant.
        #[arg(long)]
        below_purchase_price: bool,
        #[command(flatten)]
        remote: Remote,
    },
    /// Takes a discount back that has not begun.
    Withdraw(Target),
    /// Ends a discount that is in force, with this day.
    End(Target),
}

/// What a discount is on: one of both.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct On {
    /// The code of the product.
    #[arg(long, value_name = "CODE")]
    product: Option<String>,
    /// The code of the product group.
    #[arg(long, value_name = "CODE")]
    group: Option<String>,
}

impl CustomerDiscountsCommand {
    /// Does it, and writes what came of it.
    pub(super) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List { customer, remote } => {
                let customer = customer.map(|customer| customer.to_string());
                let found = remote.client()?.all(BASE, &[("customer", customer)]).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let (discount, _) = remote.client()?.get(&format!("{BASE}/{id}")).await?;
                remote.write(&discount, one)
            }
            Self::Grant {
                customer,
                percent,
                on,
                from,
                to,
                below_purchase_price,
                remote,
            } => {
                let body = json!({
                    "customer_id": customer, "product": on.product, "group": on.group, "percent": percent,
                    "from": from.to_string(), "to": to.to_string(), "below_purchase_price": below_purchase_price,
                });
                let granted = remote.client()?.post(BASE, Some(body), None).await?;
                remote.write(&granted, one)
            }
            Self::Withdraw(target) => {
                let question = "withdraw this discount?";
                target.decide(BASE, "withdraw", question, None, one).await
            }
            Self::End(target) => {
                let question = "end this discount?";
                target.decide(BASE, "end", question, None, one).await
            }
        }
    }
}

/// A line each.
fn table(found: &Value) -> String {
    columns(
        found,
        &[
            ("ID", "id"),
            ("STATE", "state"),
            ("CUSTOMER", "customer_id"),
            ("PRODUCT", "product"),
            ("GROUP", "group"),
            ("PERCENT", "percent"),
            ("FROM", "from"),
            ("TO", "to"),
        ],
    )
}

/// All of one.
fn one(discount: &Value) -> String {
    facts(
        discount,
        &[
            ("Id", "id"),
            ("Partner", "partner_id"),
            ("Customer", "customer_id"),
            ("Product", "product"),
            ("Group", "group"),
            ("Percent", "percent"),
            ("State", "state"),
            ("From", "from"),
            ("To", "to"),
            ("Granted", "granted_at"),
        ],
    )
}

//! `portico discounts`: what partners ask for and are granted, from a terminal, over the API of a running portal.

mod customer;

use std::{fmt::Write, process::ExitCode};

use clap::Subcommand;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{
    remote::{Remote, RemoteError, Target},
    show::{columns, events, facts, text},
};
use customer::CustomerDiscountsCommand;

const BASE: &str = "/api/v1/partner-discounts";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum DiscountsCommand {
    /// Lists discounts, the newest first, all pages: a partner's own, or all for staff.
    List {
        /// awaiting_approval, awaiting_activation, active, expired, rejected or withdrawn.
        #[arg(long)]
        state: Option<String>,
        /// The id of a partner's account.
        #[arg(long)]
        partner: Option<uuid::Uuid>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a discount and what happened to it.
    Show {
        /// Its id.
        id: uuid::Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Asks the provider for a discount; for a partner.
    Ask {
        /// How much on which product, as in vcpu=12.5. Products that are not named get none.
        #[arg(value_name = "PRODUCT=PERCENT", required = true, value_parser = line)]
        percents: Vec<Line>,
        /// The effective date, as in 2027-01-04.
        #[arg(long)]
        from: Date,
        /// For staff: what speaks for it.
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Takes a request back that was not decided; for a partner.
    Withdraw(Target),
    /// Grants a discount: as it was asked for, or something else.
    Approve {
        /// What is granted on a product instead, as in vcpu=12.5. Products that are not named get none then.
        #[arg(long = "percent", value_name = "PRODUCT=PERCENT", value_parser = line)]
        percents: Vec<Line>,
        /// The effective date that is granted instead, as in 2027-01-04.
        #[arg(long)]
        from: Option<Date>,
        /// Why it differs, in words for the partner.
        #[arg(long)]
        words: Option<String>,
        #[command(flatten)]
        target: Target,
    },
    /// Declines.
    Reject {
        /// Why, in words for the partner.
        #[arg(long)]
        words: String,
        #[command(flatten)]
        target: Target,
    },
    /// What partners grant their customers.
    #[command(subcommand)]
    Customer(CustomerDiscountsCommand),
}

/// How much on a product. What a product or a percentage is, the portal knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    product: String,
    percent: String,
}

fn line(text: &str) -> Result<Line, String> {
    let (product, percent) = text
        .split_once('=')
        .ok_or("the product's code and the percentage are meant, as in vcpu=12.5")?;
    Ok(Line {
        product: product.trim().to_owned(),
        percent: percent.trim().to_owned(),
    })
}

/// Percentages as the API takes them.
fn sent(percents: &[Line]) -> Value {
    let line = |line: &Line| json!({ "product": line.product, "percent": line.percent });
    percents.iter().map(line).collect()
}

impl DiscountsCommand {
    /// Does it, and writes what came of it.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List {
                state,
                partner,
                remote,
            } => {
                let partner = partner.map(|partner| partner.to_string());
                let filters = [("state", state), ("partner", partner)];
                let found = remote.client()?.all(BASE, &filters).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let client = remote.client()?;
                let (mut discount, _) = client.get(&path(id, "")).await?;
                discount["timeline"] = client.get(&path(id, "/timeline")).await?.0;
                remote.write(&discount, one)
            }
            Self::Ask {
                percents,
                from,
                note,
                remote,
            } => {
                let body = json!({ "percents": sent(&percents), "from": from.to_string(), "note": note });
                let asked = remote.client()?.post(BASE, Some(body), None).await?;
                remote.write(&asked, one)
            }
            Self::Withdraw(target) => {
                let question = "withdraw this discount?";
                target.decide(BASE, "withdraw", question, None, one).await
            }
            Self::Approve {
                percents,
                from,
                words,
                target,
            } => {
                let instead = Instead {
                    percents,
                    from,
                    words,
                };
                let question = instead.question();
                target
                    .decide(BASE, "approve", &question, Some(instead.body()), one)
                    .await
            }
            Self::Reject { words, target } => {
                let body = json!({ "words": words });
                target
                    .decide(BASE, "reject", "reject this discount?", Some(body), one)
                    .await
            }
            Self::Customer(command) => command.run().await,
        }
    }
}

/// What is granted instead of what was asked for.
struct Instead {
    percents: Vec<Line>,
    from: Option<Date>,
    words: Option<String>,
}

impl Instead {
    /// The body of the request: what is not in it is granted as it was asked for.
    fn body(&self) -> Value {
        let mut body = Map::new();
        if !self.percents.is_empty() {
            body.insert("percents".to_owned(), sent(&self.percents));
        }
        if let Some(from) = self.from {
            body.insert("from".to_owned(), json!(from.to_string()));
        }
        if let Some(words) = &self.words {
            body.insert("words".to_owned(), json!(words));
        }
        Value::Object(body)
    }

    /// What is about to be done, in words.
    fn question(&self) -> String {
        let percents = self
            .percents
            .iter()
            .map(|line| format!("{} {} %", line.product, line.percent));
        let from = self.from.map(|from| format!("from {from}"));
        let changes: Vec<String> = percents.chain(from).collect();
        if changes.is_empty() {
            "approve this discount?".to_owned()
        } else {
            format!("with {}: approve this discount?", changes.join(", "))
        }
    }
}

fn path(id: uuid::Uuid, rest: &str) -> String {
    format!("{BASE}/{id}{rest}")
}

/// The effective date: that granted or, before a decision, that asked for.
fn effective(discount: &Value) -> &Value {
    match &discount["granted"] {
        Value::Null => &discount["asked"]["from"],
        granted => &granted["from"],
    }
}

/// A line each.
fn table(found: &Value) -> String {
    let mut found = found.clone();
    for discount in found.as_array_mut().into_iter().flatten() {
        discount["from"] = effective(discount).clone();
    }
    columns(
        &found,
        &[
            ("ID", "id"),
            ("REFERENCE", "reference"),
            ("STATE", "state"),
            ("ASKED", "asked_at"),
            ("FROM", "from"),
            ("PARTNER", "partner"),
        ],
    )
}

/// All of one.
fn one(discount: &Value) -> String {
    let mut discount = discount.clone();
    discount["from"] = effective(&discount).clone();
    let mut lines = facts(
        &discount,
        &[
            ("Reference", "reference"),
            ("Id", "id"),
            ("Partner", "partner"),
            ("State", "state"),
            ("Asked", "asked_at"),
            ("From", "from"),
            ("Note", "note"),
            ("Due", "due_at"),
            ("Decided", "at"),
            ("Begins", "starts_at"),
            ("Ended", "ended_at"),
            ("Replaced", "replaced_by"),
            ("Words", "words"),
        ],
    );
    lines += &percents(&discount);
    lines + &events(&discount["timeline"])
}

/// A line for each product that something was asked for or granted on.
fn percents(discount: &Value) -> String {
    let sides = ["asked", "granted"].map(|side| discount[side]["percents"].as_array());
    let mut products: Vec<String> = Vec::new();
    for line in sides.iter().copied().flatten().flatten() {
        let product = text(&line["product"]);
        if !products.contains(&product) {
            products.push(product);
        }
    }
    let on = |side: Option<&Vec<Value>>, product: &str| {
        side.into_iter()
            .flatten()
            .find(|line| text(&line["product"]) == product)
            .map_or_else(
                || "none".to_owned(),
                |line| format!("{} %", text(&line["percent"])),
            )
    };
    let mut lines = String::new();
    for product in products {
        // Writing to a String cannot fail.
        let _ = write!(lines, "  {product}: asked {}", on(sides[0], &product));
        if sides[1].is_some() {
            let _ = write!(lines, ", granted {}", on(sides[1], &product));
        }
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Instead, line, one};

    #[test]
    fn what_is_not_changed_is_not_sent() {
        let nothing = Instead {
            percents: Vec::new(),
            from: None,
            words: None,
        };
        assert_eq!(nothing.body(), json!({}));
        let some = Instead {
            percents: vec![line("vcpu=12.5").unwrap(), line(" ram = 3").unwrap()],
            from: Some(jiff::civil::date(2027, 1, 4)),
            words: Some("Within the programme.".to_owned()),
        };
        assert_eq!(
            some.body(),
            json!({ "percents": [{ "product": "vcpu", "percent": "12.5" }, { "product": "ram", "percent": "3" }],
                "from": "2027-01-04", "words": "Within the programme." })
        );
        assert_eq!(
            some.question(),
            "with vcpu 12.5 %, ram 3 %, from 2027-01-04: approve this discount?"
        );
        assert!(line("vcpu").is_err());
    }

    #[test]
    fn what_was_asked_stands_beside_what_was_granted() {
        let told = one(&json!({
            "reference": "PD-1", "state": "active", "asked": { "from": "2026-12-01", "percents": [
                { "product": "vcpu", "percent": "20.00" }, { "product": "ram", "percent": "5.00" }] },
            "granted": { "from": "2026-12-02", "percents": [{ "product": "vcpu", "percent": "15.00" }] },
        }));
        assert!(told.contains("From       2026-12-02\n"), "{told}");
        assert!(
            told.contains("  vcpu: asked 20.00 %, granted 15.00 %\n"),
            "{told}"
        );
        assert!(told.contains("  ram: asked 5.00 %, granted none\n"), "{told}");
    }
}

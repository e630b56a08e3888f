//! `portico catalogue`: what is sold and at what price, from a terminal, over the API of a running portal.

use std::{fmt::Write, path::PathBuf, process::ExitCode};

use clap::Subcommand;
use serde_json::Value;

use super::{
    remote::{self, Change, Remote, RemoteError},
    show::{money, text},
};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    /// Shows all products with all their public prices.
    Show {
        #[command(flatten)]
        remote: Remote,
    },
    /// Makes the catalogue what a file says, all of it or nothing, after showing what that changes. What the file
    /// does not name stays.
    Apply {
        /// A price list as the configuration names one (docs/configuration.md).
        file: PathBuf,
        #[command(flatten)]
        change: Change,
    },
}

impl CatalogueCommand {
    /// Does it, and writes what came of it.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::Show { remote } => {
                let (products, _) = remote.client()?.get("/api/v1/catalogue/products").await?;
                remote.write(&products, products_as_text)
            }
            Self::Apply { file, change } => {
                let Change { remote, .. } = &change;
                let wanted = read(&file)?;
                let client = remote.client()?;
                let plan = client
                    .post("/api/v1/catalogue/plan", Some(wanted.clone()), None)
                    .await?;
                if plan.as_array().is_none_or(Vec::is_empty) {
                    return remote.write(&plan, changes_as_text);
                }
                if !change.confirmed(&format!("{}apply these changes?", changes_as_text(&plan)))? {
                    return Ok(remote::declined());
                }
                let done = client.post("/api/v1/catalogue/apply", Some(wanted), None).await?;
                remote.write(&done, changes_as_text)
            }
        }
    }
}

/// The file as the API takes it. What stands in it, the portal checks: it knows the time zone and the currency.
fn read(file: &PathBuf) -> Result<Value, RemoteError> {
    let named = |error: &dyn std::fmt::Display| RemoteError::File(file.clone(), error.to_string());
    let written = std::fs::read_to_string(file).map_err(|error| named(&error))?;
    toml::from_str(&written).map_err(|error| named(&error))
}

/// A line for each product, and one for each of its prices.
fn products_as_text(products: &Value) -> String {
    let mut lines = String::new();
    for product in products.as_array().into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "{}  {}  {}  {}",
            text(&product["group"]),
            text(&product["code"]),
            text(&product["unit"]),
            text(&product["name"]["en"])
        );
        for price in product["prices"].as_array().into_iter().flatten() {
            let _ = writeln!(
                lines,
                "  from {}  {}",
                text(&price["from"]),
                money(&price["price"], &price["currency"])
            );
        }
    }
    lines
}

/// A line for each change.
fn changes_as_text(changes: &Value) -> String {
    let all = changes.as_array().map_or(&[][..], Vec::as_slice);
    if all.is_empty() {
        return "Nothing to change.\n".to_owned();
    }
    let mut lines = String::new();
    for change in all {
        let code = text(&change["code"]);
        // Writing to a String cannot fail.
        let _ = match change["change"].as_str() {
            Some("add_group") => writeln!(lines, "add group       {code}  {}", text(&change["name"]["en"])),
            Some("change_group") => {
                writeln!(lines, "change group    {code}  {}", text(&change["name"]["en"]))
            }
            Some("add_product") => writeln!(lines, "add product     {code}  {}", product(change)),
            Some("change_product") => writeln!(lines, "change product  {code}  {}", product(change)),
            Some("set_price") => writeln!(lines, "set price       {code}  {}", price(change)),
            // A later portal may know of more.
            other => writeln!(lines, "{}  {code}", other.unwrap_or("?")),
        };
    }
    lines
}

fn product(change: &Value) -> String {
    ["group", "unit"]
        .map(|name| text(&change[name]))
        .into_iter()
        .chain([text(&change["name"]["en"])])
        .collect::<Vec<_>>()
        .join("  ")
}

fn price(change: &Value) -> String {
    let currency = &change["currency"];
    let told = format!(
        "from {}  {}",
        text(&change["from"]),
        money(&change["price"], currency)
    );
    if change["instead_of"].is_null() {
        return told;
    }
    format!("{told} instead of {}", money(&change["instead_of"], currency))
}

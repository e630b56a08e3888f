//! `portico price`: what a product costs whom, over the API of a running portal.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::{
    remote::{Remote, RemoteError},
    show::{facts, money, text},
};

/// The question.
#[derive(Debug, Args)]
pub struct Price {
    /// The id of an account: a partner's or a customer's.
    #[arg(long)]
    account: uuid::Uuid,
    /// The code of a product.
    #[arg(long)]
    product: String,
    /// A moment with its offset, as in 2027-01-04T00:00:00+07:00; now if it is not named.
    #[arg(long)]
    at: Option<jiff::Timestamp>,
    #[command(flatten)]
    remote: Remote,
}

impl Price {
    /// Asks, and writes the answer.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        let query = [
            ("account", Some(self.account.to_string())),
            ("product", Some(self.product)),
            ("at", self.at.map(|at| at.to_string())),
        ];
        let answer = self.remote.client()?.ask("/api/v1/price", &query).await?;
        self.remote.write(&answer, as_text)
    }
}

fn as_text(answer: &Value) -> String {
    let mut told = answer.clone();
    told["public"] = money(&answer["public"], &answer["currency"]).into();
    for side in ["partner", "customer"] {
        let made = &answer[side];
        if made.is_object() {
            told[side] = made_of(made, &answer["currency"]).into();
        }
    }
    facts(
        &told,
        &[
            ("Account", "account_id"),
            ("Product", "product"),
            ("Unit", "unit"),
            ("At", "at"),
            ("Public", "public"),
            ("Partner", "partner"),
            ("Customer", "customer"),
        ],
    )
}

/// A price, and what made it.
fn made_of(made: &Value, currency: &Value) -> String {
    let price = money(&made["price"], currency);
    if made["discount_id"].is_null() {
        return format!("{price} (no discount)");
    }
    format!(
        "{price} ({} % off by {})",
        text(&made["percent"]),
        text(&made["discount_id"])
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::as_text;

    #[test]
    fn a_price_says_what_made_it() {
        let answer = json!({
            "product": "vcpu", "currency": "VND", "public": 250,
            "partner": { "price": 225, "discount_id": "019b", "percent": "10.00" },
            "customer": { "price": 250, "discount_id": null, "percent": "0.00" },
        });
        let told = as_text(&answer);
        assert!(
            told.contains("225") && told.contains("(10.00 % off by 019b)"),
            "{told}"
        );
        assert!(told.contains("(no discount)"), "{told}");
    }
}

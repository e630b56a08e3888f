//! Credit as it is written to a terminal.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::show::{columns, facts, money, text, with_money};

pub(super) fn balance_facts(balance: &Value) -> String {
    facts(
        &with_money(balance.clone(), &["balance", "outstanding", "low_balance_below"]),
        &[
            ("Account", "account_id"),
            ("Balance", "balance"),
            ("Unpaid", "outstanding"),
            ("Alert", "low_balance_below"),
        ],
    )
}

/// Each of a list with its amounts written out.
pub(super) fn each_with_money(found: &Value, names: &[&str]) -> Value {
    let all = found.as_array().into_iter().flatten();
    all.map(|one| with_money(one.clone(), names)).collect()
}

pub(super) fn customers(found: &Value) -> String {
    columns(
        &each_with_money(found, &["balance"]),
        &[
            ("ACCOUNT", "account_id"),
            ("BALANCE", "balance"),
            ("NAME", "name"),
            ("EMAIL", "email"),
        ],
    )
}

pub(super) fn entries(found: &Value) -> String {
    let mut found = each_with_money(found, &["amount", "balance"]);
    for entry in found.as_array_mut().into_iter().flatten() {
        entry["with"] = entry["other"]["name"].take();
    }
    columns(
        &found,
        &[
            ("NO", "number"),
            ("AT", "at"),
            ("TRANSACTION", "reference"),
            ("KIND", "kind"),
            ("AMOUNT", "amount"),
            ("BALANCE", "balance"),
            ("WITH", "with"),
            ("DETAILS", "details"),
        ],
    )
}

pub(super) fn statement_facts(statement: &Value) -> String {
    let shown = with_money(statement.clone(), &["opening", "closing"]);
    let mut lines = facts(
        &shown,
        &[
            ("Account", "account_id"),
            ("From", "from"),
            ("To", "to"),
            ("Opening", "opening"),
        ],
    );
    for total in statement["totals"].as_array().into_iter().flatten() {
        let amount = money(&total["amount"], &statement["currency"]);
        // To a text: cannot fail.
        let _ = writeln!(lines, "  {:9}{amount}", text(&total["kind"]));
    }
    lines + &facts(&shown, &[("Closing", "closing"), ("Transactions", "count")])
}

pub(super) fn transfer_facts(transfer: &Value) -> String {
    let mut shown = with_money(transfer.clone(), &["amount"]);
    for (side, balance) in [("from", "from_balance"), ("to", "to_balance")] {
        shown[balance] = Value::String(money(&transfer[side]["balance"], &transfer["currency"]));
        shown[side] = transfer[side]["account_id"].clone();
    }
    facts(
        &shown,
        &[
            ("Id", "id"),
            ("Reference", "reference"),
            ("At", "at"),
            ("Kind", "kind"),
            ("Amount", "amount"),
            ("From", "from"),
            ("  then", "from_balance"),
            ("To", "to"),
            ("  then", "to_balance"),
            ("Takes back", "reverses"),
        ],
    )
}

pub(super) fn usage_facts(row: &Value) -> String {
    facts(
        &with_money(row.clone(), &["amount", "charged", "outstanding", "refunded"]),
        &[
            ("Id", "id"),
            ("Account", "account_id"),
            ("Row", "row"),
            ("Period", "period"),
            ("Used", "description"),
            ("Amount", "amount"),
            ("Charged", "charged"),
            ("Unpaid", "outstanding"),
            ("Refunded", "refunded"),
        ],
    )
}

pub(super) fn refund_facts(done: &Value) -> String {
    facts(
        &with_money(done.clone(), &["credited", "waived"]),
        &[
            ("Usage", "usage_id"),
            ("Credited", "credited"),
            ("Waived", "waived"),
        ],
    )
}

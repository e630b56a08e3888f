//! Answers of the API as text for a terminal.

use std::fmt::Write;

use kernel::{Currency, Money};
use serde_json::Value;

/// A value as plain text; a list with commas.
pub(super) fn text(value: &Value) -> String {
    let written = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) | Value::Null | Value::Object(_) => String::new(),
    };
    // What others typed may hold what a terminal would obey.
    written
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// An amount of minor units as a number with its currency, as in "VND 1,250".
pub(super) fn money(minor: &Value, currency: &Value) -> String {
    let currency = currency.as_str().and_then(|code| code.parse::<Currency>().ok());
    match (minor.as_i64(), currency) {
        (Some(minor), Some(currency)) => {
            // A minus stands in front of it all, as on pages.
            let sign = if minor < 0 { "-" } else { "" };
            let amount = Money::new(minor.saturating_abs(), currency).written(',', '.');
            format!("{sign}{currency} {amount}")
        }
        _ => text(minor),
    }
}

/// The same thing with the members `names`, amounts of its currency, written out.
pub(super) fn with_money(mut of: Value, names: &[&str]) -> Value {
    for name in names {
        if of[*name].is_i64() {
            of[*name] = Value::String(money(&of[*name], &of["currency"]));
        }
    }
    of
}

/// A line each of `found`, below a line of headings: each a heading and the member that stands below it.
pub(super) fn columns(found: &Value, columns: &[(&str, &str)]) -> String {
    let heading = columns.iter().map(|(heading, _)| (*heading).to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![heading];
    for one in found.as_array().into_iter().flatten() {
        rows.push(columns.iter().map(|(_, name)| text(&one[*name])).collect());
    }
    let wide = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(wide).collect();
    let mut lines = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}", cells.join("  ").trim_end());
    }
    lines
}

/// All of one thing, a line a fact: each a label and the member that stands beside it. Without those that it has not.
pub(super) fn facts(of: &Value, facts: &[(&str, &str)]) -> String {
    let mut lines = String::new();
    for (label, name) in facts {
        let value = text(&of[*name]);
        if !value.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "{label:10} {value}");
        }
    }
    lines
}

/// A line for each thing that happened.
pub(super) fn events(timeline: &Value) -> String {
    let mut lines = String::new();
    for event in timeline.as_array().into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "  {}  {}  {} {}",
            text(&event["at"]),
            text(&event["kind"]),
            text(&event["by"]),
            text(&event["name"])
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{columns, facts};

    #[test]
    fn a_terminal_gets_no_commands_from_what_others_typed() {
        let found = json!([{ "id": "1", "legal_name": "A\u{1b}[2JB" }]);
        let company = [("ID", "id"), ("COMPANY", "legal_name")];
        assert!(!columns(&found, &company).contains('\u{1b}'));
        assert_eq!(
            facts(&found[0], &[("Company", "legal_name")]),
            "Company    A [2JB\n"
        );
    }

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let found = json!([{ "grants": ["customers", "credit"], "name": "Lan" }]);
        assert_eq!(
            columns(&found, &[("GRANTS", "grants"), ("NAME", "name")]),
            "GRANTS             NAME\ncustomers, credit  Lan\n"
        );
    }
}

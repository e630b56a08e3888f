//! Registrations as text.

use std::fmt::Write;

use serde_json::Value;

fn text(value: &Value) -> String {
    // What others typed may hold what a terminal would obey.
    let plain = value.as_str().unwrap_or_default();
    plain
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A line each.
pub(super) fn table(found: &Value) -> String {
    let mut rows = vec![["ID", "REFERENCE", "STATE", "SUBMITTED", "COMPANY"].map(str::to_owned)];
    for one in found.as_array().into_iter().flatten() {
        let names = ["id", "reference", "state", "submitted_at", "legal_name"];
        rows.push(names.map(|name| text(&one[name])));
    }
    let wide = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(wide).collect();
    let mut lines = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(&widths) {
            // Writing to a String cannot fail.
            let _ = write!(lines, "{cell:width$}  ");
        }
        let _ = writeln!(lines, "{}", row[4]);
    }
    lines
}

/// All of one.
pub(super) fn one(registration: &Value) -> String {
    let mut lines = String::new();
    for (label, name) in [
        ("Reference", "reference"),
        ("Id", "id"),
        ("Company", "legal_name"),
        ("Tax code", "tax_code"),
        ("Email", "email"),
        ("State", "state"),
        ("Submitted", "submitted_at"),
        ("Due", "due_at"),
        ("Decided", "at"),
        ("Reason", "reason"),
        ("Words", "words"),
        ("Note", "private_note"),
    ] {
        let value = text(&registration[name]);
        if !value.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "{label:10} {value}");
        }
    }
    let question = text(&registration["question"]["words"]);
    if !question.is_empty() {
        let _ = writeln!(lines, "{:10} {question}", "Asked");
    }
    for event in registration["timeline"].as_array().into_iter().flatten() {
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

    use super::{one, table};

    #[test]
    fn a_terminal_gets_no_commands_from_what_others_typed() {
        let found = json!([{ "id": "1", "reference": "REG", "legal_name": "A\u{1b}[2JB" }]);
        assert!(!table(&found).contains('\u{1b}'));
        assert!(one(&found[0]).contains("Company    A [2JB"));
    }
}

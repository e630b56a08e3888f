//! What events hold, field by field: JSON read as what it is. Pure, and in nobody's language.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use kernel::{Money, Percent};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Datum {
    Money(Money),
    Percent(Percent),
    /// What is taken off a product.
    Share(Uuid, Percent),
    Id(Uuid),
    Moment(Timestamp),
    Day(Date),
    List(Vec<Self>),
    /// Words, or a code.
    Text(String),
}

/// The fields of a JSON object by name; those of an object inside it by both names, with a dot between them.
pub(super) fn fields(json: &str) -> BTreeMap<String, Datum> {
    let mut fields = BTreeMap::new();
    let value = serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned()));
    put(&mut fields, String::new(), value);
    fields
}

fn put(into: &mut BTreeMap<String, Datum>, name: String, value: Value) {
    match value {
        Value::Null => {}
        Value::Object(object) => match money(&object) {
            Some(money) => {
                into.insert(name, Datum::Money(money));
            }
            None => put_all(into, &name, object),
        },
        other => {
            let datum = datum(&name, other);
            into.insert(name, datum);
        }
    }
}

fn put_all(into: &mut BTreeMap<String, Datum>, name: &str, mut object: Map<String, Value>) {
    // A price stands beside its currency.
    if let (Some(minor), Some(currency)) = (object.get("price"), object.get("currency")) {
        let price = Map::from_iter([
            ("minor".to_owned(), minor.clone()),
            ("currency".to_owned(), currency.clone()),
        ]);
        if money(&price).is_some() {
            object.remove("currency");
            object.insert("price".to_owned(), Value::Object(price));
        }
    }
    for (inner, value) in object {
        let name = if name.is_empty() {
            inner
        } else {
            format!("{name}.{inner}")
        };
        put(into, name, value);
    }
}

fn money(object: &Map<String, Value>) -> Option<Money> {
    serde_json::from_value(Value::Object(object.clone())).ok()
}

fn datum(name: &str, value: Value) -> Datum {
    match value {
        Value::Array(all) => Datum::List(all.into_iter().map(|one| element(name, one)).collect()),
        // Several codes with spaces between them.
        Value::String(text) if name == "grants" => Datum::List(
            text.split_whitespace()
                .map(|one| Datum::Text(one.to_owned()))
                .collect(),
        ),
        Value::String(text) => read(text),
        Value::Number(number) if name.ends_with("percent") => {
            serde_json::from_value(Value::Number(number.clone()))
                .map_or_else(|_| Datum::Text(number.to_string()), Datum::Percent)
        }
        other => Datum::Text(other.to_string()),
    }
}

/// One of several: a percentage of a product, or a value.
fn element(name: &str, value: Value) -> Datum {
    let share = || {
        let product = value.get("product_id")?.as_str()?.parse().ok()?;
        let percent = value.get("percent")?.as_str()?.parse().ok()?;
        Some(Datum::Share(product, percent))
    };
    match share() {
        Some(share) => share,
        None => datum(name, value),
    }
}

fn read(text: String) -> Datum {
    if let Ok(id) = text.parse() {
        return Datum::Id(id);
    }
    if text.len() >= 20
        && let Ok(at) = text.parse()
    {
        return Datum::Moment(at);
    }
    if text.len() == 10
        && let Ok(day) = text.parse()
    {
        return Datum::Day(day);
    }
    Datum::Text(text)
}

/// The ids that a value names.
pub(super) fn ids(of: &Datum) -> Vec<Uuid> {
    match of {
        Datum::Id(id) | Datum::Share(id, _) => vec![*id],
        Datum::List(all) => all.iter().flat_map(ids).collect(),
        Datum::Money(_) | Datum::Percent(_) | Datum::Moment(_) | Datum::Day(_) | Datum::Text(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Money};

    use super::{Datum, fields};

    #[test]
    fn values_are_read_as_what_they_are() {
        let id = "019ab000-0000-7000-8000-00000000ab12";
        let json = format!(
            r#"{{
                "amount": {{ "minor": 500, "currency": "VND" }}, "price": 7, "currency": "VND",
                "percent": 750, "asked": {{ "percents": [{{ "product_id": "{id}", "percent": "12.50" }}] }},
                "by": "{id}", "at": "2026-11-23T02:00:00Z", "from": "2026-12-01", "state": "active",
                "gone": null, "rows": 3
            }}"#
        );
        let (fields, id) = (fields(&json), id.parse().unwrap());
        let vnd = |minor| Datum::Money(Money::new(minor, Currency::VND));
        let expected = [
            ("amount", vnd(500)),
            (
                "asked.percents",
                Datum::List(vec![Datum::Share(id, "12.5".parse().unwrap())]),
            ),
            ("at", Datum::Moment("2026-11-23T02:00:00Z".parse().unwrap())),
            ("by", Datum::Id(id)),
            ("from", Datum::Day("2026-12-01".parse().unwrap())),
            ("percent", Datum::Percent("7.5".parse().unwrap())),
            ("price", vnd(7)),
            ("rows", Datum::Text("3".to_owned())),
            ("state", Datum::Text("active".to_owned())),
        ];
        let expected = expected.map(|(name, datum)| (name.to_owned(), datum));
        assert_eq!(fields.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_no_json_is_a_text() {
        let text = Datum::Text("{broken".to_owned());
        assert_eq!(fields("{broken").into_values().collect::<Vec<_>>(), [text]);
    }
}

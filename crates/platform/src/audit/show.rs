//! Events in the reader's words.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::chain::actor_id;
use crate::{event, event::row, i18n::L10n};

/// Turns events into words, with the names of whom they concern.
pub(super) struct Words<'a> {
    pub(super) l: &'a L10n,
    pub(super) names: HashMap<Uuid, String>,
}

/// An event, as pages show it.
pub(super) struct Shown {
    pub(super) id: Uuid,
    pub(super) seq: Option<i64>,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) iso: Timestamp,
    pub(super) when: String,
    pub(super) when_in_full: String,
    pub(super) who: String,
    pub(super) role: String,
    pub(super) who_id: Option<Uuid>,
    pub(super) subject: String,
    /// Where the subject has a page of its own.
    pub(super) subject_href: Option<String>,
    pub(super) account: Option<(Uuid, String)>,
}

/// A field that an event holds, or that it changed.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) changed: bool,
}

/// The ids whose names pages about these events show.
pub(super) fn named(rows: &[row::Model]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = rows
        .iter()
        .flat_map(|row| [Some(row.subject_id), row.account_id].into_iter().flatten())
        .chain(rows.iter().flat_map(ids_inside))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The ids among the values of an event.
fn ids_inside(row: &row::Model) -> Vec<Uuid> {
    let sides = [Some(&row.data), row.before.as_ref(), row.after.as_ref()];
    let texts = sides
        .into_iter()
        .flatten()
        .flat_map(|side| flat(side).into_values());
    texts.filter_map(|text| text.parse().ok()).collect()
}

impl Words<'_> {
    pub(super) fn kind(&self, kind: &str) -> String {
        self.or_raw("audit-kind", kind)
    }

    /// The message of a code, or the code itself where a later version wrote it.
    fn or_raw(&self, prefix: &str, code: &str) -> String {
        let key = format!("{prefix}-{}", code.replace(['.', '_'], "-"));
        if self.l.has(&key) {
            self.l.t(&key)
        } else {
            code.replace('_', " ")
        }
    }

    pub(super) fn show(&self, row: &row::Model) -> Shown {
        let actor: Value = serde_json::from_str(&row.actor).unwrap_or_default();
        let role = actor["who"].as_str().unwrap_or_default();
        let role = self.or_raw("audit-who", role);
        let at = event::time(row.at);
        let subject = match self.names.get(&row.subject_id) {
            Some(name) if row.account_id != Some(row.subject_id) => {
                format!("{} {name}", self.or_raw("audit-subject", &row.subject))
            }
            _ => self.or_raw("audit-subject", &row.subject),
        };
        Shown {
            id: row.id,
            seq: row.seq,
            title: self.kind(&row.kind),
            kind: row.kind.clone(),
            iso: at,
            when: self.l.short_date_time(at),
            when_in_full: self.l.date_time(at),
            who: actor["name"].as_str().unwrap_or(&role).to_owned(),
            role,
            who_id: actor_id(&row.actor),
            subject,
            subject_href: match row.subject.as_str() {
                "registration" => Some(format!("/staff/registrations/{}", row.subject_id)),
                "message" => Some(format!("/staff/messages/{}", row.subject_id)),
                _ => None,
            },
            account: row.account_id.map(|id| {
                let name = self.names.get(&id).cloned();
                (id, name.unwrap_or_else(|| id.to_string()))
            }),
        }
    }

    /// What is different between before and after; where neither is known, what the event says.
    pub(super) fn fields(&self, row: &row::Model) -> Vec<Field> {
        let (before, after) = match (&row.before, &row.after) {
            (None, None) => (BTreeMap::new(), flat(&row.data)),
            (before, after) => {
                let side = |text: &Option<String>| text.as_deref().map(flat).unwrap_or_default();
                (side(before), side(after))
            }
        };
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let has_sides = row.before.is_some() || row.after.is_some();
        names
            .into_iter()
            // The name of the variant: the kind says it.
            .filter(|name| has_sides || *name != "what")
            .map(|name| {
                let value = |side: &BTreeMap<String, String>| {
                    side.get(name).map(|text| self.value(text)).unwrap_or_default()
                };
                Field {
                    name: self.or_raw("audit-field", name),
                    changed: before.get(name) != after.get(name),
                    before: value(&before),
                    after: value(&after),
                }
            })
            .collect()
    }

    fn value(&self, text: &str) -> String {
        if let Some(name) = text.parse().ok().and_then(|id: Uuid| self.names.get(&id)) {
            return name.clone();
        }
        if text.len() >= 20
            && let Ok(at) = text.parse::<Timestamp>()
        {
            return self.l.date_time(at);
        }
        let key = format!("audit-value-{}", text.replace('_', "-"));
        let is_code = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_code && self.l.has(&key) {
            return self.l.t(&key);
        }
        text.to_owned()
    }
}

/// The values of a JSON object by name; those of an object inside it by both names.
fn flat(json: &str) -> BTreeMap<String, String> {
    fn put(into: &mut BTreeMap<String, String>, name: String, value: Value) {
        match value {
            Value::Null => {}
            Value::Object(fields) => {
                for (inner, value) in fields {
                    let name = if name.is_empty() {
                        inner
                    } else {
                        format!("{name}.{inner}")
                    };
                    put(into, name, value);
                }
            }
            Value::String(text) => {
                into.insert(name, text);
            }
            other => {
                into.insert(name, other.to_string());
            }
        }
    }
    let mut fields = BTreeMap::new();
    let value = serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned()));
    put(&mut fields, String::new(), value);
    fields
}

//! Events in the reader's words.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{
    chain::actor_id,
    values::{self, Datum},
};
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
    /// What people call it; nothing where a later version wrote it.
    pub(super) label: Option<String>,
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
    let values = sides
        .into_iter()
        .flatten()
        .flat_map(|side| values::fields(side).into_values());
    values.flat_map(|value| values::ids(&value)).collect()
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

    /// What stood before and after, field by field; where neither is known, what the event says.
    pub(super) fn fields(&self, row: &row::Model) -> Vec<Field> {
        let (before, after) = match (&row.before, &row.after) {
            (None, None) => (BTreeMap::new(), values::fields(&row.data)),
            (before, after) => {
                let side = |text: &Option<String>| text.as_deref().map(values::fields).unwrap_or_default();
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
                let side = |of: &BTreeMap<String, Datum>| {
                    of.get(name)
                        .map(|value| self.named_value(name, value))
                        .unwrap_or_default()
                };
                Field {
                    label: self.label(&row.subject, name),
                    name: name.clone(),
                    changed: !before.is_empty() && !after.is_empty() && before.get(name) != after.get(name),
                    before: side(&before),
                    after: side(&after),
                }
            })
            .collect()
    }

    /// What a field of such a subject is called; a subject may call it otherwise than others do.
    fn label(&self, subject: &str, field: &str) -> Option<String> {
        let plain = |code: &str| code.replace(['.', '_'], "-");
        let own = format!("audit-field-{}-{}", plain(subject), plain(field));
        let shared = format!("audit-field-{}", plain(field));
        [own, shared]
            .iter()
            .find(|key| self.l.has(key))
            .map(|key| self.l.t(key))
    }

    /// The value of a field: a movement or a discount as people name it.
    fn named_value(&self, field: &str, value: &Datum) -> String {
        match (field, value) {
            ("transfer" | "original", Datum::Id(id)) => kernel::reference("TRX", *id),
            ("replaced_by" | "ended_by", Datum::Id(id)) => kernel::reference("PD", *id),
            _ => self.value(value),
        }
    }

    fn value(&self, value: &Datum) -> String {
        match value {
            Datum::Money(money) => self.l.money(*money),
            Datum::Percent(percent) => self.l.percent(*percent),
            Datum::Share(product, percent) => {
                format!("{}: {}", self.name(*product), self.l.percent(*percent))
            }
            Datum::Id(id) => self.name(*id),
            Datum::Moment(at) => self.l.date_time(*at),
            Datum::Day(day) => self.l.day(*day),
            Datum::List(all) => {
                let all: Vec<String> = all.iter().map(|one| self.value(one)).collect();
                all.join(", ")
            }
            Datum::Text(text) => self.text(text),
        }
    }

    fn name(&self, id: Uuid) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A code in words, such as a state, a scope or a kind of event; other texts as they are.
    fn text(&self, text: &str) -> String {
        let is_code = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'.' | b':');
        if text.bytes().all(is_code) {
            let plain = text.replace(['.', '_', ':'], "-");
            let known = ["audit-value", "audit-kind", "scope"]
                .map(|prefix| format!("{prefix}-{plain}"))
                .into_iter()
                .find(|key| self.l.has(key));
            if let Some(key) = known {
                return self.l.t(&key);
            }
        }
        text.to_owned()
    }
}

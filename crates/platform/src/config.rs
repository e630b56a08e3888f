//! Configuration: one TOML file, and environment variables on top of it. Every mistake is named with its place,
//! all of them at once.
//!
//! `PORTICO_MAIL__FROM=portal@example.com` sets `from` of `[mail]`: two underscores between the section and the
//! key. A value is read as TOML where it is TOML (`true`, `25`, `["a", "b"]`) and fits as such, and as text otherwise: a
//! password may be a number. No value of a variable stands in a message: it may be a secret.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
    fmt,
    ops::Range,
};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer},
};

const PREFIX: &str = "PORTICO_";

/// All that is wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Problem {
    place: String,
    message: String,
}

impl Problems {
    /// A mistake found after reading, at a place such as `[registration] terms`.
    #[must_use]
    pub fn one(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self(vec![Problem {
            place: place.into(),
            message: message.into(),
        }])
    }
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration has {} mistake(s):", self.0.len())?;
        self.0
            .iter()
            .try_for_each(|problem| write!(f, "\n  {}: {}", problem.place, problem.message))
    }
}

/// Reads `text` (of the file `name`) with the variables of `environment` laid over it.
pub fn load<T: DeserializeOwned>(
    name: &str,
    text: &str,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<T, Problems> {
    let variables: Vec<(String, String)> = environment
        .into_iter()
        .filter(|(variable, _)| variable.starts_with(PREFIX))
        .collect();
    let source = Source {
        name,
        text,
        variables: &variables,
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(Problems(
            errors.iter().map(|error| source.problem(error)).collect(),
        ));
    }
    let (span, mut table) = (table.span(), table.into_inner());
    for (index, (variable, value)) in variables.iter().enumerate() {
        let read = DeValue::parse(value).map_or_else(|_| text_of(value), Spanned::into_inner);
        overlay(&mut table, variable, read, &source.position(index));
    }
    all_or_problems(&source, &span, table)
}

/// Reads all that is there, or finds all that is wrong with it.
fn all_or_problems<'i, T: DeserializeOwned>(
    source: &Source<'i>,
    span: &Range<usize>,
    mut table: DeTable<'i>,
) -> Result<T, Problems> {
    let mut problems = Vec::new();
    let (mut hurt, mut last) = (Vec::new(), Vec::new());
    // Variables that did not fit as TOML, and why.
    let mut as_text: BTreeMap<usize, Problem> = BTreeMap::new();
    loop {
        let error = match T::deserialize(Deserializer::from(Spanned::new(span.clone(), table.clone()))) {
            Ok(value) if problems.is_empty() => return Ok(value),
            Ok(_) => return Err(Problems(problems)),
            Err(error) => error,
        };
        let wrong = source.problem(&error);
        let problem = match source.value_at(&error) {
            None => wrong,
            Some((index, (variable, value))) => match as_text.entry(index) {
                Entry::Occupied(first) => first.get().clone(),
                Entry::Vacant(untried) => {
                    untried.insert(wrong);
                    overlay(&mut table, variable, text_of(value), &source.position(index));
                    continue;
                }
            },
        };
        // Note the mistake, take the faulty entry out, and look for the next. A missing entry cannot be taken out
        // (it may be missing only because it was): its section is looked at last, behind all others.
        let section = error.span().and_then(|at| section_at(&table, &at));
        if error.span().is_some_and(|at| remove(&mut table, &at)) {
            // A section that is unknown is taken out with what is in it, one after the other.
            if !problems.contains(&problem) {
                problems.push(problem);
            }
            hurt.extend(section);
            continue;
        }
        let known = section.as_ref().is_some_and(|section| last.contains(section));
        if !known
            && !section
                .as_ref()
                .map_or(!hurt.is_empty(), |section| hurt.contains(section))
        {
            problems.push(problem);
        }
        match section.and_then(|section| Some((section.clone(), table.remove_entry(section.as_str())?))) {
            Some((section, (key, value))) if !known => {
                table.insert(key, value);
                last.push(section);
            }
            _ => return Err(Problems(problems)),
        }
    }
}

/// The section of the first level that lies at `at`.
fn section_at(table: &DeTable<'_>, at: &Range<usize>) -> Option<String> {
    fn covers(entry: &Spanned<DeValue<'_>>, at: &Range<usize>) -> bool {
        let span = entry.span();
        let inside = match entry.get_ref() {
            DeValue::Table(inner) => inner
                .iter()
                .any(|(key, value)| key.span().contains(&at.start) || key.span() == *at || covers(value, at)),
            _ => false,
        };
        inside || (span.start <= at.start && at.end <= span.end)
    }
    table
        .iter()
        .find(|(_, value)| covers(value, at))
        .map(|(key, _)| key.get_ref().to_string())
}

struct Source<'a> {
    name: &'a str,
    text: &'a str,
    variables: &'a [(String, String)],
}

impl<'a> Source<'a> {
    /// Variables stand behind the end of the file, two positions each: of the value, and of the sections that are there
    /// only for it.
    fn position(&self, variable: usize) -> Range<usize> {
        let at = self.text.len() + 1 + 2 * variable;
        at..at
    }

    /// How far behind the end of the file.
    fn behind(&self, error: &toml::de::Error) -> Option<usize> {
        error.span()?.start.checked_sub(self.text.len() + 1)
    }

    /// The variable whose value, or key, is wrong.
    fn value_at(&self, error: &toml::de::Error) -> Option<(usize, &'a (String, String))> {
        let behind = self.behind(error).filter(|behind| behind % 2 == 0)?;
        Some((behind / 2, self.variables.get(behind / 2)?))
    }

    fn problem(&self, error: &toml::de::Error) -> Problem {
        let variable = self
            .behind(error)
            .and_then(|behind| self.variables.get(behind / 2));
        if let Some((variable, _)) = variable {
            return Problem {
                place: format!("environment variable {variable}"),
                message: without_value(error.message()),
            };
        }
        let at = error.span().map_or(0, |span| span.start);
        let before = self.text.get(..at).unwrap_or(self.text);
        Problem {
            place: format!("{}, line {}", self.name, before.matches('\n').count() + 1),
            message: error.message().to_owned(),
        }
    }
}

/// A message of serde's without what was found; of any other only that the value does not fit.
fn without_value(message: &str) -> String {
    const FOUND: [&str; 5] = [
        "invalid type",
        "invalid value",
        "invalid length",
        "unknown variant",
        "unknown field",
    ];
    if message.starts_with("missing field") {
        return message.to_owned();
    }
    let what = FOUND.into_iter().find(|what| message.starts_with(what));
    match what.zip(message.rsplit_once(", expected ")) {
        Some((what, (_, expected))) => format!("{what}, expected {expected}"),
        None => what.unwrap_or("the value does not fit").to_owned(),
    }
}

fn text_of(value: &str) -> DeValue<'_> {
    DeValue::String(Cow::Borrowed(value))
}

/// A value with all that is in it at one position.
fn placed<'i>(value: DeValue<'i>, at: &Range<usize>) -> DeValue<'i> {
    let here = |value: Spanned<DeValue<'i>>| Spanned::new(at.clone(), placed(value.into_inner(), at));
    match value {
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(here).collect()),
        DeValue::Table(entries) => {
            let mut table = DeTable::new();
            for (key, value) in entries {
                table.insert(Spanned::new(at.clone(), key.into_inner()), here(value));
            }
            DeValue::Table(table)
        }
        other => other,
    }
}

fn overlay<'i>(table: &mut DeTable<'i>, variable: &str, value: DeValue<'i>, at: &Range<usize>) {
    let path = variable[PREFIX.len()..].to_ascii_lowercase();
    let mut keys: Vec<&str> = path.split("__").collect();
    let Some(last) = keys.pop() else { return };
    let mut place = table;
    for key in keys {
        let key = Spanned::new(at.clone(), Cow::Owned(key.to_owned()));
        let section = at.start + 1..at.start + 1;
        let entry = place
            .entry(key)
            .or_insert_with(|| Spanned::new(section, DeValue::Table(DeTable::new())));
        let DeValue::Table(inner) = entry.get_mut() else {
            return;
        };
        place = inner;
    }
    let key = Spanned::new(at.clone(), Cow::Owned(last.to_owned()));
    place.remove(&key);
    place.insert(key, Spanned::new(at.clone(), placed(value, at)));
}

/// Takes out the innermost entry whose key or value lies at `at`.
fn remove(table: &mut DeTable<'_>, at: &Range<usize>) -> bool {
    let covers = |span: Range<usize>| span.start <= at.start && at.end <= span.end;
    let inner = table.iter_mut().any(|(_, value)| match value.get_mut() {
        DeValue::Table(inner) => remove(inner, at),
        _ => false,
    });
    if inner {
        return true;
    }
    let Some(key) = table
        .iter()
        .find(|(key, value)| covers(key.span()) || (!value.get_ref().is_table() && covers(value.span())))
        .map(|(key, _)| key.clone())
    else {
        return false;
    };
    table.remove(&key).is_some()
}

#[cfg(test)]
mod tests;

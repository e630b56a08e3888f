//! Configuration: one TOML file, and environment variables on top of it. Every mistake is named with its place,
//! all of them at once.
//!
//! `PORTICO_MAIL__FROM=portal@example.com` sets `from` of `[mail]`: two underscores between the section and the
//! key. A value is read as TOML where it is TOML (`true`, `25`, `["a", "b"]`) and as text otherwise.

use std::{borrow::Cow, fmt, ops::Range};

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
#[derive(Debug, PartialEq, Eq)]
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
        overlay(&mut table, variable, value, source.position(index));
    }
    let mut problems = Vec::new();
    let (mut hurt, mut last) = (Vec::new(), Vec::new());
    loop {
        let error = match T::deserialize(Deserializer::from(Spanned::new(span.clone(), table.clone()))) {
            Ok(value) if problems.is_empty() => return Ok(value),
            Ok(_) => return Err(Problems(problems)),
            Err(error) => error,
        };
        // Note the mistake, take the faulty entry out, and look for the next. A missing entry cannot be taken out
        // (it may be missing only because it was): its section is looked at last, behind all others.
        let section = error.span().and_then(|at| section_at(&table, &at));
        if error.span().is_some_and(|at| remove(&mut table, &at)) {
            problems.push(source.problem(&error));
            hurt.extend(section);
            continue;
        }
        let known = section.as_ref().is_some_and(|section| last.contains(section));
        if !known
            && !section
                .as_ref()
                .map_or(!hurt.is_empty(), |section| hurt.contains(section))
        {
            problems.push(source.problem(&error));
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

impl Source<'_> {
    /// Variables stand behind the end of the file, a position each.
    fn position(&self, variable: usize) -> Range<usize> {
        let at = self.text.len() + 1 + variable;
        at..at
    }

    fn problem(&self, error: &toml::de::Error) -> Problem {
        let at = error.span().map_or(0, |span| span.start);
        let variable = at
            .checked_sub(self.text.len() + 1)
            .and_then(|index| self.variables.get(index));
        let place = if let Some((variable, _)) = variable {
            format!("environment variable {variable}")
        } else {
            let before = self.text.get(..at).unwrap_or(self.text);
            format!("{}, line {}", self.name, before.matches('\n').count() + 1)
        };
        Problem {
            place,
            message: error.message().to_owned(),
        }
    }
}

fn overlay<'i>(table: &mut DeTable<'i>, variable: &str, value: &'i str, at: Range<usize>) {
    let here = |value: DeValue<'i>| Spanned::new(at.clone(), value);
    let value = match DeValue::parse(value).map(Spanned::into_inner) {
        Ok(DeValue::Array(items)) => {
            DeValue::Array(items.into_iter().map(|item| here(item.into_inner())).collect())
        }
        Ok(value) => value,
        Err(_) => DeValue::String(Cow::Borrowed(value)),
    };
    let path = variable[PREFIX.len()..].to_ascii_lowercase();
    let mut keys: Vec<&str> = path.split("__").collect();
    let Some(last) = keys.pop() else { return };
    let mut place = table;
    for key in keys {
        let key = Spanned::new(at.clone(), Cow::Owned(key.to_owned()));
        let entry = place
            .entry(key)
            .or_insert_with(|| here(DeValue::Table(DeTable::new())));
        let DeValue::Table(inner) = entry.get_mut() else {
            return;
        };
        place = inner;
    }
    let key = Spanned::new(at.clone(), Cow::Owned(last.to_owned()));
    place.remove(&key);
    place.insert(key, here(value));
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
mod tests {
    use serde::Deserialize;

    use super::load;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        mail: Mail,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Mail {
        port: u16,
        from: String,
        #[serde(default)]
        tags: Vec<String>,
    }

    fn variable(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text = "[mail]\nport = \"x\"\nfrom = 3\ncolour = 1\n";
        let problems = load::<Sample>("portico.toml", text, []).unwrap_err().to_string();
        for expected in [
            "line 2: invalid type: string \"x\"",
            "line 3: invalid type: integer",
            "line 4: unknown field `colour`",
        ] {
            assert!(problems.contains(expected), "{expected} in {problems}");
        }
        assert!(problems.contains("3 mistake(s)"), "{problems}");
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only mistakes are read")]
    struct Two {
        mail: Mail,
        site: Mail,
    }

    #[test]
    fn a_faulty_section_hides_no_other() {
        let text = "[mail]\nport = \"x\"\nfrom = \"a\"\n[site]\nport = 1\nfrom = 2\ncolour = 3\n";
        let problems = load::<Two>("portico.toml", text, []).unwrap_err().to_string();
        for line in [
            "line 2: invalid type",
            "line 6: invalid type",
            "line 7: unknown field `colour`",
        ] {
            assert!(problems.contains(line), "{line} in {problems}");
        }
        assert!(problems.contains("3 mistake(s)"), "{problems}");
    }

    #[test]
    fn a_missing_key_is_named() {
        let problems = load::<Sample>("portico.toml", "[mail]\nport = 25\n", [])
            .unwrap_err()
            .to_string();
        assert!(problems.contains("line 1: missing field `from`"), "{problems}");
    }

    #[test]
    fn broken_syntax_is_named_with_its_line() {
        let problems = load::<Sample>("portico.toml", "[mail]\nport = \n", [])
            .unwrap_err()
            .to_string();
        assert!(problems.contains("portico.toml, line 2"), "{problems}");
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let environment = [
            variable("PORTICO_MAIL__PORT", "2525"),
            variable("PORTICO_MAIL__FROM", "a@b.vn"),
            variable("PORTICO_MAIL__TAGS", "[\"x\"]"),
            variable("HOME", "/root"),
        ];
        let sample: Sample = load("portico.toml", "[mail]\nport = 25\n", environment).unwrap();
        assert_eq!(
            sample,
            Sample {
                mail: Mail {
                    port: 2525,
                    from: "a@b.vn".into(),
                    tags: vec!["x".into()]
                }
            }
        );
    }

    #[test]
    fn a_wrong_variable_is_named() {
        let environment = [
            variable("PORTICO_MAIL__PORT", "many"),
            variable("PORTICO_MAIL__TAGS", "[1]"),
        ];
        let problems = load::<Sample>("portico.toml", "[mail]\nfrom = \"a\"\n", environment)
            .unwrap_err()
            .to_string();
        assert!(
            problems.contains("environment variable PORTICO_MAIL__PORT"),
            "{problems}"
        );
        assert!(
            problems.contains("environment variable PORTICO_MAIL__TAGS"),
            "{problems}"
        );
    }
}

//! The form of percentages and a date: what a partner asks for, and what staff grant instead.

use std::collections::HashMap;

use catalogue::PriceList;
use jiff::civil::Date;
use kernel::{Percent, Words, WordsError, money::PercentError};
use platform::{L10n, web::FieldErrors};

use super::view::{day, share};
use crate::partner::rules::{Percents, Terms};

/// What was typed, by the names of the fields.
#[derive(Default)]
pub(super) struct Typed(HashMap<String, String>);

impl From<Vec<(String, String)>> for Typed {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl Typed {
    /// A form that starts from these terms.
    pub(super) fn from_terms(
        l: &L10n,
        products: &PriceList,
        percents: Option<&Percents>,
        from: Date,
    ) -> Self {
        let mut fields = HashMap::from([("from".to_owned(), from.to_string())]);
        for line in products.lines() {
            if let Some(percent) = percents.and_then(|all| all.on(line.product.id)) {
                fields.insert(name(line), l.number_of_percent(percent));
            }
        }
        Self(fields)
    }

    /// In a field; empty where nothing was.
    pub(super) fn of(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// The fields of percentages and of the date, to be sent once more.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(|(name, _)| *name == "from" || name.starts_with("percent-"))
    }

    /// The terms, or all that is wrong with them by field. `first` is the first date that is allowed, where there is one.
    pub(super) fn read(
        &self,
        l: &L10n,
        products: &PriceList,
        first: Option<Date>,
        errors: &mut FieldErrors,
    ) -> Option<Terms> {
        let mut all = Vec::new();
        for line in products.lines() {
            let field = name(line);
            match self.of(&field).trim() {
                "" => {}
                text => match text.parse::<Percent>() {
                    Ok(percent) => all.push((line.product.id, percent)),
                    Err(error) => {
                        let product = line.product.name.in_language(l.language());
                        errors.add(field, l.t1(mistake(error), "product", product));
                    }
                },
            }
        }
        let from = match self.of("from").trim() {
            "" => Err(l.t("partner-discount-error-no-date")),
            text => match (text.parse::<Date>(), first) {
                (Err(_), _) => Err(l.t("partner-discount-error-date")),
                (Ok(from), Some(first)) if from < first => Err(too_early(l, first)),
                (Ok(from), _) => Ok(from),
            },
        };
        // Where a percentage cannot be read, it is not known whether there is none.
        if errors.is_empty() && Percents::new(all.iter().copied()).is_err() {
            errors.add("percents", l.t("partner-discount-error-nothing"));
        }
        let from = errors.check("from", from)?;
        let percents = Percents::new(all).ok().filter(|_| errors.is_empty())?;
        Some(Terms { percents, from })
    }

    /// A note that may be left empty.
    pub(super) fn note(&self, l: &L10n, field: &'static str, errors: &mut FieldErrors) -> Option<Words> {
        match Words::parse(self.of(field)) {
            Ok(words) => Some(words),
            Err(WordsError::Empty) => None,
            Err(WordsError::TooLong) => {
                errors.add(field, l.t1("partner-discount-error-long", "max", Words::MAX));
                None
            }
        }
    }
}

pub(super) fn too_early(l: &L10n, earliest: Date) -> String {
    l.t1("partner-discount-error-early", "date", day(l, earliest))
}

fn mistake(error: PercentError) -> &'static str {
    match error {
        PercentError::NotANumber => "partner-discount-error-number",
        PercentError::TooFine => "partner-discount-error-fine",
        PercentError::OutOfRange => "partner-discount-error-range",
    }
}

/// The name of a product's field.
fn name(line: &catalogue::Line) -> String {
    format!("percent-{}", line.product.code)
}

/// A group of products.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

/// A product's field, with what stands beside it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) in_force: String,
    pub(super) asked: String,
    pub(super) typed: String,
}

/// The fields, group by group. `asked` is what staff compare with.
pub(super) fn groups(
    l: &L10n,
    products: &PriceList,
    typed: &Typed,
    in_force: Option<&Percents>,
    asked: Option<&Percents>,
) -> Vec<Group> {
    let side = |side: Option<&Percents>, line: &catalogue::Line| {
        share(l, side.and_then(|side| side.on(line.product.id)))
    };
    let field = |line: &catalogue::Line| Field {
        name: name(line),
        label: line.product.name.in_language(l.language()).to_owned(),
        in_force: side(in_force, line),
        asked: side(asked, line),
        typed: typed.of(&name(line)).to_owned(),
    };
    let groups = products.groups().iter().map(|group| Group {
        name: group.name.in_language(l.language()).to_owned(),
        fields: products.of_group(group.id).map(field).collect(),
    });
    groups.filter(|group| !group.fields.is_empty()).collect()
}

//! What countries are called.

use std::sync::LazyLock;

use kernel::{Language, tax_code::Country};

use super::L10n;

/// The Vietnamese names in the order of the alphabet. They are no messages: they come as a list and are needed in one
/// form and a few pages.
static VIETNAMESE: LazyLock<Vec<(Country, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../../messages/countries.vi.txt").lines();
    lines
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(code, name)| Some((code.parse().ok()?, name)))
        .collect()
});

impl L10n {
    /// What the reader calls a country.
    #[must_use]
    pub fn country(&self, of: Country) -> &'static str {
        let vietnamese = || VIETNAMESE.iter().find(|(country, _)| *country == of);
        match self.language() {
            Language::English => of.name(),
            Language::Vietnamese => vietnamese().map_or(of.name(), |(_, name)| name),
        }
    }

    /// All countries in the order of the reader's names for them, as a select shows them.
    #[must_use]
    pub fn countries(&self) -> Vec<(Country, &'static str)> {
        match self.language() {
            Language::English => Country::all().map(|country| (country, country.name())).collect(),
            Language::Vietnamese => VIETNAMESE.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use jiff::tz::TimeZone;
    use kernel::{Language, tax_code::Country};

    use crate::i18n::{Catalog, L10n};

    #[test]
    fn every_country_has_a_name_in_each_language_and_stands_where_the_reader_looks_for_it() {
        let reader = |language| L10n::new(Arc::new(Catalog::new(&[])), language, TimeZone::UTC);
        let all: BTreeSet<Country> = Country::all().collect();
        for language in Language::ALL {
            let named = reader(language).countries();
            assert_eq!(named.len(), all.len(), "{language:?}");
            assert_eq!(
                named.iter().map(|(country, _)| *country).collect::<BTreeSet<_>>(),
                all
            );
            assert!(
                named
                    .iter()
                    .all(|(country, name)| reader(language).country(*country) == *name)
            );
        }
        let germany = "DE".parse().unwrap();
        assert_eq!(reader(Language::English).country(germany), "Germany");
        assert_eq!(reader(Language::Vietnamese).country(germany), "Đức");
        let vietnamese = reader(Language::Vietnamese).countries();
        let place = |name: &str| vietnamese.iter().position(|(_, one)| *one == name).unwrap();
        assert!(place("Canada") < place("Đức") && place("Đức") < place("Estonia"));
        assert!(place("Ai Cập") < place("Áo") && place("Áo") < place("Ấn Độ"));
    }
}

//! Countries by their ISO 3166-1 alpha-2 codes.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A country or territory of ISO 3166-1, and Kosovo under `XK`, the code in common use for it.
/// Ordered by code; stored as its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Country {
    code: &'static str,
}

/// Not the code of a country.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no country; write its two letters of ISO 3166-1, as \"VN\"")]
pub struct UnknownCountry(String);

/// All countries by English name.
static BY_NAME: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let mut countries: Vec<_> = celes::Country::get_countries()
        .iter()
        .map(|country| Country { code: country.alpha2 })
        .collect();
    countries.sort_by_key(|country| sort_key(country.name()));
    countries
});

impl Country {
    /// Vietnam.
    pub const VIETNAM: Self = Self { code: "VN" };

    /// All of them in the order of their English names, as a select shows them.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        BY_NAME.iter().copied()
    }

    /// The two letters, in upper case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        celes::Country::from_alpha2(self.code).map_or(self.code, |country| country.long_name)
    }
}

/// Without the article, and with accents folded, so that Åland stands among the As.
fn sort_key(name: &str) -> String {
    name.strip_prefix("The ")
        .unwrap_or(name)
        .replace('Å', "A")
        .to_lowercase()
}

/// In upper or lower case.
impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let code = code.trim();
        let unknown = || UnknownCountry(code.chars().take(20).collect());
        if code.len() != 2 {
            return Err(unknown());
        }
        celes::Country::from_alpha2(code)
            .map(|country| Self { code: country.alpha2 })
            .map_err(|_| unknown())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code.to_owned()
    }
}

/// The code.
impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Country;

    #[test]
    fn a_country_is_known_by_its_two_letters() {
        assert_eq!(" vn ".parse(), Ok(Country::VIETNAM));
        assert_eq!(Country::VIETNAM.name(), "Vietnam");
        assert_eq!(serde_json::to_string(&Country::VIETNAM).unwrap(), "\"VN\"");
        for wrong in ["", "V", "VNM", "XX", "UK", "Vietnam", "v\u{301}"] {
            assert!(wrong.parse::<Country>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_countries_are_offered_by_name_and_found_again_by_code() {
        assert_eq!(Country::all().len(), 250, "249 of the standard and Kosovo");
        let codes: BTreeSet<_> = Country::all().map(Country::code).collect();
        assert_eq!(codes.len(), 250);
        assert!(Country::all().all(|country| country.code().parse() == Ok(country)));
        assert!(
            Country::all().all(|country| country.name().len() > 2),
            "each has a name"
        );
        let names: Vec<_> = Country::all().map(Country::name).collect();
        assert_eq!((names[0], names[249]), ("Afghanistan", "Zimbabwe"));
    }
}

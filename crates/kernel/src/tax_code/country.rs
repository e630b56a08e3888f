//! Countries by their ISO 3166-1 alpha-2 codes.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A country or territory of ISO 3166-1. Ordered by code; stored as its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Country {
    code: &'static str,
    name: &'static str,
}

/// Not the code of a country.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a valid country; write an ISO 3166-1 code of two letters such as \"VN\"")]
pub struct UnknownCountry(String);

/// All countries by English name.
static BY_NAME: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let mut countries: Vec<_> = rust_iso3166::ALL.iter().map(Country::from).collect();
    countries.sort_by_key(|country| sort_key(country.name));
    countries
});

impl Country {
    /// Vietnam.
    pub const VIETNAM: Self = Self {
        code: "VN",
        name: "Viet Nam",
    };

    /// All of them in the order of their English names, as a select shows them.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        BY_NAME.iter().copied()
    }

    /// The two letters, in upper case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The English short name of the standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }
}

impl From<&rust_iso3166::CountryCode> for Country {
    fn from(country: &rust_iso3166::CountryCode) -> Self {
        Self {
            code: country.alpha2,
            name: country.name,
        }
    }
}

/// Without the accents that occur, so that Åland stands among the As.
fn sort_key(name: &str) -> String {
    let plain = |c| match c {
        'å' => 'a',
        'ç' => 'c',
        'é' => 'e',
        'ô' => 'o',
        'ü' => 'u',
        c => c,
    };
    name.to_lowercase().chars().map(plain).collect()
}

/// In upper or lower case.
impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let code = code.trim();
        (code.len() == 2)
            .then(|| rust_iso3166::from_alpha2(&code.to_ascii_uppercase()))
            .flatten()
            .map(|country| Self::from(&country))
            .ok_or_else(|| UnknownCountry(code.chars().take(20).collect()))
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
        assert_eq!(Country::VIETNAM.name(), "Viet Nam");
        assert_eq!(serde_json::to_string(&Country::VIETNAM).unwrap(), "\"VN\"");
        for wrong in ["", "V", "VNM", "XX", "UK", "Vietnam", "é"] {
            assert!(wrong.parse::<Country>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_countries_are_offered_by_name_and_found_again_by_code() {
        let codes: BTreeSet<_> = Country::all().map(Country::code).collect();
        assert_eq!((Country::all().len(), codes.len()), (249, 249));
        assert!(Country::all().all(|country| country.code().parse() == Ok(country)));
        assert!(Country::all().all(|country| super::sort_key(country.name()).is_ascii()));
        let names: Vec<_> = Country::all().map(Country::name).collect();
        assert_eq!(
            (names[0], names[1], names[248]),
            ("Afghanistan", "Åland Islands", "Zimbabwe")
        );
    }
}

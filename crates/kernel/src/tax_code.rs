//! Countries and tax codes.

mod country;
mod vietnam;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use country::{Country, UnknownCountry};

/// A tax code as its country writes it: checked, and the same text for the same code.
///
/// Vietnam's are checked by their structure; any other country's by a general rule: 5 to 20 letters, digits, `.`,
/// `-`, `/` and spaces, three digits among them, taken in upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct TaxCode {
    country: Country,
    code: String,
    kind: TaxCodeKind,
}

/// Whom a tax code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxCodeKind {
    /// A Vietnamese organisation: 10 digits.
    Organisation,
    /// A dependent unit of one, such as a branch: 10 digits, a hyphen, 3 digits.
    Branch,
    /// A Vietnamese citizen: the 12 digits of the personal identification number, the tax code since 2025-07-01.
    Person,
    /// Another country's; whose is not known.
    Foreign,
}

/// Why a text is no tax code: each says what the applicant can look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Nothing was given.
    #[error("the tax code is missing")]
    Empty,
    /// A character that a tax code of that country does not have.
    #[error("a tax code cannot contain {0:?}")]
    Character(char),
    /// Vietnam: not 10, 12 or 13 digits.
    #[error(
        "a Vietnamese tax code has 10 digits, 10 and 3 for a branch, or 12 for a person; this has {digits}"
    )]
    WrongLength {
        /// The digits found.
        digits: usize,
    },
    /// Vietnam: a hyphen anywhere but before a branch's three digits.
    #[error("the hyphen belongs between the 10 digits of the company and the 3 of the branch")]
    MisplacedHyphen,
    /// Vietnam: the tenth digit does not follow from the nine before it, so one of the ten is mistyped.
    #[error(
        "the tenth digit does not match the nine before it; compare the code with your registration certificate"
    )]
    WrongCheckDigit,
    /// Vietnam: branches count from 001.
    #[error("a branch's three digits count from 001")]
    NoSuchBranch,
    /// Vietnam: a personal number begins with the code of a province (001 to 096) or a country (from 101).
    #[error("no personal identification number begins with {0:?}; compare it with your identity card")]
    UnknownBirthplace(String),
    /// Vietnam: the fourth digit of a personal number, for century of birth and sex, is 0 to 3 until 2100.
    #[error(
        "the fourth digit of a personal identification number is 0 to 3, not {0}; compare it with your identity card"
    )]
    UnknownCentury(char),
    /// Other countries: too short or too long.
    #[error("a tax code has 5 to 20 characters; this has {0}")]
    Length(usize),
    /// Other countries: hardly any digits.
    #[error("a tax code has at least 3 digits; this has {0}")]
    FewDigits(usize),
}

/// The longest text that is looked at, so that a hostile one costs nothing.
const MAX_INPUT: usize = 100;

impl TaxCode {
    /// The tax code that `input` stands for in `country`. Spaces around it, and for Vietnam spaces, dots and
    /// a branch's hyphen, do not matter.
    pub fn parse(country: Country, input: &str) -> Result<Self, TaxCodeError> {
        let input = input.trim();
        if input.is_empty() {
            return Err(TaxCodeError::Empty);
        }
        let length = input.chars().count();
        if length > MAX_INPUT {
            return Err(TaxCodeError::Length(length));
        }
        let (code, kind) = if country == Country::VIETNAM {
            vietnam::parse(input)?
        } else {
            (general(input)?, TaxCodeKind::Foreign)
        };
        Ok(Self { country, code, kind })
    }

    /// The country whose code it is.
    #[must_use]
    pub fn country(&self) -> Country {
        self.country
    }

    /// The code in its one spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// Whom it names.
    #[must_use]
    pub fn kind(&self) -> TaxCodeKind {
        self.kind
    }

    /// The code of the organisation: of a branch, the one that it belongs to; of all others, the code itself.
    /// Two codes with the same one are of the same organisation.
    #[must_use]
    pub fn organisation(&self) -> Self {
        match (self.kind, self.code.split_once('-')) {
            (TaxCodeKind::Branch, Some((organisation, _))) => Self {
                code: organisation.to_owned(),
                kind: TaxCodeKind::Organisation,
                ..*self
            },
            _ => self.clone(),
        }
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

/// The general rule, for countries whose own is not known here.
fn general(input: &str) -> Result<String, TaxCodeError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ' ');
    if let Some(wrong) = input.chars().find(|c| !allowed(*c)) {
        return Err(TaxCodeError::Character(wrong));
    }
    let code = input
        .split(' ')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_uppercase();
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    match code.len() {
        5..=20 if digits >= 3 => Ok(code),
        5..=20 => Err(TaxCodeError::FewDigits(digits)),
        length => Err(TaxCodeError::Length(length)),
    }
}

/// As it is stored: read back, it is checked again.
#[derive(Serialize, Deserialize)]
struct Unchecked {
    country: Country,
    code: String,
}

impl TryFrom<Unchecked> for TaxCode {
    type Error = TaxCodeError;

    fn try_from(stored: Unchecked) -> Result<Self, Self::Error> {
        Self::parse(stored.country, &stored.code)
    }
}

impl From<TaxCode> for Unchecked {
    fn from(code: TaxCode) -> Self {
        Self {
            country: code.country,
            code: code.code,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Country, TaxCode, TaxCodeError, TaxCodeKind};

    fn in_country(country: &str, input: &str) -> Result<TaxCode, TaxCodeError> {
        TaxCode::parse(country.parse().unwrap(), input)
    }

    #[test]
    fn other_countries_codes_pass_by_the_general_rule() {
        for (country, input, code) in [
            ("SG", "200104750m", "200104750M"),
            ("DE", " de 811  569 869 ", "DE 811 569 869"),
            ("BR", "33.000.167/0001-01", "33.000.167/0001-01"),
            ("JP", "7000012050002", "7000012050002"),
        ] {
            let parsed = in_country(country, input).unwrap();
            assert_eq!((parsed.as_str(), parsed.kind()), (code, TaxCodeKind::Foreign));
        }
    }

    #[test]
    fn what_no_country_would_write_is_refused() {
        assert_eq!(in_country("SG", " \t"), Err(TaxCodeError::Empty));
        assert_eq!(in_country("SG", "1234"), Err(TaxCodeError::Length(4)));
        assert_eq!(in_country("SG", &"1".repeat(21)), Err(TaxCodeError::Length(21)));
        assert_eq!(
            in_country("SG", &"1".repeat(1_000_000)),
            Err(TaxCodeError::Length(1_000_000))
        );
        assert_eq!(in_country("SG", "ABCDE12"), Err(TaxCodeError::FewDigits(2)));
        assert_eq!(
            in_country("SG", "12345<script>"),
            Err(TaxCodeError::Character('<'))
        );
        assert_eq!(in_country("SG", "１２３４５"), Err(TaxCodeError::Character('１')));
    }

    #[test]
    fn it_is_stored_with_its_country_and_checked_when_read() {
        let code = in_country("VN", "0100109106001").unwrap();
        let json = r#"{"country":"VN","code":"0100109106-001"}"#;
        assert_eq!(serde_json::to_string(&code).unwrap(), json);
        assert_eq!(serde_json::from_str::<TaxCode>(json).unwrap(), code);
        assert!(serde_json::from_str::<TaxCode>(r#"{"country":"VN","code":"0100109107"}"#).is_err());
        assert!(serde_json::from_str::<TaxCode>(r#"{"country":"XX","code":"0100109106"}"#).is_err());
    }

    proptest! {
        #[test]
        fn a_code_has_one_spelling(input in ".{0,30}|[0-9A-Za-z ./-]{3,24}|[0-9]{10}|[0-9]{12,13}", vietnam: bool) {
            let country = if vietnam { Country::VIETNAM } else { "SG".parse().unwrap() };
            if let Ok(code) = TaxCode::parse(country, &input) {
                prop_assert_eq!(TaxCode::parse(country, code.as_str()).unwrap(), code);
            }
        }
    }
}

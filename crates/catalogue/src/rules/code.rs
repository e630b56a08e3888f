//! What files and programs call groups and products.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A short name that never changes: lower-case letters, digits and hyphens between them, at most 60.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// A text is no [`Code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no code; lower-case letters, digits and hyphens between them are meant, at most {max}",
    max = Code::MAX
)]
pub struct BadCode(String);

impl Code {
    /// How many characters a code may have.
    pub const MAX: usize = 60;

    /// As a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= Self::MAX && text.split('-').all(is_word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadCode(text.chars().take(Self::MAX).collect()))
        }
    }
}

impl TryFrom<String> for Code {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_fits_into_an_address_as_it_is() {
        for good in ["vcpu", "object-storage", "ram-2", "7"] {
            assert_eq!(
                good.parse::<Code>().map(|code| code.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in [
            "",
            "-",
            "vCPU",
            "a--b",
            "a-",
            "máy",
            "a b",
            "a/b",
            &"a".repeat(61),
        ] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }
}

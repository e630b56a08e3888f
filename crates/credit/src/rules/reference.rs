//! The references of payments.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a bank calls a payment by. One account's payments have one reference each, so that none is recorded twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

/// Why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// No letter and no digit in it.
    #[error("no reference was given")]
    Empty,
    /// More than [`Reference::MAX`] characters.
    #[error("more than {max} characters were written", max = Reference::MAX)]
    TooLong,
}

impl Reference {
    /// The most that is taken, in characters. ISO 20022 end-to-end identifications have 35, statement lines more.
    pub const MAX: usize = 80;

    /// Takes what was typed, with single spaces.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if plain.chars().count() > Self::MAX {
            Err(ReferenceError::TooLong)
        } else if plain.chars().any(char::is_alphanumeric) {
            Ok(Self(plain))
        } else {
            Err(ReferenceError::Empty)
        }
    }

    /// As it is compared: banks and people differ in case, spaces and hyphens.
    #[must_use]
    pub fn key(&self) -> String {
        self.0
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect()
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it was stored.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! What people write to each other.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Some words of a person: not empty, and at most [`Words::MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(String);

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Nothing but white space.
    #[error("nothing was written")]
    Empty,
    /// More than [`Words::MAX`] characters.
    #[error("more than {max} characters were written", max = Words::MAX)]
    TooLong,
}

impl Words {
    /// The most that is taken, in characters.
    pub const MAX: usize = 4000;

    /// Takes what was typed: without white space around it, with plain line ends and no control characters.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        let plain: String = text
            .replace("\r\n", "\n")
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        let plain = plain.trim();
        match plain.chars().count() {
            0 => Err(WordsError::Empty),
            length if length > Self::MAX => Err(WordsError::TooLong),
            _ => Ok(Self(plain.to_owned())),
        }
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

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

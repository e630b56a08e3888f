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
        let text = text.replace("\r\n", "\n");
        // As typed, so that the limit is the one that forms and the API's description name.
        if text.chars().count() > Self::MAX {
            return Err(WordsError::TooLong);
        }
        let plain: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        match plain.trim() {
            "" => Err(WordsError::Empty),
            plain => Ok(Self(plain.to_owned())),
        }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! What a partner calls its customers.

use std::fmt;

use accounts::forms::is_unprintable;

/// What a partner calls a customer: one line, not empty, at most [`FriendlyName::MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FriendlyName(String);

/// What a customer is to the partner, in the partner's words; by default `partner`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role(String);

/// Why a text is no name or role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but white space.
    #[error("nothing was written")]
    Empty,
    /// More characters than are taken.
    #[error("more than {0} characters were written")]
    TooLong(usize),
}

impl FriendlyName {
    /// The most that is taken, in characters.
    pub const MAX: usize = 100;

    /// Takes what was typed: single spaces, nothing that cannot be shown.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match one_line(text, Self::MAX)? {
            name if name.is_empty() => Err(NameError::Empty),
            name => Ok(Self(name)),
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

impl Role {
    /// The most that is taken, in characters.
    pub const MAX: usize = 50;

    /// Takes what was typed; nothing typed is the default.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match one_line(text, Self::MAX)? {
            role if role.is_empty() => Ok(Self::default()),
            role => Ok(Self(role)),
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

impl Default for Role {
    fn default() -> Self {
        Self("partner".to_owned())
    }
}

impl fmt::Display for FriendlyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn one_line(text: &str, max: usize) -> Result<String, NameError> {
    // As typed, so that the limit is the one that forms and the API's description name.
    if text.chars().count() > max {
        return Err(NameError::TooLong(max));
    }
    let plain: String = text
        .chars()
        .map(|c| if is_unprintable(c) { ' ' } else { c })
        .collect();
    Ok(plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

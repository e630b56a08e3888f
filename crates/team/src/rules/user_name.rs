//! What an IAM user types, beside the root user's address, to sign in.

use kernel::EmailAddress;

/// The longest, in characters.
pub const MAX_USER_NAME: usize = 40;

/// The name that an IAM user signs in with; unique in its account. In lower case, since a telephone's keyboard
/// capitalises where nobody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserName(String);

/// Why a text is no user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserNameError {
    /// Nothing was given.
    #[error("is missing")]
    Missing,
    /// More than [`MAX_USER_NAME`] characters.
    #[error("is longer than {MAX_USER_NAME} characters")]
    TooLong,
    /// Something else than letters of the Latin alphabet without marks, digits, dots, hyphens and underscores.
    #[error("holds other characters than a to z, digits, dots, hyphens and underscores")]
    Character,
}

impl UserName {
    /// The name that was typed.
    pub fn parse(text: &str) -> Result<Self, UserNameError> {
        let name = text.trim().to_ascii_lowercase();
        if name.is_empty() {
            Err(UserNameError::Missing)
        } else if name.chars().count() > MAX_USER_NAME {
            Err(UserNameError::TooLong)
        } else if name.chars().all(is_allowed) {
            Ok(Self(name))
        } else {
            Err(UserNameError::Character)
        }
    }

    /// What stands before the @ of an address, where that can be a name.
    #[must_use]
    pub fn suggested(email: &EmailAddress) -> Option<Self> {
        let (local, _) = email.as_str().split_once('@')?;
        let plain: String = local.chars().filter(|c| is_allowed(*c)).collect();
        Self::parse(&plain.chars().take(MAX_USER_NAME).collect::<String>()).ok()
    }

    /// As the database keeps it.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_')
}

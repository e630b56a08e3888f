//! Email addresses as this system compares them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An email address, in lower case: two spellings of one mailbox are one account.
///
/// Only what every mail server accepts: `local@domain.tld` in printable ASCII, at most 254 characters
/// (RFC 5321, 4.5.3.1). Quoted local parts and address literals are refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no email address.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum EmailError {
    /// Nothing was given.
    #[error("no email address was given")]
    Empty,
    /// More than 254 characters.
    #[error("the email address is longer than 254 characters")]
    TooLong,
    /// Not of the form `name@example.com`.
    #[error("the email address is not of the form name@example.com")]
    Malformed,
}

impl EmailAddress {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > 254 {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        if valid_local(local) && valid_domain(domain) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(EmailError::Malformed)
        }
    }
}

fn valid_local(local: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && local.split('.').all(|atom| !atom.is_empty())
}

fn valid_domain(domain: &str) -> bool {
    let valid_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.')
        && domain.split('.').all(valid_label)
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|tld| tld.len() >= 2 && !tld.chars().all(|c| c.is_ascii_digit()))
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, EmailError};
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_mailbox_are_equal() {
        let a: EmailAddress = " Lan@Example.VN ".parse().unwrap();
        assert_eq!(a, "lan@example.vn".parse().unwrap());
        assert_eq!(a.domain(), "example.vn");
    }

    #[test]
    fn what_mail_servers_refuse_is_refused() {
        for bad in [
            "a",
            "@b.vn",
            "a@b",
            "a@@b.vn",
            "a b@c.vn",
            "a@b..vn",
            "a@-b.vn",
            "a@b.vn\r\nBcc: x@y.z",
            ".a@b.vn",
        ] {
            assert_eq!(bad.parse::<EmailAddress>(), Err(EmailError::Malformed), "{bad}");
        }
        assert_eq!("  ".parse::<EmailAddress>(), Err(EmailError::Empty));
    }

    proptest! {
        #[test]
        fn a_parsed_address_holds_no_white_space_or_control(text in "\\PC{0,40}@\\PC{0,20}\\.vn") {
            if let Ok(address) = text.parse::<EmailAddress>() {
                prop_assert!(address.as_str().chars().all(|c| c.is_ascii_graphic()));
            }
        }
    }
}

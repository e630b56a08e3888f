//! What can be wrong with a row of an import file.

use std::str::Utf8Error;

use kernel::EmailAddress;
use platform::L10n;

use super::row::MAX_FIELD;
use crate::forms::Mistake;

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRow {
    /// More or fewer fields than the header has.
    #[error("{found} fields where the header has {expected}")]
    Fields {
        /// In the row.
        found: usize,
        /// In the header.
        expected: usize,
    },
    /// A field that is not UTF-8.
    #[error("{column} is not UTF-8: {error}")]
    NotUtf8 {
        /// Which.
        column: &'static str,
        /// Where in the field.
        error: Utf8Error,
    },
    /// A field of more than 2000 bytes.
    #[error("{column} is longer than {MAX_FIELD} bytes")]
    TooLarge {
        /// Which.
        column: &'static str,
    },
    /// A field with a mistake.
    #[error("{column}: {mistake}")]
    Field {
        /// Which.
        column: &'static str,
        /// What is wrong.
        mistake: Mistake,
    },
    /// A field with a value other than those it may have.
    #[error("{column} is {found:?}; it may be {}", allowed.join(" or "))]
    Value {
        /// Which.
        column: &'static str,
        /// The value, cut short.
        found: String,
        /// What it may be.
        allowed: &'static [&'static str],
    },
    /// The address is in the file already.
    #[error("the same email as in line {line}")]
    Repeated {
        /// Where.
        line: u64,
    },
    /// An account that would be its own customer.
    #[error("managed_by_email is the account's own email")]
    OwnCustomer,
    /// Nobody has the partner's address, or the row of whoever has it is bad.
    #[error("managed_by_email: there is no account {0}")]
    NoManager(EmailAddress),
    /// Whoever has the partner's address is a customer itself, and so no partner.
    #[error("managed_by_email: {0} is a partner's customer itself")]
    ManagerManaged(EmailAddress),
}

impl BadRow {
    /// The reason in the words of a reader, to whom `place` names the row of a line.
    #[must_use]
    pub fn tell(&self, l: &L10n, place: impl Fn(u64) -> String) -> String {
        match self {
            Self::Fields { found, expected } => {
                l.t2("accounts-import-fields", "found", *found, "expected", *expected)
            }
            Self::NotUtf8 { column, .. } => l.say("accounts-import-not-utf8", "column", column),
            Self::TooLarge { column } => l.t2(
                "accounts-import-too-large",
                "column",
                *column,
                "max",
                MAX_FIELD.to_string(),
            ),
            Self::Field { column, mistake } => l.t2(
                "accounts-import-field",
                "column",
                *column,
                "mistake",
                mistake.tell(l, column),
            ),
            Self::Value {
                column,
                found,
                allowed,
            } => {
                let allowed = allowed.join(", ");
                let arguments = [
                    ("column", (*column).into()),
                    ("found", found.into()),
                    ("allowed", allowed.into()),
                ];
                l.with("accounts-import-value", arguments)
            }
            Self::Repeated { line } => l.say("accounts-import-repeated", "place", place(*line)),
            Self::OwnCustomer => l.t("accounts-import-own-customer"),
            Self::NoManager(email) => l.say("accounts-import-no-manager", "email", email),
            Self::ManagerManaged(email) => l.say("accounts-import-manager-managed", "email", email),
        }
    }
}

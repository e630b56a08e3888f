//! The period of a statement.

use jiff::{Timestamp, ToSpan, civil::Date};
use platform::{L10n, web::FieldErrors};
use serde::Deserialize;

/// As somebody wrote it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Period {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A period as days of the reader's zone, both of them in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) begins: Timestamp,
    pub(crate) ends: Timestamp,
}

impl Period {
    /// The period that was asked for; where nothing was, this month so far.
    pub(crate) fn days(&self, l: &L10n, now: Timestamp) -> Result<Days, FieldErrors> {
        let today = l.day_of(now);
        let mut errors = FieldErrors::default();
        let mut read = |field: &'static str, text: &str, usual: Date| {
            let date = if text.is_empty() {
                Ok(usual)
            } else {
                text.parse().map_err(|_| l.t("credit-statement-no-date"))
            };
            errors.check(field, date)
        };
        let (from, to) = (
            read("from", &self.from, today.first_of_month()),
            read("to", &self.to, today),
        );
        let (Some(from), Some(to)) = (from, to) else {
            return Err(errors);
        };
        let wrong = |text: &str| FieldErrors::one("to", l.t(text));
        if to < from {
            return Err(wrong("credit-statement-order"));
        }
        let ends = to.checked_add(1.day()).ok().and_then(|next| l.midnight(next));
        match (l.midnight(from), ends) {
            (Some(begins), Some(ends)) => Ok(Days {
                from,
                to,
                begins,
                ends,
            }),
            _ => Err(wrong("credit-statement-no-date")),
        }
    }
}

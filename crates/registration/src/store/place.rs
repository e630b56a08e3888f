//! Places in the queue.

use std::{fmt, str::FromStr};

use kernel::RegistrationId;
use uuid::Uuid;

use super::rows::registration::Model;

/// Where a registration stands in the queue, as its indexes have it (migrations `…_registration_search`, `…_registration_along`):
/// `due_at`, or [`STOPPED`] and `submitted_at`, or twice [`SETTLED`] less `settled_at`; times are milliseconds.
pub(super) const PLACE: &str = "CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at \
     WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END";
/// From here on stand those whose clock is stopped, since they were asked something.
pub(super) const STOPPED: i64 = 1_000_000_000_000_000;
/// From here on stand the settled ones.
pub(super) const SETTLED: i64 = 2_000_000_000_000_000;

/// A place in the queue. Written and read as text: opaque to whoever passes it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) place: i64,
    pub(super) id: RegistrationId,
}

impl Cursor {
    /// Where this one stands.
    pub(super) fn of(row: &Model) -> Self {
        let place = match (row.settled_at, row.due_at) {
            (Some(settled), _) => 2 * SETTLED - settled,
            (None, Some(due)) => due,
            (None, None) => STOPPED + row.submitted_at,
        };
        Self {
            place,
            id: RegistrationId(row.id),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.place, Uuid::from(self.id).simple())
    }
}

/// Not a [`Cursor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place in the queue is called so")]
pub struct UnknownPlace;

impl FromStr for Cursor {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (place, id) = text.split_once('.').ok_or(UnknownPlace)?;
        Ok(Self {
            place: place.parse().map_err(|_| UnknownPlace)?,
            id: id.parse().map_err(|_| UnknownPlace)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, UnknownPlace};

    #[test]
    fn a_place_is_read_as_it_is_written() {
        let text = "1795440000000.019ab00000007000800000000000ab12";
        let cursor: Cursor = text.parse().unwrap();
        assert_eq!(cursor.to_string(), text);
        for wrong in [
            "",
            ".",
            "1",
            "1.",
            "x.019ab00000007000800000000000ab12",
            "99999999999999999999.1",
        ] {
            assert_eq!(wrong.parse::<Cursor>(), Err(UnknownPlace), "{wrong}");
        }
    }
}

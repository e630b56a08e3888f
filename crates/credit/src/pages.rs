//! What accounts, partners and staff see.

use platform::web::{Mounted, NavEntry, Routes};

use crate::Credit;

/// Entries in the navigation.
pub const NAV: &[NavEntry] = &[];

pub(crate) fn mount(room: &Credit) -> Mounted {
    Routes::<Credit>::new().with_state(room.clone())
}

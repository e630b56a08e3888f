//! What partners, their customers and staff see.

use platform::web::{Mounted, NavEntry, Routes};

use crate::room::Customers;

/// Its entries in the navigation.
pub const NAV: &[NavEntry] = &[];

pub(crate) fn mount(room: &Customers) -> Mounted {
    Routes::new().with_state(room.clone())
}

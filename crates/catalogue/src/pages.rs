//! What staff see of the catalogue.

use platform::web::{Mounted, NavEntry, Routes};

use crate::Catalogue;

/// The entries of these pages in the navigation.
pub const NAV: &[NavEntry] = &[];

pub(crate) fn mount(room: &Catalogue) -> Mounted {
    Routes::new().with_state(room.clone())
}

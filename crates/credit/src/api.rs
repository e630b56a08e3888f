//! The same as JSON.

use platform::api::Mounted;

use crate::Credit;

pub(crate) fn mount(_: &Credit) -> Mounted {
    Mounted::default()
}

//! The demo: the whole product with sample data, a mailbox in the browser and a clock that can be moved.

mod clock;
mod mailbox;
mod sample;

use kernel::calendar::BusinessCalendar;
use platform::{
    App,
    web::{Mounted, Need, Routes},
};

pub use clock::restore as restore_clock;
pub use sample::{Size, fill, prepare, welcome};

/// What the demo's own pages need.
#[derive(Clone)]
struct Demo {
    app: App,
    calendar: BusinessCalendar,
}

/// The pages that only a demo has.
#[must_use]
pub fn pages(app: App, calendar: BusinessCalendar) -> Mounted {
    Routes::new()
        .get("/mailbox", Need::Nothing, mailbox::list)
        .get("/mailbox/{id}", Need::Nothing, mailbox::show)
        .get("/mailbox/{id}/html", Need::Nothing, mailbox::html)
        .post("/demo/clock", Need::Nothing, clock::advance)
        .with_state(Demo { app, calendar })
}

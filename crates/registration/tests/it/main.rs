//! Becoming a partner, through the browser and the use cases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod applying;
mod deadline;
mod overview;
mod people;
mod queue;
mod review;
mod staff_emails;
mod status;
mod terms;

//! Partners' customers, through the browser, the API and the use cases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod directory;

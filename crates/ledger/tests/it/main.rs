//! Money moves: alone, together, again, and not at all.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod posting;
mod verify;

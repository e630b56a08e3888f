//! A double-entry ledger: accounts, transfers, immutable entries.

pub mod store;

use platform::db::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[];

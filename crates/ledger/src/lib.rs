//! A double-entry ledger: accounts, transfers, immutable entries. It has no pages and no events of its own; the rooms that
//! move money do.
//!
//! - An [`Account`] is the credit of a service account, or one of the two ends of the ledger: [`Account::Deposits`], where
//!   money comes from, and [`Account::Usage`], where it goes. Credit is never below zero; over all accounts of a
//!   currency the balances sum to zero.
//! - A [`Movement`] says what moves; its constructors admit only what makes sense. An [`Instruction`] is a movement with
//!   its idempotency [`Key`] and a reference. Posted, it is a [`Transfer`], and its [`Receipt`] says where both
//!   accounts stand after it.
//! - The same instruction again, by key and debited account, is answered with the same receipt and moves nothing. Another
//!   one under the same key is [`Refusal::KeyReused`].
//!
//! # Two ways to post
//!
//! **[`Poster`]**: for what many do at once. It gathers concurrent [`Order`]s and commits each batch in one transaction:
//!
//! ```ignore
//! let poster = Poster::start(app, Managed, Settings::default());
//! let order = Order {
//!     instruction: Instruction { movement: Movement::top_up(partner, customer, amount)?, key, reference },
//!     condition: Relation { partner, customer },        // asked of the room's `Guard`, for the batch as a whole,
//!     behalf: Behalf::of(caller),
//!     then: Box::new(move |receipt, parties| {          // which gives leave, and what it has read on the way
//!         let event = CreditEvent::TopUpSent { balance: receipt.from.balance, .. };
//!         let subject = transfer(receipt.transfer.id, partner);
//!         Ok(vec![Record::new(subject, &event)?.change(before, after).letter(to, letter)])
//!     }),
//! };
//! let receipt = poster.post(order).await?;              // durable now
//! ```
//!
//! **[`Ledger`]**: inside a use case's own transaction, for what changes with other state (a deposit that is confirmed, an
//! import of usage). It locks the accounts, so decide by [`Ledger::balance`] what to post:
//!
//! ```ignore
//! let mut work = Work::begin(app, caller).await?;
//! let mut ledger = Ledger::open(&work, Wanted::of([&instruction])).await?;
//! let receipt = ledger.post(&instruction)?;
//! ledger.save().await?;
//! work.record_change(..).await?;
//! work.commit().await?;
//! ```

pub mod poster;
pub mod rules;
mod service;
pub mod store;
pub mod verify;

use platform::db::Migration;

pub use poster::{Anyone, Guard, Order, PostError, Poster, Settings};
pub use rules::{
    Account, Instruction, Key, KeyError, Kind, Movement, MovementError, Outcome, Receipt, Refusal, Standing,
    Transfer,
};
pub use service::{Ledger, Wanted};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "2026112510_ledger",
    sql: include_str!("../migrations/2026112510_ledger.sql"),
}];

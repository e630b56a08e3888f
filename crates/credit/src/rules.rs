//! The rules of credit: pure, no I/O, no clock.

mod alert;
mod deposit;
mod reference;
mod usage;

pub use alert::Alert;
pub use deposit::{Clerk, Deposit, DepositError, DepositState, NewDeposit, StateKind, may_hold_deposits};
pub use reference::{Reference, ReferenceError};
pub use usage::{Charge, Refund, RefundError, Usage, charges};

#[cfg(test)]
mod tests;

//! The rules of credit: pure, no I/O, no clock.

mod alert;
mod deposit;
mod reference;
mod usage;

pub use alert::Alert;
pub use deposit::{Deposit, DepositError, DepositState, NewDeposit, StateKind, may_hold_deposits};
pub use reference::{Reference, ReferenceError};
pub use usage::{
    Charge, LabelError, MAX_DESCRIPTION, MAX_PERIOD, Refund, RefundError, Usage, charges, check_label,
};

#[cfg(test)]
mod tests;

//! The pure rules: what may move, and what it does to the accounts.

mod account;
mod books;
mod movement;
#[cfg(test)]
mod tests;

pub use account::Account;
pub use books::{Books, Outcome, Page, Receipt, Refusal, Standing};
pub use movement::{Instruction, Key, KeyError, Kind, Movement, MovementError, Transfer};

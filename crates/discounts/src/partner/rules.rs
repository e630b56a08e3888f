//! The pure core: what a partner asks for, what states a discount has, what leads from one to another, and which one is
//! in force when. No I/O and no clock: the time and the calendar are handed in.

mod discount;
mod history;
mod names;
mod percents;
mod standing;
#[cfg(test)]
mod tests;

pub use discount::{
    AskError, Grant, Instead, NewRequest, PartnerDiscount, State, StateKind, Terms, TransitionError, begins,
    earliest,
};
pub use history::{InForce, at, in_force, on_day};
pub use percents::{Difference, Line, NothingAsked, Percents, differences};
pub use standing::{Change, Standing};

//! The pure core: who may become a partner's customer, the states of the relation, and what leads from one to another.
//! No I/O and no clock: the time and the calendar are handed in.

mod customer;
mod eligibility;
mod names;
mod state;
mod tenure;
#[cfg(test)]
mod tests;
mod transfer;

pub use customer::{Candidate, Customer, NewCustomer, TransitionError};
pub use eligibility::{Condition, Eligibility, Facts};
pub use names::{FriendlyName, NameError, Role};
pub use state::{EndCause, State, StateKind};
pub use tenure::{Tenure, tenures};
pub use transfer::{Proposal, Side, Transfer, TransferError, TransferKind, TransferState};

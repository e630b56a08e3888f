//! The pure core: who may become a partner, what states a registration has, and what leads from one to another.
//! No I/O and no clock: the time and the calendar are handed in.

mod names;
mod registration;
mod requirements;
#[cfg(test)]
mod tests;

pub use kernel::{Words, WordsError};
pub use names::reference;
pub(crate) use registration::leads;
pub use registration::{
    AcceptedTerms, Applicant, NewRegistration, OpenQuestion, Registration, RejectionReason, State, StateKind,
    SubmitError, TransitionError,
};
pub use requirements::{Requirement, Requirements, Unmet};

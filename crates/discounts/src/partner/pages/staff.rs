//! What staff see: the queue, a request beside what is in force, and the decision.

pub(super) mod approve;
pub(super) mod case;
pub(super) mod change;
pub(super) mod queue;
pub(super) mod reject;

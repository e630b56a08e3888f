//! The pure core: what an endpoint is, which events it gets, where requests may go, when they are made again.

mod address;
mod endpoint;
mod failure;
mod retry;
mod signature;
mod target;

pub use address::{Class, Reach, Way};
pub use endpoint::{Endpoint, Kinds, Owner, Reason, State, TESTED, gets};
pub use failure::Failure;
pub use retry::{Answer, Next, after, retry_after};
pub use signature::{Secret, headers, webhook_id};
pub use target::{BadTarget, Target};

#[cfg(test)]
mod tests;

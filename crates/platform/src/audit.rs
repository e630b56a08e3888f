//! The audit trail: events are append-only, stand in one order, and are sealed by a hash chain.
//!
//! - [`chain`]: what a seal is; pure
//! - [`Sealer`]: gives committed events their place and seal; a [`Follower`] acts in the same transaction
//! - [`verify`]: walks the chain and says where it does not hold
//! - [`pages`]: search, one event, export, for staff; a [`Directory`] knows what people call things by
//! - [`Watcher`]: tells this process' open pages of what other processes wrote

pub mod chain;
mod export;
pub mod pages;
mod sealer;
mod search;
mod show;
mod values;
pub mod verify;
mod watcher;

pub use sealer::{Follower, Sealer};
pub use search::Directory;
pub use watcher::Watcher;

//! What partners grant their customers.
//!
//! - [`rules`]: the pure core: periods, where a discount stands, what may be granted, what sells below purchase
//! - [`store`]: tables and queries
//! - [`service`]: the use cases, each one transaction; [`letters`]: the emails that go with them
//! - [`job`]: tells once that a discount began or is over, and cuts off those of customers that left
//! - `pages`: what a partner sees of it; `api`: the same as JSON

pub(crate) mod api;
pub mod event;
pub mod job;
pub mod letters;
pub(crate) mod pages;
pub mod rules;
pub mod service;
pub mod store;
pub(crate) mod words;

pub use event::EVENTS;
pub use letters::PREVIEWS;

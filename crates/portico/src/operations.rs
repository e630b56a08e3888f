//! What whoever runs the service needs of it: is it ready, how is it doing, what happened.
//!
//! [`readiness`] is `/readyz` and [`probe`] asks it, [`metrics`] is `/metrics`, [`logs`] the log for people or programs, [`traces`] OpenTelemetry.

mod config;
pub mod logs;
pub mod metrics;
pub mod probe;
pub mod readiness;
pub mod traces;

pub use config::{LogFormat, Operations};

//! The whole product, from outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod audit;
mod backup;
mod changes;
mod clock;
mod crash;
mod crowd;
mod customers;
mod ledger;
mod letters;
mod mail_server;
mod messages;
mod operations;
mod operator;
mod outage;
mod prices;
mod remote;
mod review;
mod rollout;
mod routes;
mod stopping;
mod strangers;
mod tampering;
mod terminal;
mod traces;
mod trail;
mod transfers;
mod two_processes;
mod versions;
mod walk;

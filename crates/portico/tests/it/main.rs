//! The whole product, from outside.

mod crash;
mod mail_server;
mod messages;
mod routes;
mod walk;

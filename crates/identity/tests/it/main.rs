//! Behaviour of sign-in, on both databases.

mod outside;
mod password;
mod provider;
mod sessions;
mod sign_in;
mod throttle;

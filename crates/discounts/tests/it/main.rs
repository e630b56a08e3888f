//! Discounts and prices, through the browser and the API.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod customer_discounts;
mod customer_program;
mod partner_pages;
mod partner_program;
mod prices;
mod support;

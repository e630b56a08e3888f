//! The file that the catalogue is read from.
#![no_main]

use jiff::tz::TimeZone;
use kernel::Currency;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let currency: Currency = "VND".parse().expect("a currency");
    match catalogue::file::read("prices.toml", text, &TimeZone::UTC, currency) {
        Ok(wanted) => assert!(wanted.prices.iter().all(|(_, price)| price.price.currency() == currency)),
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
});

//! Email addresses.
#![no_main]

use kernel::EmailAddress;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(address) = text.parse::<EmailAddress>() {
        assert_eq!(address.as_str().parse(), Ok(address.clone()), "its own form is read as itself");
        assert!(address.as_str().is_ascii() && !address.as_str().contains([' ', '\r', '\n', '<', '>', ',', ';', '"']));
        assert!(!address.domain().is_empty());
    }
});

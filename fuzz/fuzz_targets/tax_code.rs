//! Tax codes: the first line names the country, the second is the code.
#![no_main]

use kernel::tax_code::{Country, TaxCode};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (country, code) = text.split_once('\n').unwrap_or(("VN", text));
    let Ok(country) = country.parse::<Country>() else { return };
    if let Ok(parsed) = TaxCode::parse(country, code) {
        assert_eq!(TaxCode::parse(country, parsed.as_str()).as_ref(), Ok(&parsed), "its own form is read as itself");
        let organisation = parsed.organisation();
        assert_eq!(organisation.organisation(), organisation);
    }
});

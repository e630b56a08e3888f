//! Holidays as iCalendar.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = kernel::calendar::load::from_ical(bytes);
});

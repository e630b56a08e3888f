//! The file of accounts to import: its header and rows.
#![no_main]

use accounts::import::Header;
use kernel::Language;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut records = reader.byte_records().map_while(Result::ok);
    let Some(Ok(header)) = records.next().map(|record| Header::read(&record)) else { return };
    for row in records.filter_map(|record| header.row(&record, Language::Vietnamese).ok()) {
        assert!(!row.name.is_empty() && !row.name.chars().any(char::is_control));
        assert_ne!(row.managed_by.as_ref(), Some(&row.email));
    }
});

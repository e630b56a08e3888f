//! The file of customers to invite, CSV or Excel.
#![no_main]

use std::collections::HashSet;

use customers::import::{MOST_ROWS, Planned, plan, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(lines) = read(bytes) else { return };
    assert!((1..=MOST_ROWS).contains(&lines.len()));
    assert!(lines.windows(2).all(|two| two[0].number < two[1].number), "rows are told apart by their numbers");
    let mut seen = HashSet::new();
    for planned in plan(&lines, None, |_| None) {
        if let Planned::Invite(invitee) = planned {
            assert!(seen.insert(invitee.email), "nobody is invited twice");
        }
    }
});

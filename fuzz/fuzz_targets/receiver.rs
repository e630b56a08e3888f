//! What a receiver of webhooks has a say in: its address, and for how long it wants to be left alone.
#![no_main]

use webhooks::rules::{Class, Reach, Target, Way, retry_after};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let nowhere_private = Reach::new(false, &[]);
    if let Ok(target) = Target::parse(text, &nowhere_private) {
        assert_eq!(target.way(), Way::Tls);
        assert!(target.literal().is_none_or(|address| Class::of(address) == Class::Public), "{target}");
        assert_eq!(Target::stored(&target.to_string()).as_ref(), Ok(&target));
        let shown = target.without_query();
        assert!(shown.ends_with("?…") || !shown.contains('?'), "{shown}");
    }
    let _ = Target::parse(text, &Reach::new(true, &[]));
    let now = "2026-11-30T00:00:00Z".parse().expect("a time");
    let _ = retry_after(text, now);
});

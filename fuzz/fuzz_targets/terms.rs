//! Terms in Markdown.
#![no_main]

libfuzzer_sys::fuzz_target!(|markdown: &str| {
    let html = registration::terms::to_html(markdown);
    let body = html.body.to_lowercase();
    for active in ["<script", "<iframe", "<style", "<img", "href=\"javascript:", "href=\"data:"] {
        assert!(!body.contains(active), "{active} in {body}");
    }
});

//! Values that a browser brings back under our seal.
#![no_main]

use std::sync::LazyLock;

use platform::secret::{Key, Token};

static KEY: LazyLock<Key> = LazyLock::new(|| Key::new(&Token::random()));

libfuzzer_sys::fuzz_target!(|text: &str| {
    assert_eq!(KEY.open("flash", text), None, "nothing opens that we did not seal");
    let sealed = KEY.seal("flash", text);
    assert_eq!(KEY.open("flash", &sealed), Some(text));
    assert_eq!(KEY.open("ticket", &sealed), None);
});

//! Verifiers and challenges of PKCE.
#![no_main]

use identity::provider::pkce;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (verifier, other) = text.split_once('\n').unwrap_or((text, ""));
    let challenge = pkce::challenge_of(verifier);
    assert!(pkce::is_challenge(&challenge));
    assert!(!pkce::fits(other, &challenge) || other == verifier);
});

//! Proof Key for Code Exchange with S256 (RFC 7636), the only method here.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::secret::same;

/// Whether a text can be an S256 challenge: 43 characters of base64url.
#[must_use]
pub fn is_challenge(text: &str) -> bool {
    text.len() == 43 && URL_SAFE_NO_PAD.decode(text).is_ok()
}

/// The challenge that belongs to a verifier.
#[must_use]
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// Whether a verifier is well formed (43 to 128 unreserved characters) and belongs to the challenge.
#[must_use]
pub fn fits(verifier: &str, challenge: &str) -> bool {
    let unreserved = |c: u8| c.is_ascii_alphanumeric() || b"-._~".contains(&c);
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(unreserved)
        && same(&challenge_of(verifier), challenge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{challenge_of, fits, is_challenge};

    /// RFC 7636, appendix B.
    #[test]
    fn the_example_of_the_standard_fits() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(fits(verifier, challenge));
        assert!(is_challenge(challenge));
        assert!(
            !fits(challenge, challenge),
            "a plain comparison would accept this"
        );
        assert!(
            !fits(&verifier[1..], &challenge_of(&verifier[1..])),
            "42 characters are too few"
        );
    }

    proptest! {
        #[test]
        fn only_its_own_verifier_fits(one in "[A-Za-z0-9._~-]{43,128}", other in "[A-Za-z0-9._~-]{43,128}") {
            let challenge = challenge_of(&one);
            prop_assert!(is_challenge(&challenge));
            prop_assert!(fits(&one, &challenge));
            prop_assert_eq!(fits(&other, &challenge), one == other);
        }

        #[test]
        fn nothing_malformed_fits(verifier in "\\PC{0,200}") {
            let well_formed = verifier.len() >= 43 && verifier.len() <= 128
                && verifier.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c));
            prop_assert_eq!(fits(&verifier, &challenge_of(&verifier)), well_formed);
        }
    }
}

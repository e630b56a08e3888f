//! Tokens, hashes of tokens, and the installation's own key.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    constant_time, digest, hmac, rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A secret text that never shows in logs: its `Debug` is a placeholder.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// 256 random bits, in URL-safe characters.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).expect("the system gives random bytes, or nothing here is safe to go on with");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A token that somebody presented.
    #[must_use]
    pub fn presented(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The token itself, to be put in a link or cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it. Plain SHA-256: a random token of 256 bits needs no slow hash.
    #[must_use]
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The installation's key: seals small values that the browser brings back (form tickets, flash messages).
#[derive(Clone)]
pub struct Key(hmac::Key);

impl Key {
    /// From the token kept in the settings.
    #[must_use]
    pub fn new(token: &Token) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, token.expose().as_bytes()))
    }

    /// `value.signature`, for one purpose: a value sealed for another purpose does not open.
    #[must_use]
    pub fn seal(&self, purpose: &str, value: &str) -> String {
        let tag = hmac::sign(&self.0, format!("{purpose}\0{value}").as_bytes());
        format!("{value}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    /// What a value is known again by, for one purpose, without being kept: nobody without the key finds it by trying.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, value: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(
            &self.0,
            format!("fingerprint\0{purpose}\0{value}").as_bytes(),
        ))
    }

    /// The value, if the seal is ours.
    #[must_use]
    pub fn open<'a>(&self, purpose: &str, sealed: &'a str) -> Option<&'a str> {
        let (value, tag) = sealed.rsplit_once('.')?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        hmac::verify(&self.0, format!("{purpose}\0{value}").as_bytes(), &tag)
            .ok()
            .map(|()| value)
    }

    /// Hides what the database has to give back (AES-256-GCM), for one purpose and one row: `context` is the row's
    /// id, say, so that a text copied to another row does not open there.
    #[must_use]
    pub fn encrypt(&self, purpose: &str, context: &str, value: &[u8]) -> String {
        let mut text = value.to_vec();
        let nonce = self
            .cipher(purpose)
            .seal_in_place_append_tag(Aad::from(context.as_bytes()), &mut text)
            .expect("sealing fails only without random bytes, and then nothing here is safe to go on with");
        URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &text].concat())
    }

    /// What [`Self::encrypt`] hid.
    #[must_use]
    pub fn decrypt(&self, purpose: &str, context: &str, hidden: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(hidden).ok()?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = text.to_vec();
        let open = self
            .cipher(purpose)
            .open_in_place(nonce, Aad::from(context.as_bytes()), &mut text)
            .ok()?
            .len();
        text.truncate(open);
        Some(text)
    }

    /// A key of its own for each purpose, derived by HMAC as a pseudo-random function.
    fn cipher(&self, purpose: &str) -> RandomizedNonceKey {
        let derived = hmac::sign(&self.0, format!("cipher\0{purpose}").as_bytes());
        RandomizedNonceKey::new(&AES_256_GCM, derived.as_ref())
            .expect("HMAC-SHA256 gives the 32 bytes of a key")
    }
}

/// Whether two secrets are equal, in time that does not tell where they differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Key, Token};

    #[test]
    fn a_sealed_value_opens_only_unchanged_and_for_its_purpose() {
        let key = Key::new(&Token::random());
        let sealed = key.seal("ticket", "12.5");
        assert_eq!(key.open("ticket", &sealed), Some("12.5"));
        assert_eq!(key.open("flash", &sealed), None);
        assert_eq!(key.open("ticket", &sealed.replace("12", "13")), None);
        assert_eq!(key.open("ticket", "no seal"), None);
    }

    #[test]
    fn what_was_encrypted_opens_only_unchanged_for_its_purpose_and_row() {
        let key = Key::new(&Token::random());
        let hidden = key.encrypt("webhook", "row 1", b"secret");
        assert!(!hidden.contains("secret"));
        assert_ne!(hidden, key.encrypt("webhook", "row 1", b"secret"));
        assert_eq!(
            key.decrypt("webhook", "row 1", &hidden).as_deref(),
            Some(b"secret".as_slice())
        );
        assert_eq!(key.decrypt("webhook", "row 2", &hidden), None);
        assert_eq!(key.decrypt("other", "row 1", &hidden), None);
        assert_eq!(
            Key::new(&Token::random()).decrypt("webhook", "row 1", &hidden),
            None
        );
        assert_eq!(key.decrypt("webhook", "row 1", "short"), None);
    }

    #[test]
    fn a_token_does_not_show() {
        let token = Token::random();
        assert!(!format!("{token:?}").contains(token.expose()));
        assert_ne!(token.hash(), token.expose());
    }
}

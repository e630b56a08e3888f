//! The `[accounts]` section.

use std::path::PathBuf;

use jiff::SignedDuration;
use kernel::Language;
use serde::Deserialize;

use crate::password::Policy;

/// How accounts come to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What passwords are accepted.
    pub password: Policy,
    /// A sign-up form answered in fewer seconds is held back until they have passed; see [`crate::robot`].
    pub sign_up_seconds: u32,
    /// For how many hours a verification link works.
    pub link_hours: u32,
    /// At most so many sign-up letters an hour to one mailbox.
    pub letters_per_mailbox: u32,
    /// At most so many sign-up letters an hour from one origin: an IPv4 address, or an IPv6 network of 64 bits.
    pub letters_per_origin: u32,
    /// The terms of use.
    pub terms_of_use: Document,
    /// How personal data is handled.
    pub personal_data: Document,
}

/// A document that whoever signs up agrees to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// What is written down with the consent. Change it with the text.
    pub version: String,
    /// The English text, a Markdown file; without one, a sample that says that it is one.
    pub en: Option<PathBuf>,
    /// The Vietnamese text.
    pub vi: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            password: Policy::default(),
            sign_up_seconds: 1,
            link_hours: 24,
            letters_per_mailbox: 5,
            letters_per_origin: 60,
            terms_of_use: Document::default(),
            personal_data: Document::default(),
        }
    }
}

impl Default for Document {
    fn default() -> Self {
        Self {
            version: "2026-11-01".to_owned(),
            en: None,
            vi: None,
        }
    }
}

impl Config {
    /// How long a verification link works.
    #[must_use]
    pub fn link_life(&self) -> SignedDuration {
        SignedDuration::from_hours(self.link_hours.into())
    }

    /// The least time that a person takes for the sign-up form.
    #[must_use]
    pub fn floor(&self) -> SignedDuration {
        // Requests end after 30 seconds.
        SignedDuration::from_secs(self.sign_up_seconds.min(20).into())
    }
}

impl Document {
    /// The provider's own text in a language.
    #[must_use]
    pub fn file(&self, language: Language) -> Option<&PathBuf> {
        match language {
            Language::English => self.en.as_ref(),
            Language::Vietnamese => self.vi.as_ref(),
        }
    }
}

//! A letter as data. Its text and HTML forms say the same because they are made from the same blocks.

use askama::Template;
use kernel::{AccountId, EmailAddress};
use serde::{Deserialize, Serialize};

use crate::{i18n::L10n, site::Site};

/// To whom a letter goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The mailbox.
    pub address: EmailAddress,
    /// The account that it is about, so that staff find it there.
    pub account: Option<AccountId>,
}

/// An email, before it is laid out.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The name of its kind, as in `registration-approved`.
    pub template: &'static str,
    /// The reader's language and zone.
    pub l10n: L10n,
    /// The subject line.
    pub subject: String,
    /// The body, from top to bottom.
    pub blocks: Vec<Block>,
    /// Whether it holds a single-use link, which is not kept once it is delivered.
    pub secret: bool,
}

/// A part of a letter's body. Kept as JSON until the letter leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// The one thing to do: a link shown as a button in HTML, and in full in text.
    Button {
        /// What it does.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// Somebody's own words.
    Quote(String),
}

/// A sample of a letter, for the preview page.
#[derive(Clone, Copy)]
pub struct Preview {
    /// The kind of letter, as in [`Letter::template`].
    pub template: &'static str,
    /// Makes the sample.
    pub sample: fn(&L10n, &Site) -> Letter,
}

/// A letter laid out.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// `text/plain`.
    pub text: String,
    /// `text/html`.
    pub html: String,
}

impl Letter {
    /// An empty letter of a kind.
    #[must_use]
    pub fn new(template: &'static str, l10n: &L10n, subject: String) -> Self {
        Self {
            template,
            l10n: l10n.clone(),
            subject,
            blocks: Vec::new(),
            secret: false,
        }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(mut self, text: String) -> Self {
        self.blocks.push(Block::Text(text));
        self
    }

    /// Adds a button.
    #[must_use]
    pub fn button(mut self, label: String, url: String) -> Self {
        self.blocks.push(Block::Button { label, url });
        self
    }

    /// Adds names and values.
    #[must_use]
    pub fn facts(mut self, facts: Vec<(String, String)>) -> Self {
        self.blocks.push(Block::Facts(facts));
        self
    }

    /// Adds somebody's own words.
    #[must_use]
    pub fn quote(mut self, words: String) -> Self {
        self.blocks.push(Block::Quote(words));
        self
    }

    /// Marks the letter as holding a single-use link.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Lays the letter out.
    pub fn render(&self, site: &Site) -> Result<Rendered, askama::Error> {
        Sheet {
            l: &self.l10n,
            site,
            subject: &self.subject,
            blocks: &self.blocks,
        }
        .render()
    }
}

/// What is laid out.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) l: &'a L10n,
    pub(super) site: &'a Site,
    pub(super) subject: &'a str,
    pub(super) blocks: &'a [Block],
}

impl Sheet<'_> {
    pub(super) fn render(self) -> Result<Rendered, askama::Error> {
        Ok(Rendered {
            text: TextLetter { sheet: self }.render()?.trim().to_owned() + "\n",
            html: HtmlLetter { sheet: self }.render()?,
        })
    }
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct TextLetter<'a> {
    sheet: Sheet<'a>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct HtmlLetter<'a> {
    sheet: Sheet<'a>,
}

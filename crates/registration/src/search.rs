//! Finding registrations by words. Pure: what is a word, which words a registration is found by, and how a search
//! goes about it.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use crate::rules::Applicant;

/// The longest word that is told from others, in characters.
const MAX_WORD: usize = 64;

/// The most words that a search looks for.
const MAX_WORDS: usize = 8;

/// Up to so many registrations are gathered by their words and then put in order; beyond, the queue is walked in its
/// order until the page is full.
pub const FEW: usize = 1_000;

/// Up to so many entries of the index are listed for a word; beyond, each registration on the way is asked whether it
/// has the word.
pub const LISTED: usize = 20_000;

/// Words that say what kind of company it is, as nearly every name does, and what ends addresses. They are found like
/// any other; only nobody needs to look first to know that they are common.
const COMMON: [&str; 17] = [
    "com",
    "company",
    "corporation",
    "cong",
    "co",
    "cp",
    "doanh",
    "inc",
    "joint",
    "jsc",
    "limited",
    "ltd",
    "mtv",
    "phan",
    "reg",
    "tnhh",
    "ty",
];

/// Lower case, without diacritics and other marks: "Công ty Cổ phần Đại Việt" and "cong ty co phan dai viet" are one.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        // The one letter of Vietnamese that does not decompose.
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// The words of a text, folded.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MAX_WORD).collect())
        .collect()
}

/// The words that a registration is found by: those of its reference, legal name, tax code and email, and the
/// reference and the tax code as a whole.
#[must_use]
pub fn index(reference: &str, applicant: &Applicant) -> BTreeSet<String> {
    let code = applicant.tax_code.as_str();
    let whole = |text: &str| words(text).concat().chars().take(MAX_WORD).collect();
    [reference, &applicant.legal_name, code, applicant.email.as_str()]
        .iter()
        .flat_map(|text| words(text))
        .chain([whole(reference), whole(code)])
        .collect()
}

/// What is looked for: words that a registration's words all begin with. Nothing where the text has no word in it.
#[must_use]
pub fn wanted(text: &str) -> Vec<String> {
    let mut all: Vec<String> = words(text).into_iter().take(MAX_WORDS).collect();
    all.sort_unstable();
    all.dedup();
    // Whatever has "saomai" has "sao" too. In order, the longer stands right behind.
    let implied: Vec<bool> = (0..all.len())
        .map(|at| all.get(at + 1).is_some_and(|next| next.starts_with(&all[at])))
        .collect();
    let mut implied = implied.into_iter();
    all.retain(|_| !implied.next().unwrap_or_default());
    all
}

/// Whether many registrations have a word that begins so, so that there is no need to list them.
#[must_use]
pub fn is_common(prefix: &str) -> bool {
    COMMON.iter().any(|word| word.starts_with(prefix))
}

/// What begins with `prefix` lies from the first (inclusive) to the second (exclusive), byte by byte.
#[must_use]
pub fn range(prefix: &str) -> (Vec<u8>, Vec<u8>) {
    let from = prefix.as_bytes().to_vec();
    let mut to = from.clone();
    // No byte of UTF-8 is 255.
    if let Some(last) = to.last_mut() {
        *last += 1;
    }
    (from, to)
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How it begins.
    pub word: String,
    /// Which registrations have a word that begins so, unless it is common or has more than [`LISTED`] entries.
    pub listed: Option<Ids>,
}

/// Registrations, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(Vec<Uuid>);

impl FromIterator<Uuid> for Ids {
    fn from_iter<I: IntoIterator<Item = Uuid>>(ids: I) -> Self {
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }
}

impl Ids {
    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn has(&self, id: &Uuid) -> bool {
        self.0.binary_search(id).is_ok()
    }

    /// Those that are in both.
    fn and(self, other: Self) -> Self {
        let (Self(mut few), many) = if self.len() <= other.len() {
            (self, other)
        } else {
            (other, self)
        };
        few.retain(|id| many.has(id));
        Self(few)
    }
}

/// How a search goes about it. Words that are named are asked of each registration that has all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing can be found.
    Nothing,
    /// Puts these in order, at most [`FEW`].
    Gather(Vec<Uuid>, Vec<String>),
    /// Walks the queue in its order, past all but these.
    Among(Ids, Vec<String>),
    /// Walks the queue in its order.
    Walk(Vec<String>),
}

/// Plans a search for registrations that have all of these words, `among` those that are looked for whatever their words
/// are, where these are known.
#[must_use]
pub fn plan(wanted: Vec<Wanted>, among: Option<Ids>) -> Plan {
    let mut asked = Vec::new();
    let mut have_all: Option<Ids> = None;
    for Wanted { word, listed } in wanted {
        match listed {
            None => asked.push(word),
            Some(listed) => {
                have_all = Some(match have_all {
                    Some(ids) => ids.and(listed),
                    None => listed,
                });
            }
        }
    }
    let Some(have_all) = have_all else {
        return Plan::Walk(asked);
    };
    let found = match among {
        Some(among) => have_all.and(among),
        None => have_all,
    };
    match found.len() {
        0 => Plan::Nothing,
        1..=FEW => Plan::Gather(found.0, asked),
        _ => Plan::Among(found, asked),
    }
}

#[cfg(test)]
mod tests;

//! The languages that Portico speaks.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the pages and emails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, where nothing else is known.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vietnamese,
}

/// The language asked for is none that Portico speaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown language {0:?}; known are \"en\" and \"vi\"")]
pub struct UnknownLanguage(String);

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Vietnamese];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Vietnamese => "vi",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Vietnamese => "Tiếng Việt",
        }
    }

    /// The first known language of an `Accept-Language` header (RFC 9110, 12.5.4), by its weights.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .take(20)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let tag = pieces.next()?.trim();
                let weight = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                let primary = tag.split('-').next()?.to_ascii_lowercase();
                Some((weight, primary.parse().ok()?))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, language)| *language)
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
            .ok_or_else(|| UnknownLanguage(tag.chars().take(20).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, Vietnamese};

    #[test]
    fn the_heaviest_known_language_is_taken() {
        assert_eq!(Language::accepted("fr, vi-VN;q=0.8, en;q=0.9"), Some(English));
        assert_eq!(Language::accepted("vi,en;q=0.9"), Some(Vietnamese));
        assert_eq!(Language::accepted("de"), None);
        assert_eq!(Language::accepted("vi;q=0, ;;;=,"), None);
    }
}

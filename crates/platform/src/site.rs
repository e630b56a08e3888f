//! The provider whose portal this is: all that is shown of it comes from the configuration.

use jiff::tz::TimeZone;
use kernel::{Currency, Language};
use serde::Deserialize;
use url::Url;

/// The `[site]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The provider's name, as in "Become a {name} Partner".
    pub name: String,
    /// The address under which browsers reach the portal, without a path.
    pub public_url: PublicUrl,
    /// The brand colour.
    #[serde(default)]
    pub colour: Colour,
    /// An SVG or PNG file that replaces Portico's mark.
    pub logo: Option<std::path::PathBuf>,
    /// The language for whoever asks for none that we speak.
    #[serde(default)]
    pub language: Language,
    /// The provider's time zone, as an IANA name.
    pub time_zone: Zone,
    /// The currency of prices and credit, as a code of ISO 4217.
    #[serde(default = "dong")]
    pub currency: Currency,
    /// Where to turn on a dead end.
    pub support: Support,
}

fn dong() -> Currency {
    Currency::VND
}

/// The provider's support channel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// An email address.
    pub email: kernel::EmailAddress,
    /// A telephone number.
    pub phone: Option<String>,
    /// A web page.
    pub url: Option<Url>,
}

/// An `http` or `https` origin.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Url")]
pub struct PublicUrl(Url);

/// An IANA time zone.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(pub TimeZone);

/// A colour as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(String);

impl Site {
    /// An absolute link to a page of the portal; `path` starts with a slash.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.origin())
    }
}

impl PublicUrl {
    /// `scheme://host[:port]`, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether browsers come over TLS, so that cookies can insist on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The host name: the right-hand side of message ids.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or("localhost")
    }
}

impl TryFrom<Url> for PublicUrl {
    type Error = String;

    fn try_from(url: Url) -> Result<Self, Self::Error> {
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            Err(format!("{url} is no http or https address"))
        } else if !bare || !url.username().is_empty() {
            Err(format!("{url} must name a host and perhaps a port, nothing else"))
        } else {
            Ok(Self(url))
        }
    }
}

impl std::str::FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Url::parse(text)
            .map_err(|error| format!("{text}: {error}"))?
            .try_into()
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        TimeZone::get(&name).map(Self).map_err(|_| {
            format!("unknown time zone {name:?}; an IANA name such as \"Asia/Ho_Chi_Minh\" is meant")
        })
    }
}

impl Colour {
    /// The colour as CSS takes it.
    #[must_use]
    pub fn as_css(&self) -> &str {
        &self.0
    }

    /// Black or white, whichever is easier to read on the colour (WCAG 2.2 relative luminance).
    #[must_use]
    pub fn text_on(&self) -> &'static str {
        let channel = |at: usize| {
            let value = self
                .0
                .get(at..at + 2)
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let value = f64::from(value.unwrap_or_default()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
        // Contrast with white is 1.05 / (l + 0.05), with black (l + 0.05) / 0.05; they meet at 0.179.
        if luminance > 0.179 { "#000000" } else { "#ffffff" }
    }
}

impl Default for Colour {
    fn default() -> Self {
        Self("#0b6e4f".to_owned())
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(format!("{text:?} is no colour; one like \"#0b6e4f\" is meant"))
        }
    }
}

//! The `[identity]` section.

use jiff::SignedDuration;
use kernel::EmailAddress;
use platform::{api::Scopes, secret::Token};
use serde::{Deserialize, Deserializer};
use url::{Host, Url};

/// Sessions, and who may ask for a sign-in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How long sessions last.
    pub sessions: Sessions,
    /// Applications that sign their users in here, besides the portal itself.
    pub clients: Vec<ClientConfig>,
}

/// How long a session lasts, both at the provider and at the portal.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    /// Without a request.
    pub idle: Lifetime,
    /// After the password was given, whatever happens.
    pub absolute: Lifetime,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            idle: Lifetime(SignedDuration::from_mins(30)),
            absolute: Lifetime(SignedDuration::from_hours(12)),
        }
    }
}

/// A length of time, as in `"30m"` or `"12 hours"`; at least a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Lifetime(pub SignedDuration);

impl Lifetime {
    /// In milliseconds.
    #[must_use]
    pub fn millis(self) -> i64 {
        i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX)
    }
}

impl TryFrom<String> for Lifetime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.parse::<SignedDuration>() {
            Ok(length) if length >= SignedDuration::from_mins(1) && length.as_hours() <= 24 * 366 => {
                Ok(Self(length))
            }
            Ok(_) => Err(format!("{text:?} is not between a minute and a year")),
            Err(_) => Err(format!(
                "{text:?} is not a valid duration; write one such as \"30m\" or \"12h\""
            )),
        }
    }
}

/// A client, as the provider registers it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConfig {
    /// Its `client_id`.
    pub id: String,
    /// Its name, shown on the sign-in page.
    pub name: String,
    /// Its secret; a client without one is public and has PKCE alone.
    #[serde(default, deserialize_with = "secret")]
    pub secret: Option<Token>,
    /// Where codes may be sent. Compared character by character (RFC 9700, 2.1).
    #[serde(default)]
    pub redirect_uris: Vec<Address>,
    /// The parts of the API that it may use by itself, with client credentials.
    #[serde(default)]
    pub scopes: Scopes,
    /// The member of the staff as whom it then acts.
    #[serde(default)]
    pub acts_as: Option<EmailAddress>,
    /// Where people may be sent after they signed out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<Address>,
}

impl ClientConfig {
    /// The first of its addresses where what is sent may be read on the way.
    pub(crate) fn plain_address(&self) -> Option<&Address> {
        let mut all = self.redirect_uris.iter().chain(&self.post_logout_redirect_uris);
        all.find(|address| address.is_in_the_clear())
    }
}

/// An `http` or `https` address without a fragment, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Address(String);

impl Address {
    /// The address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is sent there may be read on the way: by `http`, and not to the machine that the browser runs on.
    #[must_use]
    pub fn is_in_the_clear(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| url.scheme() == "http" && !is_loopback(&url))
    }
}

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let url = Url::parse(&text).map_err(|error| format!("{text:?}: {error}"))?;
        if matches!(url.scheme(), "http" | "https") && url.fragment().is_none() {
            Ok(Self(text))
        } else {
            Err(format!(
                "{text:?} must be an http or https address without a fragment"
            ))
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Token>, D::Error> {
    let text = String::deserialize(from)?;
    if text.chars().count() < 16 {
        return Err(serde::de::Error::custom(
            "a client secret needs at least 16 characters",
        ));
    }
    Ok(Some(Token::presented(text)))
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn a_client_and_lifetimes_are_read() {
        let config: Config = platform::config::load(
            "portico.toml",
            "[sessions]\nidle = \"10m\"\n[[clients]]\nid = \"shop\"\nname = \"Shop\"\nredirect_uris = [\"https://shop.example/cb\"]",
            [],
        )
        .unwrap();
        assert_eq!(config.sessions.idle.millis(), 600_000);
        assert_eq!(config.sessions.absolute.millis(), 12 * 3_600_000);
        assert!(config.clients[0].secret.is_none());
    }

    #[test]
    fn mistakes_are_named() {
        for bad in [
            "[sessions]\nidle = \"soon\"",
            "[[clients]]\nid = \"a\"\nname = \"A\"\nsecret = \"short\"\nredirect_uris = []",
            "[[clients]]\nid = \"a\"\nname = \"A\"\nredirect_uris = [\"javascript:alert(1)\"]",
            "[[clients]]\nid = \"a\"\nname = \"A\"\nredirect_uris = [\"https://a.example/#x\"]",
        ] {
            assert!(
                platform::config::load::<Config>("portico.toml", bad, []).is_err(),
                "{bad}"
            );
        }
    }
}

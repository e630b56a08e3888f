//! The address of an endpoint.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Reach, Way};

/// The address of an endpoint, as it may be asked for. Where its name leads is looked at again with each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address cannot be an endpoint's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// It is no address.
    #[error("no absolute address")]
    NotAnAddress,
    /// It is longer than 2000 characters.
    #[error("longer than 2000 characters")]
    TooLong,
    /// It is not `https`.
    #[error("not https")]
    NotSecure,
    /// It holds a user name, password or fragment.
    #[error("with a user name, password or fragment")]
    WithExtras,
    /// It leads into a private network.
    #[error("in a private network")]
    Private,
}

impl Target {
    /// Reads what somebody typed.
    pub fn parse(text: &str, reach: &Reach) -> Result<Self, BadTarget> {
        let text = text.trim();
        if text.len() > 2000 {
            return Err(BadTarget::TooLong);
        }
        let target = Self(Url::parse(text).map_err(|_| BadTarget::NotAnAddress)?);
        let url = &target.0;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(BadTarget::WithExtras);
        }
        let host = url.host_str().ok_or(BadTarget::NotAnAddress)?;
        match url.scheme() {
            "https" => {}
            "http" if reach.allows_private(host) => {}
            _ => return Err(BadTarget::NotSecure),
        }
        target.check(reach).map(|()| target)
    }

    /// An address that was read before.
    pub fn stored(text: &str) -> Result<Self, url::ParseError> {
        Url::parse(text).map(Self)
    }

    /// Whether the address itself, without asking what its name stands for, may be reached.
    pub fn check(&self, reach: &Reach) -> Result<(), BadTarget> {
        let host = self.host();
        if let Some(address) = self.literal() {
            return match (reach.admits(self.way(), host, address), self.way()) {
                (true, _) => Ok(()),
                (false, Way::Plain) if reach.admits(Way::Tls, host, address) => Err(BadTarget::NotSecure),
                (false, _) => Err(BadTarget::Private),
            };
        }
        let name = host.trim_end_matches('.').to_ascii_lowercase();
        let local = name == "localhost" || name.ends_with(".localhost");
        if local && !reach.allows_private(host) {
            return Err(BadTarget::Private);
        }
        Ok(())
    }

    /// How requests to it go.
    #[must_use]
    pub fn way(&self) -> Way {
        if self.0.scheme() == "https" {
            Way::Tls
        } else {
            Way::Plain
        }
    }

    /// The IP address that it names instead of a host. Such a one is connected to without asking a resolver.
    #[must_use]
    pub fn literal(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    /// The name or address in it.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The address without its query, which may hold a secret of the receiver's: for what others read, as events, the
    /// audit trail and letters.
    #[must_use]
    pub fn without_query(&self) -> String {
        match self.0.as_str().split_once('?') {
            Some((path, _)) => format!("{path}?…"),
            None => self.0.to_string(),
        }
    }

    /// As a client takes it.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

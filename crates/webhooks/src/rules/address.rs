//! Which addresses requests may go to. Whoever sets up an endpoint chooses where Portico's requests go, so the
//! provider's own network has to be out of reach (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Somewhere on the Internet.
    Public,
    /// In somebody's own network: reached only where the configuration allows it.
    Private,
    /// Nothing that a webhook has to do with, ever: unspecified, link-local (the metadata services of clouds),
    /// multicast, reserved.
    Never,
}

/// How a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `https`.
    Tls,
    /// `http`: only within a private network.
    Plain,
}

/// Which addresses may be reached.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    private: bool,
    hosts: Vec<String>,
}

impl Reach {
    /// Everything public; private networks where `private` is set, and for `hosts`.
    #[must_use]
    pub fn new(private: bool, hosts: &[String]) -> Self {
        Self {
            private,
            hosts: hosts.iter().map(|host| plain(host)).collect(),
        }
    }

    /// Whether `host` may lie in a private network.
    #[must_use]
    pub fn allows_private(&self, host: &str) -> bool {
        self.private || self.hosts.contains(&plain(host))
    }

    /// Whether a request to `host` may go to `address`.
    #[must_use]
    pub fn admits(&self, way: Way, host: &str, address: IpAddr) -> bool {
        match Class::of(address) {
            Class::Public => way == Way::Tls,
            Class::Private => self.allows_private(host),
            Class::Never => false,
        }
    }
}

/// A host without the marks that do not tell it from another.
fn plain(host: &str) -> String {
    host.trim_matches(['[', ']'])
        .trim_end_matches('.')
        .to_ascii_lowercase()
}

impl Class {
    /// By the special-purpose registries of IANA (RFC 6890), with the metadata services of clouds that have ordinary
    /// addresses.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => v4(address),
            IpAddr::V6(address) => v6(address),
        }
    }
}

fn v4(address: Ipv4Addr) -> Class {
    let [a, b, c, _] = address.octets();
    // Metadata: Alibaba, Azure (and its DHCP). 169.254.169.254 is link-local.
    let metadata = matches!(address.octets(), [100, 100, 100, 200] | [168, 63, 129, 16]);
    let private = address.is_loopback() || address.is_private() || (a == 100 && b & 0xc0 == 64);
    let never = metadata
        || a == 0
        || a >= 224
        || address.is_link_local()
        || address.is_documentation()
        || (a == 198 && b & 0xfe == 18)
        || matches!([a, b, c], [192, 0, 0] | [192, 88, 99]);
    match (never, private) {
        (true, _) => Class::Never,
        (false, true) => Class::Private,
        (false, false) => Class::Public,
    }
}

fn v6(address: Ipv6Addr) -> Class {
    let segments = address.segments();
    // IPv4 in other clothes: mapped (RFC 4291) and translated (RFC 6052).
    if let Some(inner) = address.to_ipv4_mapped() {
        return v4(inner);
    }
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., a, b, c, d] = address.octets();
        return v4(Ipv4Addr::new(a, b, c, d));
    }
    // Metadata: AWS, Google.
    let metadata = matches!(
        segments,
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] | [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254]
    );
    if metadata {
        return Class::Never;
    }
    if address.is_loopback() || address.is_unique_local() {
        return Class::Private;
    }
    // Global unicast is 2000::/3, without protocol assignments (Teredo, ORCHID), 6to4 and documentation.
    let global = segments[0] & 0xe000 == 0x2000
        && !(segments[0] == 0x2001 && segments[1] < 0x200)
        && !(segments[0] == 0x2001 && segments[1] == 0xdb8)
        && segments[0] != 0x2002
        && !(segments[0] == 0x3fff && segments[1] < 0x1000);
    if global { Class::Public } else { Class::Never }
}

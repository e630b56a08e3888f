//! Who may ask for a sign-in.

use kernel::EmailAddress;
use platform::{
    actor::Capacity,
    api::Scopes,
    secret::{Key, Token, same},
    site::Site,
};
use url::Url;

use crate::config::{Address, ClientConfig};

/// The portal's own client for users of accounts.
pub const PORTAL: &str = "portal";
/// The portal's own client for staff.
pub const STAFF: &str = "staff";

/// Whose sign-ins a client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Root and IAM users.
    Users,
    /// The provider's staff.
    Staff,
}

impl People {
    /// Whether somebody is one of them.
    #[must_use]
    pub fn include(self, capacity: Capacity) -> bool {
        matches!(capacity, Capacity::Staff { .. }) == (self == Self::Staff)
    }
}

/// A registered client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its `client_id`.
    pub id: String,
    /// Its name for people; none for the portal itself.
    pub name: Option<String>,
    /// None for a public client.
    pub secret: Option<Token>,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after they signed out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Whose sign-ins it gets.
    pub people: People,
    /// The parts of the API that it may use by itself.
    pub scopes: Scopes,
    /// The member of the staff as whom it then acts.
    pub acts_as: Option<EmailAddress>,
}

impl Client {
    /// Whether a presented secret is the client's.
    #[must_use]
    pub fn has_secret(&self, presented: &str) -> bool {
        self.secret
            .as_ref()
            .is_some_and(|secret| same(secret.expose(), presented))
    }
}

/// All registered clients.
#[derive(Clone, Debug)]
pub struct Clients(Vec<Client>);

/// Clients that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum BadClient {
    /// Two clients have one id.
    #[error("[[identity.clients]]: the id {0:?} is taken")]
    Duplicate(String),
    /// A client with scopes has no secret, or acts as nobody.
    #[error(
        "[[identity.clients]] {0:?}: scopes need a secret, and acts_as: the member of the staff as whom it acts"
    )]
    Scopes(String),
    /// Codes would go over the network in the clear, while everything else is encrypted.
    #[error(
        "[[identity.clients]] {id:?}: {uri} must be https, since public_url is; http is for 127.0.0.1, [::1] and localhost"
    )]
    Plain {
        /// The client.
        id: String,
        /// The address.
        uri: String,
    },
}

impl From<&ClientConfig> for Client {
    fn from(client: &ClientConfig) -> Self {
        let texts = |addresses: &[Address]| {
            let texts = addresses.iter().map(|address| address.as_str().to_owned());
            texts.collect()
        };
        Self {
            id: client.id.clone(),
            name: Some(client.name.clone()),
            secret: client.secret.clone(),
            redirect_uris: texts(&client.redirect_uris),
            post_logout_redirect_uris: texts(&client.post_logout_redirect_uris),
            people: People::Users,
            scopes: client.scopes.clone(),
            acts_as: client.acts_as.clone(),
        }
    }
}

impl Clients {
    /// The portal's own and those of the configuration.
    pub fn new(site: &Site, key: &Key, configured: &[ClientConfig]) -> Result<Self, BadClient> {
        // The portal's secrets never leave the installation: they follow from its key, so that all its processes
        // know them and nobody else does.
        let secret = |id: &str| Some(Token::presented(key.seal("client-secret", id)));
        let own = |id: &str, people, redirects: [&str; 2], signed_out: &str| Client {
            id: id.to_owned(),
            name: None,
            secret: secret(id),
            redirect_uris: redirects
                .iter()
                .filter(|path| !path.is_empty())
                .map(|path| site.link(path))
                .collect(),
            post_logout_redirect_uris: vec![site.link(signed_out)],
            people,
            scopes: Scopes::default(),
            acts_as: None,
        };
        let mut all = vec![
            own(
                PORTAL,
                People::Users,
                ["/auth/callback", "/overview"],
                "/signed-out",
            ),
            own(
                STAFF,
                People::Staff,
                ["/staff/callback", ""],
                "/signed-out?staff=1",
            ),
        ];
        for client in configured {
            if all.iter().any(|other| other.id == client.id) {
                return Err(BadClient::Duplicate(client.id.clone()));
            }
            if !client.scopes.is_empty() && (client.secret.is_none() || client.acts_as.is_none()) {
                return Err(BadClient::Scopes(client.id.clone()));
            }
            if let Some(plain) = client.plain_address().filter(|_| site.public_url.is_https()) {
                return Err(BadClient::Plain {
                    id: client.id.clone(),
                    uri: plain.as_str().to_owned(),
                });
            }
            all.push(Client::from(client));
        }
        Ok(Self(all))
    }

    /// The client with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Client> {
        self.0.iter().find(|client| client.id == id)
    }
}

/// An address with more parameters in its query.
#[must_use]
pub fn with_query(address: &str, parameters: &[(&str, &str)]) -> String {
    match Url::parse(address) {
        Ok(mut url) if !parameters.is_empty() => {
            url.query_pairs_mut().extend_pairs(parameters);
            url.into()
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use platform::{
        secret::{Key, Token},
        site::Site,
    };

    use super::{BadClient, Clients};
    use crate::config::Config;

    fn clients(public_url: &str, redirect: &str) -> Result<Clients, BadClient> {
        let text = format!("[[clients]]\nid = \"shop\"\nname = \"Shop\"\nredirect_uris = [{redirect:?}]");
        let config: Config = platform::config::load("portico.toml", &text, []).unwrap();
        let site = format!(
            "name = \"Cloud\"\npublic_url = {public_url:?}\ntime_zone = \"Asia/Ho_Chi_Minh\"\n\
             [support]\nemail = \"help@partner.example\""
        );
        let site: Site = platform::config::load("site.toml", &site, []).unwrap();
        Clients::new(&site, &Key::new(&Token::random()), &config.clients)
    }

    #[test]
    fn codes_do_not_leave_an_encrypted_portal_in_the_clear() {
        for plain in [
            "http://shop.example/cb",
            "http://10.0.0.1/cb",
            "http://localhost.example/cb",
        ] {
            let refused = clients("https://portal.example", plain);
            assert!(
                matches!(refused, Err(BadClient::Plain { uri, .. }) if uri == plain),
                "{plain}"
            );
            clients("http://portal.example", plain).unwrap();
        }
        for fine in [
            "https://shop.example/cb",
            "http://127.0.0.1:8085/cb",
            "http://[::1]/cb",
            "http://localhost:3000/cb",
        ] {
            clients("https://portal.example", fine).unwrap();
        }
    }
}

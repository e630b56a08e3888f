//! Sign-in: an OpenID provider, the portal as its client, sessions, passwords.
//!
//! - [`provider`]: the endpoints of the provider
//! - [`rp`]: the portal as a client of it
//! - [`session`]: who sits at the browser
//! - [`throttle`]: how failed tries slow down
//! - [`staff`]: who of the provider's people may sign in
//! - [`events`]: what happens to passwords and sessions

mod attempts;
pub mod config;
pub mod events;
mod job;
mod letters;
mod pages;
mod password;
pub mod provider;
mod rp;
pub mod session;
pub mod staff;
mod store;
pub mod throttle;
pub mod tokens;

use std::sync::Arc;

use accounts::password::Policy;
use openidconnect::core::CoreProviderMetadata;
use platform::{
    App,
    cache::Cache,
    job::Job,
    secret::Token,
    web::{Mounted, NavEntry, Need, Routes},
};
use tokio::sync::OnceCell;

pub use config::Config;
pub use events::EVENTS;
pub use letters::PREVIEWS;
use provider::{
    clients::{BadClient, Clients, PORTAL, with_query},
    keys::{KeyError, Keys},
    pkce,
};
pub use store::{end_access, last_sign_ins};

/// The tables of this room.
pub const MIGRATIONS: &[platform::db::Migration] = &[
    platform::db::Migration {
        name: "2026112303_identity",
        sql: include_str!("../migrations/2026112303_identity.sql"),
    },
    platform::db::Migration {
        name: "2026112312_tokens",
        sql: include_str!("../migrations/2026112312_tokens.sql"),
    },
    platform::db::Migration {
        name: "2026113020_tokens_of_removed",
        sql: include_str!("../migrations/2026113020_tokens_of_removed.sql"),
    },
];

/// The messages of this room.
pub const MESSAGES: platform::i18n::Messages = platform::i18n::Messages {
    room: "identity",
    english: include_str!("../messages/en.ftl"),
    vietnamese: include_str!("../messages/vi.ftl"),
};

/// This room is reached from the profile, not from the navigation.
pub const NAV: &[NavEntry] = &[];

/// Signs people in. Cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    policy: Policy,
    clients: Clients,
    keys: Keys,
    sessions: Cache<String, session::Known>,
    tokens: Cache<String, tokens::Known>,
    discovered: OnceCell<CoreProviderMetadata>,
}

/// Why the room cannot open.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A client cannot be as it is configured.
    #[error(transparent)]
    Clients(#[from] BadClient),
    /// The signing key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Identity {
    /// Opens the room, making the signing key on the first start.
    pub async fn new(app: App, config: Config, policy: Policy) -> Result<Self, StartError> {
        let clients = Clients::new(app.site(), app.key(), &config.clients)?;
        let keys = Keys::load(&app).await?;
        Ok(Self(Arc::new(Parts {
            app,
            config,
            policy,
            clients,
            keys,
            sessions: Cache::default(),
            tokens: Cache::default(),
            discovered: OnceCell::new(),
        })))
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.0.policy
    }

    pub(crate) fn clients(&self) -> &Clients {
        &self.0.clients
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub(crate) fn sessions(&self) -> &Cache<String, session::Known> {
        &self.0.sessions
    }

    /// Tokens of the API that were just used.
    pub(crate) fn bearers(&self) -> &Cache<String, tokens::Known> {
        &self.0.tokens
    }

    /// What the provider says of itself, once the portal has asked.
    pub(crate) fn discovered(&self) -> &OnceCell<CoreProviderMetadata> {
        &self.0.discovered
    }

    /// The provider's name for programs: the portal's origin.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.app().site().public_url.origin()
    }

    /// A sign-in link in the published form, which leads back to `/overview`.
    ///
    /// The code that it brings there was not asked for by the browser that opens the link, so nobody redeems it (it
    /// would let an attacker sign somebody in as somebody else: RFC 9700, 4.7). The portal asks for one of its own.
    #[must_use]
    pub fn published_link(&self) -> String {
        let site = self.app().site();
        let challenge = pkce::challenge_of(Token::random().expose());
        let state = Token::random();
        with_query(
            &site.link("/ap/auth"),
            &[
                ("clientId", PORTAL),
                ("responseType", "code"),
                ("codeChallenge", &challenge),
                ("codeChallengeMethod", "S256"),
                ("appState", state.expose()),
                ("redirectUri", &site.link("/overview")),
            ],
        )
    }

    /// The pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        use provider::authorize;
        Routes::new()
            .get("/ap/auth", Need::Nothing, authorize::show)
            .post("/ap/auth", Need::Nothing, authorize::submit)
            .get("/sign-in", Need::Nothing, rp::sign_in)
            .get("/staff/sign-in", Need::Nothing, rp::staff_sign_in)
            .get("/auth/callback", Need::Nothing, rp::callback)
            .get("/staff/callback", Need::Nothing, rp::staff_callback)
            .post("/sign-out", Need::Nothing, rp::sign_out)
            .get("/signed-out", Need::Nothing, pages::sessions::signed_out)
            .get("/forgotten", Need::Nothing, pages::password::forgotten)
            .post("/forgotten", Need::Nothing, pages::password::ask)
            .get("/reset", Need::Nothing, pages::password::reset)
            .post("/reset", Need::Nothing, pages::password::set)
            .get("/profile/password", Need::SignedIn, pages::password::form)
            .post("/profile/password", Need::SignedIn, pages::password::change)
            .get("/profile/sign-ins", Need::SignedIn, pages::sessions::sign_ins)
            .post(
                "/profile/sign-ins/end-others",
                Need::SignedIn,
                pages::sessions::end_others,
            )
            .get("/profile/tokens", Need::SignedIn, pages::tokens::list)
            .post("/profile/tokens", Need::SignedIn, pages::tokens::make)
            .get(
                "/profile/tokens/{id}/revoke",
                Need::SignedIn,
                pages::tokens::confirm,
            )
            .post(
                "/profile/tokens/{id}/revoke",
                Need::SignedIn,
                pages::tokens::revoke,
            )
            .post("/logout/confirm", Need::Nothing, provider::logout::confirm)
            .with_state(self.clone())
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        vec![Arc::new(job::Tidy::new(self.clone()))]
    }

    /// The endpoints for programs, which our own forms do not post to.
    #[must_use]
    pub fn protocol(&self) -> Mounted {
        use provider::{discovery, logout, token, userinfo};
        Routes::for_programs()
            .get(
                "/.well-known/openid-configuration",
                Need::Nothing,
                discovery::configuration,
            )
            .get("/jwks", Need::Nothing, discovery::jwks)
            .post("/token", Need::Nothing, token::token)
            .get("/userinfo", Need::Nothing, userinfo::userinfo)
            .post("/userinfo", Need::Nothing, userinfo::userinfo)
            .get("/logout", Need::Nothing, logout::by_link)
            .post("/logout", Need::Nothing, logout::by_form)
            .with_state(self.clone())
    }
}

//! What every page shows around its content, and what every handler knows of the request.

use std::{net::IpAddr, ops::Deref, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use kernel::{AccountId, Language, StaffId};
use uuid::Uuid;

use super::{Fault, Need, cookies};
use crate::{
    actor::{Actor, Caller, SignedIn, Visitor},
    api::Token,
    app::App,
    i18n::L10n,
    site::Site,
};

/// What the keys of forms are sealed for.
const FORM_KEY: &str = "form key";

/// An entry of the navigation, shown to whom its page is for.
#[derive(Clone, Copy, Debug)]
pub struct NavEntry {
    /// Where it leads.
    pub href: &'static str,
    /// The message that names it.
    pub label: &'static str,
    /// Who sees it.
    pub need: Need,
}

/// A room of the portal, as the first page offers it.
pub struct Room {
    /// Where it is.
    pub href: &'static str,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
}

/// One request's reader. Cheap to clone.
#[derive(Clone)]
pub struct Shell(Arc<Reader>);

/// What is known of a request before its handler begins.
pub struct Reader {
    app: App,
    nav: Arc<[NavEntry]>,
    flash: Option<String>,
    /// The reader's messages, dates and times.
    pub l: L10n,
    /// Who reads.
    pub visitor: Visitor,
    /// The path and query of the request.
    pub path: String,
    /// From which address.
    pub origin: Option<IpAddr>,
    /// What the request brought to show who asks; of the API alone.
    token: Option<Token>,
}

impl Deref for Shell {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl Shell {
    pub(crate) fn new(
        app: &App,
        nav: Arc<[NavEntry]>,
        visitor: Visitor,
        headers: &HeaderMap,
        Asked { path, origin }: Asked,
    ) -> Self {
        let url = &app.site().public_url;
        let chosen = cookies::read(url, headers, "language").and_then(|tag| tag.parse().ok());
        let accepted = || {
            let header = headers.get(axum::http::header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Language::accepted(header)
        };
        let language = chosen
            .or_else(|| visitor.signed_in().map(|person| person.language))
            .or_else(accepted)
            .unwrap_or(app.site().language);
        let l = app.l10n(language);
        let flash = cookies::read(url, headers, "flash")
            .and_then(|sealed| app.key().open("flash", &sealed).map(|key| l.t(key)));
        Self(Arc::new(Reader {
            app: app.clone(),
            nav,
            flash,
            l,
            visitor,
            path,
            origin,
            token: None,
        }))
    }

    /// Of a request to the API, which has no cookies: its language is the one that it asks for, or its person's.
    pub(crate) fn of_api(
        app: &App,
        token: Token,
        headers: &HeaderMap,
        Asked { path, origin }: Asked,
    ) -> Self {
        let person = token.access().map(|access| access.person.clone());
        let accepted = headers
            .get(axum::http::header::ACCEPT_LANGUAGE)
            .and_then(|header| Language::accepted(header.to_str().ok()?));
        let language = accepted
            .or_else(|| person.as_ref().map(|person| person.language))
            .unwrap_or(app.site().language);
        Self(Arc::new(Reader {
            app: app.clone(),
            nav: Arc::default(),
            flash: None,
            l: app.l10n(language),
            visitor: person.map_or(Visitor::Anonymous, Visitor::SignedIn),
            path,
            origin,
            token: Some(token),
        }))
    }

    /// Whether this is a request to the API.
    #[must_use]
    pub(crate) fn is_api(&self) -> bool {
        self.token.is_some()
    }

    /// What a request to the API brought to show who asks.
    #[must_use]
    pub fn token(&self) -> &Token {
        self.token.as_ref().unwrap_or(&Token::Missing)
    }

    /// The installation.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The provider.
    #[must_use]
    pub fn site(&self) -> &Site {
        self.app.site()
    }

    /// The message `key` about the provider: `$provider` is its name.
    #[must_use]
    pub fn about_provider(&self, key: &str) -> String {
        self.l.t1(key, "provider", self.site().name.as_str())
    }

    /// The message to show once on this page.
    #[must_use]
    pub fn flash(&self) -> Option<&str> {
        self.flash.as_deref()
    }

    pub(crate) fn seal_flash(&self, key: &str) -> String {
        self.app.key().seal("flash", key)
    }

    /// What makes a form count once: an id for what it makes, sealed, in a hidden field. The form that is sent once more
    /// (its answer reloaded) brings the same.
    #[must_use]
    pub fn form_key(&self) -> String {
        self.app.key().seal(FORM_KEY, &self.app.new_id().to_string())
    }

    /// The id that a form's key holds, where it is one of ours.
    #[must_use]
    pub fn opened_form_key(&self, sealed: &str) -> Option<Uuid> {
        self.app.key().open(FORM_KEY, sealed)?.parse().ok()
    }

    /// The navigation of this reader.
    pub fn nav(&self) -> impl Iterator<Item = &NavEntry> {
        self.nav.iter().filter(|entry| {
            entry.need.is_met_by(self.visitor.signed_in()) && self.visitor.signed_in().is_some()
        })
    }

    /// What the first page offers this reader: the entries of the navigation that say what they are for, in a message
    /// that is called as the label is, with `-about` after it; with `-reads` or `-partner` after that where there is one
    /// for those who may only look, or for partners who may more.
    #[must_use]
    pub fn rooms(&self) -> Vec<Room> {
        let rooms = self.nav().filter_map(|entry| {
            let about = format!("{}-about", entry.label);
            let special = self
                .visitor
                .signed_in()
                .zip(entry.need.area())
                .map(|(person, area)| {
                    let may = match (person.manages(area), person.is_partner()) {
                        (false, _) => "reads",
                        (true, true) => "partner",
                        (true, false) => "manages",
                    };
                    format!("{about}-{may}")
                });
            let about = special.filter(|key| self.l.has(key)).unwrap_or(about);
            self.l.has(&about).then(|| Room {
                href: entry.href,
                name: self.l.t(entry.label),
                about: self.about_provider(&about),
            })
        });
        rooms.collect()
    }

    /// Where the navigation entry leads that the reader's page belongs to.
    #[must_use]
    pub fn here(&self) -> Option<&'static str> {
        let path = self.path.split('?').next().unwrap_or_default();
        let is_inside = |href: &&str| {
            path.strip_prefix(*href)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // The longest that fits: `/staff/registrations/dashboard` is not `/staff/registrations`.
        self.nav()
            .map(|entry| entry.href)
            .filter(is_inside)
            .max_by_key(|href| href.len())
    }

    /// Whether staff read this page: their navigation stands at the side.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.visitor
            .signed_in()
            .is_some_and(|person| person.account().is_none())
    }

    /// The demo's clock, in a demo.
    #[must_use]
    pub fn demo_now(&self) -> Option<String> {
        self.app
            .is_demo()
            .then(|| self.l.date_time(self.app.clock().now()))
    }

    /// The current time: for what is written as "… left".
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.app.clock().now()
    }

    /// The address of an asset; it changes with the asset, so that browsers may keep it for ever.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }

    /// The languages offered.
    #[must_use]
    pub fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    /// Who acts, for a use case.
    #[must_use]
    pub fn caller(&self) -> Caller {
        let actor = self.visitor.signed_in().map_or(Actor::Visitor, SignedIn::actor);
        Caller {
            actor,
            origin: self.origin,
        }
    }

    /// The signed-in person. Routes that need one have it.
    pub fn person(&self) -> Result<&SignedIn, Fault> {
        self.visitor.signed_in().ok_or_else(Fault::sign_in_again)
    }

    /// The account of the signed-in person. Staff have none, and are refused.
    pub fn account(&self) -> Result<AccountId, Fault> {
        self.person()?.account().ok_or_else(Fault::forbidden)
    }

    /// Which of the provider's people is signed in. Users of an account are refused.
    pub fn staff(&self) -> Result<StaffId, Fault> {
        self.person()?.capacity.staff().ok_or_else(Fault::forbidden)
    }
}

/// What a request asks for, and from where.
pub(crate) struct Asked {
    /// The path and query.
    pub(crate) path: String,
    /// The address that it comes from.
    pub(crate) origin: Option<IpAddr>,
}

impl<S: Send + Sync> FromRequestParts<S> for Shell {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Fault::internal("a handler runs outside the shell"))
    }
}

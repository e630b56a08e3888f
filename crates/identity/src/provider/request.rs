//! The authorization request, read by plain rules (OpenID Connect Core 3.1.2.1, RFC 6749 4.1.1, RFC 7636 4.3).
//!
//! Parameters come under their standard names or under those of the published link; under both, or twice, they are
//! refused (RFC 6749, 3.1).

use url::form_urlencoded;

use super::clients::{Client, Clients, with_query};

/// A request that may be answered.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client: Client,
    /// Where the answer goes; registered.
    pub redirect_uri: String,
    /// The client's own value, given back.
    pub state: Option<State>,
    /// The granted scopes, separated by spaces.
    pub scope: String,
    /// Given back in the ID token.
    pub nonce: Option<String>,
    /// The S256 challenge.
    pub challenge: String,
    /// Whether a page may or must be shown.
    pub prompt: Prompt,
    /// The most seconds that may have passed since the password was given.
    pub max_age: Option<i64>,
}

/// Whether a sign-in page may or must be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Where needed.
    Auto,
    /// Never.
    None,
    /// Always.
    Login,
}

/// The client's value under the name it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// `state` or `appState`.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    /// A registered address.
    pub redirect_uri: String,
    /// Given back.
    pub state: Option<State>,
}

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody registered asks: an error page, never a redirect.
    UnknownClient,
    /// The address is not one of the client's: an error page, never a redirect.
    WrongRedirect,
    /// The client is told.
    Tell {
        /// Where.
        to: ReplyTo,
        /// The code of RFC 6749, 4.1.2.1, or OpenID Connect Core 3.1.2.6.
        error: &'static str,
        /// For the client's developer.
        description: &'static str,
    },
}

impl ReplyTo {
    /// The address with the answer in its query, and who answers (RFC 9207).
    #[must_use]
    pub fn answer(&self, issuer: &str, parameters: &[(&str, &str)]) -> String {
        let mut all = parameters.to_vec();
        if let Some(state) = &self.state {
            all.push((state.name, &state.value));
        }
        all.push(("iss", issuer));
        with_query(&self.redirect_uri, &all)
    }
}

impl AuthorizationRequest {
    /// Where the answer goes.
    #[must_use]
    pub fn reply_to(&self) -> ReplyTo {
        ReplyTo {
            redirect_uri: self.redirect_uri.clone(),
            state: self.state.clone(),
        }
    }

    /// Reads the query of a request.
    pub fn read(query: &str, clients: &Clients) -> Result<Self, Refusal> {
        let given = Given::new(query);
        let client = given
            .one(&["client_id", "clientId"])
            .ok()
            .flatten()
            .and_then(|id| clients.find(id));
        let client = client.ok_or(Refusal::UnknownClient)?;
        let redirect_uri = given.one(&["redirect_uri", "redirectUri"]).ok().flatten();
        let redirect_uri = redirect_uri
            .filter(|uri| client.redirect_uris.iter().any(|registered| registered == uri))
            .ok_or(Refusal::WrongRedirect)?;
        let state = given.state();
        let to = ReplyTo {
            redirect_uri: redirect_uri.to_owned(),
            state: state.clone().unwrap_or_default(),
        };
        let tell = |(error, description)| Refusal::Tell {
            to: to.clone(),
            error,
            description,
        };
        if state.is_err() || given.any_twice() {
            return Err(tell(("invalid_request", "a parameter was given more than once")));
        }
        let asked = given.asked().map_err(tell)?;
        Ok(Self {
            client: client.clone(),
            redirect_uri: to.redirect_uri.clone(),
            state: to.state.clone(),
            scope: asked.scope,
            nonce: asked.nonce,
            challenge: asked.challenge,
            prompt: asked.prompt,
            max_age: asked.max_age,
        })
    }
}

/// The parameters that both forms of the link know, by all their names.
const NAMES: [&[&str]; 14] = [
    &["client_id", "clientId"],
    &["redirect_uri", "redirectUri"],
    &["response_type", "responseType"],
    &["code_challenge", "codeChallenge"],
    &["code_challenge_method", "codeChallengeMethod"],
    &["state", "appState"],
    &["scope"],
    &["nonce"],
    &["prompt"],
    &["max_age"],
    &["response_mode"],
    &["request"],
    &["request_uri"],
    &["ui_locales"],
];

struct Given(Vec<(String, String)>);

struct Asked {
    scope: String,
    nonce: Option<String>,
    challenge: String,
    prompt: Prompt,
    max_age: Option<i64>,
}

type Complaint = (&'static str, &'static str);

impl Given {
    fn new(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The one value under any of the names. A parameter without a value counts as not given (RFC 6749, 3.1).
    fn one(&self, names: &[&str]) -> Result<Option<&str>, ()> {
        let mut found = self.0.iter().filter(|(name, _)| names.contains(&name.as_str()));
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(()),
            (first, None) => Ok(first
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty())),
        }
    }

    fn any_twice(&self) -> bool {
        NAMES.iter().any(|names| self.one(names).is_err())
    }

    fn state(&self) -> Result<Option<State>, ()> {
        let Some(value) = self.one(&["state", "appState"])? else {
            return Ok(None);
        };
        let name = if self.0.iter().any(|(name, _)| name == "appState") {
            "appState"
        } else {
            "state"
        };
        Ok(Some(State {
            name,
            value: value.to_owned(),
        }))
    }

    fn value(&self, names: &[&str]) -> Option<&str> {
        self.one(names).ok().flatten()
    }

    fn asked(&self) -> Result<Asked, Complaint> {
        const INVALID: &str = "invalid_request";
        if self.value(&["request"]).is_some() {
            return Err(("request_not_supported", "request objects are not supported"));
        }
        if self.value(&["request_uri"]).is_some() {
            return Err(("request_uri_not_supported", "request objects are not supported"));
        }
        match self.value(&["response_type", "responseType"]) {
            Some("code") => {}
            Some(_) => {
                return Err((
                    "unsupported_response_type",
                    "only response_type=code is supported",
                ));
            }
            None => return Err((INVALID, "response_type is missing")),
        }
        if self.value(&["response_mode"]).is_some_and(|mode| mode != "query") {
            return Err((INVALID, "only response_mode=query is supported"));
        }
        if self.value(&["code_challenge_method", "codeChallengeMethod"]) != Some("S256") {
            return Err((INVALID, "code_challenge_method must be S256"));
        }
        let challenge = self
            .value(&["code_challenge", "codeChallenge"])
            .unwrap_or_default();
        if !super::pkce::is_challenge(challenge) {
            return Err((INVALID, "code_challenge must be the base64url of a SHA-256"));
        }
        Ok(Asked {
            scope: self.scope()?,
            nonce: self.value(&["nonce"]).map(str::to_owned),
            challenge: challenge.to_owned(),
            prompt: self.prompt()?,
            max_age: self.max_age()?,
        })
    }

    fn scope(&self) -> Result<String, Complaint> {
        let asked: Vec<&str> = self.value(&["scope"]).unwrap_or("openid").split(' ').collect();
        if !asked.contains(&"openid") {
            return Err(("invalid_scope", "the scope must contain openid"));
        }
        // Unknown scopes are ignored (OpenID Connect Core, 3.1.2.1).
        Ok(SCOPES
            .into_iter()
            .filter(|scope| asked.contains(scope))
            .collect::<Vec<_>>()
            .join(" "))
    }

    fn prompt(&self) -> Result<Prompt, Complaint> {
        let asked: Vec<&str> = self
            .value(&["prompt"])
            .unwrap_or_default()
            .split(' ')
            .filter(|p| !p.is_empty())
            .collect();
        if asked.contains(&"none") {
            let alone = asked.len() == 1;
            return if alone {
                Ok(Prompt::None)
            } else {
                Err(("invalid_request", "prompt=none stands alone"))
            };
        }
        // Consent is never asked: all clients are the provider's own choice.
        let sign_in = asked
            .iter()
            .any(|prompt| matches!(*prompt, "login" | "select_account"));
        Ok(if sign_in { Prompt::Login } else { Prompt::Auto })
    }

    fn max_age(&self) -> Result<Option<i64>, Complaint> {
        let Some(text) = self.value(&["max_age"]) else {
            return Ok(None);
        };
        let seconds = text.parse().ok().filter(|seconds| *seconds >= 0);
        seconds
            .map(Some)
            .ok_or(("invalid_request", "max_age must be a number of seconds"))
    }
}

/// The scopes that mean something here.
pub const SCOPES: [&str; 3] = ["openid", "profile", "email"];

#[cfg(test)]
mod tests;

//! The API, as a terminal uses it.

use reqwest::{
    Method, RequestBuilder, Response,
    header::{AUTHORIZATION, ETAG, HeaderMap, HeaderValue, IF_MATCH},
};
use serde_json::Value;

/// What keeps a command from its answer. Shown to people as it is.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// No token.
    #[error("no token: set PORTICO_TOKEN, or name a file with --token-file")]
    NoToken,
    /// The token cannot stand in a header.
    #[error("the token holds characters that no token has")]
    BadToken,
    /// Nobody is there to be asked.
    #[error("nobody to ask: the input is no terminal; --yes goes ahead without")]
    Unconfirmed,
    /// The portal cannot be reached.
    #[error("the portal cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The portal says why not.
    #[error("{0}")]
    Problem(String),
    /// What answered is no portal.
    #[error("the answer is not the portal's: {0}")]
    Answer(#[from] serde_json::Error),
    /// A file that was named is not there, or not as it should be.
    #[error("{}: {}", .0.display(), .1)]
    File(std::path::PathBuf, String),
    /// A file, or the terminal.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

pub(crate) struct Client {
    http: reqwest::Client,
    origin: url::Url,
}

impl Client {
    pub(crate) fn new(origin: url::Url, token: &str) -> Result<Self, RemoteError> {
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| RemoteError::BadToken)?;
        bearer.set_sensitive(true);
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(AUTHORIZATION, bearer)]))
            .timeout(std::time::Duration::from_mins(1))
            // The token is for the portal alone, not for where it might point to.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { http, origin })
    }

    fn address(&self, path: &str) -> url::Url {
        let mut address = self.origin.clone();
        address.set_path(path);
        address
    }

    /// A thing, and its version.
    pub(crate) async fn get(&self, path: &str) -> Result<(Value, Option<String>), RemoteError> {
        let response = send(self.http.get(self.address(path))).await?;
        let version = response
            .headers()
            .get(ETAG)
            .and_then(|tag| tag.to_str().ok())
            .map(str::to_owned);
        Ok((serde_json::from_str(&response.text().await?)?, version))
    }

    /// The answer to a question.
    pub(crate) async fn ask(
        &self,
        path: &str,
        query: &[(&str, Option<String>)],
    ) -> Result<Value, RemoteError> {
        let mut address = self.address(path);
        address.query_pairs_mut().extend_pairs(given(query));
        let response = send(self.http.get(address)).await?;
        Ok(serde_json::from_str(&response.text().await?)?)
    }

    /// All pages of a list.
    pub(crate) async fn all(
        &self,
        path: &str,
        filters: &[(&str, Option<String>)],
    ) -> Result<Vec<Value>, RemoteError> {
        let mut found = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut address = self.address(path);
            let given = given(filters)
                .chain([("limit", "200")])
                .chain(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            address.query_pairs_mut().extend_pairs(given);
            let response = send(self.http.get(address)).await?;
            let mut page: Value = serde_json::from_str(&response.text().await?)?;
            if let Some(items) = page["items"].as_array_mut() {
                found.append(items);
            }
            match page["next"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => return Ok(found),
            }
        }
    }

    /// Does something, once, to the version that was read.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: Option<Value>,
        version: Option<&str>,
    ) -> Result<Value, RemoteError> {
        self.change(Method::POST, path, body, version).await
    }

    /// Does something with any method, once, to the version that was read. Null where the answer is empty.
    pub(crate) async fn change(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        version: Option<&str>,
    ) -> Result<Value, RemoteError> {
        let key = uuid::Uuid::now_v7().to_string();
        self.carry_out(method, path, body, version, &key).await
    }

    /// Posts what a key makes one: sent again with the same key it is not done again.
    pub(crate) async fn once(&self, path: &str, body: Value, key: &str) -> Result<Value, RemoteError> {
        self.carry_out(Method::POST, path, Some(body), None, key).await
    }

    async fn carry_out(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        version: Option<&str>,
        key: &str,
    ) -> Result<Value, RemoteError> {
        let mut request = self
            .http
            .request(method, self.address(path))
            .header("idempotency-key", key);
        if let Some(version) = version {
            request = request.header(IF_MATCH, version);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let text = send(request).await?.text().await?;
        if text.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_str(&text)?)
    }
}

/// The parameters that have a value.
fn given<'a>(parameters: &'a [(&'a str, Option<String>)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    parameters
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)))
}

async fn send(request: RequestBuilder) -> Result<Response, RemoteError> {
    let response = request.header("accept-language", language()).send().await?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let text = response.text().await.unwrap_or_default();
    let problem: Value = serde_json::from_str(&text).unwrap_or_default();
    let Some(title) = problem["title"].as_str() else {
        return Err(RemoteError::Problem(format!("the portal answered {status}")));
    };
    let mut words = format!("{title}. {}", problem["detail"].as_str().unwrap_or_default());
    for error in problem["errors"].as_array().into_iter().flatten() {
        let place = error["pointer"].as_str().or(error["parameter"].as_str());
        let detail = error["detail"].as_str().unwrap_or_default();
        words.extend(["\n  ", place.unwrap_or("?"), ": ", detail]);
    }
    let request = problem["instance"].as_str().unwrap_or("?");
    Err(RemoteError::Problem(format!(
        "{words}\n  ({status}, request {request})"
    )))
}

/// The terminal's language, for problems.
fn language() -> &'static str {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if locale.is_some_and(|locale| locale.starts_with("vi")) {
        "vi"
    } else {
        "en"
    }
}

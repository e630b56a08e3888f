//! A browser without a screen: cookies, redirects, forms.

use reqwest::{
    Client, RequestBuilder, StatusCode, Url,
    multipart::{self, Part},
    redirect::Policy,
};
use scraper::{ElementRef, Html, Selector};

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    base: Url,
    language: &'static str,
}

/// A page as it was answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status of the last answer.
    pub status: StatusCode,
    /// Where the redirects led.
    pub url: Url,
    /// The answer's headers.
    pub headers: reqwest::header::HeaderMap,
    /// The answer.
    pub body: String,
}

impl Browser {
    /// A browser with no cookies, for a portal at `base`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::limited(12))
            .build();
        Self {
            client: client.expect("a client"),
            base: base.parse().expect("an address"),
            language: "en",
        }
    }

    /// The same browser, asking for pages in another language.
    #[must_use]
    pub fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// Opens a path, or an address.
    pub async fn get(&self, path: &str) -> Page {
        self.run(self.client.get(self.address(path))).await
    }

    /// Opens a stream of server-sent events; the answer's head has come, the events come by its `chunk`.
    pub async fn follow(&self, path: &str) -> reqwest::Response {
        self.client
            .get(self.address(path))
            .send()
            .await
            .expect("an answer")
    }

    /// Posts a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.run(self.client.post(self.address(path)).form(fields)).await
    }

    /// Fills in the form of a page that has the field `marker` and sends it: what the page had put in the other
    /// fields is sent along.
    pub async fn submit(&self, page: &Page, marker: &str, fields: &[(&str, &str)]) -> Page {
        self.run(self.filled(page, marker, fields)).await
    }

    /// Fills in a form with a file in its field `marker`, as [`Self::submit`] does one without.
    pub async fn submit_file(&self, page: &Page, marker: &str, file: &[u8]) -> Page {
        self.submit_file_called(page, marker, "file", file).await
    }

    /// The same with a file of a name. Where none is chosen, a browser sends an empty one without a name.
    pub async fn submit_file_called(&self, page: &Page, marker: &str, name: &str, file: &[u8]) -> Page {
        let (action, _, fields) = page.form(marker);
        let target = page.url.join(&action).expect("an address");
        let part = Part::bytes(file.to_vec()).file_name(name.to_owned());
        let form = fields
            .into_iter()
            .filter(|(name, _)| name != marker)
            .fold(multipart::Form::new(), |form, (name, value)| {
                form.text(name, value)
            });
        self.run(
            self.client
                .post(target)
                .multipart(form.part(marker.to_owned(), part)),
        )
        .await
    }

    /// [`Self::submit`] to a server that may go away: `None` without a whole answer.
    pub async fn try_submit(&self, page: &Page, marker: &str, fields: &[(&str, &str)]) -> Option<Page> {
        self.try_run(self.filled(page, marker, fields)).await.ok()
    }

    /// Signs in as the root user of an account and opens `to`.
    pub async fn sign_in(&self, email: &str, password: &str, to: &str) -> Page {
        let page = self.get(&format!("/sign-in?to={to}")).await;
        self.submit(&page, "password", &[("email", email), ("password", password)])
            .await
    }

    /// Signs in as an IAM user of the account whose root user has the address, and opens `to`.
    pub async fn sign_in_as_iam(&self, root: &str, user_name: &str, password: &str, to: &str) -> Page {
        let page = self.get(&format!("/sign-in?to={to}&as=iam")).await;
        let fields = [("email", root), ("user_name", user_name), ("password", password)];
        self.submit(&page, "user_name", &fields).await
    }

    /// Signs in as one of the staff and opens `to`.
    pub async fn sign_in_as_staff(&self, email: &str, password: &str, to: &str) -> Page {
        let page = self.get(&format!("/staff/sign-in?to={to}")).await;
        self.submit(&page, "password", &[("email", email), ("password", password)])
            .await
    }

    fn filled(&self, page: &Page, marker: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let (action, method, mut all) = page.form(marker);
        for (name, value) in fields {
            all.retain(|(known, _)| known != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        let target = page.url.join(&action).expect("an address");
        if method == "post" {
            self.client.post(target).form(&all)
        } else {
            self.client.get(target).query(&all)
        }
    }

    fn address(&self, path: &str) -> Url {
        self.base.join(path).expect("an address")
    }

    async fn run(&self, request: RequestBuilder) -> Page {
        self.try_run(request).await.expect("an answer")
    }

    async fn try_run(&self, request: RequestBuilder) -> Result<Page, reqwest::Error> {
        let response = request.header("accept-language", self.language).send().await?;
        Ok(Page {
            status: response.status(),
            url: response.url().clone(),
            headers: response.headers().clone(),
            body: response.text().await?,
        })
    }
}

impl Page {
    /// The path that the redirects led to.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Whether the words stand on the page (white space folded, markup left out).
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The words of the page's main part.
    #[must_use]
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.body);
        let main = document
            .select(&selector("main"))
            .next()
            .unwrap_or_else(|| document.root_element());
        let words: Vec<String> = main
            .text()
            .flat_map(str::split_whitespace)
            .map(str::to_owned)
            .collect();
        words.join(" ")
    }

    /// Whether something on the page fits the CSS selector.
    #[must_use]
    pub fn has(&self, css: &str) -> bool {
        Html::parse_document(&self.body)
            .select(&selector(css))
            .next()
            .is_some()
    }

    /// The value of an attribute of what fits the CSS selector first.
    #[must_use]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let document = Html::parse_document(&self.body);
        let element = document.select(&selector(css)).next()?;
        element.value().attr(name).map(str::to_owned)
    }

    /// Where all the links lead that fit the CSS selector.
    #[must_use]
    pub fn links(&self, css: &str) -> Vec<String> {
        Html::parse_document(&self.body)
            .select(&selector(css))
            .filter_map(|element| element.value().attr("href").map(str::to_owned))
            .collect()
    }

    /// Fails unless the page came with this status; shows the page.
    #[track_caller]
    pub fn expect_status(&self, status: u16) -> &Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{} says:\n{}",
            self.url,
            self.text()
        );
        self
    }

    /// Fails unless the words stand on the page; shows the page.
    #[track_caller]
    pub fn expect(&self, words: &str) -> &Self {
        assert!(
            self.says(words),
            "{} ({}) does not say {words:?}:\n{}",
            self.url,
            self.status,
            self.text()
        );
        self
    }

    fn form(&self, marker: &str) -> (String, String, Vec<(String, String)>) {
        let document = Html::parse_document(&self.body);
        let form = document
            .select(&selector("form"))
            .find(|form| {
                form.select(&selector(&format!("[name=\"{marker}\"]")))
                    .next()
                    .is_some()
            })
            .unwrap_or_else(|| panic!("no form with {marker} on {}:\n{}", self.url, self.text()));
        let attribute = |name: &str| form.value().attr(name).unwrap_or_default().to_owned();
        let fields = form
            .select(&selector("input, select, textarea"))
            .filter_map(field)
            .collect();
        (attribute("action"), attribute("method").to_lowercase(), fields)
    }
}

fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let value = element.value();
    let name = value.attr("name")?.to_owned();
    let text = match value.name() {
        "textarea" => element.text().collect(),
        "select" => {
            let chosen = element.select(&selector("option[selected]")).next();
            let option = chosen.or_else(|| element.select(&selector("option")).next())?;
            option.value().attr("value").unwrap_or_default().to_owned()
        }
        _ if matches!(value.attr("type"), Some("checkbox" | "radio")) && value.attr("checked").is_none() => {
            return None;
        }
        _ if value.attr("type") == Some("submit") => return None,
        _ => value.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, text))
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

//! Lists come a page at a time. A cursor names the place where the next page begins; it is signed, so that
//! it cannot be forged. Its content is readable.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use super::{
    answer,
    problem::{FieldProblem, INVALID, MALFORMED, Problem},
};
use crate::web::{Fault, Shell, leave_page};

/// How many things a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct Limit(u16);

impl Limit {
    const MAX: u16 = 200;

    /// As a number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0.into()
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u16> for Limit {
    type Error = &'static str;

    fn try_from(number: u16) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err("out of range")
        }
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(1))
            .maximum(Some(Self::MAX))
            .default(Some(Self::default().0.into()))
            .into()
    }
}

impl ToSchema for Limit {}

/// A page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The things of this page.
    pub items: Vec<T>,
    /// The cursor of the next page; none at the end. It stands in the `Link` header, too.
    pub next: Option<String>,
}

/// Where in a list, and how much of it.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    purpose: String,
    /// How many things.
    pub limit: Limit,
    /// After which: what [`Paging::answer`] was given for the last thing of the page before.
    pub after: Option<String>,
}

impl Paging {
    /// Refuses a text in the query that is longer than its description allows, in characters.
    pub fn check_length(shell: &Shell, name: &str, text: Option<&str>, max: usize) -> Result<(), Fault> {
        if text.is_none_or(|text| text.chars().count() <= max) {
            return Ok(());
        }
        let detail = shell.l.t("problem-field-type");
        Err(Problem::new(MALFORMED)
            .error(FieldProblem::parameter(name, detail))
            .into())
    }

    /// Reads the parameters. A cursor is good for the list `purpose` alone: name the filters in it, since the place in
    /// one list is none in another.
    pub fn new(
        shell: &Shell,
        purpose: &str,
        limit: Option<Limit>,
        cursor: Option<&str>,
    ) -> Result<Self, Fault> {
        let purpose = format!("cursor {purpose}");
        let after = cursor.map(|cursor| {
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
            shell.app().key().open(&purpose, &text).map(str::to_owned)
        });
        match after {
            Some(None) => Err(Problem::new(INVALID)
                .error(FieldProblem::parameter("cursor", shell.l.t("problem-cursor")))
                .into()),
            after => Ok(Self {
                purpose,
                limit: limit.unwrap_or_default(),
                after: after.flatten(),
            }),
        }
    }

    /// The place after which the page begins.
    pub fn place<T: std::str::FromStr>(&self) -> Result<Option<T>, Fault> {
        let unreadable = || Fault::internal("a cursor of ours cannot be read");
        self.after
            .as_deref()
            .map(|place| place.parse().map_err(|_| unreadable()))
            .transpose()
    }

    /// How many things to look for: one more than are shown tells whether there is a next page.
    #[must_use]
    pub fn wanted(&self) -> u64 {
        self.limit.get() + 1
    }

    /// The answer with what was found when [`Paging::wanted`] were looked for; `place` names where a thing stands.
    pub fn answer<T: Serialize>(
        &self,
        shell: &Shell,
        mut found: Vec<T>,
        place: impl Fn(&T) -> String,
    ) -> Result<Response, Fault> {
        let next = leave_page(&mut found, usize::from(self.limit.0), |last| {
            let sealed = shell.app().key().seal(&self.purpose, &place(last));
            URL_SAFE_NO_PAD.encode(sealed)
        });
        let link = next.as_deref().map(|cursor| link(shell, cursor));
        let mut response = answer::json(&Page { items: found, next })?;
        if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        Ok(response)
    }
}

/// The next page (RFC 8288).
fn link(shell: &Shell, cursor: &str) -> String {
    let (path, query) = shell.path.split_once('?').unwrap_or((&shell.path, ""));
    let others = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(others)
        .append_pair("cursor", cursor)
        .finish();
    format!(
        "<{}>; rel=\"next\"",
        shell.site().link(&format!("{path}?{query}"))
    )
}

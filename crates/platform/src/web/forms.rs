//! Forms: read whole, answered field by field.

use std::borrow::Cow;

use axum::{
    extract::{FromRequest, RawForm, Request, rejection::RawFormRejection},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

use super::Fault;

/// A form that was sent. Fields are texts with `#[serde(default)]`, so that whatever comes can be shown again; what
/// is no form at all (malformed, repeated, too large, with U+0000) is a [`Fault`].
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let RawForm(bytes) = RawForm::from_request(request, state)
            .await
            .map_err(|rejection| fault(&rejection))?;
        if holds_zero(&bytes) {
            return Err(Fault::bad_request());
        }
        serde_html_form::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| Fault::bad_request())
    }
}

/// Whether a text in percent encoding has U+0000 somewhere. No browser sends it, and PostgreSQL keeps no text with it.
pub(super) fn holds_zero(encoded: &[u8]) -> bool {
    encoded.contains(&0) || encoded.windows(3).any(|three| three == b"%00")
}

fn fault(rejection: &RawFormRejection) -> Fault {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::too_large(),
        _ => Fault::bad_request(),
    }
}

/// What is wrong with a form, by field, in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct FieldErrors(Vec<(Cow<'static, str>, String)>);

impl FieldErrors {
    /// One mistake.
    #[must_use]
    pub fn one(field: impl Into<Cow<'static, str>>, text: String) -> Self {
        Self(vec![(field.into(), text)])
    }

    /// Adds a mistake. Of several in one field only the first is shown.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, text: String) {
        let field = field.into();
        if self.of(&field).is_empty() {
            self.0.push((field, text));
        }
    }

    /// The value, or its mistake added.
    pub fn check<T>(&mut self, field: impl Into<Cow<'static, str>>, value: Result<T, String>) -> Option<T> {
        value.map_err(|text| self.add(field, text)).ok()
    }

    /// Puts the mistakes in the order of the form, where they were found in another: by `place` of a field.
    pub fn arrange<K: Ord>(&mut self, place: impl Fn(&str) -> K) {
        self.0.sort_by_key(|(field, _)| place(field));
    }

    /// The mistake in a field; empty where there is none.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map_or("", |(_, text)| text)
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fields and texts, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &(Cow<'static, str>, String)> {
        self.0.iter()
    }
}

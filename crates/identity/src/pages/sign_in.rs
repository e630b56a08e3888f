//! The sign-in page. The authorization request stays in its address, so that it survives errors and a change of
//! language.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use platform::web::{Fault, FieldErrors, Shell, page_with, policy_with_form_action};
use url::{Url, form_urlencoded};

use crate::provider::{authorize::Credentials, request::AuthorizationRequest};

/// Which form is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Email and password of a root user.
    Root,
    /// The root user's email, the user name and the password of an IAM user.
    Iam,
    /// Email and password of staff.
    Staff,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    email: String,
    user_name: String,
    variant: Variant,
    /// Whose sign-in it is, where that is not the portal itself.
    client: Option<String>,
    /// The same request with the other form.
    other: String,
    /// Where the browser goes afterwards.
    redirect_uri: String,
}

impl<'a> SignInPage<'a> {
    pub(crate) fn new(
        shell: &'a Shell,
        request: &AuthorizationRequest,
        variant: Variant,
        query: &str,
    ) -> Self {
        let mut other = form_urlencoded::Serializer::new(String::new());
        other.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "as"));
        if variant == Variant::Root {
            other.append_pair("as", "iam");
        }
        Self {
            shell,
            errors: FieldErrors::default(),
            email: String::new(),
            user_name: String::new(),
            variant,
            client: request.client.name.clone(),
            other: format!("/ap/auth?{}", other.finish()),
            redirect_uri: request.redirect_uri.clone(),
        }
    }

    /// With what was typed, except the password.
    pub(crate) fn filled(self, form: &Credentials) -> Self {
        Self {
            email: form.email.clone(),
            user_name: form.user_name.clone(),
            ..self
        }
    }

    pub(crate) fn with(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    pub(crate) fn answer(&self, status: StatusCode) -> Result<Response, Fault> {
        let mut response = page_with(status, self)?;
        let origin = Url::parse(&self.redirect_uri).map(|url| url.origin().ascii_serialization());
        if let Ok(origin) = origin
            && origin != self.shell.site().public_url.origin()
        {
            response.extensions_mut().insert(policy_with_form_action(&origin));
        }
        Ok(response)
    }
}

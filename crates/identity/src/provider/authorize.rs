//! The authorization endpoint: answers with a code where the browser is signed in, and with the sign-in page otherwise.

use accounts::person::Person;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use platform::{
    secret::Token,
    web::{Fault, FieldErrors, Form, Shell, cookie, redirect},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::LockType,
};
use serde::Deserialize;

use super::{
    clients::People,
    request::{AuthorizationRequest, Prompt, Refusal},
};
use crate::{
    Identity,
    attempts::{Attempt, AttemptError, Login, until, wait_told},
    pages::sign_in::{SignInPage, Variant},
    session::{self, SSO_COOKIE},
    store::{
        self,
        rows::{code, sso_session},
    },
};

/// How long a code can be redeemed.
const CODE_MILLIS: i64 = 60_000;

/// What the sign-in page sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) user_name: String,
    #[serde(default)]
    pub(crate) password: String,
}

pub(crate) async fn show(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let query = query.unwrap_or_default();
    let request = match AuthorizationRequest::read(&query, room.clients()) {
        Ok(request) => request,
        Err(refusal) => return room.refuse(refusal),
    };
    let session = room.sso_session(&headers).await?;
    let usable = session.filter(|(session, person)| {
        let age = (room.now() - session.auth_at) / 1000;
        request.client.people.include(person.capacity) && request.max_age.is_none_or(|most| age <= most)
    });
    match (request.prompt, usable) {
        (Prompt::Auto | Prompt::None, Some((session, _))) => {
            let tx = room.app().db().begin().await?;
            let code = room.issue_code(&tx, &request, &session).await?;
            tx.commit().await?;
            Ok(room.answer(&request, &code))
        }
        (Prompt::None, None) => room.refuse(Refusal::Tell {
            to: request.reply_to(),
            error: "login_required",
            description: "nobody is signed in, and no page may be shown",
        }),
        (Prompt::Auto | Prompt::Login, _) => {
            let variant = Variant::of(request.client.people, &query);
            SignInPage::new(&shell, &request, variant, &query).answer(StatusCode::OK)
        }
    }
}

pub(crate) async fn submit(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Form(form): Form<Credentials>,
) -> Result<Response, Fault> {
    let query = query.unwrap_or_default();
    let request = match AuthorizationRequest::read(&query, room.clients()) {
        Ok(request) => request,
        Err(refusal) => return room.refuse(refusal),
    };
    let variant = Variant::of(request.client.people, &query);
    let page = SignInPage::new(&shell, &request, variant, &query).filled(&form);
    let errors = missing(&shell, variant, &form);
    if !errors.is_empty() {
        return page.with(errors).answer(StatusCode::UNPROCESSABLE_ENTITY);
    }

    let login = Login::of(variant, &form.email, &form.user_name);
    let attempt = match room.try_sign_in(&shell, &headers, &login).await {
        Ok(attempt) => attempt,
        Err(AttemptError::Database(error)) => return Err(error.into()),
        Err(AttemptError::Wait(wait)) => {
            let errors = FieldErrors::one("password", wait_told(&shell, wait));
            return Ok(until(
                page.with(errors).answer(StatusCode::TOO_MANY_REQUESTS)?,
                wait,
            ));
        }
    };
    let person = room.named(variant, &form.email, &form.user_name).await?;
    let hash = person.as_ref().and_then(|person| person.password.clone());
    let right = room.is_right(&attempt, form.password.clone(), hash).await?;
    match person {
        Some(person) if right => room.admit(&headers, &request, attempt, &person).await,
        person => {
            room.settle(attempt, person.map(|person| person.id()), false)
                .await?;
            let text = shell.l.t("signin-wrong");
            page.with(FieldErrors::one("email", text))
                .answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn missing(shell: &Shell, variant: Variant, form: &Credentials) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if form.email.trim().is_empty() {
        errors.add("email", shell.l.t("signin-email-missing"));
    }
    if variant == Variant::Iam && form.user_name.trim().is_empty() {
        errors.add("user_name", shell.l.t("signin-user-name-missing"));
    }
    if form.password.is_empty() {
        errors.add("password", shell.l.t("signin-password-missing"));
    }
    errors
}

impl Identity {
    /// The password was right: a fresh session at the provider, and the answer to the client.
    async fn admit(
        &self,
        headers: &HeaderMap,
        request: &AuthorizationRequest,
        attempt: Attempt,
        person: &Person,
    ) -> Result<Response, Fault> {
        let before = self.sso_session(headers).await?;
        let now = self.app().clock().now();
        let tx = self.app().db().begin().await?;
        if !store::password_stays(&tx, person.id(), person.password.as_ref(), LockType::Share).await? {
            // Changed between the check and now: the old one no longer opens anything.
            return Err(Fault::told_with(
                StatusCode::CONFLICT,
                "signin-lost",
                "signin-again",
                "/",
            ));
        }
        attempt.succeeded(&tx, person.id()).await?;
        let replaced = before.as_ref().map(|(session, _)| session.id);
        let renewed = match before {
            Some((session, other)) if other.id() == person.id() => {
                session::renew_sso(&tx, session, now).await?
            }
            Some((session, _)) => {
                store::end_sso(&tx, session.id).await?;
                None
            }
            None => None,
        };
        let (session, token) = match renewed {
            Some(renewed) => renewed,
            None => session::open_sso(&tx, self.app().new_id(), person.id(), now).await?,
        };
        let code = self.issue_code(&tx, request, &session).await?;
        tx.commit().await?;
        if let Some(replaced) = replaced {
            self.session_changed(replaced);
        }
        let mut response = self.answer(request, &code);
        let kept = cookie(&self.app().site().public_url, SSO_COOKIE, token.expose(), None);
        response.headers_mut().append(header::SET_COOKIE, kept);
        Ok(response)
    }

    async fn issue_code(
        &self,
        tx: &impl ConnectionTrait,
        request: &AuthorizationRequest,
        session: &sso_session::Model,
    ) -> Result<Token, DbErr> {
        let code = Token::random();
        let now = self.now();
        code::ActiveModel {
            code_hash: Set(code.hash()),
            client_id: Set(request.client.id.clone()),
            redirect_uri: Set(request.redirect_uri.clone()),
            challenge: Set(request.challenge.clone()),
            scope: Set(request.scope.clone()),
            nonce: Set(request.nonce.clone()),
            person_id: Set(session.person_id),
            sso_session_id: Set(session.id),
            auth_at: Set(session.auth_at),
            expires_at: Set(now + CODE_MILLIS),
            used_at: Set(None),
        }
        .insert(tx)
        .await?;
        sso_session::Entity::update_many()
            .col_expr(sso_session::Column::SeenAt, now.into())
            .filter(sso_session::Column::Id.eq(session.id))
            .exec(tx)
            .await?;
        Ok(code)
    }

    fn answer(&self, request: &AuthorizationRequest, code: &Token) -> Response {
        redirect(
            &request
                .reply_to()
                .answer(&self.issuer(), &[("code", code.expose())]),
        )
    }

    fn refuse(&self, refusal: Refusal) -> Result<Response, Fault> {
        match refusal {
            Refusal::UnknownClient => Err(Fault::told(StatusCode::BAD_REQUEST, "signin-unknown-client")),
            Refusal::WrongRedirect => Err(Fault::told(StatusCode::BAD_REQUEST, "signin-wrong-redirect")),
            Refusal::Tell {
                to,
                error,
                description,
            } => Ok(redirect(&to.answer(
                &self.issuer(),
                &[("error", error), ("error_description", description)],
            ))),
        }
    }
}

impl Variant {
    /// Which form a request's page shows: staff have one, users choose with `as=iam`.
    fn of(people: People, query: &str) -> Self {
        let iam =
            url::form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "as" && value == "iam");
        match people {
            People::Staff => Self::Staff,
            People::Users if iam => Self::Iam,
            People::Users => Self::Root,
        }
    }
}

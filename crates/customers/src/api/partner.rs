//! What partners do.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{AccountId, CustomerId, EmailAddress, Language};
use platform::{
    L10n,
    api::{self, Body, FieldProblem, Id, Problem, problem::INVALID},
    web::{Fault, Shell},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{EXISTS, Reader, TOO_MANY, TOO_SOON, shown, views::Customer};
use crate::{
    pages::{email_error, name_error},
    room::Customers,
    rules::{FriendlyName, Role},
    service::{self, InviteError, Invitee},
};

/// The most that are invited at once.
const MOST: usize = 100;

/// The language of letters, as the API writes it.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = InvitationLanguage)]
pub(super) enum Tongue {
    En,
    Vi,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Invitations {
    /// Whom.
    #[schema(min_items = 1, max_items = 100)]
    customers: Vec<Invitation>,
    // Of the emails; without it, that of the answer. A doc comment would become a second, conflicting schema.
    #[serde(default)]
    #[schema(inline, nullable = false)]
    language: Option<Tongue>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Invitation {
    #[schema(max_length = 254, example = "name@example.com")]
    email: String,
    /// What the partner calls it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is to the partner; `partner` where nothing is given.
    #[serde(default)]
    #[schema(max_length = 50)]
    role: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Naming {
    /// What the partner calls it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is to the partner; `partner` where nothing is given.
    #[serde(default)]
    #[schema(max_length = 50)]
    role: String,
}

fn check(l: &L10n, sent: &[Invitation]) -> Result<Vec<Invitee>, Problem> {
    let mut problem = Problem::new(INVALID);
    let mut invitees = Vec::with_capacity(sent.len());
    if sent.is_empty() || sent.len() > MOST {
        let detail = l.t1("problem-too-many-at-once", "max", MOST);
        return Err(problem.error(FieldProblem::at("/customers", detail)));
    }
    for (at, one) in sent.iter().enumerate() {
        let email = one
            .email
            .parse::<EmailAddress>()
            .map_err(|error| ("email", email_error(l, error)));
        let name = FriendlyName::parse(&one.name).map_err(|error| ("name", name_error(l, error)));
        let role = Role::parse(&one.role).map_err(|error| ("role", name_error(l, error)));
        match (email, name, role) {
            (Ok(email), Ok(name), Ok(role)) => invitees.push(Invitee { email, name, role }),
            (email, name, role) => {
                for (field, detail) in [email.err(), name.err(), role.err()].into_iter().flatten() {
                    problem = problem.error(FieldProblem::at(format!("/customers/{at}/{field}"), detail));
                }
            }
        }
    }
    if invitees.len() == sent.len() {
        Ok(invitees)
    } else {
        Err(problem)
    }
}

pub(super) async fn invite(
    State(room): State<Customers>,
    shell: Shell,
    Body(sent): Body<Invitations>,
) -> Result<Response, Fault> {
    let invitees = check(&shell.l, &sent.customers)?;
    let language = match sent.language {
        Some(Tongue::En) => Language::English,
        Some(Tongue::Vi) => Language::Vietnamese,
        None => shell.l.language(),
    };
    let error = match service::invite(&room, shell.caller(), &invitees, language).await {
        Ok(invited) => {
            let reader = Reader::of(&shell)?;
            let views: Vec<Customer> = invited.iter().map(|of| Customer::new(of, reader)).collect();
            return api::json(&views);
        }
        Err(error) => error,
    };
    let (named, why) = error.named().unwrap_or_default();
    let is_named = |(_, invitee): &(usize, &Invitee)| named.contains(&invitee.email);
    let fields: Vec<FieldProblem> = invitees
        .iter()
        .enumerate()
        .filter(is_named)
        .map(|(at, _)| FieldProblem::at(format!("/customers/{at}/email"), shell.l.t(why)))
        .collect();
    let problem = match error {
        InviteError::Already(_) => Problem::new(EXISTS),
        InviteError::TooSoon(_) => Problem::new(TOO_SOON),
        InviteError::Own(_) => Problem::new(INVALID),
        InviteError::TooMany(left) => {
            let detail = shell.l.t1("customers-error-too-many", "left", left);
            Problem::new(TOO_MANY).detail(detail)
        }
        InviteError::NotPartner => return Err(Fault::forbidden()),
        InviteError::Database(error) => return Err(error.into()),
    };
    Err(fields.into_iter().fold(problem, Problem::error).into())
}

pub(super) async fn rename(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
    Body(sent): Body<Naming>,
) -> Result<Response, Fault> {
    let l = &shell.l;
    let at = |field: &str, detail| Problem::new(INVALID).error(FieldProblem::at(field, detail));
    let name = FriendlyName::parse(&sent.name).map_err(|error| at("/name", name_error(l, error)))?;
    let role = Role::parse(&sent.role).map_err(|error| at("/role", name_error(l, error)))?;
    let partner = begin(&room, &shell, &headers, id).await?;
    let renamed = service::rename(&room, shell.caller(), partner, id, name, role).await;
    shown(&room, &shell, renamed).await
}

/// The caller's account, if the customer is its own and still the version that the caller saw.
async fn begin(
    room: &Customers,
    shell: &Shell,
    headers: &HeaderMap,
    id: CustomerId,
) -> Result<AccountId, Fault> {
    let partner = shell.account()?;
    Reader::Partner(partner).find(room, id).await?;
    api::precondition(room.app(), headers, id).await?;
    Ok(partner)
}

pub(super) async fn resend(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
) -> Result<Response, Fault> {
    let partner = begin(&room, &shell, &headers, id).await?;
    let sent = service::resend(&room, shell.caller(), partner, id).await;
    shown(&room, &shell, sent).await
}

pub(super) async fn withdraw(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
) -> Result<Response, Fault> {
    let partner = begin(&room, &shell, &headers, id).await?;
    let withdrawn = service::withdraw(&room, shell.caller(), partner, id).await;
    shown(&room, &shell, withdrawn).await
}

pub(super) async fn end(
    State(room): State<Customers>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerId>,
) -> Result<Response, Fault> {
    let partner = begin(&room, &shell, &headers, id).await?;
    let ended = service::end(&room, shell.caller(), partner, id).await;
    shown(&room, &shell, ended).await
}

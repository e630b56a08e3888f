//! The page behind the link of an invitation: who invites, what it means, what stands in the way, and the answer.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::extract::Query;
use kernel::EmailAddress;
use platform::{
    actor::Capacity,
    secret::Token,
    web::{Fault, Form, Shell, flash, page, page_with, redirect},
};
use serde::Deserialize;

use super::{Check, checks, list::address};
use crate::{
    room::Customers,
    rules::{Customer, Eligibility, State as Stand, StateKind, TransitionError},
    service::{self, Refusal, Refused},
    store,
};

#[derive(Deserialize)]
pub(super) struct LinkQuery {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
pub(super) struct AnswerForm {
    #[serde(default)]
    token: String,
    /// `yes` where the partner may know which conditions are not met.
    #[serde(default)]
    share: String,
}

/// How the reader stands to the invitation.
enum Reader {
    /// Not signed in.
    Nobody,
    /// The root user of the invited account, with what the account satisfies.
    Invited(Eligibility),
    /// Of the invited account, but not its root user.
    Iam,
    /// Somebody else, with this address.
    Other(EmailAddress),
}

#[derive(Template)]
#[template(path = "customers-invitation.html")]
struct InvitationPage {
    shell: Shell,
    customer: Customer,
    partner: String,
    /// One that was found: safe in an address as it is.
    token: String,
    until: String,
    reader: Reader,
    checks: Vec<Check>,
    /// Whether a confirmation was just refused.
    refused: bool,
}

impl InvitationPage {
    fn may_confirm(&self) -> bool {
        matches!(&self.reader, Reader::Invited(checked) if checked.all_met())
    }

    fn about(&self, key: &str) -> String {
        let provider = self.shell.site().name.as_str();
        self.shell
            .l
            .t2(key, "partner", self.partner.as_str(), "provider", provider)
    }

    /// Where the invited address signs up.
    fn sign_up(&self) -> String {
        address("/sign-up", &[("email", self.customer.email.as_str())])
    }

    /// Where signing in leads back to.
    fn here(&self) -> String {
        let back = format!("/invitation?token={}", self.token);
        let to: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        format!("/sign-in?to={to}")
    }
}

pub(super) async fn show(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<LinkQuery>,
) -> Result<Response, Fault> {
    show_with(&room, shell, query.token, false).await
}

async fn show_with(room: &Customers, shell: Shell, token: String, refused: bool) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let found = store::by_link(db, &Token::presented(token.as_str())).await?;
    let customer = found.ok_or_else(|| gone("customers-link-unknown"))?;
    if let Err(error) = customer.answerable(shell.now()) {
        let partner = super::name_of(room, customer.partner).await?;
        return settled(&shell, &customer, partner, &error);
    }
    let partner = accounts::store::account(db, customer.partner)
        .await?
        .ok_or_else(Fault::not_found)?;
    let reader = reader(room, &shell, &customer).await?;
    let status = if refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = InvitationPage {
        partner: partner.display_name().to_owned(),
        token,
        until: match customer.state {
            Stand::AwaitingCustomer { expires_at } => shell.l.date_time(expires_at),
            _ => String::new(),
        },
        checks: match &reader {
            Reader::Invited(checked) => checks(&shell, checked),
            _ => Vec::new(),
        },
        reader,
        refused,
        customer,
        shell,
    };
    page_with(status, &page)
}

async fn reader(room: &Customers, shell: &Shell, customer: &Customer) -> Result<Reader, Fault> {
    let Some(person) = shell.visitor.signed_in() else {
        return Ok(Reader::Nobody);
    };
    let Some(account) = person.account() else {
        return Ok(Reader::Other(person.email.clone()));
    };
    let db = room.app().db().read();
    let account = accounts::store::account(db, account)
        .await?
        .ok_or_else(Fault::sign_in_again)?;
    if account.root.email != customer.email {
        return Ok(Reader::Other(account.root.email));
    }
    if !matches!(person.capacity, Capacity::Root { .. }) {
        return Ok(Reader::Iam);
    }
    let checked = service::eligibility(room, db, &account, customer.id).await?;
    Ok(Reader::Invited(checked))
}

/// A link that leads nowhere any more.
fn gone(key: &'static str) -> Fault {
    Fault::told(StatusCode::GONE, key)
}

/// What became of an invitation that can no longer be answered. Its owner is led to where that stands.
fn settled(
    shell: &Shell,
    customer: &Customer,
    partner: String,
    why: &TransitionError,
) -> Result<Response, Fault> {
    let reader = shell.visitor.signed_in().and_then(platform::SignedIn::account);
    if reader.is_some() && reader == customer.account() {
        return Ok(redirect("/partner"));
    }
    let key = match (why, customer.state.kind()) {
        (TransitionError::LinkExpired, _) => "customers-link-expired",
        (_, StateKind::Declined) => "customers-link-declined",
        (_, StateKind::Withdrawn) => "customers-link-withdrawn",
        _ => "customers-link-used",
    };
    Err(Fault::told_of(StatusCode::GONE, key, partner))
}

pub(super) async fn confirm(
    State(room): State<Customers>,
    shell: Shell,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let link = Token::presented(form.token.as_str());
    match service::confirm(&room, shell.caller(), &link).await {
        Ok(customer) if customer.state.kind() == StateKind::Active => {
            Ok(flash(&shell, "/partner", "customers-confirmed"))
        }
        Ok(_) => Ok(flash(&shell, "/partner", "customers-confirmed-awaits")),
        // The page says what stands in the way, or what came first.
        Err(Refused::NotFound | Refused::Overtaken | Refused::Rule(_)) => {
            show_with(&room, shell, form.token, true).await
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "customers-declined.html")]
struct DeclinedPage {
    shell: Shell,
}

pub(super) async fn decline(
    State(room): State<Customers>,
    shell: Shell,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let link = Token::presented(form.token.as_str());
    let refusal = if form.share == "yes" {
        Refusal::ShareUnmet
    } else {
        Refusal::Private
    };
    match service::decline(&room, shell.caller(), &link, refusal).await {
        Ok(_) => page(&DeclinedPage { shell }),
        Err(Refused::NotFound | Refused::Overtaken | Refused::Rule(_)) => {
            show_with(&room, shell, form.token, true).await
        }
        Err(refused) => Err(refused.into()),
    }
}

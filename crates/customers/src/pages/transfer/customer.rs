//! The page behind the link: what is proposed, what it means, and the customer's answer.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::extract::Query;
use platform::{
    actor::Capacity,
    secret::Token,
    web::{Fault, Form, Shell, page, page_with},
};
use serde::Deserialize;

use super::account;
use crate::{
    room::Customers,
    rules::{Side, Transfer, TransferError, TransferKind},
    service::{self, Refused},
    store::transfers,
};

#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    token: String,
}

/// How the reader stands to the question.
enum Reader {
    Nobody,
    /// The root user of the account.
    Owner,
    /// Somebody else.
    Other,
}

#[derive(Template)]
#[template(path = "customers-transfer-link.html")]
struct LinkPage {
    shell: Shell,
    transfer: Transfer,
    email: String,
    from: String,
    to: String,
    until: String,
    token: String,
    reader: Reader,
    refused: bool,
}

impl LinkPage {
    fn about(&self, key: &str) -> String {
        let arguments: [(&str, platform::i18n::FluentValue<'_>); 3] = [
            ("provider", self.shell.site().name.as_str().into()),
            ("from", self.from.as_str().into()),
            ("to", self.to.as_str().into()),
        ];
        self.shell.l.with(key, arguments)
    }

    /// Where signing in leads back to.
    fn here(&self) -> String {
        let back = format!("/transfer?token={}", self.token);
        let to: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        format!("/sign-in?to={to}")
    }
}

pub(super) async fn show(
    State(room): State<Customers>,
    shell: Shell,
    Query(link): Query<Link>,
) -> Result<Response, Fault> {
    show_with(&room, shell, link.token, false).await
}

async fn show_with(room: &Customers, shell: Shell, token: String, refused: bool) -> Result<Response, Fault> {
    let found = transfers::by_link(room.app().db().read(), &Token::presented(token.as_str())).await?;
    let transfer = found.ok_or_else(|| gone("customers-link-unknown"))?;
    if let Err(error) = transfer.answerable(Side::Customer, shell.now()) {
        return Err(gone(match (error, transfer.state.kind()) {
            (TransferError::TooLate, _) | (_, TransferKind::Expired) => "customers-transfer-link-expired",
            (_, TransferKind::Withdrawn | TransferKind::Lapsed) => "customers-transfer-link-withdrawn",
            _ => "customers-transfer-link-used",
        }));
    }
    let reader = match shell.visitor.signed_in() {
        None => Reader::Nobody,
        Some(person) => match person.capacity {
            Capacity::Root { .. } if person.account() == Some(transfer.account) => Reader::Owner,
            _ => Reader::Other,
        },
    };
    let status = if refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = LinkPage {
        email: account(room, transfer.account).await?.root.email.to_string(),
        from: account(room, transfer.from).await?.display_name().to_owned(),
        to: account(room, transfer.to).await?.display_name().to_owned(),
        until: transfer
            .open()
            .map_or_else(|_| String::new(), |(_, until)| shell.l.date_time(until)),
        token,
        reader,
        refused,
        transfer,
        shell,
    };
    page_with(status, &page)
}

fn gone(key: &'static str) -> Fault {
    Fault::told(StatusCode::GONE, key)
}

/// That the answer was taken: the reader may not be signed in.
#[derive(Template)]
#[template(path = "customers-transfer-answered.html")]
struct AnsweredPage {
    shell: Shell,
    /// `agreed` or `declined`.
    answer: &'static str,
    to: String,
}

impl AnsweredPage {
    fn say(&self, what: &str) -> String {
        let key = format!("customers-transfer-{}-{what}", self.answer);
        self.shell.l.t1(&key, "to", self.to.as_str())
    }
}

pub(super) async fn agree(
    State(room): State<Customers>,
    shell: Shell,
    Form(link): Form<Link>,
) -> Result<Response, Fault> {
    let token = Token::presented(link.token.as_str());
    let agreed = service::transfer::agree(&room, shell.caller(), &token).await;
    answered(&room, shell, link.token, "agreed", agreed).await
}

pub(super) async fn decline(
    State(room): State<Customers>,
    shell: Shell,
    Form(link): Form<Link>,
) -> Result<Response, Fault> {
    let token = Token::presented(link.token.as_str());
    let declined = service::transfer::decline_by_link(&room, shell.caller(), &token).await;
    answered(&room, shell, link.token, "declined", declined).await
}

async fn answered(
    room: &Customers,
    shell: Shell,
    token: String,
    answer: &'static str,
    result: Result<Transfer, Refused>,
) -> Result<Response, Fault> {
    match result {
        Ok(transfer) => page(&AnsweredPage {
            to: account(room, transfer.to).await?.display_name().to_owned(),
            answer,
            shell,
        }),
        // The page says what came first, or who is to answer.
        Err(Refused::NotFound | Refused::Overtaken | Refused::Transfer(_)) => {
            show_with(room, shell, token, true).await
        }
        Err(refused) => Err(refused.into()),
    }
}

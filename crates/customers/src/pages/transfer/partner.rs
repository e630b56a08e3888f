//! What the receiving partner sees, once the customer has agreed.

use accounts::account::Account;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::AccountId;
use platform::{
    Area,
    web::{Fault, FieldErrors, Form, Shell, When, flash, page, page_with},
};
use serde::Deserialize;

use super::{
    super::{answer, confirm::ConfirmPage, name_error},
    OFFERS, Row, account, id,
};
use crate::{
    room::Customers,
    rules::{FriendlyName, Role, Transfer, TransferKind},
    service,
    store::transfers::{self, Transfers},
};

/// How many the list shows: the newest.
const SHOWN: u64 = 100;

/// How many customers are offered to a partner and await its answer.
pub(in crate::pages) async fn offers(room: &Customers, partner: AccountId) -> Result<usize, Fault> {
    let open = Transfers {
        offered_to: Some(partner),
        state: Some(TransferKind::AwaitingPartner),
    };
    Ok(open.after(room.app().db().read(), None, SHOWN).await?.len())
}

#[derive(Template)]
#[template(path = "customers-transfers.html")]
struct OffersPage {
    shell: Shell,
    rows: Vec<Row>,
}

pub(super) async fn list(State(room): State<Customers>, shell: Shell) -> Result<Response, Fault> {
    let offered = Transfers {
        offered_to: Some(shell.account()?),
        state: None,
    };
    let mut rows = Vec::new();
    for transfer in offered.after(room.app().db().read(), None, SHOWN).await? {
        let customer = account(&room, transfer.account).await?;
        let since = transfer.offered_at.unwrap_or(transfer.opened_at);
        rows.push(Row::new(
            &shell.l,
            &transfer,
            customer.display_name().to_owned(),
            since,
        ));
    }
    page(&OffersPage { shell, rows })
}

/// One that was offered to the reader's account: before the customer agreed, it is not there.
async fn offered(room: &Customers, shell: &Shell, text: &str) -> Result<(Transfer, Account), Fault> {
    let partner = shell.account()?;
    let transfer = transfers::find(room.app().db().read(), id(text)?)
        .await?
        .filter(|transfer| transfer.to == partner && transfer.offered_at.is_some())
        .ok_or_else(Fault::not_found)?;
    let customer = account(room, transfer.account).await?;
    Ok((transfer, customer))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct AcceptForm {
    name: String,
    role: String,
}

#[derive(Template)]
#[template(path = "customers-transfer-offer.html")]
struct OfferPage {
    shell: Shell,
    errors: FieldErrors,
    transfer: Transfer,
    customer: Account,
    until: Option<When>,
    form: AcceptForm,
    manages: bool,
}

pub(super) async fn show(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let (transfer, customer) = offered(&room, &shell, &text).await?;
    let form = AcceptForm {
        name: customer.display_name().to_owned(),
        role: String::new(),
    };
    show_with(shell, transfer, customer, form, FieldErrors::default())
}

fn show_with(
    shell: Shell,
    transfer: Transfer,
    customer: Account,
    form: AcceptForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = OfferPage {
        until: transfer.open().ok().map(|(_, until)| When::new(&shell.l, until)),
        manages: shell.person()?.manages(Area::Customers),
        transfer,
        customer,
        errors,
        form,
        shell,
    };
    page_with(status, &page)
}

pub(super) async fn accept(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<AcceptForm>,
) -> Result<Response, Fault> {
    let (transfer, customer) = offered(&room, &shell, &text).await?;
    let mut errors = FieldErrors::default();
    let l = &shell.l;
    let name = FriendlyName::parse(&form.name).map_err(|error| name_error(l, error));
    let name = errors.check("name", name);
    let role = Role::parse(&form.role).map_err(|error| name_error(l, error));
    let role = errors.check("role", role);
    let (Some(name), Some(role)) = (name, role) else {
        return show_with(shell, transfer, customer, form, errors);
    };
    let accepted =
        service::transfer::accept(&room, shell.caller(), transfer.to, transfer.id, name, role).await;
    let to = match &accepted {
        Ok(received) => format!("/customers/{}", received.id),
        Err(_) => format!("{OFFERS}/{}", transfer.id),
    };
    answer(&shell, &to, "customers-transfer-accepted", accepted)
}

pub(super) async fn confirm_decline(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let (transfer, customer) = offered(&room, &shell, &text).await?;
    let back = format!("{OFFERS}/{}", transfer.id);
    if transfer.open().is_err() {
        return Ok(flash(&shell, &back, "customers-overtaken"));
    }
    let l = &shell.l;
    ConfirmPage {
        title: l.t1(
            "customers-transfer-decline-title",
            "name",
            customer.display_name(),
        ),
        texts: vec![l.t("customers-transfer-decline-offer-text")],
        warning: None,
        facts: vec![(l.t("customers-email"), customer.root.email.to_string())],
        action: format!("{back}/decline"),
        button: l.t("customers-decline"),
        is_danger: true,
        back,
        shell,
    }
    .show()
}

pub(super) async fn decline(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let (transfer, _) = offered(&room, &shell, &text).await?;
    let declined = service::transfer::decline(&room, shell.caller(), transfer.to, transfer.id).await;
    answer(&shell, OFFERS, "customers-transfer-offer-declined", declined)
}

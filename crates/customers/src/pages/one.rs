//! A customer, as its partner sees it, and what the partner does with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::{AccountId, CustomerId};
use platform::{
    Area,
    event::history,
    web::{Fault, FieldErrors, Form, Shell, TimeTag, flash, page_with},
};
use serde::Deserialize;

use super::{
    answer,
    confirm::ConfirmPage,
    id, name_error, role_shown, role_typed,
    timeline::{Item, Reader, items},
};
use crate::{
    event::CustomerEvent,
    room::Customers,
    rules::{Customer, FriendlyName, Role, StateKind},
    service, store,
};

#[derive(Template)]
#[template(path = "customers-one.html")]
struct OnePage {
    shell: Shell,
    errors: FieldErrors,
    customer: Customer,
    form: RenameForm,
    time: Option<TimeTag>,
    items: Vec<Item>,
    /// The account, where it is or was the partner's customer.
    account: Option<AccountId>,
    manages: bool,
    tops_up: bool,
    sees_discounts: bool,
}

impl OnePage {
    fn kind(&self) -> StateKind {
        self.customer.state.kind()
    }

    fn role(&self) -> String {
        role_shown(&self.shell.l, &self.customer.role)
    }

    fn may_resend(&self) -> bool {
        matches!(self.kind(), StateKind::AwaitingCustomer | StateKind::Expired)
    }

    fn may_end(&self) -> bool {
        self.kind() == StateKind::Active
    }

    fn may_withdraw(&self) -> bool {
        matches!(
            self.kind(),
            StateKind::AwaitingCustomer | StateKind::AwaitingApproval
        )
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RenameForm {
    name: String,
    role: String,
}

/// The relation, where it is the reader's.
async fn own(room: &Customers, shell: &Shell, text: &str) -> Result<Customer, Fault> {
    let partner = shell.account()?;
    store::find(room.app().db().read(), id(text)?)
        .await?
        .filter(|customer| customer.partner == partner)
        .ok_or_else(Fault::not_found)
}

pub(super) async fn show(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let customer = own(&room, &shell, &text).await?;
    let form = RenameForm {
        name: customer.name.to_string(),
        role: role_typed(&customer.role),
    };
    page_of(&room, shell, customer, form, FieldErrors::default()).await
}

async fn page_of(
    room: &Customers,
    shell: Shell,
    customer: Customer,
    form: RenameForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let happened = history::<CustomerEvent>(room.app().db().read(), customer.id).await?;
    let provider = shell.site().name.clone();
    let person = shell.person()?;
    let is_active = customer.state.kind() == StateKind::Active;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = OnePage {
        time: customer
            .deadline()
            .map(|deadline| TimeTag::new(&shell.l, room.calendar(), shell.now(), deadline)),
        items: items(&shell.l, &provider, &customer, &happened, Reader::Partner),
        account: customer.managed_account(),
        manages: person.manages(Area::Customers),
        tops_up: is_active && person.manages(Area::Credit),
        sees_discounts: person.sees(Area::Discounts),
        errors,
        form,
        customer,
        shell,
    };
    page_with(status, &page)
}

pub(super) async fn rename(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<RenameForm>,
) -> Result<Response, Fault> {
    let customer = own(&room, &shell, &text).await?;
    let mut errors = FieldErrors::default();
    let l = &shell.l;
    let name = FriendlyName::parse(&form.name).map_err(|error| name_error(l, error));
    let name = errors.check("name", name);
    let role = Role::parse(&form.role).map_err(|error| name_error(l, error));
    let role = errors.check("role", role);
    let (Some(name), Some(role)) = (name, role) else {
        return page_of(&room, shell, customer, form, errors).await;
    };
    let renamed = service::rename(&room, shell.caller(), customer.partner, customer.id, name, role).await;
    answer(&shell, &path(customer.id), "customers-renamed", renamed)
}

pub(super) async fn resend(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let sent = service::resend(&room, shell.caller(), shell.account()?, id).await;
    answer(&shell, &path(id), "customers-resent", sent)
}

pub(super) async fn confirm_withdraw(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let customer = own(&room, &shell, &text).await?;
    if customer.clone().withdraw(shell.now()).is_err() {
        return Ok(flash(&shell, &path(customer.id), "customers-overtaken"));
    }
    let l = &shell.l;
    ConfirmPage {
        title: l.t1("customers-withdraw-title", "name", customer.name.as_str()),
        texts: vec![l.t("customers-withdraw-text")],
        warning: None,
        facts: facts(&shell, &customer),
        action: format!("{}/withdraw", path(customer.id)),
        button: l.t("customers-withdraw"),
        is_danger: true,
        back: path(customer.id),
        shell,
    }
    .show()
}

pub(super) async fn withdraw(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let withdrawn = service::withdraw(&room, shell.caller(), shell.account()?, id).await;
    answer(&shell, &path(id), "customers-withdrawn", withdrawn)
}

pub(super) async fn confirm_end(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let customer = own(&room, &shell, &text).await?;
    let (Some(account), StateKind::Active) = (customer.account(), customer.state.kind()) else {
        return Ok(flash(&shell, &path(customer.id), "customers-overtaken"));
    };
    let currency = shell.site().currency;
    let credit = ledger::store::credit_of(room.app().db().read(), account, currency).await?;
    let l = &shell.l;
    let warning = match credit.minor() {
        0 => None,
        // The amount is for whoever sees credit.
        _ if shell.person()?.sees(Area::Credit) => {
            Some(l.t1("customers-end-credit-amount", "amount", l.money(credit)))
        }
        _ => Some(l.t("customers-end-credit")),
    };
    ConfirmPage {
        title: l.t1("customers-end-title", "name", customer.name.as_str()),
        texts: vec![l.t("customers-end-text")],
        warning,
        facts: facts(&shell, &customer),
        action: format!("{}/end", path(customer.id)),
        button: l.t("customers-end"),
        is_danger: true,
        back: path(customer.id),
        shell,
    }
    .show()
}

pub(super) async fn end(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    let ended = service::end(&room, shell.caller(), shell.account()?, id).await;
    answer(&shell, &path(id), "customers-ended", ended)
}

fn facts(shell: &Shell, of: &Customer) -> Vec<(String, String)> {
    let l = &shell.l;
    vec![
        (l.t("customers-name"), of.name.to_string()),
        (l.t("customers-email"), of.email.to_string()),
    ]
}

fn path(id: CustomerId) -> String {
    format!("/customers/{id}")
}

//! Staff propose that a customer moves, and take that back.

use accounts::account::Account;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Query;
use kernel::{AccountId, Words, WordsError};
use platform::{
    Permission,
    web::{Fault, FieldErrors, Form, Shell, flash, page, page_with},
};
use serde::Deserialize;

use super::{
    super::{QUEUE, answer, confirm::ConfirmPage, id as relation_id},
    Row, account, id,
};
use crate::{
    room::Customers,
    rules::{Customer, StateKind, Transfer},
    service::{self, Refused},
    store::{self, transfers},
};

/// How many partners a search shows.
const FOUND: u64 = 20;

/// The transfers of a relation, as its page shows them.
pub(in crate::pages) struct Transfers {
    pub(in crate::pages) rows: Vec<Row>,
    /// Whether the reader may propose one now: of a relation that is active, has no open one, and is not of an own account.
    pub(in crate::pages) begins: bool,
    /// Whether the reader's role takes an open one back.
    pub(in crate::pages) withdraws: bool,
}

impl Transfers {
    pub(in crate::pages) async fn of(
        room: &Customers,
        shell: &Shell,
        relation: &Customer,
    ) -> Result<Self, Fault> {
        let db = room.app().db().read();
        let mut rows = Vec::new();
        for transfer in transfers::of_relation(db, relation.id).await? {
            let to = account(room, transfer.to).await?.display_name().to_owned();
            rows.push(Row::new(&shell.l, &transfer, to, transfer.opened_at));
        }
        let free = relation.state.kind() == StateKind::Active && !rows.iter().any(|row| row.kind.is_open());
        let mover = service::transfer::mover(db, shell.staff()?, relation, None).await?;
        Ok(Self {
            begins: free
                && mover
                    .as_ref()
                    .is_some_and(|by| by.may(Permission::TransferCustomers).is_ok()),
            withdraws: mover.is_some_and(|by| by.role.may(Permission::TransferCustomers)),
            rows,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ProposalForm {
    q: String,
    to: String,
    words: String,
    /// `yes` behind the page that asks.
    sure: String,
}

#[derive(Template)]
#[template(path = "customers-transfer-new.html")]
struct ProposalPage {
    shell: Shell,
    errors: FieldErrors,
    name: String,
    partner: String,
    path: String,
    form: ProposalForm,
    found: Vec<Account>,
}

#[derive(Template)]
#[template(path = "customers-transfer-sure.html")]
struct SurePage {
    shell: Shell,
    name: String,
    from: String,
    to: Account,
    path: String,
    form: ProposalForm,
}

pub(super) async fn form(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
    Query(form): Query<ProposalForm>,
) -> Result<Response, Fault> {
    let customer = relation(&room, &text).await?;
    if !Transfers::of(&room, &shell, &customer).await?.begins {
        return Ok(flash(
            &shell,
            &format!("{QUEUE}/{}", customer.id),
            "customers-overtaken",
        ));
    }
    show(&room, shell, &customer, form, FieldErrors::default()).await
}

async fn relation(room: &Customers, text: &str) -> Result<Customer, Fault> {
    store::find(room.app().db().read(), relation_id(text)?)
        .await?
        .ok_or_else(Fault::not_found)
}

async fn show(
    room: &Customers,
    shell: Shell,
    customer: &Customer,
    form: ProposalForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let text: String = form.q.trim().chars().take(200).collect();
    let mut found = Vec::new();
    if !text.is_empty() {
        found = transfers::partners_called(room.app().db().read(), &text, FOUND).await?;
        found.retain(|partner| partner.id != customer.partner);
    }
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ProposalPage {
        name: customer.name.to_string(),
        partner: account(room, customer.partner).await?.display_name().to_owned(),
        path: format!("{QUEUE}/{}", customer.id),
        found,
        form,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// Asks once more, then proposes.
pub(super) async fn submit(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<ProposalForm>,
) -> Result<Response, Fault> {
    let customer = relation(&room, &text).await?;
    let l = &shell.l;
    let mut errors = FieldErrors::default();
    let to = form.to.parse::<AccountId>();
    let to = errors.check("to", to.map_err(|_| l.t("customers-transfer-error-to")));
    let words = Words::parse(&form.words).map_err(|error| match error {
        WordsError::Empty => l.t("customers-error-words"),
        WordsError::TooLong => l.t1("customers-error-long", "max", Words::MAX),
    });
    let words = errors.check("words", words);
    let (Some(to), Some(words)) = (to, words) else {
        return show(&room, shell, &customer, form, errors).await;
    };
    let path = format!("{QUEUE}/{}", customer.id);
    if form.sure == "yes" {
        let proposed = service::transfer::propose(&room, shell.caller(), customer.id, to, words).await;
        return answered(&shell, &path, "customers-transfer-proposed", proposed);
    }
    let to = accounts::store::account(room.app().db().read(), to).await?;
    let Some(to) = to.filter(|to| to.partner_since.is_some()) else {
        errors.add("to", shell.l.t("customers-transfer-error-to"));
        return show(&room, shell, &customer, form, errors).await;
    };
    page(&SurePage {
        name: customer.name.to_string(),
        from: account(&room, customer.partner).await?.display_name().to_owned(),
        to,
        path,
        form,
        shell,
    })
}

/// Back to the case; an open transfer is said as one.
fn answered(
    shell: &Shell,
    to: &str,
    done: &'static str,
    result: Result<Transfer, Refused>,
) -> Result<Response, Fault> {
    match result {
        Err(Refused::Already) => Ok(flash(shell, to, "customers-transfer-already")),
        result => answer(shell, to, done, result),
    }
}

async fn open(room: &Customers, text: &str) -> Result<Transfer, Fault> {
    transfers::find(room.app().db().read(), id(text)?)
        .await?
        .ok_or_else(Fault::not_found)
}

pub(super) async fn confirm_withdraw(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let transfer = open(&room, &text).await?;
    let back = format!("{QUEUE}/{}", transfer.relation);
    if transfer.open().is_err() {
        return Ok(flash(&shell, &back, "customers-overtaken"));
    }
    let l = &shell.l;
    let (customer, to) = (
        account(&room, transfer.account).await?,
        account(&room, transfer.to).await?,
    );
    ConfirmPage {
        title: l.t1(
            "customers-transfer-withdraw-title",
            "name",
            customer.display_name(),
        ),
        texts: vec![l.t("customers-transfer-withdraw-text")],
        warning: None,
        facts: vec![(l.t("customers-transfer-to"), to.display_name().to_owned())],
        action: format!("/staff/customers/transfers/{}/withdraw", transfer.id),
        button: l.t("customers-transfer-withdraw"),
        is_danger: true,
        back,
        shell,
    }
    .show()
}

pub(super) async fn withdraw(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let transfer = open(&room, &text).await?;
    let back = format!("{QUEUE}/{}", transfer.relation);
    let withdrawn = service::transfer::withdraw(&room, shell.caller(), transfer.id).await;
    answered(&shell, &back, "customers-transfer-withdrawn", withdrawn)
}

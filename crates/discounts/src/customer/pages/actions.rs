//! Taking a discount back, and ending it: after a second look.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use customers::directory::Customer;
use platform::web::{Fault, Shell, flash, page};

use super::{Row, customer, discount, fault, path_of};
use crate::{Discounts, customer::service};

/// A second look.
#[derive(Template)]
#[template(path = "customer-discount-confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    customer: &'a Customer,
    row: Row,
    path: String,
    /// Whether it is about taking back; otherwise about ending.
    withdraws: bool,
}

async fn confirm(
    room: Discounts,
    shell: Shell,
    (of, id): (String, String),
    withdraws: bool,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let customer = customer(&room, partner, &of).await?;
    let discount = discount(&room, partner, &customer, &id).await?;
    let list = room.catalogue().prices().await?;
    let now = room.app().clock().now();
    // What cannot be done any more is told before anybody is asked to confirm it.
    let possible = if withdraws {
        discount.clone().withdraw(now)
    } else {
        discount.clone().end_early(room.calendar().zone(), now)
    };
    possible.map_err(|refused| fault(refused.into()))?;
    page(&ConfirmPage {
        row: Row::new(&shell.l, &list, &discount, now),
        path: path_of(customer.account),
        customer: &customer,
        shell: &shell,
        withdraws,
    })
}

pub(super) async fn ask_to_withdraw(
    State(room): State<Discounts>,
    shell: Shell,
    Path(names): Path<(String, String)>,
) -> Result<Response, Fault> {
    confirm(room, shell, names, true).await
}

pub(super) async fn ask_to_end(
    State(room): State<Discounts>,
    shell: Shell,
    Path(names): Path<(String, String)>,
) -> Result<Response, Fault> {
    confirm(room, shell, names, false).await
}

pub(super) async fn withdraw(
    State(room): State<Discounts>,
    shell: Shell,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let customer = customer(&room, partner, &of).await?;
    let discount = discount(&room, partner, &customer, &id).await?;
    service::withdraw(&room, shell.caller(), partner, discount.id)
        .await
        .map_err(fault)?;
    Ok(flash(
        &shell,
        &path_of(customer.account),
        "customer-discount-now-withdrawn",
    ))
}

pub(super) async fn end(
    State(room): State<Discounts>,
    shell: Shell,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let customer = customer(&room, partner, &of).await?;
    let discount = discount(&room, partner, &customer, &id).await?;
    service::end(&room, shell.caller(), partner, discount.id)
        .await
        .map_err(fault)?;
    Ok(flash(
        &shell,
        &path_of(customer.account),
        "customer-discount-now-ended",
    ))
}

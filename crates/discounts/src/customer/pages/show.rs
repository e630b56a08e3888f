//! What one customer is, will be and was granted.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use customers::directory::Customer;
use platform::{
    actor::Area,
    web::{Fault, Shell, page},
};

use super::{BASE, Row, customer_or_former, path_of};
use crate::{
    Discounts,
    customer::{rules::Standing, store},
};

/// Discounts under one heading.
struct Part {
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "customer-discount.html")]
struct CustomerPage<'a> {
    shell: &'a Shell,
    customer: &'a Customer,
    parts: Vec<Part>,
    empty: bool,
    manages: bool,
    /// Whether it is not the partner's customer any more.
    is_former: bool,
    base: &'static str,
    path: String,
}

pub(super) async fn show(
    State(room): State<Discounts>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let (customer, is_former) = customer_or_former(&room, partner, &id).await?;
    let (db, now) = (room.app().db().read(), room.app().clock().now());
    let list = room.catalogue().prices().await?;
    let all = store::of_customer(db, customer.account, partner).await?;
    let rows = |standings: &[Standing]| -> Vec<Row> {
        all.iter()
            .filter(|discount| standings.contains(&discount.standing(now)))
            .map(|discount| Row::new(&shell.l, &list, discount, now))
            .collect()
    };
    let parts = vec![
        Part {
            title: "customer-discount-part-current",
            rows: rows(&[Standing::Current]),
        },
        Part {
            title: "customer-discount-part-awaiting",
            rows: rows(&[Standing::Awaiting]),
        },
        Part {
            title: "customer-discount-part-history",
            rows: rows(&[Standing::Past, Standing::Withdrawn]),
        },
    ];
    page(&CustomerPage {
        parts,
        empty: all.is_empty(),
        manages: !is_former && shell.person()?.manages(Area::Discounts),
        is_former,
        base: BASE,
        path: path_of(customer.account),
        customer: &customer,
        shell: &shell,
    })
}

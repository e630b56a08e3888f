//! All customers, with what is in force for each.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::State, response::Response};
use customers::directory::{self, Customer};
use kernel::AccountId;
use platform::web::{Fault, Shell, page};

use super::{BASE, in_short};
use crate::{
    Discounts,
    customer::{rules::Standing, store},
};

/// A customer, and what it is granted.
#[derive(Default)]
struct Granted {
    current: Vec<String>,
    awaiting: usize,
}

#[derive(Template)]
#[template(path = "customer-discounts.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    rows: Vec<(Customer, Granted)>,
    base: &'static str,
}

pub(super) async fn show(State(room): State<Discounts>, shell: Shell) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let (db, now) = (room.app().db().read(), room.app().clock().now());
    let list = room.catalogue().prices().await?;
    let mut granted: HashMap<AccountId, Granted> = HashMap::new();
    for discount in store::standing(db, partner, now).await? {
        let of = granted.entry(discount.customer).or_default();
        match discount.standing(now) {
            Standing::Current => of.current.push(in_short(&shell.l, &list, &discount)),
            _ => of.awaiting += 1,
        }
    }
    let customers = directory::active(db, partner).await?;
    let rows = customers.into_iter().map(|customer| {
        let granted = granted.remove(&customer.account).unwrap_or_default();
        (customer, granted)
    });
    page(&ListPage {
        shell: &shell,
        rows: rows.collect(),
        base: BASE,
    })
}

//! A customer's move to another partner, as staff, the customer and the receiving partner see it.

mod customer;
mod every;
mod partner;
mod staff;

use accounts::account::Account;
use kernel::{AccountId, CustomerTransferId};
use platform::{
    L10n, Permission,
    web::{Fault, Need, Routes, When},
};

use super::{MANAGE, SEE, STAFF_SEE};
use crate::{
    room::Customers,
    rules::{Transfer, TransferKind},
};
pub(super) use partner::offers;
pub(super) use staff::Transfers;

/// Staff who move customers.
const MOVE: Need = Need::Staff(Permission::TransferCustomers);

/// Where staff find all of them.
const EVERY: &str = "/staff/customers/transfers";

/// Where the receiving partner finds what is offered.
const OFFERS: &str = "/customers/transfers";

pub(super) fn routes(routes: Routes<Customers>) -> Routes<Customers> {
    routes
        .get("/staff/customers/{id}/transfer", MOVE, staff::form)
        .post("/staff/customers/{id}/transfer", MOVE, staff::submit)
        .get(EVERY, STAFF_SEE, every::list)
        .get(
            "/staff/customers/transfers/{id}/withdraw",
            MOVE,
            staff::confirm_withdraw,
        )
        .post("/staff/customers/transfers/{id}/withdraw", MOVE, staff::withdraw)
        .get("/transfer", Need::Nothing, customer::show)
        .post("/transfer/agree", Need::Root, customer::agree)
        .post("/transfer/decline", Need::Nothing, customer::decline)
        .get(OFFERS, SEE, partner::list)
        .get("/customers/transfers/{id}", SEE, partner::show)
        .post("/customers/transfers/{id}/accept", MANAGE, partner::accept)
        .get(
            "/customers/transfers/{id}/decline",
            MANAGE,
            partner::confirm_decline,
        )
        .post("/customers/transfers/{id}/decline", MANAGE, partner::decline)
}

/// A transfer, as lists show it.
pub(super) struct Row {
    pub(super) id: CustomerTransferId,
    pub(super) kind: TransferKind,
    /// Who else takes part: for staff the receiving partner, for that one the customer.
    pub(super) with: String,
    pub(super) since: When,
    /// Until when somebody is to answer.
    pub(super) until: Option<When>,
}

impl Row {
    fn new(l: &L10n, of: &Transfer, with: String, since: jiff::Timestamp) -> Self {
        Self {
            id: of.id,
            kind: of.state.kind(),
            with,
            since: When::new(l, since),
            until: of.open().ok().map(|(_, until)| When::new(l, until)),
        }
    }
}

/// An id from an address; what is none names nothing.
fn id(text: &str) -> Result<CustomerTransferId, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

async fn account(room: &Customers, id: AccountId) -> Result<Account, Fault> {
    accounts::store::account(room.app().db().read(), id)
        .await?
        .ok_or_else(|| Fault::internal(format!("a transfer names account {id}, which is not there")))
}

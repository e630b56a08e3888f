//! The use cases. Money moves through the ledger alone: top-ups, of which many come at once, through its [`Poster`], which
//! shares commits; what changes with state of this room in that state's own transaction. Either way the movement, what
//! changed with it, the events and the letters are one transaction.

mod alerts;
mod deposits;
mod managed;
mod refunds;
mod reversals;
mod top_up;
mod usage;

use kernel::{AccountId, Money, TransferId};
use ledger::{Account as Holder, Poster, Receipt};
use serde_json::{Value, json};

pub use alerts::{AlertRefused, alert_of, look_at, set_alert};
pub use deposits::{DepositRefused, Recorded, confirm, reason, record, reject};
pub use managed::{Managed, Parties, Refusal as TopUpRefusal, Relation};
pub use refunds::{RefundRefused, Refunding, refund};
pub use reversals::{ReversalRefused, reverse, reversible};
pub use top_up::{TopUp, TopUpRefused, top_up};
pub use usage::{Imported, Row, RowRefused, Taken, import, settle};

/// The poster of top-ups.
pub type TopUps = Poster<Managed>;

/// What a movement did to one account, for the audit trail: before and after.
fn change(receipt: &Receipt, account: AccountId) -> (Value, Value) {
    let side = if receipt.from.account == Holder::from(account) {
        &receipt.from
    } else {
        &receipt.to
    };
    (
        json!({ "balance": side.before }),
        json!({ "balance": side.balance }),
    )
}

/// The balance of an account after a movement.
fn balance(receipt: &Receipt, account: AccountId) -> Money {
    if receipt.from.account == Holder::from(account) {
        receipt.from.balance
    } else {
        receipt.to.balance
    }
}

/// A movement as people name it: short, and the same on every page.
#[must_use]
pub fn reference(id: TransferId) -> String {
    kernel::reference("TRX", id)
}

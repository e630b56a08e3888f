//! What happens to credit. Timelines, the audit trail, webhooks and letters follow from it. Amounts are minor units of
//! the currency beside them.

use std::collections::HashMap;

use kernel::{AccountId, DepositId, Money, TransferId, Words};
use platform::{
    Area,
    event::{Event, Kind, Subject, row},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::rules::{Deposit, DepositState, Reference};

/// Something that happened to an account's credit. It never holds what staff note among themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CreditEvent {
    /// Staff recorded a payment above the limit: a second person is to confirm it.
    DepositRecorded {
        /// How much.
        amount: Money,
        /// The payment's reference.
        reference: Reference,
    },
    /// A payment is in the balance.
    DepositPosted {
        /// How much.
        amount: Money,
        /// The payment's reference.
        reference: Reference,
        /// The balance after it.
        balance: Money,
        /// The movement.
        transfer: TransferId,
    },
    /// The second person did not confirm a payment.
    DepositRejected {
        /// How much.
        amount: Money,
        /// The payment's reference.
        reference: Reference,
        /// Why.
        reason: Words,
    },
    /// Staff took a payment back out of the balance.
    DepositReversed {
        /// How much.
        amount: Money,
        /// The payment's reference.
        reference: Reference,
        /// Why.
        reason: Words,
    },
    /// A partner moved credit to its customer: the partner's side.
    TopUpSent {
        /// The customer.
        customer: AccountId,
        /// How much.
        amount: Money,
        /// The partner's balance after it.
        balance: Money,
        /// The movement.
        transfer: TransferId,
    },
    /// The customer's side of the same.
    TopUpReceived {
        /// The partner.
        partner: AccountId,
        /// How much.
        amount: Money,
        /// The customer's balance after it.
        balance: Money,
        /// The movement.
        transfer: TransferId,
    },
    /// Staff took a movement back: once for each account that it concerns.
    Reversed {
        /// What was taken back.
        original: TransferId,
        /// The movement that did so.
        transfer: TransferId,
        /// How much.
        amount: Money,
        /// The balance after it.
        balance: Money,
        /// Why.
        reason: Words,
    },
    /// Usage was taken from the balance.
    UsageCharged {
        /// How many rows, whole or in part.
        rows: usize,
        /// How much in all.
        amount: Money,
        /// What is still outstanding.
        outstanding: Money,
        /// The balance after it.
        balance: Money,
    },
    /// Usage came in that the balance does not cover.
    UsageOutstanding {
        /// What is outstanding in all.
        outstanding: Money,
    },
    /// Staff refunded usage.
    UsageRefunded {
        /// Our id of the row.
        usage: Uuid,
        /// Billing's.
        row: String,
        /// What came back to the balance.
        credited: Money,
        /// What is no longer outstanding.
        waived: Money,
        /// The balance after it.
        balance: Money,
        /// Why.
        reason: Words,
    },
    /// The balance fell below the threshold.
    LowBalance {
        /// The balance.
        balance: Money,
        /// The threshold.
        threshold: Money,
    },
    /// The account set its threshold.
    AlertSet {
        /// None: the provider's default.
        threshold: Option<Money>,
    },
}

platform::event_kinds! {
    CreditEvent:
    DepositRecorded => Kind::staff("credit.deposit_recorded"),
    DepositPosted => Kind::area(Area::Credit, "credit.deposit_posted"),
    DepositRejected => Kind::staff("credit.deposit_rejected"),
    DepositReversed => Kind::staff("credit.deposit_reversed"),
    TopUpSent => Kind::area(Area::Credit, "credit.top_up_sent"),
    TopUpReceived => Kind::area(Area::Credit, "credit.top_up_received"),
    Reversed => Kind::area(Area::Credit, "credit.reversed"),
    UsageCharged => Kind::area(Area::Credit, "credit.usage_charged"),
    UsageOutstanding => Kind::area(Area::Credit, "credit.usage_outstanding"),
    UsageRefunded => Kind::area(Area::Credit, "credit.usage_refunded"),
    LowBalance => Kind::area(Area::Credit, "credit.low_balance"),
    AlertSet => Kind::area(Area::Credit, "credit.alert_set"),
}

/// The kinds of events of this room. What is not in the balance yet is the staff's own affair; that a payment was taken out
/// again is told the account as the movement that it is.
pub const EVENTS: &[&[Kind]] = &[CreditEvent::KINDS];

/// What events about a deposit are about.
#[must_use]
pub fn deposit(id: DepositId, account: AccountId) -> Subject {
    Subject {
        kind: "deposit",
        id: id.into(),
        account: Some(account),
    }
}

/// What events about a movement are about, seen from one of its accounts.
#[must_use]
pub fn transfer(id: TransferId, account: AccountId) -> Subject {
    Subject {
        kind: "transfer",
        id: id.into(),
        account: Some(account),
    }
}

/// What events about an account's credit as a whole are about.
#[must_use]
pub fn credit(account: AccountId) -> Subject {
    Subject {
        kind: "credit",
        id: account.into(),
        account: Some(account),
    }
}

/// What events about a row of usage are about.
#[must_use]
pub fn usage(id: Uuid, account: AccountId) -> Subject {
    Subject {
        kind: "usage",
        id,
        account: Some(account),
    }
}

/// What events about an account's threshold are about.
#[must_use]
pub fn alert(id: Uuid, account: AccountId) -> Subject {
    Subject {
        kind: "credit_alert",
        id,
        account: Some(account),
    }
}

/// Why movements were taken back, by the movements that did so.
pub async fn reasons(
    db: &impl ConnectionTrait,
    reversals: impl Iterator<Item = TransferId>,
) -> Result<HashMap<TransferId, String>, DbErr> {
    let ids: Vec<Uuid> = reversals.map(Uuid::from).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = row::Entity::find()
        .filter(row::Column::SubjectId.is_in(ids))
        .filter(row::Column::Kind.eq("credit.reversed"))
        .all(db)
        .await?;
    let reason = |row: &row::Model| match serde_json::from_str(&row.data) {
        Ok(CreditEvent::Reversed { transfer, reason, .. }) => Some((transfer, reason.to_string())),
        _ => None,
    };
    Ok(rows.iter().filter_map(reason).collect())
}

/// Where a deposit stands, for the audit trail.
#[must_use]
pub fn standing(of: &Deposit) -> Value {
    let mut standing = json!({
        "state": of.state.kind().as_str(),
        "amount": of.amount,
        "reference": of.reference,
        "recorded_by": of.recorded_by,
    });
    let Value::Object(fields) = &mut standing else {
        return standing;
    };
    match &of.state {
        DepositState::AwaitingSecond => {}
        DepositState::Posted { by, transfer, .. } => {
            fields.insert("settled_by".to_owned(), json!(by));
            fields.insert("transfer".to_owned(), json!(transfer));
        }
        DepositState::Rejected { by, reason, .. } | DepositState::Reversed { by, reason, .. } => {
            fields.insert("settled_by".to_owned(), json!(by));
            fields.insert("reason".to_owned(), json!(reason));
        }
    }
    standing
}

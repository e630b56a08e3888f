//! What staff recorded, and what billing reported.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rules::{self, DepositState};

/// A payment that staff recorded.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Deposit {
    id: Uuid,
    account_id: Uuid,
    amount: i64,
    #[schema(example = "VND")]
    currency: &'static str,
    /// As the bank statement names it.
    reference: String,
    /// Among staff.
    #[schema(required = true)]
    note: Option<String>,
    /// Who of the staff recorded it.
    recorded_by: Uuid,
    recorded_at: Timestamp,
    #[serde(flatten)]
    state: State,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = DepositState)]
enum State {
    /// A second person is to look at it. Nothing has moved.
    AwaitingSecond,
    /// It is in the balance.
    Posted {
        settled_at: Timestamp,
        /// The second person or, up to the limit, who recorded it.
        settled_by: Uuid,
        transfer_id: Uuid,
    },
    /// The second person did not confirm it.
    Rejected {
        settled_at: Timestamp,
        settled_by: Uuid,
        reason: String,
    },
    /// It was in the balance and was taken back.
    Reversed {
        settled_at: Timestamp,
        settled_by: Uuid,
        /// What brought it.
        transfer_id: Uuid,
        reason: String,
    },
}

impl Deposit {
    pub(in crate::api) fn new(of: &rules::Deposit) -> Self {
        let state = match &of.state {
            DepositState::AwaitingSecond => State::AwaitingSecond,
            DepositState::Posted { at, by, transfer } => State::Posted {
                settled_at: *at,
                settled_by: (*by).into(),
                transfer_id: (*transfer).into(),
            },
            DepositState::Rejected { at, by, reason } => State::Rejected {
                settled_at: *at,
                settled_by: (*by).into(),
                reason: reason.to_string(),
            },
            DepositState::Reversed {
                at,
                by,
                transfer,
                reason,
            } => State::Reversed {
                settled_at: *at,
                settled_by: (*by).into(),
                transfer_id: (*transfer).into(),
                reason: reason.to_string(),
            },
        };
        Self {
            id: of.id.into(),
            account_id: of.account.into(),
            amount: of.amount.minor(),
            currency: of.amount.currency().code(),
            reference: of.reference.to_string(),
            note: of.note.as_ref().map(ToString::to_string),
            recorded_by: of.recorded_by.into(),
            recorded_at: of.recorded_at,
            state,
        }
    }

    /// Where it stands in the list.
    pub(in crate::api) fn place(&self) -> String {
        self.id.to_string()
    }
}

/// A row of usage, as it stands now.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct UsageRow {
    id: Uuid,
    account_id: Uuid,
    /// Billing's id of it.
    row: String,
    /// As billing writes it.
    #[schema(example = "2026-10")]
    period: String,
    #[schema(example = "vCPU")]
    description: String,
    /// What it cost.
    amount: i64,
    /// What was taken from the balance so far, whether or not it was given back since.
    charged: i64,
    /// What is still to be taken.
    outstanding: i64,
    /// What was given back of what was charged.
    refunded: i64,
    #[schema(example = "VND")]
    currency: &'static str,
}

impl From<&rules::Usage> for UsageRow {
    fn from(of: &rules::Usage) -> Self {
        Self {
            id: of.id,
            account_id: of.account.into(),
            row: of.row.clone(),
            period: of.period.clone(),
            description: of.description.clone(),
            amount: of.amount.minor(),
            charged: of.charged.minor(),
            outstanding: of.outstanding.minor(),
            refunded: of.refunded.minor(),
            currency: of.amount.currency().code(),
        }
    }
}

impl UsageRow {
    /// Where it stands in the list.
    pub(in crate::api) fn place(&self) -> String {
        self.id.to_string()
    }
}

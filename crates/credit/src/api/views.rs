//! What the API shows of credit.

mod records;

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use kernel::{AccountId, Money};
use ledger::{Account, Kind, Receipt, Standing, store::history};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Reader;
use crate::{period::Days, service::reference, store::balances::Found};
pub(super) use records::{Deposit, UsageRow};

/// An account's credit.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditBalance)]
pub(super) struct AccountCredit {
    pub(super) account_id: Uuid,
    /// In minor units.
    #[schema(example = 12_500_000)]
    pub(super) balance: i64,
    /// ISO 4217.
    #[schema(example = "VND")]
    pub(super) currency: &'static str,
    /// Usage that the balance did not cover yet; not for a customer's partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outstanding: Option<i64>,
    /// Below it the account's root user is told, zero: never; not for a customer's partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) low_balance_below: Option<i64>,
}

/// A partner's customer with its credit.
#[derive(Serialize, ToSchema)]
pub(super) struct CustomerBalance {
    pub(super) account_id: Uuid,
    /// What the partner calls it.
    pub(super) name: String,
    pub(super) email: String,
    pub(super) balance: i64,
    #[schema(example = "VND")]
    pub(super) currency: &'static str,
}

/// An account with its credit, for staff.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditHolder)]
pub(super) struct Holder {
    account_id: Uuid,
    /// The company's name, or the person's.
    name: String,
    /// The root user's address.
    email: String,
    is_partner: bool,
    /// Whose customer it is.
    #[schema(required = true)]
    partner: Option<String>,
    balance: i64,
    #[schema(example = "VND")]
    currency: &'static str,
    #[serde(skip)]
    place: String,
}

impl From<&Found> for Holder {
    fn from(found: &Found) -> Self {
        Self {
            account_id: found.account.into(),
            name: found.name.clone(),
            email: found.email.clone(),
            is_partner: found.is_partner,
            partner: found.partner.clone(),
            balance: found.balance.minor(),
            currency: found.balance.currency().code(),
            place: found.place().to_string(),
        }
    }
}

impl Holder {
    /// Where it stands in the list.
    pub(super) fn place(&self) -> String {
        self.place.clone()
    }
}

/// The other account of a transaction.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditCounterpart)]
struct Counterpart {
    account_id: Uuid,
    /// A customer as its partner calls it, others by their own names.
    name: String,
}

/// A transaction, as it stands in an account's history.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditEntry)]
pub(super) struct Entry {
    /// Its number in the account, from 1, without a gap.
    number: i64,
    at: Timestamp,
    /// `deposit`, `top_up`, `usage`, `refund` or `reversal`.
    #[schema(example = "top_up")]
    kind: &'static str,
    /// By how much the balance changed, in minor units: below zero where credit went out.
    #[schema(example = json!(-2_500_000))]
    amount: i64,
    /// The balance after it.
    balance: i64,
    #[schema(example = "VND")]
    currency: &'static str,
    transfer_id: Uuid,
    /// The transaction, as pages and emails name it.
    #[schema(example = "TRX-7K2M9QX4")]
    reference: String,
    /// The payment's reference, what was used, or which transaction was taken back.
    details: String,
    /// The account on the other side; none where money came from or went to the provider.
    #[schema(required = true)]
    other: Option<Counterpart>,
    /// Whether it was taken back since.
    taken_back: bool,
}

impl Entry {
    pub(super) fn new(
        of: AccountId,
        entry: &history::Entry,
        names: &HashMap<AccountId, String>,
        taken_back: bool,
    ) -> Self {
        let transfer = &entry.transfer;
        let other = if transfer.from == Account::from(of) {
            transfer.to
        } else {
            transfer.from
        };
        Self {
            number: entry.number,
            at: entry.at,
            kind: transfer.kind.as_str(),
            amount: entry.amount.minor(),
            balance: entry.balance.minor(),
            currency: entry.amount.currency().code(),
            transfer_id: transfer.id.into(),
            reference: reference(transfer.id),
            details: transfer.reference.clone(),
            other: other.service_account().map(|account| Counterpart {
                account_id: account.into(),
                name: names.get(&account).cloned().unwrap_or_default(),
            }),
            taken_back,
        }
    }

    /// Where it stands in the list.
    pub(super) fn place(&self) -> String {
        self.number.to_string()
    }
}

/// How much a kind of transaction changed the balance.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditTotal)]
struct Total {
    /// `deposit`, `top_up`, `usage`, `refund` or `reversal`.
    kind: &'static str,
    amount: i64,
}

/// What a period did to an account's credit.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditStatement)]
pub(super) struct Statement {
    account_id: Uuid,
    /// The first day, in the provider's time zone.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    #[schema(example = "VND")]
    currency: &'static str,
    /// The balance before the first day.
    opening: i64,
    /// The balance after the last.
    closing: i64,
    /// By kind, those that occurred; with `opening` they make `closing`.
    totals: Vec<Total>,
    /// How many transactions there were.
    count: u64,
    /// The numbers of the first and the last of them among the account's entries; none where nothing moved.
    #[schema(required = true)]
    first_entry: Option<i64>,
    #[schema(required = true)]
    last_entry: Option<i64>,
}

impl Statement {
    pub(super) fn new(
        of: AccountId,
        days: &Days,
        statement: history::Statement,
        totals: Vec<(Kind, Money)>,
    ) -> Self {
        let moved = statement.count() > 0;
        Self {
            account_id: of.into(),
            from: days.from,
            to: days.to,
            currency: statement.opening.currency().code(),
            opening: statement.opening.minor(),
            closing: statement.closing.minor(),
            totals: totals
                .into_iter()
                .map(|(kind, amount)| Total {
                    kind: kind.as_str(),
                    amount: amount.minor(),
                })
                .collect(),
            count: statement.count(),
            first_entry: moved.then_some(statement.before + 1),
            last_entry: moved.then_some(statement.last),
        }
    }
}

/// One side of a transaction.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditSide)]
struct Side {
    account_id: Uuid,
    /// The balance after the transaction; where it is the reader's to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<i64>,
}

/// A transaction from one account to another.
#[derive(Serialize, ToSchema)]
#[schema(as = CreditTransfer)]
pub(super) struct Transfer {
    id: Uuid,
    /// As pages and emails name it.
    #[schema(example = "TRX-7K2M9QX4")]
    reference: String,
    at: Timestamp,
    /// `deposit`, `top_up`, `usage`, `refund` or `reversal`.
    #[schema(example = "top_up")]
    kind: &'static str,
    /// Above zero, in minor units.
    amount: i64,
    #[schema(example = "VND")]
    currency: &'static str,
    /// The account that was debited; none where money came from outside, or usage was given back.
    #[schema(required = true)]
    from: Option<Side>,
    /// The account that was credited; none where it was consumed, or went back outside.
    #[schema(required = true)]
    to: Option<Side>,
    /// Which transaction it took back.
    #[schema(required = true)]
    reverses: Option<Uuid>,
}

impl Transfer {
    pub(super) fn new(receipt: &Receipt, reader: Reader) -> Self {
        let transfer = &receipt.transfer;
        // Whoever tops a customer up sees what it has then, as on the page.
        let is_the_partner = transfer.kind == Kind::TopUp
            && transfer.from.service_account().map(Reader::Account) == Some(reader);
        let side = |standing: &Standing| {
            let account = standing.account.service_account()?;
            let known = is_the_partner || reader.sees(account);
            Some(Side {
                account_id: account.into(),
                balance: known.then_some(standing.balance.minor()),
            })
        };
        Self {
            id: transfer.id.into(),
            reference: reference(transfer.id),
            at: transfer.at,
            kind: transfer.kind.as_str(),
            amount: transfer.amount.minor(),
            currency: transfer.amount.currency().code(),
            from: side(&receipt.from),
            to: side(&receipt.to),
            reverses: transfer.reverses.map(Into::into),
        }
    }
}

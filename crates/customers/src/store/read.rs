//! From a row to a relation, and back.

use jiff::Timestamp;
use kernel::{AccountId, CustomerId, StaffId, Words};
use platform::event::time;
use sea_orm::{ActiveValue::Set, DbErr};
use uuid::Uuid;

use super::rows::customer::{ActiveModel, Model};
use crate::rules::{Customer, FriendlyName, Role, State, StateKind};

/// Reads a row. Fails where the database holds what no transition writes.
pub fn read(row: Model) -> Result<Customer, DbErr> {
    let id = row.id;
    read_row(row).map_err(|error| DbErr::Custom(format!("customer {id}: {error}")))
}

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

fn read_row(row: Model) -> Result<Customer, Unreadable> {
    Ok(Customer {
        id: CustomerId(row.id),
        partner: AccountId(row.partner_id),
        email: row.email.parse()?,
        language: row.language.parse()?,
        invited_at: time(row.invited_at),
        sent_at: time(row.sent_at),
        state: state(&row)?,
        name: FriendlyName::stored(row.name),
        role: Role::stored(row.role),
    })
}

fn state(row: &Model) -> Result<State, Unreadable> {
    let at = |column: Option<i64>, name: &'static str| column.map(time).ok_or(name);
    let account = || row.account_id.map(AccountId).ok_or("has no account");
    let settled_at = || at(row.settled_at, "is settled, but not since when");
    let active_since = || at(row.active_since, "was active, but not since when");
    let kind: StateKind = row.state.parse().map_err(|()| "is in no known state")?;
    Ok(match kind {
        StateKind::AwaitingCustomer => State::AwaitingCustomer {
            expires_at: at(row.expires_at, "does not expire")?,
        },
        StateKind::AwaitingApproval => State::AwaitingApproval {
            account: account()?,
            confirmed_at: at(row.confirmed_at, "was not confirmed")?,
            due: at(row.due_at, "has no deadline")?,
        },
        StateKind::Active => State::Active {
            account: account()?,
            since: active_since()?,
            approved_by: row.decided_by.map(StaffId),
        },
        StateKind::Declined => State::Declined {
            at: settled_at()?,
            unmet: row
                .unmet
                .as_deref()
                .unwrap_or_default()
                .split_whitespace()
                .filter_map(|name| name.parse().ok())
                .collect(),
        },
        StateKind::Withdrawn => State::Withdrawn { at: settled_at()? },
        StateKind::Expired => State::Expired { at: settled_at()? },
        StateKind::Rejected => State::Rejected {
            account: account()?,
            at: settled_at()?,
            by: row.decided_by.map(StaffId).ok_or("is decided, but not by whom")?,
            words: Words::stored(row.words.clone().ok_or("is rejected without words")?),
        },
        StateKind::Ended => State::Ended {
            account: account()?,
            since: active_since()?,
            at: settled_at()?,
            cause: row
                .cause
                .as_deref()
                .and_then(|cause| cause.parse().ok())
                .ok_or("ended in no known way")?,
        },
    })
}

/// The columns of what may change: the name, the last invitation, and where it stands.
pub(super) fn columns(of: &Customer, remind_at: Option<Timestamp>) -> ActiveModel {
    let millis = |at: &Timestamp| Some(at.as_millisecond());
    let folded = registration::search::fold(of.name.as_str());
    let words = registration::search::words(&format!("{} {}", of.name, of.email));
    let mut row = ActiveModel {
        name: Set(of.name.to_string()),
        name_key: Set(folded.into_bytes()),
        search_key: Set(words.iter().fold(String::new(), |key, word| key + " " + word)),
        role: Set(of.role.to_string()),
        sent_at: Set(of.sent_at.as_millisecond()),
        state: Set(of.state.kind().as_str().to_owned()),
        account_id: Set(of.account().map(Uuid::from)),
        expires_at: Set(None),
        due_at: Set(None),
        remind_at: Set(remind_at.map(Timestamp::as_millisecond)),
        settled_at: Set(None),
        decided_by: Set(None),
        ..ActiveModel::default()
    };
    match &of.state {
        State::AwaitingCustomer { expires_at } => row.expires_at = Set(millis(expires_at)),
        State::AwaitingApproval {
            confirmed_at, due, ..
        } => {
            row.confirmed_at = Set(millis(confirmed_at));
            row.due_at = Set(millis(due));
        }
        State::Active {
            since, approved_by, ..
        } => {
            row.active_since = Set(millis(since));
            row.decided_by = Set(approved_by.map(Uuid::from));
        }
        State::Declined { at, unmet } => {
            row.settled_at = Set(millis(at));
            let names: Vec<&str> = unmet.iter().map(|condition| condition.as_str()).collect();
            row.unmet = Set(Some(names.join(" ")));
        }
        State::Withdrawn { at } | State::Expired { at } => row.settled_at = Set(millis(at)),
        State::Rejected { at, by, words, .. } => {
            row.settled_at = Set(millis(at));
            row.decided_by = Set(Some((*by).into()));
            row.words = Set(Some(words.to_string()));
        }
        State::Ended { at, since, cause, .. } => {
            row.settled_at = Set(millis(at));
            row.active_since = Set(millis(since));
            row.cause = Set(Some(cause.as_str().to_owned()));
        }
    }
    row
}

//! From a row to a registration.

use kernel::{
    AccountId, RegistrationId, StaffId, UserId,
    tax_code::{Country, TaxCode},
};
use platform::event::time;
use sea_orm::DbErr;

use super::rows::registration::Model;
use crate::rules::{AcceptedTerms, Applicant, Registration, State, StateKind, Words};

/// Reads a row. Fails where the database holds what no transition writes.
pub fn read(row: Model) -> Result<Registration, DbErr> {
    let id = row.id;
    read_row(row).map_err(|error| DbErr::Custom(format!("registration {id}: {error}")))
}

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

fn read_row(row: Model) -> Result<Registration, Unreadable> {
    let state = state(&row)?;
    let country: Country = row.country.parse()?;
    Ok(Registration {
        id: RegistrationId(row.id),
        account: AccountId(row.account_id),
        applicant: Applicant {
            legal_name: row.legal_name,
            tax_code: TaxCode::parse(country, &row.tax_code)?,
            email: row.email.parse()?,
        },
        submitted_at: time(row.submitted_at),
        language: row.language.parse()?,
        terms: AcceptedTerms {
            version: row.terms_version,
            hash: row.terms_hash,
            language: row.terms_language.parse()?,
            at: time(row.terms_at),
            origin: row.terms_origin.as_deref().map(str::parse).transpose()?,
            user: UserId(row.terms_user_id),
            person: row.terms_person,
        },
        reviewer: row.reviewer_id.map(StaffId),
        state,
    })
}

fn state(row: &Model) -> Result<State, Unreadable> {
    let settled_at = || row.settled_at.map(time).ok_or("is settled, but not since when");
    let decided_by = || row.decided_by.map(StaffId).ok_or("is decided, but not by whom");
    let kind: StateKind = row.state.parse().map_err(|()| "is in no known state")?;
    Ok(match kind {
        StateKind::AwaitingApproval => State::AwaitingApproval {
            deadline: serde_json::from_str(row.deadline.as_deref().ok_or("has no deadline")?)?,
            question: row.question.as_deref().map(serde_json::from_str).transpose()?,
        },
        StateKind::Approved => State::Approved {
            at: settled_at()?,
            by: decided_by()?,
        },
        StateKind::Rejected => State::Rejected {
            at: settled_at()?,
            by: decided_by()?,
            reason: row
                .reason
                .as_deref()
                .and_then(|code| code.parse().ok())
                .ok_or("is rejected for no known reason")?,
            words: Words::stored(row.words.clone().ok_or("is rejected without words")?),
            private_note: row.private_note.clone().map(Words::stored),
        },
        StateKind::Withdrawn => State::Withdrawn { at: settled_at()? },
    })
}

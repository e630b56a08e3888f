//! The tables of registrations.

pub mod figures;
mod listing;
mod place;
mod queue;
mod read;
pub mod rows;
mod sql;
mod words;

use jiff::Timestamp;
use kernel::{AccountId, Language, RegistrationId};
use platform::{
    Db,
    db::{Tx, insert_many},
    due::Deadlines,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

pub use accounts::store::addresses;
pub use listing::Listing;
pub use place::{Cursor, UnknownPlace};
pub use queue::{COUNTED, Count, Found, From, Holder, PAGE, Search, search, waiting_count};
pub use read::read;
use rows::{accepted_text, registration};
pub use words::{index_some, word_rows};

use crate::rules::{Registration, State, StateKind, reference};

/// One registration.
pub async fn find(db: &impl ConnectionTrait, id: RegistrationId) -> Result<Option<Registration>, DbErr> {
    registration::Entity::find_by_id(Uuid::from(id))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// All registrations of an account, the newest first.
pub async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Registration>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::AccountId.eq(Uuid::from(account)))
        .order_by_desc(registration::Column::SubmittedAt)
        .order_by_desc(registration::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// The registration of an account that counts now: the one that is approved or, failing that, the one that awaits
/// approval.
pub async fn current(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<Registration>, DbErr> {
    // All of the account's, by its index: asked for the states as well, SQLite would walk along everybody's.
    let mut live = of_account(db, account).await?;
    live.retain(|registration| {
        matches!(
            registration.state.kind(),
            StateKind::Approved | StateKind::AwaitingApproval
        )
    });
    let is_approved = |registration: &Registration| registration.state.kind() == StateKind::Approved;
    let approved = live.iter().position(is_approved).unwrap_or(0);
    Ok(live.into_iter().nth(approved))
}

/// Since when the account is a partner; nothing where it is none.
pub async fn partner_since(db: &Db, account: AccountId) -> Result<Option<Timestamp>, DbErr> {
    Ok(current(db.read(), account)
        .await?
        .and_then(|registration| match registration.state {
            State::Approved { at, .. } => Some(at),
            _ => None,
        }))
}

/// Writes a new registration. `remind_at` is when staff are reminded of it.
pub async fn insert(tx: &Tx, new: &Registration, remind_at: Option<Timestamp>) -> Result<(), DbErr> {
    insert_many(tx, vec![row(new, remind_at)?]).await?;
    words::insert(tx, std::iter::once(new)).await
}

/// The row of a new registration. Its [`words`](word_rows) belong to it.
pub fn row(new: &Registration, remind_at: Option<Timestamp>) -> Result<registration::ActiveModel, DbErr> {
    let applicant = &new.applicant;
    let reference = reference(new.id);
    // Nothing reads it any more but a version before, while both run.
    let search_key = [
        reference.to_lowercase(),
        applicant.legal_name.to_lowercase(),
        accounts::account::legal_name_key(&applicant.legal_name),
        applicant.tax_code.as_str().to_lowercase(),
        applicant.email.to_string(),
    ];
    Ok(registration::ActiveModel {
        id: Set(new.id.into()),
        reference: Set(reference),
        account_id: Set(new.account.into()),
        language: Set(new.language.tag().to_owned()),
        submitted_at: Set(new.submitted_at.as_millisecond()),
        legal_name: Set(applicant.legal_name.clone()),
        country: Set(applicant.tax_code.country().code().to_owned()),
        tax_code: Set(applicant.tax_code.as_str().to_owned()),
        email: Set(applicant.email.to_string()),
        search_key: Set(search_key.join(" ")),
        terms_version: Set(new.terms.version.clone()),
        terms_hash: Set(new.terms.hash.clone()),
        terms_language: Set(new.terms.language.tag().to_owned()),
        terms_at: Set(new.terms.at.as_millisecond()),
        terms_origin: Set(new.terms.origin.map(|address| address.to_string())),
        terms_user_id: Set(new.terms.user.into()),
        terms_person: Set(new.terms.person.clone()),
        words_indexed: Set(true),
        ..state_columns(new, remind_at)?
    })
}

/// Writes what may change of a registration: who holds it and where it stands.
pub async fn update(
    tx: &impl ConnectionTrait,
    changed: &Registration,
    remind_at: Option<Timestamp>,
) -> Result<(), DbErr> {
    let columns = registration::ActiveModel {
        id: Set(changed.id.into()),
        ..state_columns(changed, remind_at)?
    };
    columns.update(tx).await.map(|_| ())
}

fn state_columns(
    of: &Registration,
    remind_at: Option<Timestamp>,
) -> Result<registration::ActiveModel, DbErr> {
    let json = |error: serde_json::Error| DbErr::Custom(error.to_string());
    let deadline = of.deadline();
    let mut columns = registration::ActiveModel {
        state: Set(of.state.kind().as_str().to_owned()),
        reviewer_id: Set(of.reviewer.map(Uuid::from)),
        deadline: Set(deadline
            .map(|deadline| serde_json::to_string(&deadline))
            .transpose()
            .map_err(json)?),
        due_at: Set(deadline
            .and_then(kernel::calendar::Deadline::due)
            .map(Timestamp::as_millisecond)),
        remind_at: Set(remind_at.map(Timestamp::as_millisecond)),
        question: Set(of
            .question()
            .map(serde_json::to_string)
            .transpose()
            .map_err(json)?),
        settled_at: Set(None),
        decided_by: Set(None),
        reason: Set(None),
        words: Set(None),
        private_note: Set(None),
        ..Default::default()
    };
    match &of.state {
        State::AwaitingApproval { .. } => {}
        State::Withdrawn { at } => columns.settled_at = Set(Some(at.as_millisecond())),
        State::Approved { at, by } => {
            columns.settled_at = Set(Some(at.as_millisecond()));
            columns.decided_by = Set(Some((*by).into()));
        }
        State::Rejected {
            at,
            by,
            reason,
            words,
            private_note,
        } => {
            columns.settled_at = Set(Some(at.as_millisecond()));
            columns.decided_by = Set(Some((*by).into()));
            columns.reason = Set(Some(reason.as_str().to_owned()));
            columns.words = Set(Some(words.to_string()));
            columns.private_note = Set(private_note.as_ref().map(ToString::to_string));
        }
    }
    Ok(columns)
}

/// Keeps a text that was agreed to, if it is not kept yet.
pub async fn keep_text(
    tx: &impl ConnectionTrait,
    hash: &str,
    version: &str,
    language: Language,
    body: &str,
) -> Result<(), DbErr> {
    accepted_text::Entity::insert(accepted_text::ActiveModel {
        hash: Set(hash.to_owned()),
        version: Set(version.to_owned()),
        language: Set(language.tag().to_owned()),
        body: Set(body.to_owned()),
    })
    .on_conflict(
        OnConflict::column(accepted_text::Column::Hash)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(tx)
    .await
    .map(|_| ())
}

/// A text that was agreed to.
pub async fn accepted_text(db: &impl ConnectionTrait, hash: &str) -> Result<Option<String>, DbErr> {
    Ok(accepted_text::Entity::find_by_id(hash)
        .one(db)
        .await?
        .map(|row| row.body))
}

/// By when staff decide.
pub const DEADLINES: Deadlines<registration::Entity> = Deadlines {
    id: registration::Column::Id,
    state: registration::Column::State,
    waiting: StateKind::AwaitingApproval.as_str(),
    due_at: registration::Column::DueAt,
    remind_at: registration::Column::RemindAt,
    reminded_at: registration::Column::RemindedAt,
    escalated_at: registration::Column::EscalatedAt,
};

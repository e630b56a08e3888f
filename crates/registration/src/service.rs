//! The use cases: each loads, decides by the [`rules`](crate::rules), saves, and writes down what happened with the
//! letters that follow from it, in one transaction.
//!
//! Every one of them locks the account first: whatever concerns one account happens one after the other.

mod applicant;
mod review;

use accounts::{account::Account, person::Person};
use kernel::{AccountId, EventId, Language, RegistrationId};
use platform::{Denied, L10n, Work, actor::Caller, mail::Letter, site::Site, web::Fault};
use sea_orm::DbErr;

use crate::{
    desk::Desk,
    event::{RegistrationEvent, standing, subject},
    letters,
    rules::{Registration, Requirements, TransitionError},
    store,
};

pub use applicant::{answer, submit, withdraw};
pub use review::{approve, approve_many, ask, hand_over, reject, release, take};

/// What the applicant ticked: which text, in which language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The version that was shown.
    pub version: String,
    /// The hash of the text that was shown.
    pub hash: String,
    /// The language that it was shown in.
    pub language: Language,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// It was taken.
    Taken(Registration),
    /// The account has a registration that awaits approval or is approved: this one.
    Already(Registration),
}

/// Why a submission is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitRefused {
    /// Only the root user of the account applies.
    #[error("only the root user may apply")]
    NotRoot,
    /// The account does not satisfy all requirements.
    #[error("a requirement is not met")]
    Unmet(Requirements),
    /// Other terms are in force than those that were shown.
    #[error("the terms have changed")]
    TermsChanged,
    /// The calendar reaches no due moment.
    #[error(transparent)]
    Calendar(#[from] kernel::calendar::CalendarError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Why a use case was refused. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such registration, or it is not the caller's.
    #[error("there is no such registration")]
    NotFound,
    /// The rules do not allow it; [`TransitionError::key`] says it in words.
    #[error(transparent)]
    Rule(#[from] TransitionError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        Self::Rule(denied.into())
    }
}

/// For handlers that do not show a refusal on the page itself.
impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::not_found(),
            Refused::Rule(TransitionError::Denied(_)) => Self::forbidden(),
            Refused::Rule(TransitionError::Deadline(error)) => Self::internal(error),
            Refused::Rule(_) => Self::told(axum::http::StatusCode::CONFLICT, "registration-overtaken"),
            Refused::Database(error) => error.into(),
        }
    }
}

/// A registration in a use case, its account locked.
struct Case {
    work: Work,
    account: Account,
    registration: Registration,
}

impl Case {
    async fn open(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Self, Refused> {
        let work = Work::begin(desk.app(), caller).await?;
        // Whose it is never changes; where it stands is read again under the lock.
        let seen = store::find(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        let account = accounts::store::lock_account(work.tx(), seen.account)
            .await?
            .ok_or(Refused::NotFound)?;
        let registration = store::find(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        Ok(Self {
            work,
            account,
            registration,
        })
    }

    /// The newest registration of an account, in whatever state.
    async fn newest(desk: &Desk, caller: Caller, account: AccountId) -> Result<Self, Refused> {
        let work = Work::begin(desk.app(), caller).await?;
        let account = accounts::store::lock_account(work.tx(), account)
            .await?
            .ok_or(Refused::NotFound)?;
        let registration = store::of_account(work.tx(), account.id).await?.into_iter().next();
        Ok(Self {
            work,
            account,
            registration: registration.ok_or(Refused::NotFound)?,
        })
    }

    /// Saves the next state and writes down how it came.
    async fn save(
        &mut self,
        desk: &Desk,
        next: Registration,
        event: &RegistrationEvent,
    ) -> Result<EventId, DbErr> {
        store::update(self.work.tx(), &next, desk.remind_at(&next)).await?;
        let before = standing(&self.registration);
        self.registration = next;
        let after = standing(&self.registration);
        self.work
            .record_change(subject(&self.registration), event, before, after)
            .await
    }

    /// Sends the applicant a letter in its language.
    fn tell_applicant(&mut self, desk: &Desk, because: EventId, letter: Wording<'_>) -> Result<(), DbErr> {
        let l = desk.app().l10n(self.registration.language);
        let letter = letter(&l, desk.app().site(), &desk.facts(&self.registration));
        self.work
            .send(because, &letters::applicant(&self.account), &letter)
            .map(|_| ())
    }
}

/// How a letter is worded, for a reader.
pub(crate) type Wording<'a> = &'a (dyn Fn(&L10n, &Site, &letters::Facts) -> Letter + Sync);

/// Sends each of the staff a letter in that one's language.
pub(crate) fn tell_staff(
    work: &mut Work,
    desk: &Desk,
    about: &Registration,
    because: EventId,
    to: &[Person],
    letter: Wording<'_>,
) -> Result<(), DbErr> {
    for person in to {
        let l = desk.app().l10n(person.language);
        let letter = letter(&l, desk.app().site(), &desk.facts(about));
        work.send(because, &letters::staff(person, about), &letter)?;
    }
    Ok(())
}

//! What staff do: take a case, ask, decide.

use accounts::person::Person;
use kernel::{AccountId, RegistrationId, StaffId};
use platform::{
    L10n,
    actor::{Caller, Capacity},
    site::Site,
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Case, Refused};
use crate::{
    desk::Desk,
    event::RegistrationEvent,
    letters::{self, Facts},
    rules::{Registration, RejectionReason, Requirements, Reviewer, TransitionError, Words},
    store,
};

/// A member of staff, seen from a case of that account. The role is read now: what the session says may be old.
pub async fn reviewer(
    db: &impl ConnectionTrait,
    staff: StaffId,
    account: AccountId,
) -> Result<Option<(Reviewer, Person)>, DbErr> {
    let Some(person) = accounts::store::find_person(db, Uuid::from(staff)).await? else {
        return Ok(None);
    };
    let Capacity::Staff { staff, role } = person.capacity else {
        return Ok(None);
    };
    let users = store::addresses(db, account).await?;
    Ok(Some((Reviewer::new(staff, role, &person.email, &users), person)))
}

/// Takes the case, so that nobody else works on it. Taking what one has changes nothing.
pub async fn take(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Registration, Refused> {
    let (case, by, person) = open(desk, caller, id).await?;
    let next = case.registration.clone().take(&by)?;
    if next == case.registration {
        return Ok(next);
    }
    let event = RegistrationEvent::Taken {
        reviewer: by.staff,
        name: person.name,
    };
    finish(desk, case, next, &event).await
}

/// Gives the case to a colleague.
pub async fn hand_over(
    desk: &Desk,
    caller: Caller,
    id: RegistrationId,
    to: StaffId,
) -> Result<Registration, Refused> {
    let (case, by, _) = open(desk, caller, id).await?;
    let found = reviewer(case.work.tx(), to, case.registration.account).await?;
    let (to, person) = found.ok_or(TransitionError::NotAllowed)?;
    let next = case.registration.clone().hand_over(&by, &to)?;
    if next == case.registration {
        return Ok(next);
    }
    let event = RegistrationEvent::Taken {
        reviewer: to.staff,
        name: person.name,
    };
    finish(desk, case, next, &event).await
}

/// Gives the case back to the queue.
pub async fn release(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Registration, Refused> {
    let (case, by, _) = open(desk, caller, id).await?;
    let next = case.registration.clone().release(&by)?;
    finish(desk, case, next, &RegistrationEvent::Released).await
}

/// Asks the applicant: the clock stops until the answer.
pub async fn ask(
    desk: &Desk,
    caller: Caller,
    id: RegistrationId,
    words: Words,
) -> Result<Registration, Refused> {
    let (mut case, by, _) = open(desk, caller, id).await?;
    let next = case
        .registration
        .clone()
        .ask(&by, words.clone(), desk.calendar(), case.work.now())?;
    let because = case
        .save(
            desk,
            next,
            &RegistrationEvent::QuestionAsked { words: words.clone() },
        )
        .await?;
    let letter = |l: &L10n, site: &Site, about: &Facts| letters::question(l, site, about, &words);
    case.tell_applicant(desk, because, &letter)?;
    case.work.commit().await?;
    Ok(case.registration)
}

/// Makes the account a partner.
pub async fn approve(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Registration, Refused> {
    let (mut case, by, _) = open(desk, caller, id).await?;
    let requirements = Requirements::check(&case.account);
    let next = case
        .registration
        .clone()
        .approve(&by, &requirements, case.work.now())?;
    let because = case.save(desk, next, &RegistrationEvent::Approved).await?;
    case.tell_applicant(desk, because, &letters::approved)?;
    case.work.commit().await?;
    Ok(case.registration)
}

/// Approves several, each in a transaction of its own: one that cannot be approved keeps no other from it. For
/// leads only.
pub async fn approve_many(
    desk: &Desk,
    caller: &Caller,
    ids: &[RegistrationId],
) -> Vec<(RegistrationId, Result<Registration, Refused>)> {
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        let result = match lead(desk, caller).await {
            Ok(()) => approve(desk, caller.clone(), *id).await,
            Err(refused) => Err(refused),
        };
        results.push((*id, result));
    }
    results
}

/// Declines. The private note stays with staff.
pub async fn reject(
    desk: &Desk,
    caller: Caller,
    id: RegistrationId,
    reason: RejectionReason,
    words: Words,
    private_note: Option<Words>,
) -> Result<Registration, Refused> {
    let (mut case, by, _) = open(desk, caller, id).await?;
    let next = case
        .registration
        .clone()
        .reject(&by, reason, words.clone(), private_note, case.work.now())?;
    let because = case
        .save(
            desk,
            next,
            &RegistrationEvent::Rejected {
                reason,
                words: words.clone(),
            },
        )
        .await?;
    let letter = |l: &L10n, site: &Site, about: &Facts| letters::rejected(l, site, about, reason, &words);
    case.tell_applicant(desk, because, &letter)?;
    case.work.commit().await?;
    Ok(case.registration)
}

async fn open(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<(Case, Reviewer, Person), Refused> {
    let staff = caller.actor.staff().ok_or(TransitionError::NotAllowed)?;
    let case = Case::open(desk, caller, id).await?;
    let found = reviewer(case.work.tx(), staff, case.registration.account).await?;
    let (by, person) = found.ok_or(TransitionError::NotAllowed)?;
    Ok((case, by, person))
}

async fn lead(desk: &Desk, caller: &Caller) -> Result<(), Refused> {
    let staff = caller.actor.staff().ok_or(TransitionError::NotAllowed)?;
    let person = accounts::store::find_person(desk.app().db().read(), staff.into()).await?;
    match person.map(|person| person.capacity) {
        Some(Capacity::Staff { role, .. }) if role.may(platform::Permission::LeadRegistrations) => Ok(()),
        _ => Err(TransitionError::NotAllowed.into()),
    }
}

async fn finish(
    desk: &Desk,
    mut case: Case,
    next: Registration,
    event: &RegistrationEvent,
) -> Result<Registration, Refused> {
    case.save(desk, next, event).await?;
    case.work.commit().await?;
    Ok(case.registration)
}

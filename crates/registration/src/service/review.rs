//! What staff do: take a case, ask, decide.

use accounts::store::staff_member;
use kernel::{RegistrationId, StaffId};
use platform::{Denied, L10n, StaffMember, actor::Caller, site::Site};

use super::{Case, Refused};
use crate::{
    desk::Desk,
    event::RegistrationEvent,
    letters::{self, Facts},
    rules::{Registration, RejectionReason, Requirements, Words, leads},
};

/// Takes the case, so that nobody else works on it. Taking what one has changes nothing.
pub async fn take(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Registration, Refused> {
    let (case, by) = open(desk, caller, id).await?;
    let next = case.registration.clone().take(&by)?;
    if next == case.registration {
        return Ok(next);
    }
    let event = RegistrationEvent::Taken {
        reviewer: by.id,
        name: by.name,
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
    let (case, by) = open(desk, caller, id).await?;
    let to = staff_member(case.work.tx(), to, [case.registration.account])
        .await?
        .ok_or(Denied::Role)?;
    let next = case.registration.clone().hand_over(&by, &to)?;
    if next == case.registration {
        return Ok(next);
    }
    let event = RegistrationEvent::Taken {
        reviewer: to.id,
        name: to.name,
    };
    finish(desk, case, next, &event).await
}

/// Gives the case back to the queue.
pub async fn release(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<Registration, Refused> {
    let (case, by) = open(desk, caller, id).await?;
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
    let (mut case, by) = open(desk, caller, id).await?;
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
    let (mut case, by) = open(desk, caller, id).await?;
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
    let (mut case, by) = open(desk, caller, id).await?;
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

async fn open(desk: &Desk, caller: Caller, id: RegistrationId) -> Result<(Case, StaffMember), Refused> {
    let staff = caller.staff()?;
    let case = Case::open(desk, caller, id).await?;
    let by = staff_member(case.work.tx(), staff, [case.registration.account])
        .await?
        .ok_or(Denied::Role)?;
    Ok((case, by))
}

async fn lead(desk: &Desk, caller: &Caller) -> Result<(), Refused> {
    let by = staff_member(desk.app().db().read(), caller.staff()?, []).await?;
    by.filter(leads).map(|_| ()).ok_or(Denied::Role.into())
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

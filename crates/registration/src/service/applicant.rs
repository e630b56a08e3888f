//! What the applicant does: submit, answer, withdraw.

use accounts::account::Account;
use kernel::{AccountId, UserId};
use platform::{
    Denied, L10n, Work,
    actor::{Actor, Caller},
    site::Site,
};
use sea_orm::DbErr;

use super::{Acceptance, Case, Refused, Submission, SubmitRefused, tell_staff};
use crate::{
    desk::Desk,
    event::{RegistrationEvent, standing, subject},
    letters::{self, Facts},
    rules::{AcceptedTerms, Applicant, NewRegistration, Registration, Requirements, SubmitError, Words},
    store,
    terms::Document,
};

/// Applies for the account. All requirements are checked again here; of two submissions at once one is taken, and
/// the other gets the same registration.
pub async fn submit(
    desk: &Desk,
    caller: Caller,
    account: AccountId,
    acceptance: &Acceptance,
) -> Result<Submission, SubmitRefused> {
    let (user, person) = match &caller.actor {
        Actor::Root {
            user,
            account: own,
            name,
        } if *own == account => (*user, name.clone()),
        _ => return Err(SubmitRefused::NotRoot),
    };
    let work = Work::begin(desk.app(), caller).await?;
    let account = accounts::store::lock_account(work.tx(), account)
        .await?
        .ok_or(SubmitRefused::NotRoot)?;
    if let Some(current) = store::current(work.tx(), account.id).await? {
        // Who applied a moment ago may still wait for the commit.
        work.commit().await?;
        // Or was told of an outage, though it was committed: then nobody heard of it.
        desk.app().announce(account.id.into());
        return Ok(Submission::Already(current));
    }
    let text = desk.terms().current(acceptance.language);
    if (text.version.as_str(), text.hash.as_str()) != (acceptance.version.as_str(), acceptance.hash.as_str())
    {
        return Err(SubmitRefused::TermsChanged);
    }
    let new = new_registration(&work, &account, text, user, person);
    let registration = Registration::submit(
        new,
        &Requirements::check(&account),
        desk.calendar(),
        desk.allowance(),
    )?;
    let first = !desk.keeps(&text.hash);
    if first {
        store::keep_text(work.tx(), &text.hash, &text.version, text.language, &text.text).await?;
    }
    store::insert(work.tx(), &registration, desk.remind_at(&registration)).await?;
    let mut case = Case {
        work,
        account,
        registration,
    };
    announce(desk, &mut case).await?;
    case.work.commit().await?;
    if first {
        desk.has_kept(&text.hash);
    }
    Ok(Submission::Taken(case.registration))
}

fn new_registration(
    work: &Work,
    account: &Account,
    text: &Document,
    user: UserId,
    person: String,
) -> NewRegistration {
    NewRegistration {
        id: work.new_id().into(),
        account: account.id,
        applicant: account.enterprise().map(|company| Applicant {
            legal_name: company.legal_name.clone(),
            tax_code: company.tax_code.clone(),
            email: account.root.email.clone(),
        }),
        language: text.language,
        terms: AcceptedTerms {
            version: text.version.clone(),
            hash: text.hash.clone(),
            language: text.language,
            at: work.now(),
            origin: work.caller().origin,
            user,
            person,
        },
    }
}

/// Writes down that an application was submitted, and tells the applicant and (if so configured) staff.
async fn announce(desk: &Desk, case: &mut Case) -> Result<(), DbErr> {
    let registration = &case.registration;
    let event = RegistrationEvent::Submitted {
        reference: registration.reference(),
        language: registration.language,
        terms_version: registration.terms.version.clone(),
        terms_hash: registration.terms.hash.clone(),
        due: due(registration)?,
    };
    let (about, after) = (subject(registration), standing(registration));
    let because = case
        .work
        .record_change(about, &event, serde_json::Value::Null, after)
        .await?;
    case.tell_applicant(desk, because, &letters::awaiting_approval)?;
    if desk.config().announce_new {
        let staff = letters::deciders(case.work.tx()).await?;
        tell_staff(
            &mut case.work,
            desk,
            &case.registration,
            because,
            &staff,
            &letters::new_case,
        )?;
    }
    Ok(())
}

/// Answers the open question of the account's registration: the clock runs on.
pub async fn answer(
    desk: &Desk,
    caller: Caller,
    account: AccountId,
    words: Words,
) -> Result<Registration, Refused> {
    only_root(&caller, account)?;
    let mut case = Case::newest(desk, caller, account).await?;
    let next = case
        .registration
        .clone()
        .answer(desk.calendar(), case.work.now())?;
    let event = RegistrationEvent::QuestionAnswered {
        words: words.clone(),
        due: due(&next)?,
    };
    let because = case.save(desk, next, &event).await?;
    let staff = letters::holder_or_deciders(case.work.tx(), &case.registration).await?;
    let letter = |l: &L10n, site: &Site, about: &Facts| letters::answered(l, site, about, &words);
    tell_staff(&mut case.work, desk, &case.registration, because, &staff, &letter)?;
    case.work.commit().await?;
    Ok(case.registration)
}

/// Takes the account's registration back. The account may apply again.
pub async fn withdraw(desk: &Desk, caller: Caller, account: AccountId) -> Result<Registration, Refused> {
    only_root(&caller, account)?;
    let mut case = Case::newest(desk, caller, account).await?;
    let next = case.registration.clone().withdraw(case.work.now())?;
    case.save(desk, next, &RegistrationEvent::Withdrawn).await?;
    case.work.commit().await?;
    Ok(case.registration)
}

fn only_root(caller: &Caller, account: AccountId) -> Result<(), Refused> {
    match &caller.actor {
        Actor::Root { account: own, .. } if *own == account => Ok(()),
        _ => Err(Denied::Role.into()),
    }
}

fn due(of: &Registration) -> Result<jiff::Timestamp, DbErr> {
    let due = of.deadline().and_then(kernel::calendar::Deadline::due);
    due.ok_or_else(|| DbErr::Custom("a running deadline has a due moment".to_owned()))
}

impl From<SubmitError> for SubmitRefused {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Unmet(requirements) => Self::Unmet(requirements),
            SubmitError::Calendar(error) => Self::Calendar(error),
        }
    }
}

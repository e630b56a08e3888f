//! The deadline job: reminds staff while there is time, escalates when it is missed, and tells the applicant of the
//! delay. Each of these happens once for a registration, however many processes look.

use accounts::account::Account;
use async_trait::async_trait;
use jiff::Timestamp;
use kernel::RegistrationId;
use platform::{
    Work,
    actor::Caller,
    due::Milestone,
    job::{Job, JobError, Several},
};
use sea_orm::DbErr;

use crate::{
    desk::Desk,
    event::{RegistrationEvent, subject},
    letters,
    rules::Registration,
    service::tell_staff,
    store::{self, DEADLINES},
};

/// Looks at deadlines.
pub struct DeadlineJob(Desk);

impl DeadlineJob {
    pub(crate) fn new(desk: Desk) -> Self {
        Self(desk)
    }

    /// Acts on one registration that has reached a milestone, unless another process does or did.
    async fn act(&self, id: RegistrationId, milestone: Milestone) -> Result<(), DbErr> {
        let desk = &self.0;
        let mut work = Work::begin(desk.app(), Caller::system()).await?;
        let Some(seen) = store::find(work.tx(), id).await? else {
            return Ok(());
        };
        let Some(account) = accounts::store::lock_account(work.tx(), seen.account).await? else {
            return Ok(());
        };
        // The claim looks at the row again, under the lock: it may have been decided or asked about since.
        let reached = DEADLINES.at(milestone, work.now());
        if !reached.claim(work.tx(), id).await? {
            return Ok(());
        }
        let Some(registration) = store::find(work.tx(), id).await? else {
            return Ok(());
        };
        let Some(due) = registration.deadline().and_then(kernel::calendar::Deadline::due) else {
            return Ok(());
        };
        match milestone {
            Milestone::Reminder => remind(&mut work, desk, &registration, due).await?,
            Milestone::Missed => tell_of_delay(&mut work, desk, &registration, &account, due).await?,
        }
        work.commit().await
    }
}

/// Reminds staff that little time is left.
async fn remind(
    work: &mut Work,
    desk: &Desk,
    registration: &Registration,
    due: Timestamp,
) -> Result<(), DbErr> {
    let event = RegistrationEvent::Reminded { due };
    let because = work.record(subject(registration), &event).await?;
    let staff = letters::holder_or_deciders(work.tx(), registration).await?;
    tell_staff(work, desk, registration, because, &staff, &letters::reminder)
}

/// Tells the leads that the deadline is missed, and the applicant that it takes longer.
async fn tell_of_delay(
    work: &mut Work,
    desk: &Desk,
    registration: &Registration,
    account: &Account,
    due: Timestamp,
) -> Result<(), DbErr> {
    let about = subject(registration);
    let because = work.record(about, &RegistrationEvent::Escalated { due }).await?;
    let staff = letters::leads(work.tx()).await?;
    tell_staff(work, desk, registration, because, &staff, &letters::escalation)?;
    let because = work.record(about, &RegistrationEvent::DelayTold { due }).await?;
    let l = desk.app().l10n(registration.language);
    let letter = letters::delayed(&l, desk.app().site(), &desk.facts(registration));
    work.send(because, &letters::applicant(account), &letter)
        .map(|_| ())
}

#[async_trait]
impl Job for DeadlineJob {
    fn name(&self) -> &'static str {
        "registration deadlines"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut several = Several::of(self.name());
        let act = |id, milestone| self.act(id, milestone);
        DEADLINES.each(self.0.app(), &mut several, act).await?;
        several.done()
    }
}
